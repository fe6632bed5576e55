#include "api/hooks/local_hook.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/hex.h"

namespace stet::hooks {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFileBytesMax = 4096;
constexpr std::size_t kAnswerBytesMax = 1024 * 1024;

struct Address {
  std::string host, path;
  std::uint16_t port = 0;
};

// "http://127.0.0.1:4001/hooks/local", "http://[::1]:4001/hooks/local".
Result<Address> address_of(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  Error fault = invalid_input("'" + std::string(url) + "' is no address of a local server");
  if (!url.starts_with(kScheme)) return fault;
  url.remove_prefix(kScheme.size());
  std::size_t slash = url.find('/');
  if (slash == std::string_view::npos) return fault;
  Address address{.host = "", .path = std::string(url.substr(slash)), .port = 0};
  std::string_view authority = url.substr(0, slash);
  std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos) return fault;
  std::string_view digits = authority.substr(colon + 1);
  const char* end = digits.data() + digits.size();
  auto [last, error] = std::from_chars(digits.data(), end, address.port);
  if (error != std::errc() || last != end) return fault;
  std::string_view host = authority.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  address.host = host;
  return address;
}

using Deadline = std::chrono::steady_clock::time_point;

// False: the deadline has passed.
bool wait_for(int socket, short events, Deadline deadline) {
  for (;;) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd waiting{.fd = socket, .events = events, .revents = 0};
    int ready = left.count() > 0 ? ::poll(&waiting, 1, static_cast<int>(left.count())) : 0;
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0;
  }
}

Error too_late() { return unavailable("the server did not answer in time; it will publish later"); }

Result<Descriptor> connect_to(const Address& address, Deadline deadline) {
  sockaddr_storage storage{};
  socklen_t size = 0;
  auto* four = reinterpret_cast<sockaddr_in*>(&storage);
  auto* six = reinterpret_cast<sockaddr_in6*>(&storage);
  if (::inet_pton(AF_INET, address.host.c_str(), &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(address.port);
    size = sizeof *four;
  } else if (::inet_pton(AF_INET6, address.host.c_str(), &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(address.port);
    size = sizeof *six;
  } else {
    return invalid_input("'" + address.host + "' is no numeric address");
  }
  Descriptor socket(::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.get() < 0) return unavailable("no socket is to be had");
  int failure = 0;
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&storage), size) != 0) {
    failure = errno;
  }
  if (failure == EINPROGRESS) {
    if (!wait_for(socket.get(), POLLOUT, deadline)) return too_late();
    socklen_t length = sizeof failure;
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &failure, &length);
  }
  if (failure == 0) return socket;
  return not_found("no server listens at " + address.host + ":" + std::to_string(address.port));
}

Status send_all(int socket, std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) {
      if (!wait_for(socket, POLLOUT, deadline)) return too_late();
      continue;
    }
    if (sent <= 0) return unavailable("the server has hung up");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

// All that comes until the server closes, as it was asked to.
Result<std::string> receive_all(int socket, Deadline deadline) {
  std::string answer;
  while (answer.size() < kAnswerBytesMax) {
    if (!wait_for(socket, POLLIN, deadline)) return too_late();
    std::array<char, 4096> piece;
    ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return unavailable("the server has hung up");
    if (got == 0) break;
    answer.append(piece.data(), static_cast<std::size_t>(got));
  }
  return answer;
}

struct Question {
  std::string method, path, token;
};

Result<LocalAnswer> exchange(const Address& address,
                             const Question& question,
                             std::chrono::milliseconds patience) {
  const Deadline deadline = std::chrono::steady_clock::now() + patience;
  Descriptor socket = TRY(connect_to(address, deadline));
  bool is_six = address.host.find(':') != std::string::npos;
  std::string host = is_six ? "[" + address.host + "]" : address.host;
  TRY(send_all(socket.get(),
               question.method + " " + question.path + " HTTP/1.1\r\nHost: " + host + ":" +
                   std::to_string(address.port) + "\r\nAuthorization: Bearer " + question.token +
                   "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
               deadline));
  std::string answer = TRY(receive_all(socket.get(), deadline));
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  LocalAnswer parsed;
  std::size_t body = answer.find("\r\n\r\n");
  const char* digits = answer.data() + kVersion.size();
  bool is_answer = answer.starts_with(kVersion) && body != std::string::npos &&
                   std::from_chars(digits, digits + 3, parsed.status).ec == std::errc();
  if (!is_answer) return unavailable("the server has hung up");
  parsed.body = answer.substr(body + 4);
  return parsed;
}

}  // namespace

std::string make_local_secret(RandomSource& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  return encode_hex(bytes);
}

Status write_invitation(const fs::path& state_folder, const Invitation& invitation) {
  TRY(remove_invitation(state_folder));
  fs::path path = state_folder / kInvitationFile;
  // Made for its owner alone from the first byte on.
  int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  Descriptor file(::open(path.c_str(), flags, 0600));
  if (file.get() < 0) return error_of_errno("create", path);
  std::string text = invitation.url + "\n" + invitation.secret + "\n";
  ssize_t written = ::write(file.get(), text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) return {};
  Error error = error_of_errno("write", path);
  ::unlink(path.c_str());
  return error;
}

Result<Invitation> read_invitation(const fs::path& state_folder) {
  std::string text = TRY(read_file(state_folder / kInvitationFile, kFileBytesMax));
  std::size_t first = text.find('\n');
  std::size_t second = first == std::string::npos ? first : text.find('\n', first + 1);
  if (second == std::string::npos) return not_found("the server is just starting");
  return Invitation{text.substr(0, first), text.substr(first + 1, second - first - 1)};
}

Status remove_invitation(const fs::path& state_folder) {
  fs::path path = state_folder / kInvitationFile;
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return error_of_errno("remove", path);
}

namespace {

Status announce(const fs::path& state_folder,
                const std::string& query,
                int expected,
                std::chrono::milliseconds patience) {
  Invitation invitation = TRY(read_invitation(state_folder));
  Address address = TRY(address_of(invitation.url));
  LocalAnswer answer =
      TRY(exchange(address, {"POST", address.path + query, invitation.secret}, patience));
  if (answer.status == expected) return {};
  while (answer.body.ends_with('\n')) answer.body.pop_back();
  return unavailable("the server answered " + std::to_string(answer.status) + ": " + answer.body);
}

}  // namespace

Status announce_push(const fs::path& state_folder, std::chrono::milliseconds patience) {
  return announce(state_folder, "", 204, patience);
}

Status announce_move(const fs::path& state_folder, std::chrono::milliseconds patience) {
  return announce(state_folder, "?wait=0", 202, patience);
}

Result<LocalAnswer> ask_server(const fs::path& state_folder,
                               const std::string& path,
                               const std::string& token,
                               std::chrono::milliseconds patience) {
  Invitation invitation = TRY(read_invitation(state_folder));
  Address address = TRY(address_of(invitation.url));
  return exchange(address, {"GET", path, token}, patience);
}

}  // namespace stet::hooks
