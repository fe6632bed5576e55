#include "api/targets/directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Key;
using ::testing::Not;

class DirectoryTest : public testing::Test {
 protected:
  std::unique_ptr<Directory> open(bool is_compressing = false, std::size_t batch = 500) {
    auto opened = Directory::open(
        {.folder = world_.folder(), .is_compressing = is_compressing, .batch = batch},
        *world_.store,
        *world_.variants);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return std::move(*opened);
  }
  Result<RoundOutcome> publish(const Files& files, bool is_compressing = false) {
    auto target = open(is_compressing);
    return world_.run(*target, world_.live(files));
  }
  Files found() const {
    Files files;
    for (const auto& item : fs::recursive_directory_iterator(world_.folder())) {
      if (!item.is_regular_file()) continue;
      files[item.path().lexically_relative(world_.folder())] = *read_file(item.path(), 1 << 20);
    }
    return files;
  }
  void write(const std::string& path, const std::string& bytes) {
    fs::create_directories((world_.folder() / path).parent_path());
    ASSERT_TRUE(write_atomically(world_.folder() / path, bytes));
  }

  TargetWorld world_;
};

TEST_F(DirectoryTest, HoldsTheSiteAndLeavesWhatIsSomebodyElses) {
  write("robots.txt", "theirs");
  write("dir/theirs.html", "theirs");
  ASSERT_TRUE(publish({{"index.html", "home"}, {"dir/ours.html", "ours"}}));
  EXPECT_EQ(found(),
            (Files{{"robots.txt", "theirs"},
                   {"dir/theirs.html", "theirs"},
                   {"index.html", "home"},
                   {"dir/ours.html", "ours"}}));
  ASSERT_TRUE(publish({{"index.html", "home"}}));
  EXPECT_EQ(
      found(),
      (Files{{"robots.txt", "theirs"}, {"dir/theirs.html", "theirs"}, {"index.html", "home"}}));
}

TEST_F(DirectoryTest, PutsCompressedFilesBesideAndTakesThemAwayAgain) {
  const std::string page(5000, 'x');
  ASSERT_TRUE(publish({{"index.html", page}, {"small.html", "x"}, {"p.png", page}}, true));
  Files files = found();
  EXPECT_EQ(files.size(), 5u);
  EXPECT_THAT(files, IsSupersetOf({Key("index.html.gz"), Key("index.html.br")}));
  EXPECT_LT(files["index.html.gz"].size(), 200u);
  EXPECT_EQ(fs::last_write_time(world_.folder() / "index.html"),
            fs::last_write_time(world_.folder() / "index.html.gz"));
  ASSERT_TRUE(publish({{"index.html", "short"}}, true));
  EXPECT_EQ(found(), (Files{{"index.html", "short"}}));
  ASSERT_TRUE(publish({{"index.html", page}, {"index.html.gz", "the site's own"}}, true));
  EXPECT_EQ(found()["index.html.gz"], "the site's own");
  ASSERT_TRUE(publish({{"index.html", page}}, false));
  EXPECT_THAT(found(), Not(Contains(Key("index.html.br")))) << "another manner";
}

TEST_F(DirectoryTest, IsForEverybodyToReadWhateverTheMaskOfTheService) {
  write("a/b/index.html", std::string(5000, 'x'));
  fs::permissions(world_.folder() / "a/b/index.html", fs::perms(0600));
  fs::permissions(world_.folder() / "a", fs::perms(0700));
  const mode_t before = ::umask(0077);
  const auto outcome = publish({{"a/b/index.html", std::string(5000, 'x')}}, true);
  ::umask(before);
  ASSERT_TRUE(outcome) << outcome.error().message;
  auto mode = [&](const std::string& path) {
    return static_cast<int>(fs::status(world_.folder() / path).permissions());
  };
  for (const std::string folder : {"", "a", "a/b"}) EXPECT_EQ(mode(folder), 0755) << folder;
  for (const std::string ending : {"", ".gz", ".br"}) {
    EXPECT_EQ(mode("a/b/index.html" + ending), 0644) << ending;
  }
}

TEST_F(DirectoryTest, FilesAndFoldersOfTheSiteGiveWayToEachOther) {
  ASSERT_TRUE(publish({{"a", "file"}, {"b/x/y.html", "deep"}}));
  ASSERT_TRUE(publish({{"a/index.html", "folder"}, {"b", "file"}}));
  EXPECT_EQ(found(), (Files{{"a/index.html", "folder"}, {"b", "file"}}));
}

TEST_F(DirectoryTest, WhatIsSomebodyElsesIsAnErrorThatNamesIt) {
  write("a", "theirs");
  auto outcome = publish({{"a/index.html", "ours"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("/a' is no folder"));
  EXPECT_EQ(found(), (Files{{"a", "theirs"}}));
  fs::remove(world_.folder() / "a");
  write("a/theirs.html", "theirs");
  outcome = publish({{"a", "ours"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("is a folder"));
  EXPECT_EQ(found(), (Files{{"a/theirs.html", "theirs"}}));
}

TEST_F(DirectoryTest, OneSiteThatWantsAFileAndAFolderOfOneNameIsTold) {
  auto outcome = publish({{"a", "1"}, {"a/b.html", "2"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("another permalink"));
}

TEST_F(DirectoryTest, NeverWritesOrRemovesThroughALink) {
  fs::create_directories(world_.folder());
  const fs::path outside = world_.scratch.path() / "outside";
  fs::create_directories(outside);
  ASSERT_TRUE(write_atomically(outside / "x.html", "theirs"));
  ASSERT_TRUE(write_atomically(outside / "x.html.gz", "theirs"));
  ASSERT_TRUE(publish({{"in/x.html", "ours"}}));
  fs::remove_all(world_.folder() / "in");
  fs::create_directory_symlink(outside, world_.folder() / "in");
  ASSERT_FALSE(publish({{"in/x.html", "newer"}, {"in/x.css", "newer"}}));
  ASSERT_TRUE(publish({{"index.html", "home"}}));
  EXPECT_EQ(*read_file(outside / "x.html", 100), "theirs");
  EXPECT_EQ(*read_file(outside / "x.html.gz", 100), "theirs");
  EXPECT_FALSE(fs::exists(outside / "x.css"));
}

TEST_F(DirectoryTest, CostsNothingWhereNothingHasChanged) {
  ASSERT_TRUE(publish({{"index.html", "home"}, {"a.css", "a"}}));
  const auto before = fs::last_write_time(world_.folder() / "a.css");
  auto outcome = publish({{"index.html", "new"}, {"a.css", "a"}});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->written, 1u);
  EXPECT_EQ(fs::last_write_time(world_.folder() / "a.css"), before);
}

// The process dies at its n-th step, for every n; the next one ends what it began, and no reader
// meets a page before what it shows.
TEST_F(DirectoryTest, KilledAtAnyStepItGoesOnFromThere) {
  const Files before = {{"a.css", "1"}, {"index.html", "1"}, {"old.html", "1"}, {"f", "1"}};
  const Files after = {{"a.css", "2"}, {"index.html", "2"}, {"n.html", "2"}, {"f/x.html", "2"}};
  int kills = 0;
  for (int step = 0;; ++step, ++kills) {
    world_.state.reset();
    fs::remove_all(world_.folder());
    fs::remove(world_.scratch.path() / "targets.sqlite");
    world_.restart();
    ASSERT_TRUE(publish(before));
    publish::Live live = world_.live(after);
    world_.state.reset();  // SQLite wants no connection to go through a fork
    const pid_t child = ::fork();
    if (child == 0) {
      world_.restart();
      auto target = open(false, 1);
      auto parts = world_.parts(*target);
      parts.is_over = [left = step]() mutable {
        if (left-- == 0) ::_exit(9);
        return false;
      };
      auto round = Round::open(parts);
      ::_exit(round && (*round)->run(live) ? 0 : 1);
    }
    int ending = 0;
    ::waitpid(child, &ending, 0);
    world_.restart();
    const Files between = found();
    EXPECT_TRUE(!between.contains("n.html") || between.at("a.css") == "2") << step;
    EXPECT_TRUE(between.contains("old.html") || between.at("index.html") == "2") << step;
    auto target = open();
    auto rest = world_.run(*target, live);
    ASSERT_TRUE(rest) << step;
    EXPECT_EQ(found(), after) << step;
    if (WEXITSTATUS(ending) == 0) break;
    ASSERT_EQ(WEXITSTATUS(ending), 9) << step;
    EXPECT_LE(rest->written + rest->deleted, 6u - static_cast<unsigned>(step)) << "of six steps";
  }
  EXPECT_EQ(kills, 6);
}

TEST_F(DirectoryTest, SweepsWhatAKilledWriterHasLeft) {
  auto target = open();
  RecordingTarget failing;
  failing.where = target->place();
  failing.failing_at = 0;
  failing.how = "";
  ASSERT_FALSE(world_.run(failing, world_.live({{"in/index.html", "home"}})));
  write("in/.stet-tmp7-1", "hal");
  ASSERT_TRUE(world_.run(*target, world_.live({{"in/index.html", "home"}})));
  EXPECT_EQ(found(), (Files{{"in/index.html", "home"}}));
}

}  // namespace
}  // namespace stet::targets
