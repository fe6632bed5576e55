// A leader and two followers: writes while followers are killed, the leader killed, a follower
// promoted. Nothing acknowledged is lost that a follower or the leader's disk had, all show the
// same bytes, and who led before takes no writes any more.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>

#include "tests/fault/server_process.h"
#include "tests/storage/git/test_repository.h"

namespace stet::fault {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr char kEntry[] = "/api/v1/posts/2020-01-01-first";
constexpr int kOtherPages = 20;
constexpr auto kPatience = std::chrono::seconds(60);

void write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// Until it is so; false: it never was.
template <typename Is>
bool wait_until(Is is) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    if (is()) return true;
  }
  return false;
}

// One server of the site, with all that is its own.
class Node {
 public:
  Node(fs::path folder, std::string name) : folder_(std::move(folder)), name_(std::move(name)) {}

  void serve(const std::string& settings) {
    const fs::path file = folder_ / (name_ + ".toml");
    write(file, "[http]\nurl = \"https://site.test\"\n" + settings);
    server_ = ServerProcess::of_repository(repository(), {"--settings", file.string()});
    ASSERT_TRUE(server_->is_ready()) << name_;
  }
  void kill() { server_->kill(); }
  // A token of its own ledger, in a file of its owner.
  void make_token() {
    const Ran made = run({ServerProcess::program(),
                          "token",
                          "create",
                          "--repo",
                          repository().string(),
                          "--scope",
                          "admin"});
    ASSERT_EQ(made.exit_code, 0);
    token_ = made.output.substr(0, made.output.find('\n'));
    write(token_file(), token_ + "\n");
    fs::permissions(token_file(), fs::perms::owner_read | fs::perms::owner_write);
  }
  fs::path token_file() const { return folder_ / (name_ + ".token"); }

  Answer ask(const std::string& method,
             const std::string& target,
             std::vector<std::string> headers = {},
             const std::string& body = {}) const {
    headers.push_back("Authorization: Bearer " + token_);
    return call(server_->admin_port(), method, target, headers, body);
  }
  // The status; and the commit where it is 200.
  std::pair<int, std::string> retitle(const std::string& title) const {
    const Answer answer = ask("PATCH",
                              kEntry,
                              {"If-Match: *", "Content-Type: application/merge-patch+json"},
                              R"({"front_matter": {"title": ")" + title + R"("}})");
    return {answer.status, answer.status == 200 ? member(answer.body, "commit") : answer.body};
  }
  std::string page(const std::string& path) const {
    return call(server_->port(), "GET", path).body;
  }

  std::string git(std::vector<std::string> words) const {
    words.insert(words.begin(), {"git", "--git-dir", repository().string()});
    return run(words).output;
  }
  // What it says that it shows.
  std::string live() const { return git({"for-each-ref", "refs/stet/live"}); }
  bool has(const std::string& commit) const {
    return run({"git", "--git-dir", repository().string(), "cat-file", "-e", commit}).exit_code ==
           0;
  }
  // Reachable from what is served, or kept beside it.
  std::string history() const {
    return git({"log", "--format=%H", "main", "--glob=refs/stet/unshared/*"});
  }

  fs::path repository() const { return folder_ / (name_ + ".git"); }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_->admin_port()) + "/site.git";
  }
  std::string admin() const { return "http://127.0.0.1:" + std::to_string(server_->admin_port()); }

 private:
  const fs::path folder_;
  const std::string name_;
  std::string token_;
  std::unique_ptr<ServerProcess> server_;
};

std::string following(const std::string& url, const fs::path& token = {}) {
  return "[follow]\nurl = \"" + url + "\"\npoll = 1\n" +
         (token.empty() ? "" : "token = \"" + token.string() + "\"\n");
}

class Follow : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path files = folder_.path() / "files";
    write(files / "_config.yml",
          "title: Follow\npermalink: /:title/\nplugins: [jekyll-feed, jekyll-sitemap]\n");
    write(files / "_layouts/post.html", "<h1>{{ page.title }}</h1>{{ content }}\n");
    write(files / "index.html", "---\n---\n{% for p in site.posts %}{{ p.title }} {% endfor %}\n");
    // It differs with each second at which something is published.
    write(files / "time.txt", "---\n---\n{{ site.time | date: '%s' }} {{ site.url }}\n");
    for (const char* name : {"2020-01-01-first", "2020-01-02-second"}) {
      write(files / "_posts" / (std::string(name) + ".md"),
            "---\nlayout: post\ntitle: Start\n---\nThe body.\n");
    }
    // Their feet name the posts, so every one of these is another with every write.
    for (int i = 0; i < kOtherPages; ++i) {
      write(files / ("pages/" + std::to_string(i) + ".md"),
            "---\nlayout: post\ntitle: Page\n---\n{{ site.posts | map: 'title' | join: ' ' }}\n");
    }
    const Ran made = run({ServerProcess::program(),
                          "init",
                          leader_.repository().string(),
                          "--from",
                          files.string()});
    ASSERT_EQ(made.exit_code, 0);
    leader_.make_token();
  }

  void write_once() {
    const std::string title = "title" + std::to_string(++writes_);
    const auto [status, commit] = leader_.retitle(title);
    ASSERT_EQ(status, 200) << commit;
    acknowledged_.push_back(commit);
  }

  // As the first has them, which leads.
  void expect_same_pages(const std::vector<const Node*>& nodes) {
    const std::string head = nodes.front()->git({"rev-parse", "main"}).substr(0, 40);
    ASSERT_TRUE(wait_until([&] { return nodes.front()->live().starts_with(head); }));
    for (const Node* node : nodes) {
      ASSERT_TRUE(wait_until([&] { return node->live() == nodes.front()->live(); }))
          << node->live() << nodes.front()->live();
    }
    for (const std::string& path : paths_of(*nodes.front())) {
      const std::string page = nodes.front()->page(path);
      EXPECT_NE(page, "");
      for (const Node* node : nodes) EXPECT_EQ(node->page(path), page) << path;
    }
  }

  // Every page that there is, and one that is not.
  static std::vector<std::string> paths_of(const Node& node) {
    std::vector<std::string> paths = {
        "/time.txt", "/sitemap.xml", "/feed.xml", "/robots.txt", "/nothing-here"};
    const std::string map = node.page("/sitemap.xml"), before = "<loc>https://site.test";
    for (std::size_t at = map.find(before); at != std::string::npos; at = map.find(before, at)) {
      at += before.size();
      paths.push_back(map.substr(at, map.find('<', at) - at));
    }
    EXPECT_GE(paths.size(), 5U + 3 + kOtherPages);
    return paths;
  }

  void expect_takes_no_writes(const Node& node) {
    ASSERT_TRUE(wait_until([&] { return node.retitle("late").first != 200; }));
    const std::string before = node.git({"rev-parse", "main"});
    // Its doors are closed; it begins anew, and for a moment nobody answers.
    EXPECT_TRUE(wait_until([&] {
      const int status = node.retitle("late").first;
      EXPECT_THAT(status, ::testing::AnyOf(0, 503, 307));
      return status != 0;
    }));
    EXPECT_TRUE(wait_until(
        [&] { return node.ask("GET", "/ready").body.find("read-only") != std::string::npos; }));
    EXPECT_EQ(node.git({"rev-parse", "main"}), before);
  }

  static void promote(const Node& node) {
    ASSERT_EQ(
        run({ServerProcess::program(), "promote", "--repo", node.repository().string()}).exit_code,
        0);
  }

  storage::TemporaryFolder folder_;
  Node leader_{folder_.path(), "leader"}, one_{folder_.path(), "one"}, two_{folder_.path(), "two"};
  std::vector<std::string> acknowledged_;  // commits
  int writes_ = 0;
};

// As long as STET_FOLLOW_SECONDS says; else a few rounds.
class Rounds {
 public:
  bool go_on() {
    const char* seconds = std::getenv("STET_FOLLOW_SECONDS");
    const auto end = begin_ + std::chrono::seconds(seconds ? std::atoi(seconds) : 0);
    return ++rounds_ <= 3 || std::chrono::steady_clock::now() < end;
  }
  int number() const { return rounds_; }

 private:
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  int rounds_ = 0;
};

TEST_F(Follow, NothingAcknowledgedIsLostWhoeverIsKilled) {
  leader_.serve("");
  const std::string follow = following(leader_.url(), leader_.token_file());
  one_.serve(follow);
  two_.serve(follow);
  expect_same_pages({&leader_, &one_, &two_});
  // Writers that come to a follower are sent on.
  EXPECT_EQ(one_.retitle("elsewhere").first, 307);

  std::mt19937 random(11);
  Rounds rounds;
  while (rounds.go_on()) {
    Node& victim = rounds.number() % 2 ? one_ : two_;
    for (unsigned i = 0, writes = 1 + random() % 4; i < writes; ++i) write_once();
    victim.kill();
    for (unsigned i = 0, writes = 1 + random() % 4; i < writes; ++i) write_once();
    victim.serve(follow);
    expect_same_pages({&leader_, &one_, &two_});
  }
  EXPECT_THAT(one_.page("/first/"), HasSubstr("title" + std::to_string(writes_)));

  // The last writes may be on the leader's disk alone.
  const std::size_t replicated = acknowledged_.size();
  for (int i = 0; i < 3; ++i) write_once();
  leader_.kill();
  EXPECT_THAT(one_.page("/first/"), HasSubstr("title")) << "readers are served";
  std::vector<std::string> had;
  for (const std::string& commit : acknowledged_) {
    if (one_.has(commit)) had.push_back(commit);
  }
  ASSERT_GE(had.size(), replicated);
  promote(one_);
  one_.make_token();
  ASSERT_TRUE(wait_until([&] { return one_.retitle("promoted").first == 200; }));
  const std::string history = one_.history();
  for (const std::string& commit : had) EXPECT_THAT(history, HasSubstr(commit));

  // Who led before follows; what it alone had is kept there.
  leader_.serve(following(one_.url(), one_.token_file()));
  two_.kill();
  two_.serve(following(one_.url(), one_.token_file()));
  expect_same_pages({&one_, &two_, &leader_});
  const std::string kept = leader_.history();
  for (const std::string& commit : acknowledged_) EXPECT_THAT(kept, HasSubstr(commit));
  const Answer late = leader_.ask("DELETE", kEntry);
  EXPECT_EQ(late.status, 307) << late.body;
  EXPECT_EQ(late.headers.at("location"), one_.admin() + kEntry);
  EXPECT_THAT(one_.page("/first/"), HasSubstr("promoted"));
  for (const Node* node : {&leader_, &one_, &two_}) {
    EXPECT_EQ(node->git({"fsck", "--strict", "--no-dangling"}), "");
  }
}

TEST_F(Follow, ALeaderThatLivesIsToldByItsSuccessorAndTakesNoMoreWrites) {
  leader_.serve("");
  one_.serve(following(leader_.url(), leader_.token_file()));
  two_.serve(following(leader_.url(), leader_.token_file()));
  write_once();
  expect_same_pages({&leader_, &one_, &two_});
  promote(one_);
  one_.make_token();
  ASSERT_TRUE(wait_until([&] { return one_.retitle("new").first == 200; }));
  expect_takes_no_writes(leader_);
  EXPECT_TRUE(wait_until([&] {
    return leader_.retitle("late").second.find("leads this site since epoch ") != std::string::npos;
  }));
  EXPECT_TRUE(wait_until([&] { return !leader_.page("/first/").empty(); })) << "readers are served";
  // Pushes are told the same, and the other follower knows that its leader leads no more.
  const std::string clone = (folder_.path() / "clone").string();
  ASSERT_EQ(run({"git", "clone", "-q", leader_.repository().string(), clone}).exit_code, 0);
  EXPECT_NE(run({"git", "-C", clone, "push", "-q", "origin", "HEAD:refs/heads/x"}).exit_code, 0);
  two_.make_token();
  EXPECT_TRUE(wait_until([&] {
    return two_.ask("GET", "/api/v1/status").body.find("\"outdated\"") != std::string::npos;
  }));
}

TEST_F(Follow, AFollowerThatDoesNotLookIsCalledByTheLeadersWebhook) {
  const std::string secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
  write(folder_.path() / "secret", secret + "\n");
  leader_.serve("[webhooks]\nallowed_networks = [\"127.0.0.0/8\"]\n");
  one_.serve("[follow]\nurl = \"" + leader_.repository().string() +
             "\"\npoll = 0\n[hooks]\ngeneric = \"" + (folder_.path() / "secret").string() + "\"\n");
  const Answer made = leader_.ask(
      "POST",
      "/api/v1/webhooks",
      {"Content-Type: application/json"},
      R"({"url": ")" + one_.admin() +
          R"(/hooks/generic", "types": ["site.published"], "secret": ")" + secret + "\"}");
  ASSERT_EQ(made.status, 201) << made.body;
  for (int i = 0; i < 3; ++i) {
    write_once();
    expect_same_pages({&leader_, &one_});
  }
}

TEST_F(Follow, ALeaderIsReachedByAPathAndAFollowersPushesGoToIt) {
  leader_.serve("");
  one_.serve(following(leader_.repository().string()));
  write_once();
  expect_same_pages({&leader_, &one_});
  const std::string clone = (folder_.path() / "clone").string();
  ASSERT_EQ(run({"git", "clone", "-q", one_.repository().string(), clone}).exit_code, 0);
  write(fs::path(clone) / "pushed.txt", "pushed\n");
  ASSERT_EQ(run({"git", "-C", clone, "add", "-A"}).exit_code, 0);
  ASSERT_EQ(run({"git",
                 "-C",
                 clone,
                 "-c",
                 "user.name=Ada",
                 "-c",
                 "user.email=ada@x.test",
                 "commit",
                 "-qm",
                 "pushed"})
                .exit_code,
            0);
  const std::string helper =
      "credential.helper=!f() { echo username=me; printf 'password=%s\\n' "
      "\"$(cat '" +
      leader_.token_file().string() + "')\"; }; f";
  EXPECT_EQ(
      run({"git", "-C", clone, "-c", helper, "push", "-q", one_.url(), "HEAD:main"}).exit_code, 0);
  ASSERT_TRUE(wait_until([&] { return one_.page("/pushed.txt") == "pushed\n"; }));
  expect_same_pages({&leader_, &one_});
  EXPECT_NE(run({"git", "-C", clone, "push", "-q", "origin", "HEAD:refs/heads/x"}).exit_code, 0)
      << "a follower has no commits of its own";
}

}  // namespace
}  // namespace stet::fault
