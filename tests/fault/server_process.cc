#include "tests/fault/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <utility>

extern char** environ;

namespace stet::fault {
namespace {

int connect_to(std::uint16_t port) {
  int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  timeval patience{30, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string read_all(int fd) {
  std::string bytes;
  char buffer[65536];
  for (ssize_t got; (got = ::read(fd, buffer, sizeof buffer)) > 0;) {
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
  return bytes;
}

Answer parsed(const std::string& bytes) {
  Answer answer;
  std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string::npos || bytes.size() < 12) return answer;
  for (std::size_t at = bytes.find("\r\n"); at < head_end;) {
    std::size_t end = bytes.find("\r\n", at + 2);
    std::string line = bytes.substr(at + 2, end - at - 2);
    std::size_t colon = line.find(": ");
    std::string name = line.substr(0, colon);
    std::transform(
        name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (colon != std::string::npos) answer.headers[name] = line.substr(colon + 2);
    at = end;
  }
  answer.body = bytes.substr(head_end + 4);
  auto length = answer.headers.find("content-length");
  bool is_whole = length == answer.headers.end() ||
                  answer.body.size() >= std::strtoull(length->second.c_str(), nullptr, 10);
  if (is_whole) answer.status = std::atoi(bytes.substr(9, 3).c_str());
  return answer;
}

// A child with its stdout in a pipe; stderr goes where ours goes.
int spawn(const std::vector<std::string>& command,
          const std::vector<std::string>& more_environment,
          int& output) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return -1;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::vector<char*> argv, environment;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  for (char** entry = environ; *entry; ++entry) environment.push_back(*entry);
  for (const std::string& entry : more_environment) {
    environment.push_back(const_cast<char*>(entry.c_str()));
  }
  environment.push_back(nullptr);
  pid_t pid = -1;
  if (::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environment.data()) != 0)
    pid = -1;
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  output = ends[0];
  return pid;
}

}  // namespace

Answer call(std::uint16_t port,
            const std::string& method,
            const std::string& target,
            const std::vector<std::string>& headers,
            const std::string& body) {
  int fd = connect_to(port);
  if (fd < 0) return {};
  std::string request = method + " " + target +
                        " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                        "\r\nConnection: close\r\n";
  for (const std::string& header : headers) request += header + "\r\n";
  if (!body.empty() || method != "GET") {
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  Answer answer;
  if (send_all(fd, request + "\r\n" + body)) answer = parsed(read_all(fd));
  ::close(fd);
  return answer;
}

std::string member(const std::string& json, const std::string& name) {
  std::size_t at = json.find("\"" + name + "\"");
  if (at == std::string::npos) return "";
  std::size_t begin = json.find('"', json.find(':', at)) + 1;
  return json.substr(begin, json.find('"', begin) - begin);
}

Ran run(const std::vector<std::string>& command) {
  Ran ran;
  int output = -1, status = 0;
  int pid = spawn(command, {"GIT_CONFIG_GLOBAL=/dev/null"}, output);
  ran.output = read_all(output);
  ::close(output);
  if (pid > 0 && ::waitpid(pid, &status, 0) == pid && WIFEXITED(status)) {
    ran.exit_code = WEXITSTATUS(status);
  }
  return ran;
}

std::string ServerProcess::program() {
  const char* named = std::getenv("STET_PROGRAM");
  return named ? named : STET_PROGRAM_UNDER_TEST;
}

ServerProcess::ServerProcess(const std::filesystem::path& repository,
                             const std::vector<std::string>& environment)
    : ServerProcess({"--repo", repository.string(), "--admin-port", "0"}, environment) {}

std::unique_ptr<ServerProcess> ServerProcess::of_folder(const std::filesystem::path& folder,
                                                        std::vector<std::string> more) {
  more.insert(more.begin(), {"-s", folder.string()});
  return std::unique_ptr<ServerProcess>(new ServerProcess(std::move(more), {}));
}

std::unique_ptr<ServerProcess> ServerProcess::of_repository(const std::filesystem::path& repository,
                                                            std::vector<std::string> more) {
  more.insert(more.begin(), {"--repo", repository.string(), "--admin-port", "0"});
  return std::unique_ptr<ServerProcess>(new ServerProcess(std::move(more), {}));
}

std::unique_ptr<ServerProcess> ServerProcess::of_sockets(const std::filesystem::path& repository,
                                                         int public_socket,
                                                         int admin_socket,
                                                         const std::string& notified) {
  // LISTEN_PID is the process's own, and the sockets are its third and fourth descriptor.
  constexpr char kBecome[] =
      "import fcntl, os, sys\n"
      "sockets = [fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3]]\n"
      "for place, one in enumerate(sockets):\n"
      "    os.dup2(one, 3 + place)\n"
      "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='2', "
      "LISTEN_FDNAMES='public:admin')\n"
      "os.execv(sys.argv[3], sys.argv[3:])\n";
  std::vector<std::string> environment;
  if (!notified.empty()) environment.push_back("NOTIFY_SOCKET=" + notified);
  return std::unique_ptr<ServerProcess>(new ServerProcess(
      {"--repo", repository.string()},
      environment,
      {"python3", "-c", kBecome, std::to_string(public_socket), std::to_string(admin_socket)}));
}

ServerProcess::ServerProcess(std::vector<std::string> arguments,
                             const std::vector<std::string>& environment,
                             const std::vector<std::string>& before) {
  arguments.insert(arguments.begin(), {program(), "serve", "--port", "0"});
  arguments.insert(arguments.begin(), before.begin(), before.end());
  pid_ = spawn(arguments, environment, output_);
  std::string line;
  for (char c; pid_ > 0 && ::read(output_, &c, 1) == 1 && c != '\n';) line += c;
  std::size_t first = line.find(':', line.find("//"));
  std::size_t second = line.rfind(':');
  if (!line.starts_with("ready ")) return;
  port_ = static_cast<std::uint16_t>(std::atoi(line.c_str() + first + 1));
  if (first != second) {
    admin_port_ = static_cast<std::uint16_t>(std::atoi(line.c_str() + second + 1));
  }
  is_ready_ = true;
}

int ServerProcess::wait() {
  int status = 0;
  if (pid_ > 0) ::waitpid(std::exchange(pid_, -1), &status, 0);
  if (output_ >= 0) ::close(std::exchange(output_, -1));
  return status;
}

void ServerProcess::kill() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  wait();
}

int ServerProcess::terminate() {
  if (pid_ > 0) ::kill(pid_, SIGTERM);
  int status = wait();
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

ServerProcess::~ServerProcess() { kill(); }

}  // namespace stet::fault
