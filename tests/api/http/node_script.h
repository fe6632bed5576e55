// A server of another make, in JavaScript, run by node for a test.
//
// It says where it is in its first line, in JSON, and ends when its standard input does: with this.
// Threads: one.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace stet::http {

class NodeScript {
 public:
  // Fails the test where it cannot be run.
  explicit NodeScript(const std::string& script, const std::vector<std::string>& arguments = {});
  ~NodeScript();
  NodeScript(const NodeScript&) = delete;
  NodeScript& operator=(const NodeScript&) = delete;

  const std::string& first_line() const { return first_line_; }

 private:
  pid_t process_ = -1;
  int input_ = -1;
  std::string first_line_;
};

}  // namespace stet::http
