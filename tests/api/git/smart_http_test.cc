// /site.git as HTTP sees it: who is turned away, and how.

#include "api/git/smart_http.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <future>
#include <optional>

#include "storage/base/base64.h"
#include "storage/base/durable_file.h"
#include "storage/base/random.h"
#include "storage/sqlite/ledger.h"
#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

class SmartHttpAnswers : public testing::Test {
 protected:
  void SetUp() override {
    site_.serve("[git]\nconcurrent = 2\n");
    reader_ = basic(site_.token("content:read"));
    writer_ = basic(site_.token("posts:write"));
  }
  static std::string basic(const std::string& token) {
    return "Authorization: Basic " + encode_base64("me:" + token);
  }
  fault::Answer call(const std::string& method,
                     const std::string& target,
                     std::vector<std::string> headers,
                     const std::string& body = {}) {
    return fault::call(site_.server().admin_port(), method, target, headers, body);
  }

  GitSite site_;
  std::string reader_, writer_;
};

TEST_F(SmartHttpAnswers, EveryAddressAndMethodHasItsAnswer) {
  struct {
    const char* method;
    const char* target;
    const std::string* authorization;
    int status;
  } cases[] = {
      {"GET", "/site.git/info/refs?service=git-upload-pack", nullptr, 401},
      {"GET", "/site.git/info/refs?service=git-receive-pack", nullptr, 401},
      {"GET", "/site.git/info/refs?service=git-upload-pack", &reader_, 200},
      {"GET", "/site.git/info/refs?service=git-receive-pack", &reader_, 403},
      {"GET", "/site.git/info/refs?service=git-receive-pack", &writer_, 200},
      {"HEAD", "/site.git/info/refs?service=git-upload-pack", &reader_, 200},
      {"GET", "/site.git/info/refs", &reader_, 403},
      {"GET", "/site.git/info/refs?service=git-upload-archive", &reader_, 403},
      {"POST", "/site.git/info/refs?service=git-upload-pack", &reader_, 405},
      {"GET", "/site.git/git-upload-pack", &reader_, 405},
      {"POST", "/site.git/git-upload-pack", nullptr, 401},
      {"POST", "/site.git/git-receive-pack", &reader_, 403},
      {"GET", "/site.git", &reader_, 404},
      {"GET", "/site.git/", &reader_, 404},
      {"GET", "/site.git/HEAD", &reader_, 404},
      {"GET", "/site.git/config", &reader_, 404},
      {"GET", "/site.git/objects/info/packs", &reader_, 404},
      {"GET", "/site.git/../site.git/HEAD", &reader_, 404},
      {"GET", "/site.git/x/info/refs?service=git-upload-pack", &reader_, 404},
      {"GET", "/site.gitx/info/refs?service=git-upload-pack", &reader_, 404},
      {"POST", "/site.gitxgit-upload-pack", &reader_, 404},
  };
  for (const auto& c : cases) {
    std::vector<std::string> headers;
    if (c.authorization) headers.push_back(*c.authorization);
    fault::Answer answer = call(c.method, c.target, headers);
    EXPECT_EQ(answer.status, c.status) << c.method << " " << c.target << " " << answer.body;
    if (c.status == 401) {
      EXPECT_EQ(answer.headers["www-authenticate"], "Basic realm=\"stet\", charset=\"UTF-8\"");
    }
  }
}

TEST_F(SmartHttpAnswers, WrongTokensAreToldNothing) {
  for (const std::string& token :
       {std::string("wrong"), std::string(), "stet_" + std::string(43, 'A')}) {
    fault::Answer answer =
        call("GET", "/site.git/info/refs?service=git-upload-pack", {basic(token)});
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.body,
              "a token of this site is needed, as the password; the user's name may be anything\n");
  }
  Shown cloned = site_.sh("git clone " + site_.url("stet_" + std::string(43, 'A')) + " work");
  EXPECT_FALSE(cloned.is_good());
  EXPECT_TRUE(cloned.has("Authentication failed")) << cloned.text;
}

TEST_F(SmartHttpAnswers, AnAnonymousBodyIsNotRead) {
  fault::Answer answer = call("POST",
                              "/site.git/git-receive-pack",
                              {"Content-Type: application/x-git-receive-pack-request"},
                              std::string(1000, '0'));
  EXPECT_EQ(answer.status, 401);
}

TEST_F(SmartHttpAnswers, ABodyMayTravelAsGzip) {
  // "ls-refs" of protocol version 2: a line, a delimiter, an end.
  ASSERT_TRUE(site_.sh("printf '0014command=ls-refs\\n00010000' | gzip > body.gz").is_good());
  std::string body = read_file(site_.folder() / "body.gz", 1 << 20).value();
  fault::Answer answer = call("POST",
                              "/site.git/git-upload-pack",
                              {reader_,
                               "Content-Type: application/x-git-upload-pack-request",
                               "Content-Encoding: gzip",
                               "Git-Protocol: version=2"},
                              body);
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("refs/heads/main"), std::string::npos) << answer.body;
}

TEST_F(SmartHttpAnswers, ABodyThatUnpacksWithoutEndIsNotHandedToGit) {
  ASSERT_TRUE(site_.sh("head -c 20000000 /dev/zero | gzip > large.gz").is_good());
  ASSERT_TRUE(
      site_.sh("printf '0014command=ls-refs\\n00010000' | gzip | head -c 30 > cut.gz").is_good());
  for (const char* name : {"large.gz", "cut.gz"}) {
    std::string body = read_file(site_.folder() / name, 1 << 20).value();
    for (const char* service : {"git-upload-pack", "git-receive-pack"}) {
      fault::Answer answer =
          call("POST",
               std::string("/site.git/") + service,
               {writer_,
                "Content-Type: application/x-" + std::string(service) + "-request",
                "Content-Encoding: gzip",
                "Git-Protocol: version=2"},
               body);
      EXPECT_EQ(answer.status, 413) << name << " " << service << " " << answer.body;
    }
  }
}

TEST_F(SmartHttpAnswers, OddBodiesAndHeadersHarmNobody) {
  for (const char* body : {"", "0000", "ffff", "0003", "zzzz", "0014command=ls-refs\n"}) {
    for (const char* service : {"git-upload-pack", "git-receive-pack"}) {
      fault::Answer answer = call("POST",
                                  std::string("/site.git/") + service,
                                  {writer_, "Git-Protocol: version=2;$(x)", "Content-Encoding: br"},
                                  body);
      EXPECT_TRUE(answer.status == 200 || answer.status == 500) << answer.status << " " << body;
    }
  }
  EXPECT_EQ(call("GET", "/ready", {}).status, 200);
}

// A server whose git waits for us before it says a word.
class SmartHttpWhoseGitWaits : public testing::Test {
 protected:
  // git reads a repository's settings first, and this file's only when we have written them.
  void start(TurnLimits turns) {
    repository_.commit({{"a", "1"}});
    ledger_ = storage::Ledger::open(state_.path() / "ledger.sqlite").value();
    tokens_ = std::make_unique<auth::Tokens>(*ledger_, clock_, random_);
    token_ = tokens_->create({.name = "reader", .scopes = {auth::Scope::kContentRead}})->secret;
    smart_http_.emplace(SmartHttpSettings{.repository = repository_.path(),
                                          .hooks_folder = state_.path(),
                                          .turns = turns,
                                          .wall_ms = 60'000},
                        *tokens_,
                        nullptr);
    server_ = http::Server::start({}, *smart_http_, clock_, nullptr).value();
    config_ = read_file(config_path(), 1 << 20).value();
    std::filesystem::remove(config_path());
    ASSERT_EQ(::mkfifo(config_path().c_str(), 0600), 0);
  }
  std::filesystem::path config_path() const { return repository_.path() / "config"; }

  std::future<fault::Answer> ask() {
    return std::async(std::launch::async, [this] {
      return fault::call(server_->port(),
                         "GET",
                         "/site.git/info/refs?service=git-upload-pack",
                         {"Authorization: Bearer " + token_});
    });
  }
  // Returns when git has come so far.
  Descriptor open_config() {
    return Descriptor(::open(config_path().c_str(), O_WRONLY | O_CLOEXEC));
  }
  void let_git_go_on(Descriptor config) {
    ASSERT_TRUE(write_atomically(config_path(), config_));
    ASSERT_EQ(::write(config.get(), config_.data(), config_.size()),
              static_cast<ssize_t>(config_.size()));
  }

  storage::TestRepository repository_;
  SystemClock clock_;
  SystemRandom random_;
  storage::TemporaryFolder state_;
  std::unique_ptr<storage::Ledger> ledger_;
  std::unique_ptr<auth::Tokens> tokens_;
  std::string token_, config_;
  std::optional<SmartHttp> smart_http_;
  std::unique_ptr<http::Server> server_;
};

TEST_F(SmartHttpWhoseGitWaits, IsEndedWithTheServer) {
  start({});
  auto answer = ask();
  Descriptor config = open_config();
  smart_http_->stop();
  EXPECT_EQ(answer.get().body, "the server is stopping; try again in a moment\n");
  EXPECT_EQ(ask().get().status, 503);
}

TEST_F(SmartHttpWhoseGitWaits, LetsOneMoreWaitAndSendsAwayTheNext) {
  start({.working = 1, .waiting = 1, .patience = std::chrono::minutes(1)});
  auto first = ask();
  Descriptor config = open_config();
  std::promise<fault::Answer> sooner;
  std::atomic<int> answered = 0;
  auto ask_too = [&] {
    return std::async(std::launch::async, [&] {
      fault::Answer answer = ask().get();
      if (answered++ == 0) sooner.set_value(answer);
      return answer.status;
    });
  };
  auto second = ask_too(), third = ask_too();
  fault::Answer refused = sooner.get_future().get();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.headers["retry-after"], "5");
  EXPECT_EQ(refused.body, "too many are cloning and pushing; try again in a moment\n");
  let_git_go_on(std::move(config));
  EXPECT_EQ(first.get().status, 200);
  EXPECT_EQ(second.get() + third.get(), 200 + 503);
}

TEST_F(SmartHttpWhoseGitWaits, LetsNobodyWaitForever) {
  start({.working = 1, .waiting = 1, .patience = std::chrono::milliseconds(1)});
  auto first = ask();
  Descriptor config = open_config();
  EXPECT_EQ(ask().get().status, 503);
  let_git_go_on(std::move(config));
  EXPECT_EQ(first.get().status, 200);
}

}  // namespace
}  // namespace stet::git
