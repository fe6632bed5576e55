// The real program, serving a real repository, as a child that a test may kill.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stet::fault {

struct Answer {
  int status = 0;                              // 0: no whole answer came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// One request over a connection of its own.
Answer call(std::uint16_t port,
            const std::string& method,
            const std::string& target,
            const std::vector<std::string>& headers = {},
            const std::string& body = {});

// The value of a string member of a JSON text, by its first occurrence; "" if there is none.
std::string member(const std::string& json, const std::string& name);

struct Ran {
  int exit_code = -1;
  std::string output;  // stdout
};
Ran run(const std::vector<std::string>& command);

class ServerProcess {
 public:
  // The program under test; the environment variable STET_PROGRAM may name another build of it.
  static std::string program();

  // Starts it on free ports and waits for its word that it is ready. `environment` is added.
  explicit ServerProcess(const std::filesystem::path& repository,
                         const std::vector<std::string>& environment = {});
  // The same of a working folder, which has no admin port.
  static std::unique_ptr<ServerProcess> of_folder(const std::filesystem::path& folder,
                                                  std::vector<std::string> more = {});
  // The same of a repository, with options of `stet serve` beside.
  static std::unique_ptr<ServerProcess> of_repository(const std::filesystem::path& repository,
                                                      std::vector<std::string> more);
  // The same with sockets that listen already and stay open when it ends: systemd's socket
  // activation. Its word that it is ready goes to `notified` as well, a path of a socket; "": not.
  static std::unique_ptr<ServerProcess> of_sockets(const std::filesystem::path& repository,
                                                   int public_socket,
                                                   int admin_socket,
                                                   const std::string& notified = "");
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  bool is_ready() const { return is_ready_; }
  int pid() const { return pid_; }
  std::uint16_t port() const { return port_; }
  std::uint16_t admin_port() const { return admin_port_; }

  void kill();      // SIGKILL
  int terminate();  // SIGTERM; its exit status

 private:
  // `before`: a command that becomes the program.
  ServerProcess(std::vector<std::string> arguments,
                const std::vector<std::string>& environment,
                const std::vector<std::string>& before = {});
  int wait();

  int pid_ = -1;
  int output_ = -1;
  bool is_ready_ = false;
  std::uint16_t port_ = 0, admin_port_ = 0;
};

}  // namespace stet::fault
