// A server and the forge that it follows, each a real repository: pushes there, edits here, and
// what becomes of both.

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>

#include "storage/base/hash.h"
#include "storage/base/hex.h"
#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;

constexpr char kSecret[] = "the secret of the hook";

class Following : public testing::Test {
 protected:
  void SetUp() override {
    sh("git init -q --bare -b main up.git && git -C site.git push -q ../up.git main && "
       "git clone -q up.git there");
    write("hook", std::string(kSecret) + "\n");
    write("credentials", "https://stet:a-token-nobody-sees@forge.example\n");
    fs::permissions(site_.folder() / "credentials", fs::perms::owner_read);
    std::string folder = site_.folder().string();
    ASSERT_NO_FATAL_FAILURE(
        site_.serve("[remote]\nurl = \"" + folder + "/up.git\"\npoll = 0\ncredentials = \"" +
                    folder + "/credentials\"\n[hooks]\ngithub = \"" + folder + "/hook\"\n"));
    authorization_ = "Authorization: Bearer " + site_.token("admin");
    wait_until([&] { return remote().find("in_step") != std::string::npos; });
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(site_.folder() / name) << text;
  }
  std::string sh(const std::string& script) {
    Shown shown = site_.sh(script);
    EXPECT_TRUE(shown.is_good()) << shown.text;
    return shown.text;
  }
  // For a minute at most; once it was in vain, never again in this test.
  void wait_until(const std::function<bool()>& is_so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!HasFatalFailure() && !is_so()) {
      if (std::chrono::steady_clock::now() > end) {
        FAIL() << "what was waited for did not come: " << remote();
      }
    }
  }
  fault::Answer ask(const std::string& method,
                    const std::string& target,
                    const std::string& body = "",
                    std::vector<std::string> headers = {}) {
    headers.push_back(authorization_);
    return fault::call(site_.server().admin_port(), method, target, headers, body);
  }
  std::string remote() { return ask("GET", "/api/v1/remote").body; }
  int deliver(const std::string& id) {
    std::string body = R"({"ref":"refs/heads/main"})";
    return ask("POST",
               "/hooks/github",
               body,
               {"Content-Type: application/json",
                "X-GitHub-Event: push",
                "X-GitHub-Delivery: " + id,
                "X-Hub-Signature-256: sha256=" + encode_hex(hmac_sha256(kSecret, body))})
        .status;
  }
  void push_there(const std::string& title, const std::string& file = "first") {
    write("there/_posts/2020-01-01-" + file + ".md",
          "---\nlayout: post\ntitle: " + title + "\n---\nFirst body.\n");
    sh("cd there && git pull -q && git add -A && git commit -qm there && git push -q");
  }
  int edit_here(const std::string& title) {
    std::string target = "/api/v1/posts/2020-01-01-first";
    fault::Answer post = ask("GET", target);
    return ask("PATCH",
               target,
               R"({"front_matter": {"title": ")" + title + "\"}}",
               {"If-Match: " + post.headers["etag"], "Content-Type: application/merge-patch+json"})
        .status;
  }
  bool is_in_step() { return site_.git("up.git", "rev-parse main").text == site_.head(); }

  GitSite site_;
  std::string authorization_;
};

TEST_F(Following, APushThereIsLiveHereAndAnEditHereIsThere) {
  push_there("Theirs");
  EXPECT_EQ(deliver("1"), 202);
  wait_until([&] { return site_.page("/").find("Theirs") != std::string::npos; });
  EXPECT_EQ(edit_here("Ours"), 200);
  wait_until([&] { return is_in_step(); });
  EXPECT_NE(sh("git -C up.git show main:_posts/2020-01-01-first.md").find("title: Ours"),
            std::string::npos);
  std::string all = remote() + ask("GET", "/api/v1/status").body;
  EXPECT_EQ(all.find("a-token-nobody-sees"), std::string::npos);
  EXPECT_EQ(site_.git("site.git", "fsck --strict --no-dangling").exit_code, 0);
}

TEST_F(Following, AHundredDeliveriesCostFewFetches) {
  push_there("Theirs");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(deliver("d" + std::to_string(i)), 202);
  wait_until([&] { return site_.page("/").find("Theirs") != std::string::npos; });
  std::string metrics = ask("GET", "/api/v1/metrics").body;
  std::size_t at = metrics.find("\nstet_remote_fetches_total ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_LE(std::atoi(metrics.c_str() + at + 27), 2);
}

TEST_F(Following, WhatCannotBeMergedIsParkedAndAnEditEndsThat) {
  push_there("Theirs");
  EXPECT_EQ(edit_here("Ours"), 200);
  wait_until([&] { return remote().find("\"state\":\"parked\"") != std::string::npos; });
  std::string parked = remote();
  EXPECT_NE(parked.find("stet/parked-"), std::string::npos);
  EXPECT_NE(parked.find("title"), std::string::npos);
  EXPECT_NE(site_.page("/").find("Ours"), std::string::npos);
  std::string problems = ask("GET", "/api/v1/problems?path=_posts/2020-01-01-first.md").body;
  EXPECT_NE(problems.find("until somebody merges it"), std::string::npos) << problems;
  EXPECT_NE(problems.find("/front_matter/title"), std::string::npos) << problems;
  EXPECT_EQ(edit_here("Theirs"), 200);
  wait_until([&] { return remote().find("\"parked\":[]") != std::string::npos && is_in_step(); });
  EXPECT_EQ(sh("git -C site.git branch --list 'stet/*'"), "");
  EXPECT_EQ(ask("GET", "/api/v1/problems").body.find("until somebody"), std::string::npos);
}

TEST_F(Following, TheirsCanBeTakenInPlaceOfOurs) {
  push_there("Theirs");
  EXPECT_EQ(edit_here("Ours"), 200);
  wait_until([&] { return remote().find("\"state\":\"parked\"") != std::string::npos; });
  EXPECT_EQ(ask("POST", "/api/v1/remote/sync?adopt=1").status, 202);
  wait_until([&] { return site_.page("/").find("Theirs") != std::string::npos; });
  EXPECT_NE(sh("git -C site.git branch --list 'stet/replaced-*'"), "");
}

TEST_F(Following, WhatItRemembersIsNobodysToSeeOrToMove) {
  std::string url = site_.url(site_.token("admin"));
  EXPECT_NE(sh("git -C site.git for-each-ref").find("refs/stet/upstream/main"), std::string::npos);
  const std::string seen = sh("git ls-remote " + url);
  for (const char* folder : {"refs/stet/upstream", "refs/stet/fetched"}) {
    EXPECT_EQ(seen.find(folder), std::string::npos) << seen;
  }
  Shown pushed = site_.git("there", "push " + url + " HEAD:refs/stet/upstream/other");
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("hidden ref")) << pushed.text;
}

TEST_F(Following, WhatWasNotPushedBeforeAKillIsPushedAfterIt) {
  sh("mv up.git elsewhere.git");
  EXPECT_EQ(edit_here("Ours"), 200);
  wait_until([&] { return remote().find("\"state\":\"failing\"") != std::string::npos; });
  site_.server().kill();
  sh("mv elsewhere.git up.git");
  site_.serve("[remote]\nurl = \"" + (site_.folder() / "up.git").string() + "\"\npoll = 0\n");
  wait_until([&] { return is_in_step(); });
}

TEST(Settings, OfARemoteThatAreWrongNameTheirLineAndTheMend) {
  struct Row {
    const char *settings, *said;
  };
  for (const Row& row : {
           Row{"[remote]\nurl = \"https://a:b@h/x\"\n", "credentials"},
           Row{"[remote]\nurl = \"/x\"\n\npoll = often\n", "settings.toml:4'"},
           Row{"[remote]\nurl = \"/x\"\nrewritten = \"drop\"\n", "follow or park"},
           Row{"[remote]\nurl = \"/x\"\npush = \"maybe\"\n", "true or false"},
           Row{"[remote]\nurl = \"/x\"\nbranch = \"a b\"\n", "no branch's name"},
           Row{"[hooks]\ngithubb = \"/x\"\n", "settings.toml:2'"},
           Row{"[remote]\nulr = \"/x\"\n", "no setting 'remote.ulr'"},
           // Comments may follow anything, and hold anything.
           Row{"[remote]   # it's a \"remote\"\nurl = \"/a#b\"  # or \"park\"\n\n[git]  # x\n"
               "seconds = 0  # 'a\n",
               "settings.toml:5'"},
       }) {
    GitSite site;
    fs::path file = site.folder() / "settings.toml";
    std::ofstream(file) << row.settings;
    Shown shown =
        site.sh(fault::ServerProcess::program() +
                " serve --repo site.git --port 0 --admin-port 0 --settings " + file.string());
    EXPECT_FALSE(shown.is_good()) << row.settings;
    EXPECT_TRUE(shown.has(row.said)) << row.settings << shown.text;
    EXPECT_FALSE(shown.has("a:b@")) << shown.text;
  }
}

}  // namespace
}  // namespace stet::git
