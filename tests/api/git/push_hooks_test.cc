// The gate as git's hook, by a file path: with a server, and without one.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

const GitSite::Files kBroken = {{"_posts/2020-01-02-b.md", "---\ntitle: B\ndate: never\n---\nB\n"}};
const GitSite::Files kGood = {
    {"_posts/2020-01-02-b.md", "---\nlayout: post\ntitle: Second\n---\nB\n"}};

TEST(PushHooks, RefuseAMistakeThoughNoServerRuns) {
  GitSite site;
  ASSERT_TRUE(site.sh("git clone -q site.git work").is_good());
  site.commit("work", kBroken);
  std::string before = site.head();
  Shown pushed = site.git("work", "push");
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("remote: _posts/2020-01-02-b.md:3: 'never' is no date")) << pushed.text;
  EXPECT_TRUE(pushed.has("remote: stet: refused for 1 reason; nothing was changed")) << pushed.text;
  EXPECT_EQ(site.head(), before);

  site.commit("work", kGood);
  pushed = site.git("work", "push");
  EXPECT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_NE(site.head(), before);
}

TEST(PushHooks, WhatAPushBringsIsReadBeforeGitHasTakenIt) {
  GitSite site;
  ASSERT_TRUE(site.sh("git clone -q site.git work").is_good());
  site.commit("work", kBroken);
  // However git keeps the new objects apart: as single files, and as a pack.
  for (const char* limit : {"1", "1000"}) {
    site.git("site.git", std::string("config receive.unpackLimit ") + limit);
    Shown pushed = site.git("work", "push");
    EXPECT_FALSE(pushed.is_good());
    EXPECT_TRUE(pushed.has("'never' is no date")) << pushed.text;
    Shown count = site.git("site.git", "count-objects -v");
    EXPECT_TRUE(count.has("count: 0\n")) << "nothing of it stays: " << count.text;
  }
}

TEST(PushHooks, RefuseForceAndDeletion) {
  GitSite site;
  ASSERT_TRUE(site.sh("git clone -q site.git work").is_good());
  site.commit("work", kGood);
  ASSERT_TRUE(site.git("work", "push").is_good());
  Shown forced = site.git("work", "push --force origin HEAD~1:main");
  EXPECT_FALSE(forced.is_good());
  EXPECT_TRUE(forced.has("remote: refs/heads/main: this would take commits away")) << forced.text;
  Shown branch = site.git("work", "push origin HEAD:refs/heads/side");
  EXPECT_TRUE(branch.is_good()) << branch.text;
  Shown deleted = site.git("work", "push origin :side");
  EXPECT_FALSE(deleted.is_good());
  EXPECT_TRUE(deleted.has("deleting branches and tags is not allowed")) << deleted.text;
}

TEST(PushHooks, FollowTheSettingsOfTheServer) {
  GitSite site;
  site.serve("[push]\ndocuments = \"warn\"\ndelete = \"off\"\n");
  ASSERT_TRUE(site.sh("git clone -q site.git work").is_good());
  site.commit("work", kBroken);
  Shown pushed = site.git("work", "push");
  EXPECT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_TRUE(pushed.has("remote: _posts/2020-01-02-b.md:3: 'never'")) << pushed.text;
  EXPECT_TRUE(site.git("work", "push origin HEAD:refs/heads/side").is_good());
  // They hold when the server has gone, too.
  site.stop();
  EXPECT_TRUE(site.git("work", "push origin :side").is_good());
}

TEST(PushHooks, APushIsLiveWhenItReturns) {
  GitSite site;
  site.serve();
  ASSERT_TRUE(site.sh("git clone -q site.git work").is_good());
  site.commit("work", kGood);
  ASSERT_TRUE(site.git("work", "push").is_good());
  EXPECT_NE(site.page("/").find("Second"), std::string::npos);
}

TEST(PushHooks, ARepositoryWithoutThemIsLeftAsItIs) {
  GitSite site;
  std::filesystem::remove_all(site.repository() / "hooks");
  site.serve();
  EXPECT_FALSE(std::filesystem::exists(site.repository() / "hooks/pre-receive"));
}

TEST(PushHooks, AServerPutsTheGateBesideTheFirstStetsHook) {
  GitSite site;
  std::filesystem::remove(site.repository() / "hooks/pre-receive");
  site.serve();
  EXPECT_TRUE(std::filesystem::exists(site.repository() / "hooks/pre-receive"));
}

TEST(PushHooks, AMisspeltPolicyIsAnErrorOfTheSettings) {
  GitSite site;
  std::ofstream(site.folder() / "bad.toml") << "[push]\ndocumants = \"off\"\n";
  Shown served = site.sh(fault::ServerProcess::program() + " serve --repo site.git --port 0 " +
                         "--admin-port 0 --settings bad.toml");
  EXPECT_FALSE(served.is_good());
  EXPECT_TRUE(served.has("there is no setting 'push.documants'; [push] has documents, schedule,"))
      << served.text;
}

}  // namespace
}  // namespace stet::git
