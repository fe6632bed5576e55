// /site.git as HTTP sees it: who is turned away, and how.

#include "api/git/smart_http.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <future>

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

TEST(SmartHttp, AGitThatSaysNothingHoldsNoEndingServerUp) {
  storage::TestRepository repository;
  repository.commit({{"a", "1"}});
  SystemClock clock;
  SystemRandom random;
  storage::TemporaryFolder state;
  auto ledger = storage::Ledger::open(state.path() / "ledger.sqlite").value();
  auth::Tokens tokens(*ledger, clock, random);
  auto token = tokens.create({.name = "reader", .scopes = {auth::Scope::kContentRead}}).value();
  SmartHttp smart_http(
      {.repository = repository.path(), .hooks_folder = state.path(), .wall_ms = 60'000},
      tokens,
      nullptr);
  auto server = http::Server::start({}, smart_http, clock, nullptr).value();
  // git reads a repository's settings before it says a word, and waits for this file's writer.
  std::filesystem::path config = repository.path() / "config";
  std::filesystem::remove(config);
  ASSERT_EQ(::mkfifo(config.c_str(), 0600), 0);
  auto answer = std::async(std::launch::async, [&] {
    return fault::call(server->port(),
                       "GET",
                       "/site.git/info/refs?service=git-upload-pack",
                       {"Authorization: Bearer " + token.secret});
  });
  Descriptor writer(::open(config.c_str(), O_WRONLY | O_CLOEXEC));  // when git has come so far
  smart_http.stop();
  EXPECT_EQ(answer.get().body, "the server is stopping; try again in a moment\n");
}

}  // namespace
}  // namespace stet::git
