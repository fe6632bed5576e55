// The sockets of one server: an accepting thread and reactor threads, on Pistache's lower half.
//
// Of Pistache there are its Reactor and its Transport's keeping of peers; its HTTP is not used, nor
// its reading and writing: its read loop cannot pause, and its write queue copies what remains at
// each step and knows clients by descriptor alone. Nor its Listener, which takes no socket of
// another's making, and asks without end where descriptors have run out. Threads: any, but one at a
// time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "api/http/service.h"
#include "storage/base/result.h"

namespace stet::http {

class Listening {
 public:
  // Accepts when it returns, or waits for accept(). kInvalidInput: no address; kUnavailable: the
  // port is taken. `service` outlives it.
  static Result<std::unique_ptr<Listening>> start(Service& service);
  ~Listening();  // ends the threads, cuts the connections

  std::uint16_t port() const;
  std::string origin() const;
  void accept();
  // Has every reactor thread look at Service::is_draining().
  void drain();

 private:
  class Sockets;
  explicit Listening(std::unique_ptr<Sockets> sockets);
  std::unique_ptr<Sockets> sockets_;
};

}  // namespace stet::http
