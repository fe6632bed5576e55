#include "api/targets/git_branch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/api/targets/target_world.h"
#include "tests/storage/git/test_repository.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;
using storage::TestRepository;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class GitBranchTest : public testing::Test {
 protected:
  std::unique_ptr<GitBranch> open(bool is_local = false) {
    auto opened =
        GitBranch::open({.repository = is_local ? theirs_.path() : world_.folder("own.git"),
                         .url = is_local ? "" : theirs_.path().string(),
                         .name = "Pages",
                         .email = "pages@example.org"},
                        world_.clock);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return std::move(*opened);
  }
  Result<RoundOutcome> publish(const Files& files, bool is_local = false) {
    auto branch = open(is_local);
    last_ = world_.live(files).commit.hex();
    publish::Live live = world_.live(files);
    last_ = live.commit.hex();
    return world_.run(*branch, live);
  }
  // "path content" of the branch.
  Files found() {
    Files files;
    std::istringstream names(theirs_.git({"ls-tree", "-r", "--name-only", "gh-pages"}));
    for (std::string name; std::getline(names, name);) {
      files[name] = theirs_.git({"cat-file", "blob", "gh-pages:" + name});
    }
    return files;
  }
  std::string count() {
    std::string count = theirs_.git({"rev-list", "--count", "gh-pages"});
    return count.substr(0, count.find('\n'));
  }

  TargetWorld world_;
  TestRepository theirs_;
  std::string last_;  // the commit of the site that was published last
};

TEST_F(GitBranchTest, IsOneCommitAPublicationThatNamesTheSites) {
  ASSERT_TRUE(publish({{"index.html", "home"}, {"a/b.css", "b"}, {"CNAME", "example.org"}}));
  EXPECT_EQ(
      found(),
      (Files{
          {".nojekyll", ""}, {"CNAME", "example.org"}, {"a/b.css", "b"}, {"index.html", "home"}}));
  EXPECT_EQ(count(), "1");
  EXPECT_EQ(theirs_.git({"log", "-1", "--format=%an <%ae>%n%B", "gh-pages"}),
            "Pages <pages@example.org>\nPublish " + last_.substr(0, 10) +
                "\n\nSource-Commit: " + last_ + "\n\n");
  ASSERT_TRUE(publish({{"index.html", "new"}, {"a/b.css", "b"}}));
  EXPECT_EQ(found(), (Files{{".nojekyll", ""}, {"a/b.css", "b"}, {"index.html", "new"}}));
  EXPECT_EQ(count(), "2");
  EXPECT_EQ(theirs_.git({"rev-parse", "gh-pages:a"}), theirs_.git({"rev-parse", "gh-pages~:a"}));
  ASSERT_TRUE(publish({{"index.html", "new"}, {"a/b.css", "b"}}));
  EXPECT_EQ(count(), "2") << "nothing has changed";
  theirs_.git({"symbolic-ref", "HEAD", "refs/heads/gh-pages"});
  EXPECT_EQ(theirs_.fsck(), "");
}

TEST_F(GitBranchTest, TenThousandPagesAreOneCommitAndOneEditIsOneMore) {
  Files files;
  for (int i = 0; i < 10'000; ++i) {
    files["posts/" + std::to_string(i % 100) + "/" + std::to_string(i) + ".html"] =
        "<p>" + std::to_string(i) + "</p>";
  }
  ASSERT_TRUE(publish(files));
  EXPECT_EQ(count(), "1");
  files["posts/7/7.html"] = "edited";
  ASSERT_TRUE(publish(files));
  EXPECT_EQ(count(), "2");
  EXPECT_EQ(theirs_.git({"diff", "--name-only", "gh-pages~", "gh-pages"}), "posts/7/7.html\n");
  // A content, three trees and a commit.
  const std::string objects = theirs_.git({"rev-list", "--objects", "gh-pages", "^gh-pages~"});
  EXPECT_EQ(std::count(objects.begin(), objects.end(), '\n'), 5);
}

TEST_F(GitBranchTest, LeavesFilesThatAreNotTheSites) {
  theirs_.commit({{"CNAME", "theirs.example"}, {"x/old.html", "theirs"}}, {}, "gh-pages");
  ASSERT_TRUE(publish({{"index.html", "home"}, {"x/new.html", "ours"}}));
  ASSERT_TRUE(publish({{"index.html", "home"}}));
  EXPECT_EQ(found(),
            (Files{{".nojekyll", ""},
                   {"CNAME", "theirs.example"},
                   {"index.html", "home"},
                   {"x/old.html", "theirs"}}));
  EXPECT_EQ(count(), "3");
}

TEST_F(GitBranchTest, GoesOnTopOfWhatOthersHavePushed) {
  ASSERT_TRUE(publish({{"index.html", "home"}, {"a.css", "a"}}));
  theirs_.commit({{"index.html", "defaced"}, {"more.txt", "theirs"}}, {}, "gh-pages");
  ASSERT_TRUE(publish({{"index.html", "home"}, {"a.css", "b"}}));
  EXPECT_EQ(
      found(),
      (Files{{".nojekyll", ""}, {"a.css", "b"}, {"index.html", "home"}, {"more.txt", "theirs"}}));
  EXPECT_EQ(count(), "3") << "nothing by force";
}

TEST_F(GitBranchTest, FindsItsPlaceAgainWhateverWasLost) {
  ASSERT_TRUE(publish({{"index.html", "1"}}));
  fs::remove_all(world_.folder("own.git"));
  ASSERT_TRUE(publish({{"index.html", "2"}, {"old.html", "2"}}));
  EXPECT_EQ(count(), "2");
  // It was pushed, and the process ended before that was noted.
  RecordingTarget lost;
  lost.where = open()->place();
  lost.failing_at = 0;
  ASSERT_FALSE(world_.run(lost, world_.live({{"index.html", "3"}})));
  world_.restart();
  ASSERT_TRUE(publish({{"index.html", "2"}, {"old.html", "2"}}));
  EXPECT_EQ(count(), "2") << "it is there already";
  fs::remove(world_.scratch.path() / "targets.sqlite");
  world_.restart();
  ASSERT_TRUE(publish({{"index.html", "4"}}));
  EXPECT_EQ(count(), "3");
  EXPECT_EQ(found().at("old.html"), "2") << "nobody knows whose it is";
}

TEST_F(GitBranchTest, TellsWhyTheOtherSideRefuses) {
  fs::create_directories(theirs_.path() / "hooks");
  std::ofstream(theirs_.path() / "hooks" / "pre-receive")
      << "#!/bin/sh\necho 'no pages today' >&2\nexit 1\n";
  fs::permissions(theirs_.path() / "hooks" / "pre-receive", fs::perms::owner_all);
  auto outcome = publish({{"index.html", "home"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("no pages today"));
  fs::remove(theirs_.path() / "hooks" / "pre-receive");
  ASSERT_TRUE(publish({{"index.html", "home"}}));
  EXPECT_EQ(count(), "1");
}

TEST_F(GitBranchTest, IsABranchOfTheRepositoryItself) {
  theirs_.commit({{"index.md", "source"}});
  ASSERT_TRUE(publish({{"index.html", "home"}}, true));
  theirs_.commit({{"CNAME", "theirs.example"}}, {}, "gh-pages");
  ASSERT_TRUE(publish({{"index.html", "new"}, {"a", "file"}}, true));
  EXPECT_EQ(
      found(),
      (Files{
          {".nojekyll", ""}, {"CNAME", "theirs.example"}, {"a", "file"}, {"index.html", "new"}}));
  ASSERT_TRUE(publish({{"a/b.html", "folder"}}, true));
  EXPECT_EQ(found(),
            (Files{{".nojekyll", ""}, {"CNAME", "theirs.example"}, {"a/b.html", "folder"}}));
  EXPECT_EQ(count(), "4");
  EXPECT_EQ(theirs_.fsck(), "");
}

TEST_F(GitBranchTest, RefusesWhatIsNoBranchAndPathsThatGitCannotHave) {
  auto opened = GitBranch::open({.branch = "a..b", .repository = theirs_.path()}, world_.clock);
  ASSERT_FALSE(opened);
  auto outcome = publish({{".git/config", "x"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("git cannot have '.git/config'"));
}

}  // namespace
}  // namespace stet::targets
