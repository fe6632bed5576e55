// kill -9 in the middle of writes: the repository stays sound, and nothing acknowledged is lost.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <random>
#include <thread>

#include "tests/fault/server_process.h"
#include "tests/storage/git/test_repository.h"

namespace stet::fault {
namespace {

namespace fs = std::filesystem;

struct Acknowledged {
  std::string name, title, commit;
};

// Two writers at work until the server dies; every answer of 200 is written down.
class Writers {
 public:
  Writers(std::uint16_t port, std::string token, unsigned seed)
      : port_(port), token_(std::move(token)) {
    for (unsigned i = 0; i < 2; ++i) threads_.emplace_back([this, i, seed] { write(i, seed + i); });
  }
  ~Writers() { join(); }

  void wait_for(std::size_t count) {
    while (count_ < count && !is_over_) std::this_thread::yield();
  }
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }
  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }

 private:
  void write(unsigned writer, unsigned seed) {
    std::mt19937 random(seed);
    std::string authorization = "Authorization: Bearer " + token_;
    for (int i = 0; i < 10'000; ++i) {
      std::string name =
          "2020-01-0" + std::to_string(1 + random() % 3) + "-w" + std::to_string(writer);
      std::string target = "/api/v1/posts/" + name;
      Answer post = call(port_, "GET", target, {authorization});
      if (post.status != 200) break;
      std::string title = "t" + std::to_string(seed) + "x" + std::to_string(i);
      Answer answer = call(port_,
                           "PATCH",
                           target,
                           {authorization,
                            "If-Match: " + post.headers["etag"],
                            "Content-Type: application/merge-patch+json",
                            "Prefer: wait"},
                           "{\"front_matter\": {\"title\": \"" + title + "\"}}");
      if (answer.status == 0) break;
      // The dead server's lock on the branch, which may be anybody's until it is ten seconds old.
      if (answer.status == 503) continue;
      EXPECT_EQ(answer.status, 200) << answer.body;
      if (answer.status != 200) break;
      std::lock_guard lock(mutex_);
      acknowledged_.push_back({name, title, member(answer.body, "commit")});
      ++count_;
    }
    is_over_ = true;
  }

  const std::uint16_t port_;
  const std::string token_;
  std::mutex mutex_;
  std::vector<Acknowledged> acknowledged_;
  std::atomic<std::size_t> count_{0};
  std::atomic<bool> is_over_{false};
  std::vector<std::thread> threads_;
};

class Kill : public testing::Test {
 protected:
  void SetUp() override {
    repository_ = folder_.path() / "site.git";
    fs::path files = folder_.path() / "files";
    fs::create_directories(files / "_posts");
    std::ofstream(files / "_config.yml") << "title: Kill\npermalink: /:year/:month/:day/:title/\n";
    std::ofstream(files / "index.html")
        << "---\n---\n{% for p in site.posts %}{{ p.title }} {% endfor %}\n";
    for (int writer = 0; writer < 2; ++writer) {
      for (int day = 1; day <= 3; ++day) {
        std::ofstream(files / ("_posts/2020-01-0" + std::to_string(day) + "-w" +
                               std::to_string(writer) + ".md"))
            << "---\ntitle: start\n---\nBody.\n";
      }
    }
    ASSERT_EQ(
        run({ServerProcess::program(), "init", repository_.string(), "--from", files.string()})
            .exit_code,
        0);
    Ran token = run({ServerProcess::program(),
                     "token",
                     "create",
                     "--repo",
                     repository_.string(),
                     "--scope",
                     "admin"});
    ASSERT_EQ(token.exit_code, 0);
    token_ = token.output.substr(0, token.output.find('\n'));
  }

  std::string git(std::vector<std::string> words) {
    words.insert(words.begin(), {"git", "--git-dir", repository_.string()});
    return run(words).output;
  }

  void check(const std::vector<Acknowledged>& acknowledged) {
    EXPECT_EQ(run({"git", "--git-dir", repository_.string(), "fsck", "--strict", "--no-dangling"})
                  .exit_code,
              0);
    std::string history = git({"log", "--format=%H", "main"});
    for (const Acknowledged& write : acknowledged) {
      EXPECT_NE(history.find(write.commit), std::string::npos) << write.title << " was lost";
    }
  }

  // Each page that is served is what a build of the head gives.
  void check_pages(ServerProcess& server) {
    Answer status =
        call(server.admin_port(), "GET", "/api/v1/status", {"Authorization: Bearer " + token_});
    ASSERT_EQ(status.status, 200) << status.body;
    std::string head = git({"rev-parse", "main"});
    EXPECT_EQ(member(status.body, "commit") + "\n", head);
    fs::path out = folder_.path() / "out";
    ASSERT_EQ(run({ServerProcess::program(),
                   "build",
                   "--repo",
                   repository_.string(),
                   "--ref",
                   member(status.body, "commit"),
                   "--time",
                   member(status.body, "instant"),
                   "--url",
                   member(status.body, "url"),
                   "-d",
                   out.string()})
                  .exit_code,
              0);
    std::size_t pages = 0;
    for (const auto& entry : fs::recursive_directory_iterator(out)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
      std::string url = "/" + entry.path().lexically_relative(out).generic_string();
      EXPECT_EQ(call(server.port(), "GET", url).body, bytes) << url;
      ++pages;
    }
    EXPECT_EQ(pages, 7u);
  }

  storage::TemporaryFolder folder_;
  fs::path repository_;
  std::string token_;
};

TEST_F(Kill, AtAnyMomentLosesNothingThatWasAcknowledged) {
  const char* wanted = std::getenv("STET_KILLS");
  int kills = wanted ? std::atoi(wanted) : 20;
  std::mt19937 random(7);
  std::vector<Acknowledged> acknowledged;
  for (int i = 0; i < kills; ++i) {
    ServerProcess server(repository_);
    ASSERT_TRUE(server.is_ready());
    Writers writers(server.admin_port(), token_, static_cast<unsigned>(100 + 2 * i));
    writers.wait_for(1 + random() % 8);
    server.kill();
    writers.join();
    acknowledged.insert(
        acknowledged.end(), writers.acknowledged().begin(), writers.acknowledged().end());
    check(writers.acknowledged());
  }
  check(acknowledged);
  EXPECT_GE(acknowledged.size(), static_cast<std::size_t>(kills));
  ServerProcess server(repository_);
  ASSERT_TRUE(server.is_ready());
  check_pages(server);
  EXPECT_EQ(server.terminate(), 0);
}

}  // namespace
}  // namespace stet::fault
