#include "storage/snapshot/folder_watch.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

using std::chrono::milliseconds;
using Seen = FolderWatch::Seen;

constexpr milliseconds kPatience{10'000}, kQuiet{5};

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

class FolderWatches : public testing::Test {
 protected:
  FolderWatches() {
    write_file(root() / "_posts/a.md", "a");
    write_file(root() / "_site/index.html", "made");
    write_file(root() / ".git/HEAD", "ref");
    auto opened = FolderWatch::open(root(), {.skipped_folders = {"_site"}});
    EXPECT_TRUE(opened);
    if (opened) watch_ = std::move(*opened);
  }

  std::filesystem::path root() const { return folder_.path(); }
  Seen wait() { return watch_->wait(kPatience, kQuiet); }
  Seen look() { return watch_->wait(milliseconds(0), kQuiet); }

  TemporaryFolder folder_;
  std::unique_ptr<FolderWatch> watch_;
};

TEST_F(FolderWatches, TellsOfFilesThatAreWrittenMadeMovedAndDeleted) {
  EXPECT_EQ(look(), Seen::kNothing);
  write_file(root() / "_posts/a.md", "b");
  EXPECT_EQ(wait(), Seen::kChange);
  write_file(root() / "index.md", "new");
  EXPECT_EQ(wait(), Seen::kChange);
  std::filesystem::rename(root() / "index.md", root() / "about.md");
  EXPECT_EQ(wait(), Seen::kChange);
  std::filesystem::remove(root() / "about.md");
  EXPECT_EQ(wait(), Seen::kChange);
  EXPECT_EQ(look(), Seen::kNothing);
}

TEST_F(FolderWatches, TellsOfFilesInFoldersThatCameLater) {
  write_file(root() / "new/deep/page.md", "1");
  EXPECT_EQ(wait(), Seen::kChange);
  write_file(root() / "new/deep/page.md", "2");
  EXPECT_EQ(wait(), Seen::kChange);
}

TEST_F(FolderWatches, IsSilentAboutTheDestinationAndGit) {
  write_file(root() / "_site/index.html", "made again");
  write_file(root() / ".git/HEAD", "another");
  EXPECT_EQ(look(), Seen::kNothing);
}

TEST_F(FolderWatches, EndsTheWaitWhenItIsStopped) {
  std::thread other([this] { watch_->stop(); });
  EXPECT_EQ(wait(), Seen::kEnd);
  other.join();
}

TEST_F(FolderWatches, TellsOfFilesElsewhereAndOfNothingBesideThem) {
  TemporaryFolder elsewhere;
  auto opened = FolderWatch::open(root(), {.files = {elsewhere.path() / "local.yml"}});
  ASSERT_TRUE(opened);
  write_file(elsewhere.path() / "other.yml", "a");
  EXPECT_EQ((*opened)->wait(milliseconds(0), kQuiet), Seen::kNothing);
  write_file(elsewhere.path() / "local.yml", "a");
  EXPECT_EQ((*opened)->wait(kPatience, kQuiet), Seen::kChange);
  EXPECT_EQ((*opened)->take_complaint(), "");
}

TEST_F(FolderWatches, SaysSoWhereTheSystemWatchesNoMoreFoldersAndHasThemLookedAtAgain) {
  auto opened = FolderWatch::open(root(), {.skipped_folders = {"_site"}, .folders_max = 2});
  ASSERT_TRUE(opened);
  FolderWatch& watch = **opened;
  EXPECT_EQ(watch.take_complaint(), "");
  EXPECT_EQ(watch.wait(milliseconds(0), kQuiet), Seen::kNothing);
  write_file(root() / "new/page.md", "1");
  EXPECT_EQ(watch.wait(kPatience, kQuiet), Seen::kChange);
  EXPECT_NE(watch.take_complaint().find("cannot watch '" + (root() / "new").string() + "'"),
            std::string::npos);
  EXPECT_EQ(watch.take_complaint(), "");
  EXPECT_EQ(watch.wait(milliseconds(0), kQuiet), Seen::kChange);
}

TEST(FolderWatch, OfWhatIsNoFolderSeesNothing) {
  auto opened = FolderWatch::open("/nowhere/at/all", {});
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->wait(milliseconds(0), kQuiet), Seen::kNothing);
}

}  // namespace
}  // namespace stet::storage
