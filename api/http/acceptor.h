// A socket that listens, and the thread that takes connections from it.
//
// Its socket is its own, or one that another process holds and that outlives this one (systemd's
// socket activation): then whoever connects while nobody accepts waits in the kernel's queue for
// the next process. Threads: any, but one at a time. Failure: with no descriptors left it waits a
// moment, instead of asking without end; the connection waits too.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "storage/base/descriptor.h"
#include "storage/base/result.h"

namespace stet::http {

class Acceptor {
 public:
  // kInvalidInput: no numeric IPv4 or IPv6 address; kUnavailable: the port is taken.
  static Result<Descriptor> listen_on(const std::string& address, std::uint16_t port);

  // Takes one of another's making. kInvalidInput: it is none that listens for TCP.
  static Result<Descriptor> adopt(int socket);

  // Takes the connection, whose descriptor is its own from then on, and whom it is with. Called
  // from the thread.
  using Take = std::function<void(Descriptor connection, sockaddr_storage& peer)>;

  Acceptor(Descriptor socket, Take take);
  ~Acceptor();  // stop()
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  std::uint16_t port() const;
  std::string origin() const;  // "http://127.0.0.1:4000"

  // Until then whoever connects waits in the kernel's queue.
  void begin();
  // Takes no more; the socket stays open until the end.
  void stop();

 private:
  void work();
  void accept_all();
  void rest();

  const Descriptor socket_;
  const Take take_;
  Descriptor wake_;  // an eventfd
  std::atomic<bool> is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::http
