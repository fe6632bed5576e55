// Another machine's folder, which is one of this machine's here. Where there is no rsync the tests
// are left out; $STET_RSYNC names one that lies elsewhere.

#include "api/targets/rsync_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "storage/process/process.h"
#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class RsyncFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("STET_RSYNC");
    auto found = named ? Result<fs::path>(named) : storage::find_program("rsync");
    if (!found) GTEST_SKIP() << "there is no rsync here: apt install rsync";
    program_ = *found;
    fs::create_directories(far());
  }
  fs::path far() const { return world_.folder("far"); }
  Result<RoundOutcome> publish(const Files& files, bool is_compressing = false) {
    auto target = RsyncFolder::open({.folder = world_.folder("own"),
                                     .to = far().string(),
                                     .is_compressing = is_compressing,
                                     .program = program_},
                                    *world_.store,
                                    *world_.variants);
    EXPECT_TRUE(target) << (target ? "" : target.error().message);
    return world_.run(**target, world_.live(files));
  }
  Files found() const {
    Files files;
    for (const auto& item : fs::recursive_directory_iterator(far())) {
      if (!item.is_regular_file()) continue;
      files[item.path().lexically_relative(far())] = *read_file(item.path(), 1 << 20);
    }
    return files;
  }

  TargetWorld world_;
  fs::path program_;
};

TEST_F(RsyncFolderTest, BringsWhatDiffersAndLeavesWhatIsSomebodyElses) {
  ASSERT_TRUE(write_atomically(far() / "theirs.txt", "theirs"));
  ASSERT_TRUE(publish({{"index.html", "home"}, {"ü/x.css", "x"}, {"a", "file"}}));
  EXPECT_EQ(
      found(),
      (Files{{"theirs.txt", "theirs"}, {"index.html", "home"}, {"ü/x.css", "x"}, {"a", "file"}}));
  auto outcome = publish({{"index.html", "new"}, {"a/b.html", "folder"}});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(found(),
            (Files{{"theirs.txt", "theirs"}, {"index.html", "new"}, {"a/b.html", "folder"}}));
}

TEST_F(RsyncFolderTest, AFileComesWhereAFolderWas) {
  ASSERT_TRUE(publish({{"a/b.html", "folder"}, {"d/e/f.html", "deep"}}));
  auto outcome = publish({{"a", "file"}, {"d", "file, too"}});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(found(), (Files{{"a", "file"}, {"d", "file, too"}}));
}

TEST_F(RsyncFolderTest, BringsAVersionOfTheSameSizeAndSecond) {
  const auto when = fs::file_time_type::clock::now();
  for (const std::string text : {"10:00", "11:00", "12:00"}) {
    ASSERT_TRUE(publish({{"index.html", text}}));
    fs::last_write_time(world_.folder("own") / "index.html", when);
    fs::last_write_time(far() / "index.html", when);
    EXPECT_EQ(found(), (Files{{"index.html", text}}));
  }
}

TEST_F(RsyncFolderTest, FoldersThatHaveBecomeEmptyAreNoMore) {
  ASSERT_TRUE(publish({{"index.html", "home"}, {"ü/y/x.css", "x"}, {"t/ours", "x"}}));
  ASSERT_TRUE(write_atomically(far() / "t/theirs", "theirs"));
  auto outcome = publish({{"index.html", "home"}});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(found(), (Files{{"index.html", "home"}, {"t/theirs", "theirs"}}));
  EXPECT_FALSE(fs::exists(far() / "ü"));
}

TEST_F(RsyncFolderTest, BringsCompressedFilesAndTakesThemAway) {
  ASSERT_TRUE(publish({{"index.html", std::string(5000, 'x')}}, true));
  EXPECT_EQ(found().size(), 3u);
  ASSERT_TRUE(publish({{"index.html", "short"}}, true));
  EXPECT_EQ(found(), (Files{{"index.html", "short"}}));
}

TEST_F(RsyncFolderTest, SaysWhatRsyncSaysAndGoesOnLater) {
  fs::remove_all(far());
  ASSERT_TRUE(write_atomically(far(), "no folder"));
  auto outcome = publish({{"index.html", "home"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("rsync: "));
  fs::remove(far());
  fs::create_directories(far());
  ASSERT_TRUE(publish({{"index.html", "home"}}));
  EXPECT_EQ(found(), (Files{{"index.html", "home"}}));
}

TEST(RsyncSettings, RefuseWhatWouldBeAnOption) {
  TargetWorld world;
  auto opened =
      RsyncFolder::open({.folder = world.folder(), .to = "--rsh=x", .program = "/bin/true"},
                        *world.store,
                        *world.variants);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("to is a place"));
}

}  // namespace
}  // namespace stet::targets
