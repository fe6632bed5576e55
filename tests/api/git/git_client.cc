#include "tests/api/git/git_client.h"

#include <gtest/gtest.h>

#include <fstream>

namespace stet::git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPassword = "correct horse battery";

constexpr std::string_view kEnvironment =
    "export GIT_TERMINAL_PROMPT=0 HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 LC_ALL=C "
    "GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@x.test GIT_COMMITTER_NAME=Ada "
    "GIT_COMMITTER_EMAIL=ada@x.test; ";

void write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

GitSite::GitSite() {
  const Files files = {
      {"_config.yml", "title: Pushed\npermalink: /:title/\n"},
      {"_layouts/post.html", "<h1>{{ page.title }}</h1>{{ content }}\n"},
      {"index.html", "---\n---\n{% for p in site.posts %}{{ p.title }} {% endfor %}\n"},
      {"_posts/2020-01-01-first.md", "---\nlayout: post\ntitle: First\n---\nFirst body.\n"},
  };
  for (const auto& [path, bytes] : files) write(folder() / "files" / path, bytes);
  fault::Ran made = fault::run({fault::ServerProcess::program(),
                                "init",
                                repository().string(),
                                "--from",
                                (folder() / "files").string()});
  EXPECT_EQ(made.exit_code, 0);
}

void GitSite::serve(const std::string& settings) {
  fs::path file = folder() / "settings.toml";
  write(file, settings);
  server_ = fault::ServerProcess::of_repository(repository(), {"--settings", file.string()});
  ASSERT_TRUE(server_->is_ready());
}

std::string GitSite::token(const std::string& scopes) {
  fault::Ran made = fault::run({fault::ServerProcess::program(),
                                "token",
                                "create",
                                "--repo",
                                repository().string(),
                                "--scope",
                                scopes});
  EXPECT_EQ(made.exit_code, 0);
  return made.output.substr(0, made.output.find('\n'));
}

void GitSite::add_person(const std::string& name, const std::string& role) {
  const Shown added = sh("printf '" + std::string(kPassword) + "\\n' | '" +
                         fault::ServerProcess::program() + "' user add " + name + " --mail " +
                         name + "@example.org --role " + role + " --repo site.git");
  EXPECT_TRUE(added.is_good()) << added.text;
}

std::string GitSite::token_of_person(const std::string& name) {
  const std::uint16_t port = server().admin_port();
  const std::string json = "Content-Type: application/json";
  const std::string login =
      R"({"login": ")" + name + R"(", "password": ")" + std::string(kPassword) + R"("})";
  fault::Answer in = fault::call(port, "POST", "/api/v1/session", {json}, login);
  std::string cookie = in.headers["set-cookie"];
  cookie = "Cookie: " + cookie.substr(0, cookie.find(';'));
  const std::string csrf = "X-CSRF-Token: " + fault::member(in.body, "csrf");
  const fault::Answer made = fault::call(port,
                                         "POST",
                                         "/api/v1/account/tokens",
                                         {json, cookie, csrf},
                                         R"({"name": "story", "scopes": ["posts:write"]})");
  EXPECT_EQ(made.status, 201) << made.body;
  return fault::member(made.body, "token");
}

std::string GitSite::url(const std::string& token) const {
  return "http://me:" + token + "@127.0.0.1:" + std::to_string(server_->admin_port()) + "/site.git";
}

std::string GitSite::page(const std::string& path) {
  return fault::call(server_->port(), "GET", path).body;
}

Shown GitSite::sh(const std::string& command) {
  fault::Ran ran = fault::run(
      {"/bin/sh",
       "-c",
       std::string(kEnvironment) + "cd '" + folder().string() + "' && { " + command + "\n} 2>&1"});
  return {ran.exit_code, ran.output};
}

Shown GitSite::git(const std::string& folder, const std::string& words) {
  return sh("git -C " + folder + " " + words);
}

void GitSite::commit(const std::string& where, const Files& files) {
  for (const auto& [path, bytes] : files) write(folder() / where / path, bytes);
  Shown done = sh("cd " + where + " && git add -A && git commit -qm change");
  EXPECT_TRUE(done.is_good()) << done.text;
}

std::string GitSite::head(const std::string& branch) {
  return git("site.git", "rev-parse " + branch).text;
}

}  // namespace stet::git
