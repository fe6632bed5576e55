#include "api/program/activation.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace stet::program {
namespace {

constexpr int kFirst = 3;
constexpr int kSocketsMax = 2;

std::string taken(const char* name) {
  const char* value = std::getenv(name);
  std::string text = value ? value : "";
  ::unsetenv(name);
  return text;
}

std::optional<int> number_of(const std::string& text) {
  int number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size() && !text.empty();) {
    const std::size_t end = std::min(text.find(':', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

Descriptor copy_of(const Descriptor& socket) {
  return socket ? Descriptor(::fcntl(socket.get(), F_DUPFD_CLOEXEC, 0)) : Descriptor();
}

}  // namespace

Descriptor Activation::public_copy() const { return copy_of(public_socket); }
Descriptor Activation::admin_copy() const { return copy_of(admin_socket); }

Result<Activation> take_activation() {
  const std::string process = taken("LISTEN_PID"), count = taken("LISTEN_FDS");
  const std::vector<std::string> names = split(taken("LISTEN_FDNAMES"));
  Activation activation;
  if (number_of(process) != ::getpid()) return activation;
  const int given = number_of(count).value_or(0);
  if (given > kSocketsMax) {
    return invalid_input("LISTEN_FDS: there are " + count +
                         " sockets; a server has a public one and an admin one");
  }
  for (int i = 0; i < given; ++i) {
    const auto place = static_cast<std::size_t>(i);
    const std::string name = place < names.size() ? names[place] : "";
    const bool is_admin = name == "admin" || (name != "public" && i == 1);
    Descriptor& socket = is_admin ? activation.admin_socket : activation.public_socket;
    if (socket) {
      return invalid_input("LISTEN_FDNAMES: two sockets are the " +
                           std::string(is_admin ? "admin" : "public") +
                           " one; name them public and admin (FileDescriptorName=)");
    }
    socket.reset(kFirst + i);
  }
  return activation;
}

void tell_manager(std::string_view state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  if (!path || std::strlen(path) < 2 || std::strlen(path) >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  const std::size_t length = std::strlen(path);
  std::memcpy(address.sun_path, path, length);
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return;
  (void)::sendto(socket.get(),
                 state.data(),
                 state.size(),
                 MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address),
                 static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
}

}  // namespace stet::program
