// A server for black-box checks and measurements: pages from memory, and workers that echo.
//
//   abuse_server PORT [THREADS]
//
// GET / and /page answer at once (10 KB), everything else 404; POST answers the length of the body
// from a worker. First line of stdout: the port.
#include <signal.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "api/http/server.h"

namespace {

using stet::http::Request;
using stet::http::Responder;
using stet::http::Response;

class Pages final : public stet::http::Handler {
 public:
  bool is_quick(const Request& head) const override {
    return head.method == "GET" || head.method == "HEAD";
  }

  void handle(Request request, Responder responder) override {
    if (request.method == "POST") {
      responder.send(Response::text(200, std::to_string(request.body.size()) + "\n"));
    } else if (request.path == "/" || request.path == "/page") {
      Response page;
      page.headers.add("Content-Type", "text/html; charset=utf-8");
      page.headers.add("ETag", "\"0123456789abcdef\"");
      page.headers.add("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
      page.body = page_;
      responder.send(std::move(page));
    } else {
      responder.send(Response::problem(404, "There is no such page."));
    }
  }

 private:
  const std::shared_ptr<const std::string> page_ =
      std::make_shared<const std::string>(10 * 1024, 'x');
};

}  // namespace

int main(int argc, char** argv) {
  stet::http::ServerOptions options;
  options.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);
  options.threads = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 2;
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  const stet::SystemClock clock;
  Pages pages;
  auto server = stet::http::Server::start(std::move(options), pages, clock, nullptr);
  if (!server) {
    std::cerr << server.error().message << '\n';
    return 1;
  }
  std::cout << (*server)->port() << std::endl;
  int received = 0;
  sigwait(&ends, &received);
  (*server)->drain(std::chrono::seconds(2));
}
