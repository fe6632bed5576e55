// The one who answers a request: once, from any thread, however much later.
//
// Copies share one answer; the first send() or start() wins and later ones do nothing. A client
// that has gone meanwhile is no error: the answer is dropped. Threads: every method from any
// thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/http/message.h"

namespace stet::http {

class Exchange;

// The body of an answer that is made as it is sent: server-sent events, a child process's output.
//
// Bytes wait in memory until the client takes them; the writer looks at what write() says and stops
// at kFull. Threads: any; writes from several threads need an order of their own.
class Stream {
 public:
  enum class State {
    kRoom,  // go on
    kFull,  // taken, but wait for room before the next piece
    kGone,  // the client has left, or the stream has ended: nothing was taken
  };
  static constexpr std::size_t kBytesWaitingMax = 1024 * 1024;  // kFull from here on

  explicit Stream(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}

  State write(std::string piece) const;
  // Blocks, on a worker or a thread of the caller's, never on a reactor thread. kFull: patience ran
  // out.
  State wait_for_room(std::chrono::milliseconds patience) const;
  State state() const;
  // Called once, on some thread, when the client has left or the stream has ended. At once if it
  // has.
  void when_gone(std::function<void()> callback) const;
  // The end of the body. With a declared length that was not reached the connection is cut.
  void finish() const;
  // Cuts the connection, so that the client knows the body is not whole.
  void abort() const;

 private:
  std::shared_ptr<Exchange> exchange_;
};

class Responder {
 public:
  explicit Responder(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}

  // False: somebody answered before.
  bool send(Response response) const;

  // Begins an answer with a streamed body: chunked, or of `length` bytes where that is known
  // (HTTP/1.0 without a length: until the connection closes). The body of `head` is ignored. For
  // HEAD the stream is kGone from the start.
  Stream start(Response head, std::optional<std::uint64_t> length = std::nullopt) const;

 private:
  std::shared_ptr<Exchange> exchange_;
};

}  // namespace stet::http
