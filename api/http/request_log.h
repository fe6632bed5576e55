// What was asked and answered, one JSON object a line: gathered by the threads that answer, written
// by a thread of its own.
//
// A line that is written when it is made costs a system call, and a lock that all reactor threads
// want. So lines wait for kPeriod, or until there are kWriteBytes of them, and are then written
// together; one that tells of a fault is written at once. Lines of one thread stay in order, those
// of several may be out of it by kPeriod: each has its time. Threads: add() from any, and it never
// waits for the writing. Limits: where the reader of the log is too slow, lines beyond
// kWaitingBytesMax are left out, and a line says how many. Failure: what waits is lost where the
// process is killed.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "api/http/server.h"

namespace stet::http {

class RequestLog {
 public:
  static constexpr std::chrono::milliseconds kPeriod{100};
  static constexpr std::size_t kWriteBytes = std::size_t{128} << 10;
  static constexpr std::size_t kWaitingBytesMax = std::size_t{4} << 20;  // of one shard

  using Write = std::function<void(std::string_view lines)>;  // from the log's thread; whole lines
  using NowMs = std::function<std::int64_t()>;                // since 1970, of the wall clock

  RequestLog(Write write, NowMs now_ms);
  ~RequestLog();  // writes what waits
  RequestLog(const RequestLog&) = delete;
  RequestLog& operator=(const RequestLog&) = delete;

  // `origin`: which server it was.
  void add(std::string_view origin, const LogRecord& record);

 private:
  // Of the threads whose number it is: mostly one, so that its lock is free.
  struct alignas(64) Shard {
    std::mutex mutex;
    std::string lines;
    std::uint64_t left_out = 0;
    std::int64_t second = -1;
    std::string time;  // of `second`, without the fraction
  };
  static constexpr std::size_t kShards = 16;

  void append(Shard& shard, std::string_view origin, const LogRecord& record) const;
  void append_start(Shard& shard, bool is_fault) const;
  void wake(bool is_urgent);
  void run();
  void write_all();

  const Write write_;
  const NowMs now_ms_;
  std::array<Shard, kShards> shards_;
  std::atomic<bool> has_lines_ = false;  // since write_all() began last
  std::atomic<bool> is_urgent_ = false;
  std::string writing_;  // the log's thread alone

  std::mutex mutex_;  // guards is_ended_, and a wake-up against being missed
  std::condition_variable changed_;
  bool is_ended_ = false;
  std::thread thread_;
};

}  // namespace stet::http
