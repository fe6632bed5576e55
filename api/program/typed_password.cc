#include "api/program/typed_password.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace stet::program {
namespace {

// Shows nothing of what is typed while it lives.
class Unseen {
 public:
  Unseen() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios unseen = before_;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    is_set_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) == 0;
  }
  ~Unseen() {
    if (is_set_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;
  bool is_set() const { return is_set_; }

 private:
  termios before_{};
  bool is_set_ = false;
};

std::string ask(const char* prompt) {
  std::cerr << prompt << std::flush;
  std::string line;
  std::getline(std::cin, line);
  std::cerr << "\n";
  return line;
}

}  // namespace

Result<std::string> read_password() {
  if (!::isatty(STDIN_FILENO)) {
    std::string line;
    if (!std::getline(std::cin, line) || line.empty()) {
      return invalid_input("no password came in; type it, or send it as a line");
    }
    if (line.ends_with('\r')) line.pop_back();
    return line;
  }
  Unseen unseen;
  if (!unseen.is_set()) return unavailable("this terminal would show the password");
  std::string first = ask("password: ");
  if (ask("once more: ") != first)
    return invalid_input("these were two passwords; nothing is done");
  return first;
}

}  // namespace stet::program
