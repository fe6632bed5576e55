// One client's connection: reads requests, has them answered in their order, sends the answers.
//
// One request is in work at a time; while it is, nothing more is read, so a client that does not
// take its answers cannot fill our memory. Threads: the reactor thread of its Loop, for every
// method.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/exchange.h"
#include "api/http/outgoing.h"
#include "api/http/request_parser.h"
#include "api/http/response_head.h"
#include "api/http/service.h"

namespace stet::http {

// One reactor thread, as its connections see it.
class Loop {
 public:
  explicit Loop(Service& service) : service(service), heads(service.clock()) {}
  virtual ~Loop() = default;

  // From now on the connection is told when its socket can be written.
  virtual void want_writes(int socket) = 0;
  // Closes the socket and ends the connection, once the events at hand are done.
  virtual void close_later(int socket) = 0;

  Service& service;
  HeadWriter heads;
  std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>();
  std::vector<char> buffer = std::vector<char>(64 * 1024);
  std::int64_t now_ns = 0;  // of these events
};

class Connection {
 public:
  Connection(Loop& loop, int socket, std::uint64_t number, std::string address);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::uint64_t number() const { return number_; }

  struct Readiness {
    bool is_readable = false;
    bool is_half_closed = false;  // the client sends no more
    bool is_gone = false;
  };
  void on_ready(const Readiness& readiness);
  void on_mail();  // the exchange has news, or it is our turn again
  void on_tick();
  void on_drain();

 private:
  enum class State { kReading, kAnswering, kLingering, kClosed };
  enum class Go { kOn, kWait };

  void advance();
  Go read_some();
  Go parse(std::string_view bytes);
  void on_head();
  void on_body_piece();
  void on_complete();
  bool answer_at_once();
  void hand_over(std::shared_ptr<Exchange> writers);
  void begin_reading();
  void note_read_progress(std::size_t bytes);

  Go answer_some();
  Go next_piece();
  void begin_answer(Exchange::Answer answer);
  Response refusal(int status, std::string_view detail) const;
  void answer_and_close(int status, std::string_view detail);
  void answer_is_sent();
  void log_answer(std::string_view fault, Cut cut = Cut::kNot);

  Go discard_some();
  void linger();
  void close(Cut cut = Cut::kReaderLeft);  // `cut`: if there is an answer under way

  Loop& loop_;
  const int socket_;
  const std::uint64_t number_;
  const std::string address_;

  State state_ = State::kReading;
  RequestParser parser_;
  std::string pending_;  // read, not parsed yet: pipelined requests
  bool may_have_input_ = false;
  bool is_half_closed_ = false;
  bool wants_writes_ = false;
  bool closes_after_ = false;
  std::int64_t deadline_ns_ = INT64_MAX;
  std::int64_t began_ns_ = 0;  // this request
  std::int64_t body_began_ns_ = 0;
  std::uint64_t discarded_ = 0;
  std::uint32_t requests_ = 0;

  std::optional<Request> request_;
  BodyCollector body_;
  std::shared_ptr<Exchange> exchange_;

  Outgoing outgoing_;
  bool is_streaming_ = false;
  bool is_chunked_ = false;
  bool is_stream_at_end_ = false;
  std::uint64_t sent_before_ = 0;
  int status_ = 0;
  bool is_fault_ = false;
  bool is_head_ = false;
  bool is_http_10_ = false;
  bool is_keep_alive_ = true;
  std::string request_id_;
  std::string log_method_, log_target_, log_peer_;  // where request_ has been handed over
};

}  // namespace stet::http
