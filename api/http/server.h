// An HTTP/1.1 server on one address (RFC 9110, RFC 9112), without TLS: a proxy in front does that.
//
// Requests are parsed strictly; whatever is not a well-formed request gets one answer and the
// connection is closed. Pipelined requests are answered in their order, one at a time.
//
// Threads: `threads` reactor threads read and write sockets; `workers` threads run what waits.
// Several servers live in one process and share nothing but the descriptor limit, which start()
// raises. Limits: ServerOptions has them all. Failure: a handler that throws is a 500 and a log
// record.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "api/http/responder.h"
#include "storage/base/clock.h"
#include "storage/base/ip_address.h"
#include "storage/base/result.h"

namespace stet::http {

struct Limits {
  std::uint32_t header_bytes_max = 32 * 1024;             // request line and fields: 431
  std::uint32_t header_fields_max = 100;                  // 431
  std::uint32_t target_bytes_max = 8 * 1024;              // 414
  std::uint64_t body_memory_bytes_max = 256 * 1024;       // larger bodies go to an unlinked file
  std::uint64_t body_bytes_max = std::uint64_t{1} << 30;  // 413
  std::uint32_t body_bytes_per_second_min =
      1024;                                // slower bodies are a 408, once past the body timeout
  std::uint32_t connections_max = 10'000;  // also kept below the descriptor limit
  std::uint32_t connections_per_address_max = 256;  // not for loopback and trusted proxies
  std::uint32_t requests_per_connection_max = 100'000;
};

struct Timeouts {
  std::chrono::milliseconds header{10'000};  // from a request's first byte to its last header: 408
  std::chrono::milliseconds body{30'000};    // without a byte of the body: 408
  std::chrono::milliseconds idle{60'000};    // between requests: closed without a word
  std::chrono::milliseconds write{30'000};   // without the client taking a byte
  std::chrono::milliseconds linger{
      2'000};  // how long we read on after the last answer, so that it arrives
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, numeric
  std::uint16_t port = 0;             // 0: a free one
  // One that listens already and outlives the server, which takes the descriptor; then it is that
  // socket's address and port, and who comes while the server drains waits for the next one.
  int socket = -1;
  bool accepts_later = false;  // who connects waits for accept()
  unsigned threads = 2;
  unsigned workers = 8;                // at once, beside those that wait (WorkerPool::Waiting)
  unsigned workers_max = 8;            // with those
  std::size_t worker_queue_max = 256;  // requests that wait for a worker; then 503 with Retry-After
  Limits limits = {};
  Timeouts timeouts = {};
  std::string temporary_folder = "/var/tmp";  // for large bodies
  // Whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::vector<Network> trusted_proxies = {};
  // In place of these two the field Forwarded (RFC 7239), for proxies that write it: one that they
  // do not write is the client's own, which they pass on.
  bool has_forwarded = false;
  std::string request_id_prefix = {};  // told apart across restarts and servers
  // Counts those who are turned away at the door; outlives the server. Null: nobody does.
  std::atomic<std::uint64_t>* turned_away = nullptr;
};

// Why an answer did not go out whole.
enum class Cut : std::uint8_t {
  kNot,
  kReaderLeft,
  kReaderSlow,  // it took nothing for as long as Timeouts::write lets
  kWriterLeft,  // the handler gave a stream up
};

// What happened to one request, or to a connection that brought none. Views are good during the
// call.
struct LogRecord {
  bool is_answer = false;        // to a request, which may not have been read; else an event
  std::string_view method = {};  // empty where no request could be read
  std::string_view target = {};
  std::string_view peer_address = {};
  std::string_view request_id = {};
  int status = 0;  // kStatusOfWhoLeft where the client went before there was an answer
  Cut cut = Cut::kNot;
  std::uint64_t body_bytes = 0;  // of the answer, as far as it was sent
  std::int64_t duration_us = 0;
  std::string_view fault =
      {};  // what a handler threw, or why the server could not do its work; never sent
};

// As nginx has it; never sent.
inline constexpr int kStatusOfWhoLeft = 499;

// Called from reactor threads; must be quick and must not throw. May be empty.
using Log = std::function<void(const LogRecord&)>;

class Handler {
 public:
  virtual ~Handler() = default;

  // Answers through `responder`, now or later, from any thread. When every copy of the responder is
  // gone without an answer, the server answers 500. Threads: called from all reactor threads and
  // workers.
  virtual void handle(Request request, Responder responder) = 0;

  // The answer, where it can be given without waiting for anything: the shortest way. On the
  // reactor thread, before all below; not for requests with a body.
  virtual std::optional<Response> answer_at_once(const Request& request) {
    (void)request;
    return std::nullopt;
  }

  // True: handle() does not wait, and is called on the reactor thread at once. Others go to the
  // workers.
  virtual bool is_quick(const Request& head) const {
    (void)head;
    return false;
  }

  // Looks at a request with a body before the body is read: an answer refuses it (the connection is
  // closed after it), so that nobody uploads a gigabyte to hear 401. On the reactor thread.
  virtual std::optional<Response> refuse_early(const Request& head) const {
    (void)head;
    return std::nullopt;
  }

  // The largest body that this request may bring; the server's own limit holds besides.
  virtual std::uint64_t body_bytes_max(const Request& head) const {
    (void)head;
    return UINT64_MAX;
  }

  // What is said of a request that no handler answers: not well-formed, too large, too slow, or
  // left without an answer. On any thread.
  virtual Response refusal(int status, std::string_view detail) const {
    return Response::problem(status, detail);
  }
};

class Server {
 public:
  // Listens and answers when it returns. `handler` and `clock` outlive the server. Errors:
  // kInvalidInput for an address that is none, kUnavailable for a port that is taken.
  static Result<std::unique_ptr<Server>> start(ServerOptions options,
                                               Handler& handler,
                                               const Clock& clock,
                                               Log log);
  ~Server();  // stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  std::string origin() const;  // "http://127.0.0.1:4000", "http://[::1]:4000"

  void accept();  // once, with accepts_later

  // Turns new connections away, or lets them wait where the socket is another's; closes idle ones.
  // True: what was in flight is done; false: `patience` ran out. Streams end with their writers.
  bool drain(std::chrono::milliseconds patience);

  // Ends all threads; what is in flight is cut. Responders that live on are harmless. Called once
  // more: nothing.
  void stop();

 private:
  class Running;
  explicit Server(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace stet::http
