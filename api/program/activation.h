// What a service manager gives a process: sockets that listen already, and somebody to tell.
//
// The protocols are systemd's, of plain variables: sd_listen_fds(3) and sd_notify(3). Sockets that
// outlive the process let a restart refuse nobody. Threads: before there are others.
#pragma once

#include <string_view>

#include "storage/base/descriptor.h"
#include "storage/base/result.h"

namespace stet::program {

// None of either: it is opened by ourselves.
struct Activation {
  Descriptor public_socket, admin_socket;

  // For a server, which takes its sockets with it when it ends, while this goes on.
  Descriptor public_copy() const;
  Descriptor admin_copy() const;
};

// Of LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES, which children do not see then. Names are "public"
// and "admin"; without names (or where each is the unit's, "stet.socket") the first is the public
// one. kInvalidInput: more than two, or two of one name.
Result<Activation> take_activation();

// "READY=1", "STOPPING=1", "RELOADING=1". Nothing where nobody listens (NOTIFY_SOCKET).
void tell_manager(std::string_view state);

}  // namespace stet::program
