#include "api/http/acceptor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace stet::http {
namespace {

constexpr int kBacklog = 1024;
constexpr int kRestMs = 50;  // where the machine gives no descriptor

void switch_on(int socket, int level, int option) {
  const int on = 1;
  (void)::setsockopt(socket, level, option, &on, sizeof on);
}

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

Result<Address> address_of(const std::string& text, std::uint16_t port) {
  Address address;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
  if (::inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    address.size = sizeof *v4;
    return address;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (::inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    address.size = sizeof *v6;
    return address;
  }
  return invalid_input("'" + text + "' is no IPv4 or IPv6 address to listen on");
}

Error cannot_listen(const std::string& address, std::uint16_t port) {
  const std::string why = std::strerror(errno);
  const bool is_v6 = address.find(':') != std::string::npos;
  const std::string host = is_v6 ? "[" + address + "]" : address;
  return unavailable("cannot listen on " + host + ":" + std::to_string(port) + ": " + why);
}

sockaddr_storage own_address(int socket) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  (void)::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size);
  return own;
}

}  // namespace

Result<Descriptor> Acceptor::listen_on(const std::string& address, std::uint16_t port) {
  const Address where = TRY(address_of(address, port));
  const auto* raw = reinterpret_cast<const sockaddr*>(&where.storage);
  Descriptor socket(
      ::socket(where.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return cannot_listen(address, port);
  switch_on(socket.get(), SOL_SOCKET, SO_REUSEADDR);
  if (::bind(socket.get(), raw, where.size) != 0 || ::listen(socket.get(), kBacklog) != 0) {
    return cannot_listen(address, port);
  }
  return socket;
}

Result<Descriptor> Acceptor::adopt(int socket) {
  Descriptor taken(socket);
  const auto has = [&](int option, int wanted) {
    int value = 0;
    socklen_t size = sizeof value;
    return ::getsockopt(socket, SOL_SOCKET, option, &value, &size) == 0 && value == wanted;
  };
  const bool is_apt = has(SO_TYPE, SOCK_STREAM) && has(SO_ACCEPTCONN, 1) &&
                      (has(SO_DOMAIN, AF_INET) || has(SO_DOMAIN, AF_INET6));
  if (!is_apt) {
    return invalid_input("descriptor " + std::to_string(socket) +
                         " is no socket that listens for TCP over IPv4 or IPv6");
  }
  (void)::fcntl(socket, F_SETFD, FD_CLOEXEC);
  (void)::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
  return taken;
}

Acceptor::Acceptor(Descriptor socket, Take take)
    : socket_(std::move(socket)), take_(std::move(take)), wake_(::eventfd(0, EFD_CLOEXEC)) {}

void Acceptor::begin() {
  thread_ = std::thread([this] { work(); });
}

Acceptor::~Acceptor() { stop(); }

std::uint16_t Acceptor::port() const {
  const sockaddr_storage own = own_address(socket_.get());
  return ntohs(own.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6*>(&own)->sin6_port
                                         : reinterpret_cast<const sockaddr_in*>(&own)->sin_port);
}

std::string Acceptor::origin() const {
  const sockaddr_storage own = own_address(socket_.get());
  const bool is_v6 = own.ss_family == AF_INET6;
  char text[INET6_ADDRSTRLEN] = "";
  if (is_v6) {
    (void)::inet_ntop(
        AF_INET6, &reinterpret_cast<const sockaddr_in6*>(&own)->sin6_addr, text, sizeof text);
  } else {
    (void)::inet_ntop(
        AF_INET, &reinterpret_cast<const sockaddr_in*>(&own)->sin_addr, text, sizeof text);
  }
  return std::string(is_v6 ? "http://[" : "http://") + text + (is_v6 ? "]:" : ":") +
         std::to_string(port());
}

void Acceptor::stop() {
  if (!thread_.joinable()) return;
  is_stopped_ = true;
  (void)::eventfd_write(wake_.get(), 1);
  thread_.join();
}

void Acceptor::work() {
  ::pthread_setname_np(::pthread_self(), "stet-accept");
  while (!is_stopped_) {
    pollfd watched[] = {{socket_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
    if (::poll(watched, 2, -1) < 0 && errno != EINTR) rest();
    const short told = watched[0].revents;
    if ((told & POLLIN) != 0) {
      accept_all();
    } else if (told != 0) {
      rest();  // an error of the socket: it is looked at now and then
    }
  }
}

void Acceptor::accept_all() {
  while (!is_stopped_) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    Descriptor connection(::accept4(
        socket_.get(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (connection.get() >= 0) {
      switch_on(connection.get(), IPPROTO_TCP, TCP_NODELAY);
      take_(std::move(connection), peer);
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) rest();
    // A client that has gone already is no reason to stop looking at the others.
    if (errno != ECONNABORTED && errno != EINTR && errno != EPERM) return;
  }
}

void Acceptor::rest() {
  pollfd watched{wake_.get(), POLLIN, 0};
  const int why = errno;
  (void)::poll(&watched, 1, kRestMs);
  errno = why;
}

}  // namespace stet::http
