#include "tests/api/http/loopback.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace stet::http {

std::string Received::field(std::string_view name) const {
  std::size_t at = 0;
  while (at < head.size()) {
    const std::size_t end = head.find("\r\n", at);
    const std::string_view line = std::string_view(head).substr(at, end - at);
    at = end == std::string::npos ? head.size() : end + 2;
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos && equal_without_case(line.substr(0, colon), name)) {
      return std::string(line.substr(colon + 2));
    }
  }
  return "";
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const int one = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    is_closed_ = true;
  }
}

Client::~Client() { leave(); }

void Client::leave() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Client::leave_rudely() {
  const linger hard{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  leave();
}

void Client::shut_down_sending() { ::shutdown(socket_, SHUT_WR); }

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::fill() {
  char piece[65536];
  const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
  if (got > 0) bytes_.append(piece, static_cast<std::size_t>(got));
  if (got == 0 || (got < 0 && errno == ECONNRESET)) is_closed_ = true;
  return got > 0;
}

std::string Client::take(std::size_t bytes) {
  while (bytes_.size() < bytes && fill()) continue;
  std::string taken = bytes_.substr(0, bytes);
  bytes_.erase(0, bytes);
  return taken;
}

std::string Client::take_line() {
  std::size_t end;
  while ((end = bytes_.find("\r\n")) == std::string::npos) {
    if (!fill()) return "";
  }
  std::string line = bytes_.substr(0, end);
  bytes_.erase(0, end + 2);
  return line;
}

std::string Client::take_chunks(bool& is_whole) {
  std::string all;
  for (;;) {
    const std::string line = take_line();
    if (line.empty()) break;
    const std::size_t size = std::strtoul(line.c_str(), nullptr, 16);
    if (size == 0) {
      is_whole = true;
      take_line();
      break;
    }
    const std::string chunk = take(size);
    all += chunk;
    if (chunk.size() < size) break;
    take_line();
  }
  return all;
}

Received Client::receive(bool is_head) {
  Received received;
  std::size_t end;
  while ((end = bytes_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return received;
  }
  received.head = take(end + 4);
  received.status = std::atoi(received.head.c_str() + 9);
  if (is_head || received.status < 200 || received.status == 204 || received.status == 304) {
    received.is_whole = true;
  } else if (!received.field("Content-Length").empty()) {
    const auto length = std::strtoull(received.field("Content-Length").c_str(), nullptr, 10);
    received.body = take(length);
    received.is_whole = received.body.size() == length;
  } else if (received.field("Transfer-Encoding") == "chunked") {
    received.body = take_chunks(received.is_whole);
  } else {
    received.body = receive_all();
    received.is_whole = is_closed_;
  }
  return received;
}

std::string Client::receive_all() {
  while (fill()) continue;
  std::string all;
  all.swap(bytes_);
  return all;
}

TestServer::TestServer(FunctionHandler::Function function,
                       ServerOptions options,
                       bool is_quick,
                       Log log)
    : handler(std::move(function), is_quick) {
  auto started = Server::start(std::move(options), handler, clock, std::move(log));
  EXPECT_TRUE(started) << (started ? "" : started.error().message);
  if (started) server = std::move(*started);
}

std::string get(std::string_view path, std::string_view fields) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
         "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view fields) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace stet::http
