// A restart refuses nobody where somebody else holds the sockets.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <atomic>
#include <thread>

#include "api/http/acceptor.h"
#include "storage/base/descriptor.h"
#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

// Open in children too.
Descriptor listening() {
  auto socket = http::Acceptor::listen_on("127.0.0.1", 0);
  EXPECT_TRUE(socket) << socket.error().message;
  return Descriptor(::dup(socket->get()));
}

std::uint16_t port_of(const Descriptor& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  EXPECT_EQ(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  return ntohs(address.sin_port);
}

// Somebody who asks again and again, each time by a connection of its own, until it goes.
class Visitor {
 public:
  Visitor(std::uint16_t port, std::string target)
      : thread_([this, port, target = std::move(target)] {
          while (!is_over_) {
            const fault::Answer answer = fault::call(port, "GET", target);
            ++(answer.status == 200 ? good_ : bad_);
          }
        }) {}
  ~Visitor() { end(); }

  void end() {
    is_over_ = true;
    if (thread_.joinable()) thread_.join();
  }
  int good() const { return good_; }
  int bad() const { return bad_; }

 private:
  std::atomic<bool> is_over_ = false;
  std::atomic<int> good_ = 0, bad_ = 0;
  std::thread thread_;
};

std::string datagram_of(const Descriptor& socket) {
  char bytes[256];
  const ssize_t got = ::recv(socket.get(), bytes, sizeof bytes, MSG_DONTWAIT);
  return got < 0 ? "" : std::string(bytes, static_cast<std::size_t>(got));
}

class RestartWithSocketsOfAnother : public ::testing::Test {
 protected:
  RestartWithSocketsOfAnother()
      : public_(listening()), admin_(listening()), told_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    notified_.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(told_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  std::unique_ptr<fault::ServerProcess> start() {
    return fault::ServerProcess::of_sockets(
        site_.repository(), public_.get(), admin_.get(), notified_);
  }

  GitSite site_;
  const std::string notified_ = (site_.folder() / "notified").string();
  Descriptor public_, admin_, told_;
};

TEST_F(RestartWithSocketsOfAnother, RefusesNobodyUnderLoad) {
  auto server = start();
  ASSERT_TRUE(server->is_ready());
  EXPECT_EQ(server->port(), port_of(public_));
  EXPECT_EQ(server->admin_port(), port_of(admin_));
  Visitor reader(port_of(public_), "/"), other(port_of(public_), "/");
  Visitor client(port_of(admin_), "/api/v1/session/providers");
  constexpr int kRestarts = 3;
  for (int i = 0; i < kRestarts; ++i) {
    const int before = reader.good();
    while (reader.good() < before + 5 && reader.bad() == 0) std::this_thread::yield();
    EXPECT_EQ(server->terminate(), 0);
    server = start();
    ASSERT_TRUE(server->is_ready());
  }
  for (Visitor* visitor : {&reader, &other, &client}) {
    visitor->end();
    EXPECT_EQ(visitor->bad(), 0);
    EXPECT_GT(visitor->good(), 0);
  }
}

TEST_F(RestartWithSocketsOfAnother, TellsTheManager) {
  auto server = start();
  ASSERT_TRUE(server->is_ready());
  const fault::Answer answer =
      fault::call(server->admin_port(), "GET", "/api/v1/session/providers");  // it is open by then
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(server->terminate(), 0);
  EXPECT_EQ(datagram_of(told_), "READY=1");
  EXPECT_EQ(datagram_of(told_), "STOPPING=1");
}

TEST_F(RestartWithSocketsOfAnother, WhoComesInBetweenWaits) {
  auto server = start();
  ASSERT_TRUE(server->is_ready());
  EXPECT_EQ(server->terminate(), 0);
  int status = 0;
  std::thread early([&] { status = fault::call(port_of(public_), "GET", "/").status; });
  server = start();
  early.join();
  EXPECT_EQ(status, 200);
}

}  // namespace
}  // namespace stet::git
