// A raw client on loopback, and handlers made of functions.
//
// Threads: one at a time. Every wait ends after ten seconds, so that a hanging server is a failed
// test.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/server.h"

namespace stet::http {

struct Received {
  int status = 0;  // 0: no answer came
  std::string head;
  std::string body;
  bool is_whole = false;

  // The value of a field, or "".
  std::string field(std::string_view name) const;
};

class Client {
 public:
  explicit Client(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // False when the server has hung up on us.
  bool send(std::string_view bytes);
  void shut_down_sending();
  void leave();         // closes
  void leave_rudely();  // resets
  // One answer, its body by Content-Length or chunks; `is_head`: no body follows.
  Received receive(bool is_head = false);
  // All that comes until the server closes; `is_closed()` tells whether it did.
  std::string receive_all();
  // Exactly so many, whatever they are; fewer where the server closes first.
  std::string receive_bytes(std::size_t bytes) { return take(bytes); }
  bool is_closed() const { return is_closed_; }

 private:
  bool fill();
  std::string take(std::size_t bytes);
  std::string take_line();
  std::string take_chunks(bool& is_whole);

  int socket_ = -1;
  bool is_closed_ = false;
  std::string bytes_;
};

class FunctionHandler final : public Handler {
 public:
  using Function = std::function<void(Request, Responder)>;

  explicit FunctionHandler(Function function, bool is_quick = true)
      : function_(std::move(function)), is_quick_(is_quick) {}

  void handle(Request request, Responder responder) override {
    function_(std::move(request), std::move(responder));
  }
  bool is_quick(const Request&) const override { return is_quick_; }
  std::optional<Response> answer_at_once(const Request& request) override {
    return at_once ? at_once(request) : std::nullopt;
  }
  std::optional<Response> refuse_early(const Request& head) const override {
    return early ? early(head) : std::nullopt;
  }
  std::uint64_t body_bytes_max(const Request&) const override { return body_max; }

  std::function<std::optional<Response>(const Request&)> early, at_once;
  std::uint64_t body_max = UINT64_MAX;

 private:
  Function function_;
  bool is_quick_;
};

// A server on a free port with its handler and clock. Fails the test when it cannot start.
class TestServer {
 public:
  explicit TestServer(FunctionHandler::Function function,
                      ServerOptions options = {},
                      bool is_quick = true,
                      Log log = nullptr);

  std::uint16_t port() const { return server->port(); }

  FunctionHandler handler;
  SystemClock clock;
  std::unique_ptr<Server> server;
};

// "GET <path>" with a Host field and `fields`, each ending in CRLF.
std::string get(std::string_view path, std::string_view fields = "");
std::string post(std::string_view path, std::string_view body, std::string_view fields = "");

}  // namespace stet::http
