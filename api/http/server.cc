#include "api/http/server.h"

#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include "api/http/listening.h"
#include "api/http/service.h"

namespace stet::http {
namespace {

// Descriptors that are not clients' sockets: repository, database, children, logs.
constexpr rlim_t kDescriptorsKept = 256;
// A client may cost a socket, a file for its body and a file for its answer; two servers share the
// rest.
constexpr rlim_t kDescriptorsPerConnection = 4;

std::uint32_t connections_that_fit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 128;
  if (limit.rlim_cur < limit.rlim_max) {
    rlimit raised = limit;
    raised.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  if (limit.rlim_cur <= kDescriptorsKept * 2) return 64;
  const rlim_t fit = (limit.rlim_cur - kDescriptorsKept) / kDescriptorsPerConnection;
  return static_cast<std::uint32_t>(std::min<rlim_t>(fit, 1'000'000));
}

}  // namespace

class Server::Running {
 public:
  Running(ServerOptions options, Handler& handler, const Clock& clock, Log log)
      : service(std::move(options), handler, clock, std::move(log)) {}

  Service service;
  std::unique_ptr<Listening> listening;
  std::uint16_t port = 0;
  std::string origin;
};

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(ServerOptions options,
                                              Handler& handler,
                                              const Clock& clock,
                                              Log log) {
  ::signal(SIGPIPE, SIG_IGN);  // a client that leaves is no reason to end
  options.limits.connections_max = std::min(options.limits.connections_max, connections_that_fit());
  auto running = std::make_unique<Running>(std::move(options), handler, clock, std::move(log));
  running->listening = TRY(Listening::start(running->service));
  running->port = running->listening->port();
  running->origin = running->listening->origin();
  return std::unique_ptr<Server>(new Server(std::move(running)));
}

std::uint16_t Server::port() const { return running_->port; }
std::string Server::origin() const { return running_->origin; }

void Server::accept() { running_->listening->accept(); }

bool Server::drain(std::chrono::milliseconds patience) {
  if (!running_->listening) return true;
  running_->service.begin_drain();
  running_->listening->drain();
  return running_->service.wait_until_empty(patience);
}

void Server::stop() {
  // First the connections: a worker that waits for room in a stream learns that the client has
  // gone.
  running_->listening.reset();
  running_->service.workers().stop();
}

}  // namespace stet::http
