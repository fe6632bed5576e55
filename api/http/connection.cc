#include "api/http/connection.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>

namespace stet::http {
namespace {

// Steps of one connection before the others of its thread get their turn.
constexpr int kTurnSteps = 64;
constexpr std::uint64_t kDiscardedBytesMax = 16 * 1024 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::int64_t ns(std::chrono::milliseconds duration) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

std::string chunk_size_line(std::size_t bytes) {
  std::array<char, 18> digits;
  char* end = std::to_chars(digits.data(), digits.data() + 16, bytes, 16).ptr;
  *end++ = '\r';
  *end++ = '\n';
  return {digits.data(), end};
}

}  // namespace

Connection::Connection(Loop& loop, int socket, std::uint64_t number, std::string address)
    : loop_(loop),
      socket_(socket),
      number_(number),
      address_(std::move(address)),
      parser_(loop.service.parser_limits()),
      deadline_ns_(loop.now_ns + ns(loop.service.options().timeouts.header)),
      body_(loop.service.options().limits.body_memory_bytes_max,
            loop.service.options().temporary_folder) {}

Connection::~Connection() {
  if (exchange_) exchange_->client_has_gone();
  loop_.service.release(address_);
}

void Connection::on_ready(const Readiness& readiness) {
  if (state_ == State::kClosed) return;
  may_have_input_ |= readiness.is_readable || readiness.is_half_closed;
  is_half_closed_ |= readiness.is_half_closed;
  // A client that waits for a stream without end and sends no more has gone.
  const bool left_stream = is_half_closed_ && is_streaming_ && is_chunked_;
  if (readiness.is_gone || left_stream) return close();
  advance();
}

void Connection::on_mail() { advance(); }

// What has come and was not read yet is answered; who has not asked for anything so far has a
// moment to.
void Connection::on_drain() {
  const auto is_idle = [this] {
    return state_ == State::kReading && parser_.is_between_requests() && pending_.empty();
  };
  closes_after_ = true;
  if (!is_idle()) return;
  may_have_input_ = true;
  advance();
  if (!is_idle()) return;
  if (requests_ > 0) return close();
  const std::int64_t moment = ns(loop_.service.options().timeouts.linger);
  deadline_ns_ = std::min(deadline_ns_, loop_.now_ns + moment);
}

void Connection::on_tick() {
  if (loop_.now_ns < deadline_ns_) return;
  if (state_ == State::kReading && !parser_.is_between_requests()) {
    answer_and_close(408, "The request took too long to arrive.");
    return advance();
  }
  close(Cut::kReaderSlow);
}

void Connection::advance() {
  for (int steps = 0; state_ != State::kClosed; ++steps) {
    if (steps == kTurnSteps) return loop_.mailbox->post(number_);
    Go go = Go::kWait;
    if (state_ == State::kReading)
      go = read_some();
    else if (state_ == State::kAnswering)
      go = answer_some();
    else if (state_ == State::kLingering)
      go = discard_some();
    if (go == Go::kWait) return;
  }
}

Connection::Go Connection::read_some() {
  if (!pending_.empty()) {
    const std::string bytes = std::move(pending_);
    pending_.clear();
    return parse(bytes);
  }
  if (!may_have_input_) return Go::kWait;
  const ssize_t got = ::recv(socket_, loop_.buffer.data(), loop_.buffer.size(), 0);
  if (got < 0 && errno == EINTR) return Go::kOn;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    may_have_input_ = false;
    return Go::kWait;
  }
  if (got <= 0) return close(), Go::kWait;
  // Edge-triggered: less than was asked for means that more will be told of.
  if (static_cast<std::size_t>(got) < loop_.buffer.size() && !is_half_closed_) {
    may_have_input_ = false;
  }
  note_read_progress(static_cast<std::size_t>(got));
  return parse({loop_.buffer.data(), static_cast<std::size_t>(got)});
}

void Connection::note_read_progress(std::size_t bytes) {
  const Timeouts& timeouts = loop_.service.options().timeouts;
  if (!request_) {
    if (parser_.is_between_requests()) {
      began_ns_ = loop_.now_ns;
      deadline_ns_ = loop_.now_ns + ns(timeouts.header);
    }
    return;
  }
  // Each byte of a body buys time, but not at any price.
  const auto rate =
      static_cast<std::int64_t>(loop_.service.options().limits.body_bytes_per_second_min);
  const auto bought_s =
      static_cast<std::int64_t>(body_.size() + bytes) / std::max<std::int64_t>(rate, 1);
  deadline_ns_ = std::min(loop_.now_ns + ns(timeouts.body),
                          body_began_ns_ + ns(timeouts.body) + bought_s * 1'000'000'000);
}

Connection::Go Connection::parse(std::string_view bytes) {
  while (state_ == State::kReading) {
    const RequestParser::Step step = parser_.feed(bytes);
    bytes.remove_prefix(step.consumed);
    switch (step.event) {
      case RequestParser::Event::kNeedMore: return Go::kOn;
      case RequestParser::Event::kHead: on_head(); break;
      case RequestParser::Event::kBodyPiece: on_body_piece(); break;
      case RequestParser::Event::kComplete: on_complete(); break;
      case RequestParser::Event::kRefused:
        answer_and_close(parser_.refusal().status, parser_.refusal().why);
        break;
    }
  }
  if (!closes_after_) pending_.assign(bytes);
  return Go::kOn;
}

void Connection::on_head() {
  RequestHead& head = parser_.head();
  is_head_ = head.method == "HEAD";
  is_http_10_ = head.is_http_10;
  is_keep_alive_ = head.is_keep_alive;
  const bool has_body = head.has_body();
  const bool expects_continue = head.expects_continue && has_body;
  auto request = loop_.service.request_of(head, address_);
  if (!request) return answer_and_close(400, "The request target is malformed.");
  request_ = std::move(*request);
  request_id_ = request_->request_id;
  body_began_ns_ = loop_.now_ns;
  if (!has_body) return;

  std::optional<Response> refusal;
  std::uint64_t bytes_max = 0;
  const Handler& handler = loop_.service.handler();
  const bool is_well = loop_.service.guard(request_id_, [&] {
    refusal = handler.refuse_early(*request_);
    bytes_max = handler.body_bytes_max(*request_);
  });
  if (!is_well) return answer_and_close(500, "");
  if (refusal) {
    closes_after_ = true;
    return begin_answer({.response = std::move(*refusal)});
  }
  if (!parser_.limit_body(bytes_max)) {
    return answer_and_close(
        413,
        "The body is larger than what is taken here: " + std::to_string(bytes_max) + " bytes.");
  }
  if (expects_continue && ::send(socket_, kContinue.data(), kContinue.size(), MSG_NOSIGNAL) < 0) {
    return close();
  }
  deadline_ns_ = loop_.now_ns + ns(loop_.service.options().timeouts.body);
}

void Connection::on_body_piece() {
  if (const Status kept = body_.append(parser_.body_piece()); !kept) {
    loop_.service.log_fault(request_id_, 507, kept.error().message);
    answer_and_close(507, "There is no room for the body now.");
  }
}

void Connection::on_complete() {
  ++requests_;
  closes_after_ = closes_after_ || !is_keep_alive_ ||
                  requests_ >= loop_.service.options().limits.requests_per_connection_max;
  state_ = State::kAnswering;
  deadline_ns_ = INT64_MAX;  // how long a handler takes is its own affair
  request_->body = body_.take();
  if (!is_known_method(request_->method)) {
    return begin_answer({.response = refusal(501, "This method is not known here.")});
  }
  if (request_->body.empty() && answer_at_once()) return;
  exchange_ = std::make_shared<Exchange>(loop_.mailbox, number_, is_head_);
  hand_over(Exchange::for_writers(exchange_));
}

bool Connection::answer_at_once() {
  std::optional<Response> answer;
  const bool is_well = loop_.service.guard(
      request_id_, [&] { answer = loop_.service.handler().answer_at_once(*request_); });
  if (is_well && !answer) return false;
  begin_answer({.response = is_well ? std::move(*answer) : Response(), .is_fault = !is_well});
  return true;
}

void Connection::hand_over(std::shared_ptr<Exchange> writers) {
  Service& service = loop_.service;
  Responder responder(std::move(writers));
  if (service.has_log()) {
    log_method_ = request_->method;
    log_target_ = request_->target;
    log_peer_ = request_->peer_address;
  }
  Request request = std::move(*request_);
  request_.reset();
  bool is_quick = false;
  if (!service.guard(request_id_, [&] { is_quick = service.handler().is_quick(request); })) return;
  if (is_quick) {
    const Exchange::LookingAnyway looking(*exchange_);
    service.guard(request_id_,
                  [&] { service.handler().handle(std::move(request), std::move(responder)); });
    return;
  }
  auto job = [&service, request = std::move(request), responder]() mutable {
    const std::string id = request.request_id;
    service.guard(id, [&] { service.handler().handle(std::move(request), std::move(responder)); });
  };
  if (!service.workers().submit(std::move(job))) {
    Response busy = refusal(503, "Too many requests are waiting; try again shortly.");
    busy.headers.set("Retry-After", "1");
    responder.send(std::move(busy));
  }
}

Connection::Go Connection::answer_some() {
  if (outgoing_.is_empty() && !is_streaming_) {
    auto answer = exchange_ ? exchange_->take_answer() : std::nullopt;
    if (!answer) return Go::kWait;
    begin_answer(std::move(*answer));
  }
  const std::uint64_t before = outgoing_.bytes_sent();
  const Outgoing::Sent sent = outgoing_.send(socket_);
  if (sent == Outgoing::Sent::kFailed) return close(), Go::kWait;
  if (sent == Outgoing::Sent::kSome) {
    deadline_ns_ = loop_.now_ns + ns(loop_.service.options().timeouts.write);
    return loop_.mailbox->post(number_), Go::kWait;
  }
  if (sent == Outgoing::Sent::kBlocked) {
    if (!wants_writes_) loop_.want_writes(socket_);
    const bool is_first = deadline_ns_ == INT64_MAX;
    if (is_first || !wants_writes_ || outgoing_.bytes_sent() > before) {
      deadline_ns_ = loop_.now_ns + ns(loop_.service.options().timeouts.write);
    }
    wants_writes_ = true;
    return Go::kWait;
  }
  deadline_ns_ = INT64_MAX;
  if (is_streaming_) return next_piece();
  answer_is_sent();
  return Go::kOn;
}

Connection::Go Connection::next_piece() {
  if (is_stream_at_end_) {
    is_streaming_ = false;
    answer_is_sent();
    return Go::kOn;
  }
  std::string piece;
  outgoing_.head().clear();
  switch (exchange_->take_piece(piece)) {
    case Exchange::Next::kNothingYet: return Go::kWait;
    case Exchange::Next::kAborted: return close(Cut::kWriterLeft), Go::kWait;
    case Exchange::Next::kPiece:
      if (is_chunked_) {
        outgoing_.head() = chunk_size_line(piece.size());
        piece += "\r\n";
      }
      break;
    case Exchange::Next::kEnd:
      is_stream_at_end_ = true;
      if (is_chunked_) outgoing_.head() = "0\r\n\r\n";
      break;
  }
  outgoing_.begin(std::move(piece));
  return Go::kOn;
}

void Connection::begin_answer(Exchange::Answer answer) {
  state_ = State::kAnswering;
  deadline_ns_ = INT64_MAX;
  closes_after_ = closes_after_ || loop_.service.is_draining();
  if (answer.is_fault) answer.response = refusal(500, "");
  Response& response = answer.response;
  status_ = response.status;
  is_fault_ = answer.is_fault;
  const bool has_body = !is_head_ && !has_no_body(status_);
  Framing framing{.request_id = request_id_};
  if (answer.is_stream) {
    framing.length = answer.length;
    framing.is_chunked = !answer.length && !is_http_10_;
    if (!answer.length && is_http_10_) closes_after_ = true;
    is_streaming_ = has_body;
    is_chunked_ = framing.is_chunked;
    is_stream_at_end_ = false;
    if (!has_body) exchange_->client_has_gone();  // its writer need not go on
  } else {
    framing.length = size_of(response.body);
  }
  if (!has_body || answer.is_stream) response.body = std::string();
  if (has_no_body(status_)) {
    framing.length.reset();
    framing.is_chunked = false;
  }
  if (closes_after_)
    framing.connection = "close";
  else if (is_http_10_)
    framing.connection = "keep-alive";
  loop_.heads.write(outgoing_.head(), response, framing);
  sent_before_ = outgoing_.bytes_sent();
  outgoing_.begin(std::move(response.body));
}

Response Connection::refusal(int status, std::string_view detail) const {
  return loop_.service.handler().refusal(status, detail);
}

void Connection::answer_and_close(int status, std::string_view detail) {
  if (exchange_) exchange_->client_has_gone();
  exchange_.reset();
  closes_after_ = true;
  begin_answer({.response = refusal(status, detail)});
}

void Connection::answer_is_sent() {
  if (loop_.service.has_log()) {
    log_answer(is_fault_ ? "the handler went without an answer" : "");
  }
  exchange_.reset();
  request_.reset();
  request_id_.clear();
  if (closes_after_) return linger();
  begin_reading();
}

void Connection::begin_reading() {
  state_ = State::kReading;
  parser_.begin_next();
  deadline_ns_ = loop_.now_ns + ns(loop_.service.options().timeouts.idle);
  began_ns_ = loop_.now_ns;
}

void Connection::log_answer(std::string_view fault, Cut cut) {
  const std::string& peer = request_ ? request_->peer_address : log_peer_;
  loop_.service.log({.is_answer = true,
                     .method = request_ ? request_->method : log_method_,
                     .target = request_ ? request_->target : log_target_,
                     .peer_address = peer.empty() ? address_ : peer,
                     .request_id = request_id_,
                     .status = status_,
                     .cut = cut,
                     .body_bytes = outgoing_.bytes_sent() - sent_before_,
                     .duration_us = (loop_.service.clock().monotonic_ns() - began_ns_) / 1000,
                     .fault = fault});
  log_method_.clear();
  log_target_.clear();
  log_peer_.clear();
}

// Closing a socket that has unread input resets it, and the client may never read the last answer.
// So we say that we are done, and read on for a while until the client does so too.
void Connection::linger() {
  ::shutdown(socket_, SHUT_WR);
  state_ = State::kLingering;
  deadline_ns_ = loop_.now_ns + ns(loop_.service.options().timeouts.linger);
  may_have_input_ = true;
  pending_.clear();
}

Connection::Go Connection::discard_some() {
  if (!may_have_input_) return Go::kWait;
  const ssize_t got = ::recv(socket_, loop_.buffer.data(), loop_.buffer.size(), 0);
  if (got < 0 && errno == EINTR) return Go::kOn;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    may_have_input_ = false;
    return Go::kWait;
  }
  discarded_ += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
  if (got <= 0 || discarded_ > kDiscardedBytesMax) return close(), Go::kWait;
  return Go::kOn;
}

void Connection::close(Cut cut) {
  if (state_ == State::kClosed) return;
  if (state_ == State::kAnswering && loop_.service.has_log()) {
    if (outgoing_.is_empty() && !is_streaming_) {
      status_ = kStatusOfWhoLeft;
      sent_before_ = outgoing_.bytes_sent();
    }
    log_answer("", cut);
  }
  state_ = State::kClosed;
  if (exchange_) exchange_->client_has_gone();
  exchange_.reset();
  loop_.close_later(socket_);
}

}  // namespace stet::http
