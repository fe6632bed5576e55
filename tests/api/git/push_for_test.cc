// git pushes to refs/for/<branch>, and the server merges: by a file path and over HTTP, with a
// server and without one.

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

using Files = GitSite::Files;

const std::string kPost = "_posts/2020-01-01-first.md";

std::string post(const std::string& title, const std::string& more, const std::string& body) {
  return "---\nlayout: post\ntitle: " + title + "\n" + more + "---\n" + body;
}

class PushFor : public testing::Test {
 protected:
  // Two clones of the same head: `mine`, and `other`, whose commits are in first.
  void clone(const std::string& from = "site.git") {
    for (const char* name : {"mine", "other"}) {
      Shown cloned = site_.sh("git clone -q " + from + " " + name);
      ASSERT_TRUE(cloned.is_good()) << cloned.text;
    }
  }
  void first(const Files& files) {
    site_.commit("other", files);
    Shown pushed = site_.git("other", "push -q origin HEAD:main");
    ASSERT_TRUE(pushed.is_good()) << pushed.text;
  }
  Shown then(const Files& files, const std::string& words = "origin HEAD:refs/for/main") {
    site_.commit("mine", files);
    return site_.git("mine", "push " + words);
  }
  std::string content(const std::string& path) {
    return site_.git("site.git", "show main:" + path).text;
  }
  bool is_sound() { return site_.git("site.git", "fsck --strict --no-dangling").is_good(); }

  GitSite site_;
};

TEST_F(PushFor, MergesByFieldWhereNoServerRuns) {
  clone();
  first({{kPost, post("First", "tags: [a]\n", "First body.\n")}});
  Shown pushed = then({{kPost, post("Better", "", "First body.\n")}});
  ASSERT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_TRUE(pushed.has("remote: main: merged by field, into ")) << pushed.text;
  EXPECT_TRUE(pushed.has("HEAD -> refs/for/main")) << pushed.text;
  EXPECT_FALSE(pushed.has("error:")) << pushed.text;
  EXPECT_EQ(content(kPost), post("Better", "tags: [a]\n", "First body.\n"));
  // Both are parents, the commit that was pushed as it is, and its author is the merge's.
  Shown log = site_.git("site.git", "log -1 --format='%an %cn %p %s' main");
  std::string parents = site_.git("other", "rev-parse --short HEAD").text;
  parents.back() = ' ';
  EXPECT_EQ(log.text,
            "Ada stet " + parents + site_.git("mine", "rev-parse --short HEAD").text.substr(0, 7) +
                " Merge 'change' into main\n");
  Shown pulled = site_.git("mine", "pull -q --ff-only origin main");
  EXPECT_TRUE(pulled.is_good()) << pulled.text;
  EXPECT_TRUE(is_sound());
  EXPECT_EQ(site_.git("site.git", "for-each-ref --format='%(refname)'").text, "refs/heads/main\n");
}

TEST_F(PushFor, IsLiveWhenThePushReturns) {
  site_.serve();
  clone();
  first({{"_posts/2020-01-02-b.md", post("Second", "", "B\n")}});
  Shown pushed = then({{"_posts/2020-01-03-c.md", post("Third", "", "C\n")}});
  ASSERT_TRUE(pushed.is_good()) << pushed.text;
  std::string page = site_.page("/");
  EXPECT_NE(page.find("Second"), std::string::npos) << page;
  EXPECT_NE(page.find("Third"), std::string::npos) << page;
}

TEST_F(PushFor, MergesOverHttpByTheScopesOfTheToken) {
  site_.serve();
  clone(site_.url(site_.token("posts:write")));
  std::ofstream(site_.folder() / "readme") << "";
  first({{kPost, post("First", "tags: [a]\n", "First body.\n")}});
  Shown pushed = then({{kPost, post("Better", "", "First body.\n")}},
                      "-o message='Two authors, one post' origin HEAD:refs/for/main");
  ASSERT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_EQ(content(kPost), post("Better", "tags: [a]\n", "First body.\n"));
  EXPECT_EQ(site_.git("site.git", "log -1 --format=%s main").text, "Two authors, one post\n");
  EXPECT_NE(site_.page("/").find("Better"), std::string::npos);
  std::string before = site_.head();
  pushed = then({{"_layouts/post.html", "<b>{{ content }}</b>\n"}});
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(
      pushed.has("remote: _layouts/post.html: to write this the token needs the scope "
                 "theme:write"))
      << pushed.text;
  EXPECT_EQ(site_.head(), before);
}

TEST_F(PushFor, ShowsEachConflictWithItsThreeValues) {
  clone();
  first({{kPost, post("Theirs", "", "Their body.\n")}});
  std::string before = site_.head();
  Shown pushed = then({{kPost, post("Mine", "", "My body.\n")}});
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("remote: " + kPost +
                         ":3: /front_matter/title: it was \"First\", is now \"Theirs\", and yours "
                         "is \"Mine\""))
      << pushed.text;
  EXPECT_TRUE(pushed.has("remote: " + kPost +
                         ":5: /body: it was \"First body.\", is now \"Their body.\", and yours is "
                         "\"My body.\""))
      << pushed.text;
  EXPECT_TRUE(
      pushed.has("[remote rejected] HEAD -> refs/for/main (2 conflicts with what others "
                 "have changed; pull, merge, and push again)"))
      << pushed.text;
  EXPECT_EQ(site_.head(), before);
}

TEST_F(PushFor, TheGateLooksAtTheMerge) {
  clone();
  first({{"_posts/2020-01-02-b.md", post("Second", "", "B\n")}});
  std::string before = site_.head();
  Shown pushed = then({{kPost, post("First", "date: never\n", "First body.\n")}});
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("remote: " + kPost + ":4: 'never' is no date")) << pushed.text;
  EXPECT_TRUE(pushed.has("(refused for 1 reason; nothing was changed)")) << pushed.text;
  EXPECT_EQ(site_.head(), before);
}

TEST_F(PushFor, ABranchThatHasNotMovedGoesOnFromTheCommits) {
  clone();
  site_.commit("mine", {{"_posts/2020-01-02-b.md", post("Second", "", "B\n")}});
  Shown pushed = then({{"_posts/2020-01-03-c.md", post("Third", "", "C\n")}});
  ASSERT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_TRUE(pushed.has("HEAD -> main")) << pushed.text;
  EXPECT_FALSE(pushed.has("error:")) << pushed.text;
  EXPECT_EQ(site_.head(), site_.git("mine", "rev-parse HEAD").text);
  EXPECT_EQ(site_.git("mine", "rev-parse origin/main").text, site_.head());
}

TEST_F(PushFor, WhatIsThereAlreadyIsToldSo) {
  clone();
  first({{kPost, post("Theirs", "", "Their body.\n")}});
  std::string before = site_.head();
  Shown pushed = site_.git("mine", "push origin HEAD:refs/for/main");
  EXPECT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_TRUE(pushed.has("remote: main: has all of this already")) << pushed.text;
  EXPECT_FALSE(pushed.has("error:")) << pushed.text;
  EXPECT_EQ(site_.head(), before);
}

TEST_F(PushFor, SaysWhatCannotBeMerged) {
  clone();
  struct Case {
    const char *words, *said;
  };
  const Case kCases[] = {
      {"HEAD:refs/for/nowhere", "refs/for/nowhere: there is no branch 'nowhere' to merge into"},
      {":refs/for/main", "refs/for/main: there is nothing to merge"},
      {"HEAD^{tree}:refs/for/main", "refs/for/main: only commits can be merged"},
      {"stranger:refs/for/main", "it has no commit in common with main"},
  };
  ASSERT_TRUE(site_
                  .sh("cd mine && git checkout -q --orphan stranger && git commit -qm strange && "
                      "git checkout -q main")
                  .is_good());
  for (const Case& one : kCases) {
    Shown pushed = site_.git("mine", "push origin " + std::string(one.words));
    EXPECT_FALSE(pushed.is_good()) << one.words;
    EXPECT_TRUE(pushed.has(one.said)) << pushed.text;
  }
}

TEST_F(PushFor, AnotherBranchIsMergedIntoAsWell) {
  clone();
  ASSERT_TRUE(site_.git("other", "push -q origin HEAD:refs/heads/side").is_good());
  site_.commit("other", {{"a.txt", "a"}});
  ASSERT_TRUE(site_.git("other", "push -q origin HEAD:refs/heads/side").is_good());
  std::string main = site_.head();
  Shown pushed = then({{"b.txt", "b"}}, "origin HEAD:refs/for/side");
  ASSERT_TRUE(pushed.is_good()) << pushed.text;
  EXPECT_EQ(site_.git("site.git", "ls-tree --name-only side a.txt b.txt").text, "a.txt\nb.txt\n");
  EXPECT_EQ(site_.head(), main);
}

TEST_F(PushFor, WithoutTheSettingNothingIsMade) {
  clone();
  site_.git("site.git", "config --unset-all receive.procReceiveRefs");
  Shown pushed = then({{"a.txt", "a"}});
  EXPECT_FALSE(pushed.is_good());
  EXPECT_TRUE(pushed.has("nothing merges pushes here")) << pushed.text;
  // A server that starts sets it again.
  site_.serve();
  pushed = site_.git("mine", "push origin HEAD:refs/for/main");
  EXPECT_TRUE(pushed.is_good()) << pushed.text;
}

// Many at once, of one post: every push is merged, and nobody's line is lost.
TEST_F(PushFor, PushesAtTheSameTimeAreAllMerged) {
  site_.serve();
  constexpr int kPushers = 4, kRounds = 3;
  Files data;
  for (int i = 0; i < kPushers; ++i) data["_data/p" + std::to_string(i) + ".yml"] = "n: 0\n";
  clone();
  first(data);
  std::string script;
  for (int i = 0; i < kPushers; ++i) {
    std::string n = std::to_string(i);
    script += "git clone -q site.git w" + n + " && (for r in 1 2 3; do " +
              "sed -i \"s/^layout: post/layout: post\\nk" + n + "_$r: $r/\" w" + n + "/" + kPost +
              " && echo \"n: $r\" > w" + n + "/_data/p" + n + ".yml && git -C w" + n +
              " commit -qam r$r && git -C w" + n + " push -q origin HEAD:refs/for/main" +
              " || exit 1; done || echo FAILED) &\n";
  }
  Shown pushed = site_.sh(script + "wait");
  EXPECT_FALSE(pushed.has("FAILED")) << pushed.text;
  std::string merged = content(kPost);
  for (int i = 0; i < kPushers; ++i) {
    std::string n = std::to_string(i);
    EXPECT_EQ(content("_data/p" + n + ".yml"), "n: " + std::to_string(kRounds) + "\n");
    for (int r = 1; r <= kRounds; ++r) {
      EXPECT_NE(merged.find("k" + n + "_" + std::to_string(r) + ": "), std::string::npos) << merged;
    }
  }
  EXPECT_TRUE(is_sound());
}

}  // namespace
}  // namespace stet::git
