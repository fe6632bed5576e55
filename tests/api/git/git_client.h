// A served repository, and git itself as its client, for tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/fault/server_process.h"
#include "tests/storage/git/test_repository.h"

namespace stet::git {

struct Shown {
  int exit_code = -1;
  std::string text;  // all that the command wrote

  bool is_good() const { return exit_code == 0; }
  bool has(std::string_view part) const { return text.find(part) != std::string::npos; }
};

// A repository as `stet init` makes it, in a temporary folder with room for clones.
class GitSite {
 public:
  using Files = std::map<std::string, std::string>;

  GitSite();

  // `settings` is the server's settings file.
  void serve(const std::string& settings = "");
  void stop() { server_.reset(); }
  fault::ServerProcess& server() { return *server_; }

  std::string token(const std::string& scopes);
  // Somebody of that role, with a mail at example.org and a password.
  void add_person(const std::string& name, const std::string& role);
  // A token that they make for themselves, signed in to the server: for writes of posts.
  std::string token_of_person(const std::string& name);
  std::string url(const std::string& token) const;  // with the token in it
  std::string page(const std::string& path);

  // By /bin/sh, in the temporary folder, git without anybody's configuration.
  Shown sh(const std::string& command);
  // `git -C folder words`.
  Shown git(const std::string& folder, const std::string& words);
  // Writes files into a clone and commits them.
  void commit(const std::string& folder, const Files& files);
  std::string head(const std::string& branch = "main");  // of the served repository

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path repository() const { return folder_.path() / "site.git"; }

 private:
  storage::TemporaryFolder folder_;
  std::unique_ptr<fault::ServerProcess> server_;
};

}  // namespace stet::git
