#include "tests/api/http/node_script.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stet::http {

NodeScript::NodeScript(const std::string& script, const std::vector<std::string>& arguments) {
  int in[2], out[2];
  EXPECT_EQ(::pipe2(in, O_CLOEXEC), 0);
  EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::vector<const char*> words = {"node", script.c_str()};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  words.push_back(nullptr);
  int failed = ::posix_spawnp(
      &process_, "node", &actions, nullptr, const_cast<char**>(words.data()), environ);
  EXPECT_EQ(failed, 0);
  posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) first_line_ += c;
  ::close(out[0]);
}

NodeScript::~NodeScript() {
  ::close(input_);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

}  // namespace stet::http
