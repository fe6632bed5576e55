// git as client of a running server, over HTTP on loopback.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

const GitSite::Files kGood = {
    {"_posts/2020-01-02-b.md", "---\nlayout: post\ntitle: Second\n---\nB\n"}};

class PushOverHttp : public testing::Test {
 protected:
  void clone(const std::string& scopes, const std::string& settings = "") {
    site_.serve(settings);
    url_ = site_.url(site_.token(scopes));
    Shown cloned = site_.sh("git clone -q " + url_ + " work");
    ASSERT_TRUE(cloned.is_good()) << cloned.text;
  }
  // Bytes that do not compress.
  void add_noise(const std::string& mebibytes) {
    Shown made = site_.sh("head -c " + mebibytes +
                          "M /dev/urandom > work/noise.bin && cd work && git add -A && "
                          "git commit -qm noise");
    ASSERT_TRUE(made.is_good()) << made.text;
  }
  std::int64_t memory_kib_most() {
    std::ifstream status("/proc/" + std::to_string(site_.server().pid()) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + 6);
    }
    return 0;
  }

  GitSite site_;
  std::string url_;
};

TEST_F(PushOverHttp, ClonesPushesAndIsLiveWhenThePushReturns) {
  clone("posts:write");
  site_.commit("work", kGood);
  Shown pushed = site_.git("work", "push");
  ASSERT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_NE(site_.page("/").find("Second"), std::string::npos);
  Shown again = site_.sh("git clone -q " + url_ + " second && cat second/_posts/2020-01-02-b.md");
  EXPECT_TRUE(again.has("title: Second")) << again.text;
  EXPECT_EQ(site_.git("site.git", "fsck --strict --no-dangling").exit_code, 0);
}

// Each waits until the server has answered its hook; the server must have somebody left to answer.
TEST_F(PushOverHttp, AsManyAtOnceAsTheSettingsAllowWaitForNobody) {
  clone("posts:write", "[git]\nconcurrent = 24\n");
  site_.commit("work", kGood);
  Shown pushed = site_.sh(
      "cd work && for n in 1 2 3 4 5 6 7 8 9 10 11 12; do git push -q origin HEAD:refs/heads/b$n & "
      "done; wait");
  EXPECT_FALSE(pushed.has("not live yet")) << pushed.text;
  EXPECT_EQ(site_.git("site.git", "branch --list 'b*'").text.find("b12") == std::string::npos,
            false);
}

TEST_F(PushOverHttp, FetchesWhatTheApiHasChanged) {
  clone("posts:write");
  std::string token = url_.substr(10, url_.find('@') - 10);
  std::string authorization = "Authorization: Bearer " + token;
  std::string target = "/api/v1/posts/2020-01-01-first";
  std::uint16_t port = site_.server().admin_port();
  fault::Answer post = fault::call(port, "GET", target, {authorization});
  ASSERT_EQ(post.status, 200);
  fault::Answer patched = fault::call(port,
                                      "PATCH",
                                      target,
                                      {authorization,
                                       "If-Match: " + post.headers["etag"],
                                       "Content-Type: application/merge-patch+json"},
                                      "{\"front_matter\": {\"title\": \"Changed\"}}");
  ASSERT_EQ(patched.status, 200) << patched.body;
  Shown pulled = site_.git("work", "pull -q --ff-only");
  EXPECT_TRUE(pulled.is_good()) << pulled.text;
  EXPECT_TRUE(site_.sh("cat work/_posts/2020-01-01-first.md").has("title: Changed"));
}

TEST_F(PushOverHttp, BothVersionsOfTheProtocolWork) {
  clone("posts:write");
  for (const char* version : {"0", "1", "2"}) {
    std::string name = std::string("v") + version;
    Shown cloned = site_.sh(std::string("git -c protocol.version=") + version + " clone -q " +
                            url_ + " " + name);
    EXPECT_TRUE(cloned.is_good()) << cloned.text;
  }
}

TEST_F(PushOverHttp, ShallowAndPartialClonesWork) {
  clone("posts:write");
  for (int i = 0; i < 3; ++i) {
    site_.commit("work", {{"text.txt", "version " + std::to_string(i)}});
  }
  // text.txt is the theme's to write.
  std::string all = site_.url(site_.token("admin"));
  ASSERT_TRUE(site_.git("work", "push -q " + all + " main").is_good());
  Shown shallow = site_.sh("git clone -q --depth 1 " + url_ + " shallow && " +
                           "git -C shallow rev-list --count HEAD");
  EXPECT_TRUE(shallow.is_good() && shallow.has("1\n")) << shallow.text;
  Shown deeper = site_.sh(
      "git -C shallow fetch -q --deepen 1 && "
      "git -C shallow rev-list --count HEAD");
  EXPECT_TRUE(deeper.is_good() && deeper.has("2\n")) << deeper.text;
  site_.commit("shallow", kGood);
  Shown pushed = site_.git("shallow", "push -q");
  EXPECT_TRUE(pushed.is_good()) << pushed.text;

  Shown partial = site_.sh("git clone -q --filter=blob:none " + url_ + " partial && " +
                           "git -C partial cat-file -p HEAD~1:text.txt && "
                           "git -C partial cat-file -p HEAD~2:text.txt");
  EXPECT_TRUE(partial.is_good()) << partial.text;
  EXPECT_TRUE(partial.has("version 2") && partial.has("version 1")) << partial.text;
}

TEST_F(PushOverHttp, AMistakeIsRefusedWithItsPlaceOnTheScreen) {
  clone("posts:write");
  site_.commit("work", {{"_posts/2020-01-02-b.md", "---\ntitle: B\ndate: never\n---\nB\n"}});
  Shown pushed = site_.git("work", "push");
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("remote: _posts/2020-01-02-b.md:3: 'never' is no date")) << pushed.text;
  EXPECT_TRUE(pushed.has("(pre-receive hook declined)")) << pushed.text;
}

TEST_F(PushOverHttp, TheGateStandsThoughTheRepositoryHasNoHooks) {
  std::filesystem::remove_all(site_.repository() / "hooks");
  clone("posts:write");
  site_.commit("work", {{"_posts/2020-01-02-b.md", "---\ntitle: B\ndate: never\n---\nB\n"}});
  EXPECT_TRUE(site_.git("work", "push").has("'never' is no date"));
}

TEST_F(PushOverHttp, ATokenPushesWhatItsScopesReach) {
  clone("posts:write");
  site_.commit("work", {{"_layouts/post.html", "<b>{{ content }}</b>\n"}});
  Shown pushed = site_.git("work", "push");
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(
      pushed.has("remote: _layouts/post.html: to write this the token needs the scope "
                 "theme:write"))
      << pushed.text;
  std::string theme = site_.url(site_.token("theme:write"));
  Shown allowed = site_.git("work", "push " + theme + " main");
  EXPECT_TRUE(allowed.is_good()) << allowed.text;
}

TEST_F(PushOverHttp, WhoMayReadMayNotPush) {
  clone("content:read");
  site_.commit("work", kGood);
  Shown pushed = site_.git("work", "push");
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("remote: this token may read and not push")) << pushed.text;
  EXPECT_TRUE(pushed.has("403")) << pushed.text;
}

TEST_F(PushOverHttp, ForceIsRefusedAndBehindIsToldByGit) {
  clone("posts:write");
  site_.commit("work", kGood);
  ASSERT_TRUE(site_.git("work", "push -q").is_good());
  Shown forced = site_.git("work", "push --force origin HEAD~1:main");
  EXPECT_FALSE(forced.is_good());
  EXPECT_TRUE(forced.has("remote: refs/heads/main: this would take commits away")) << forced.text;
  ASSERT_TRUE(site_.git("work", "reset -q --hard HEAD~1").is_good());
  site_.commit("work", {{"_posts/2020-01-03-c.md", "---\ntitle: C\n---\nC\n"}});
  Shown behind = site_.git("work", "push");
  EXPECT_FALSE(behind.is_good());
  EXPECT_TRUE(behind.has("non-fast-forward")) << behind.text;
}

TEST_F(PushOverHttp, ALargePushGoesByTheDisk) {
  clone("admin");
  std::int64_t before = memory_kib_most();
  add_noise("24");
  // Onto a branch that is not published, for the pages that it would make are another matter.
  Shown pushed = site_.git("work", "push origin HEAD:refs/heads/side");
  ASSERT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_LT(memory_kib_most() - before, 12 * 1024) << "before: " << before;
}

TEST_F(PushOverHttp, APushAboveTheLimitIsRefusedInWords) {
  clone("admin", "[git]\npush_mib = 1\n");
  add_noise("3");
  Shown pushed = site_.git("work", "push");
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("remote: fatal: pack exceeds maximum allowed size")) << pushed.text;
  add_noise("30");
  pushed = site_.git("work", "push");
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("413")) << pushed.text;
}

TEST_F(PushOverHttp, PushesAtTheSameTimeDoNotHarmOneAnother) {
  clone("posts:write");
  site_.commit("work", kGood);
  Shown pushed = site_.sh(
      "for i in 1 2 3; do git -C work push -q origin HEAD:refs/heads/side$i & done; wait; "
      "git -C site.git for-each-ref --format='%(refname)' refs/heads");
  EXPECT_TRUE(pushed.has("side1\n") && pushed.has("side2\n") && pushed.has("side3\n"))
      << pushed.text;
  EXPECT_EQ(site_.git("site.git", "fsck --strict --no-dangling").exit_code, 0);
}

}  // namespace
}  // namespace stet::git
