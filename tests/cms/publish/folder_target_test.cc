#include "cms/publish/folder_target.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "storage/base/durable_file.h"
#include "tests/cms/publish/make.h"
#include "tests/cms/publish/scratch.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

class FolderTargetTest : public testing::Test {
 protected:
  void SetUp() override { store_ = *Store::open(scratch_.path() / "pages"); }
  FolderTarget target(std::vector<std::string> keep_files = {".git"}) {
    return *FolderTarget::open(out(), *store_, std::move(keep_files));
  }
  fs::path out() const { return scratch_.path() / "out"; }
  Change put(std::string_view path, std::string_view bytes) {
    (void)store_->put(bytes);
    return set(path, bytes);
  }
  void write(std::string_view path, std::string_view bytes) {
    fs::create_directories((out() / path).parent_path());
    ASSERT_TRUE(write_atomically(out() / path, bytes));
  }
  // Files with their bytes; links as "-> where"; empty folders with a slash.
  std::map<std::string, std::string> found() const {
    std::map<std::string, std::string> files;
    for (const auto& item : fs::recursive_directory_iterator(out())) {
      std::string name = item.path().lexically_relative(out());
      if (item.is_symlink()) {
        files[name] = "-> " + fs::read_symlink(item.path()).string();
      } else if (item.is_regular_file()) {
        files[name] = *read_file(item.path(), 1 << 20);
      } else if (fs::is_empty(item.path())) {
        files[name + "/"] = "";
      }
    }
    return files;
  }
  using Files = std::map<std::string, std::string>;

  Scratch scratch_;
  std::unique_ptr<Store> store_;
};

TEST_F(FolderTargetTest, HoldsTheSiteAndNothingElse) {
  write("old/deep/x.html", "old");
  write(".hidden", "old");
  write("index.html", "old");
  Manifest site = manifest_of({put("index.html", "home"), put("a/b/c.html", "c")});
  ASSERT_TRUE(target().replace(site));
  EXPECT_EQ(found(), (Files{{"index.html", "home"}, {"a/b/c.html", "c"}}));
}

TEST_F(FolderTargetTest, KeepsWhatItIsToldToKeep) {
  write(".git/config", "git");
  write("cv/x.pdf", "cv");
  write("cvs/y", "by its beginning, as Jekyll has it");
  write("a/keep/z", "z");
  write("a/drop", "drop");
  ASSERT_TRUE(target({".git", "cv", "a/keep"}).replace(manifest_of({put("i.html", "i")})));
  EXPECT_EQ(found(),
            (Files{{".git/config", "git"},
                   {"cv/x.pdf", "cv"},
                   {"cvs/y", "by its beginning, as Jekyll has it"},
                   {"a/keep/z", "z"},
                   {"i.html", "i"}}));
}

TEST_F(FolderTargetTest, ChangesOnlyWhatAChangeNames) {
  FolderTarget folder = target();
  ASSERT_TRUE(folder.replace(manifest_of({put("a/x.html", "1"), put("b/y.html", "1")})));
  write("foreign", "kept by apply");
  ASSERT_TRUE(
      folder.apply(std::vector<Change>{put("a/x.html", "2"), gone("b/y.html"), gone("never/was")}));
  EXPECT_EQ(found(), (Files{{"a/x.html", "2"}, {"foreign", "kept by apply"}}));
}

TEST_F(FolderTargetTest, AStalePageStaysAsItIsUntilItIsRendered) {
  FolderTarget folder = target();
  Manifest site = manifest_of({put("a.html", "1")});
  ASSERT_TRUE(folder.replace(site));
  ASSERT_TRUE(folder.apply(std::vector<Change>{stale("a.html")}));
  EXPECT_EQ(found(), (Files{{"a.html", "1"}}));
  auto refused = folder.replace(manifest_of({stale("a.html")}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidInput);
}

TEST_F(FolderTargetTest, FilesAndFoldersGiveWayToEachOther) {
  FolderTarget folder = target();
  ASSERT_TRUE(folder.replace(manifest_of({put("a", "file"), put("b/c/d", "deep")})));
  ASSERT_TRUE(folder.apply(std::vector<Change>{
      gone("a"), put("a/index.html", "now a folder"), put("b", "now a file"), gone("b/c/d")}));
  EXPECT_EQ(found(), (Files{{"a/index.html", "now a folder"}, {"b", "now a file"}}));
}

TEST_F(FolderTargetTest, RefusesASiteThatWantsAFileAndAFolderOfOneName) {
  write("old", "old");
  auto refused = target().replace(manifest_of({put("a", "1"), put("a-b", "1"), put("a/b", "1")}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_NE(refused.error().message.find("'a' and 'a/b'"), std::string::npos);
  EXPECT_EQ(found(), (Files{{"old", "old"}}));
}

TEST_F(FolderTargetTest, AFolderThatIsKeptDoesNotGiveWay) {
  write("a/.git/x", "x");
  auto refused = target({"a/.git"}).replace(manifest_of({put("a", "file")}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_EQ(found(), (Files{{"a/.git/x", "x"}}));
}

TEST_F(FolderTargetTest, NeverWritesOrRemovesThroughALink) {
  fs::path outside = scratch_.path() / "outside";
  fs::create_directory(outside);
  ASSERT_TRUE(write_atomically(outside / "x", "precious"));
  fs::create_directory(out());
  fs::create_directory_symlink(outside, out() / "a");
  fs::create_symlink(outside / "x", out() / "b");
  fs::create_directory_symlink(outside, out() / "c");
  FolderTarget folder = target();
  ASSERT_TRUE(folder.apply(std::vector<Change>{gone("c/x")}));
  EXPECT_EQ(*read_file(outside / "x", 100), "precious");
  ASSERT_TRUE(folder.replace(manifest_of({put("a/x", "mine"), put("b", "mine too")})));
  EXPECT_EQ(found(), (Files{{"a/x", "mine"}, {"b", "mine too"}}));
  EXPECT_EQ(*read_file(outside / "x", 100), "precious");
}

TEST_F(FolderTargetTest, WritesAssetsBeforePagesAndRemovesLast) {
  FolderTarget folder = target();
  ASSERT_TRUE(folder.replace(manifest_of({put("old.html", "old")})));
  // The picture cannot be had: nothing that shows it was written, nothing was removed.
  Change lost = set("picture.png", "never put");
  auto failed = folder.apply(std::vector<Change>{put("a.html", "a"), lost, gone("old.html")});
  ASSERT_FALSE(failed);
  EXPECT_EQ(found(), (Files{{"old.html", "old"}}));
}

TEST_F(FolderTargetTest, DoesNotTouchFilesThatAreRightAlready) {
  FolderTarget folder = target();
  Manifest site = manifest_of({put("a.html", "1")});
  ASSERT_TRUE(folder.replace(site));
  auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(100);
  fs::last_write_time(out() / "a.html", long_ago);
  ASSERT_TRUE(folder.replace(site));
  EXPECT_EQ(fs::last_write_time(out() / "a.html"), long_ago);
}

TEST_F(FolderTargetTest, TakesTheLongestNames) {
  std::string name(255, 'n');
  ASSERT_TRUE(target().replace(manifest_of({put(name, "long")})));
  EXPECT_EQ(found(), (Files{{name, "long"}}));
}

// Following the differences comes to the same as writing the whole.
TEST_F(FolderTargetTest, StaysInStepOverAnyChanges) {
  std::mt19937 random(20201011);
  static constexpr const char* kPaths[] = {"a", "b", "a/x", "a/y.html", "b/x/z", "b/x/w.css"};
  FolderTarget folder = target();
  Manifest before;
  for (int round = 0; round < 60; ++round) {
    Manifest after;
    std::map<std::string, std::string> expected;
    for (const char* path : kPaths) {
      bool is_blocked = false;  // a file cannot be a folder too
      for (const auto& [other, bytes] : expected) {
        is_blocked |= std::string_view(path).starts_with(other + "/");
      }
      if (is_blocked || random() % 2) continue;
      expected[path] = std::to_string(random() % 3);
      Change change = put(path, expected[path]);
      after = after.with({&change, 1});
    }
    ASSERT_TRUE(folder.apply(changes_between(before, after)));
    ASSERT_EQ(found(), expected) << "round " << round;
    before = after;
  }
}

}  // namespace
}  // namespace stet::publish
