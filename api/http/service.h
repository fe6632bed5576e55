// What all connections of one server share: its options, its handler, its workers, its counts.
//
// Threads: every method from any thread. Outlives every connection.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/http/request_parser.h"
#include "api/http/server.h"
#include "api/http/worker_pool.h"

namespace stet::http {

class Service {
 public:
  Service(ServerOptions options, Handler& handler, const Clock& clock, Log log);

  const ServerOptions& options() const { return options_; }
  const ParserLimits& parser_limits() const { return parser_limits_; }
  Handler& handler() const { return handler_; }
  const Clock& clock() const { return clock_; }
  bool has_log() const { return static_cast<bool>(log_); }
  WorkerPool& workers() { return workers_; }

  // False: too many already, in all or from this address. What was admitted is released once.
  bool admit(const std::string& address);
  // One who was not, or who came while the server drains.
  void note_turned_away(const std::string& address);
  void release(const std::string& address);

  void begin_drain() { is_draining_ = true; }
  bool is_draining() const { return is_draining_; }
  bool wait_until_empty(std::chrono::milliseconds patience);

  std::string next_request_id();
  void log(const LogRecord& record) const;
  void log_fault(std::string_view request_id, int status, std::string_view fault) const;

  // The request of a parsed head, without its body. kInvalidInput: the target is none we serve.
  Result<Request> request_of(RequestHead& head, const std::string& socket_address);

  // Runs code of the handler; false when it threw, which is logged. The one place that catches all.
  template <typename Call>
  bool guard(std::string_view request_id, Call&& call) const {
    try {
      call();
      return true;
    } catch (const std::exception& thrown) {
      log_fault(request_id, 500, thrown.what());
    } catch (...) {
      log_fault(request_id, 500, "the handler threw something that is no exception");
    }
    return false;
  }

 private:
  bool is_trusted(std::string_view address) const;
  bool is_counted(std::string_view address) const;
  void believe_proxy(Request& request) const;
  void believe_forwarded(Request& request) const;

  const ServerOptions options_;
  const ParserLimits parser_limits_;
  Handler& handler_;
  const Clock& clock_;
  const Log log_;
  WorkerPool workers_;
  std::atomic<bool> is_draining_ = false;
  std::atomic<std::uint64_t> requests_ = 0;

  std::mutex mutex_;
  std::condition_variable emptied_;
  std::uint32_t connections_ = 0;
  std::unordered_map<std::string, std::uint32_t> connections_of_;
};

}  // namespace stet::http
