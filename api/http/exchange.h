// One request's answer on its way from whoever makes it to the reactor thread that sends it.
//
// Writers (Responder, Stream) call from any thread; the connection looks on its reactor thread when
// the mailbox tells it to. A message names a connection by number, never by descriptor, so an
// answer to somebody who left cannot reach who came next. Threads: as said at each part.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/http/message.h"
#include "api/http/responder.h"

namespace stet::http {

// Numbers of connections that have something to look at, for one reactor thread. Threads: any.
class Mailbox {
 public:
  Mailbox();
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // An eventfd for the reactor to poll; -1 when there was none to be had.
  int descriptor() const { return descriptor_; }
  void post(std::uint64_t connection);
  void wake();  // without a message
  // All that was posted; the eventfd is quiet afterwards.
  std::vector<std::uint64_t> take();
  void close();  // posts are dropped from now on

 private:
  const int descriptor_;
  std::mutex mutex_;
  std::vector<std::uint64_t> posted_;
  bool is_closed_ = false;
};

class Exchange {
 public:
  Exchange(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection, bool is_head)
      : mailbox_(std::move(mailbox)), connection_(connection), is_head_(is_head) {}

  // A pointer for writers: when its last copy goes before the answer is whole, the answer is a
  // fault.
  static std::shared_ptr<Exchange> for_writers(const std::shared_ptr<Exchange>& exchange);

  // Writers, any thread: see Responder and Stream.
  bool send(Response response);
  bool start(Response head, std::optional<std::uint64_t> length);
  Stream::State write(std::string piece);
  Stream::State wait_for_room(std::chrono::milliseconds patience);
  Stream::State state();
  void when_gone(std::function<void()> callback);
  void finish();
  void abort();

  // The reactor thread alone.
  struct Answer {
    Response response = {};
    bool is_stream = false;
    bool is_fault = false;  // nobody answered
    std::optional<std::uint64_t> length = {};
  };
  std::optional<Answer> take_answer();
  enum class Next { kPiece, kNothingYet, kEnd, kAborted };
  Next take_piece(std::string& piece);
  void client_has_gone();

  // While one lives on the reactor thread, answers to this exchange need no message: the one who
  // called the handler looks when the handler returns.
  class LookingAnyway {
   public:
    explicit LookingAnyway(const Exchange& exchange);
    ~LookingAnyway();
    LookingAnyway(const LookingAnyway&) = delete;
    LookingAnyway& operator=(const LookingAnyway&) = delete;
  };

 private:
  enum class Phase { kOpen, kAnswered, kStreaming, kFinished, kAborted };

  void abandon();
  void post();
  Stream::State state_locked() const;
  void end_locked(Phase phase, std::unique_lock<std::mutex> lock);

  const std::shared_ptr<Mailbox> mailbox_;
  const std::uint64_t connection_;
  const bool is_head_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Phase phase_ = Phase::kOpen;
  bool is_gone_ = false;
  std::optional<Answer> answer_;
  std::vector<std::string> pieces_;
  std::size_t pieces_taken_ = 0;
  std::size_t bytes_waiting_ = 0;
  std::uint64_t bytes_written_ = 0;
  std::optional<std::uint64_t> length_;
  std::vector<std::function<void()>> when_gone_;
};

}  // namespace stet::http
