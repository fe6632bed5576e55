#include "storage/snapshot/folder_snapshot.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "storage/snapshot/blob_id.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

class FolderSnapshot : public testing::Test {
 protected:
  void write(const std::string& path, const std::string& bytes) {
    fs::create_directories((root() / path).parent_path());
    std::ofstream(root() / path, std::ios::binary) << bytes;
  }
  const fs::path& root() const { return folder_.path(); }

  std::vector<std::string> paths(const FolderOptions& options = {}, std::string_view below = "") {
    auto snapshot = open_folder_snapshot(root(), options);
    std::vector<std::string> found;
    EXPECT_TRUE(snapshot);
    EXPECT_TRUE((*snapshot)->walk(below, [&](const SnapshotEntry& entry) {
      found.push_back(entry.path.string() + (entry.kind == EntryKind::kSymlink ? "@" : ""));
      return Status();
    }));
    return found;
  }

  TemporaryFolder folder_;
};

TEST_F(FolderSnapshot, ListsFilesInByteOrderWithGitsIds) {
  write("a/b.md", "1");
  write("a.md", "2");
  write(".git/config", "x");
  write("a/.git", "x");
  fs::create_directories(root() / "empty");
  EXPECT_EQ(paths(), (std::vector<std::string>{"a.md", "a/b.md"}));
  EXPECT_EQ(paths({}, "a"), std::vector<std::string>{"a/b.md"});
  auto snapshot = *open_folder_snapshot(root());
  auto entry = *snapshot->find(path_of("a/b.md"));
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->blob, blob_id_of("1"));
  EXPECT_EQ(*snapshot->read(entry->blob), "1");
  EXPECT_TRUE(snapshot->problems().empty());
}

TEST_F(FolderSnapshot, FilesThatAreNeverInMemoryAsAWholeHaveGitsIdsAndModesToo) {
  const std::string large(5 << 20, 'x');
  write("large.bin", large);
  write("program", "x");
  for (const char* name : {"large.bin", "program"}) ::chmod((root() / name).c_str(), 0755);
  auto snapshot = *open_folder_snapshot(root());
  auto entry = *snapshot->find(path_of("large.bin"));
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->blob, blob_id_of(large));
  EXPECT_EQ(entry->kind, EntryKind::kExecutable);
  EXPECT_EQ((*snapshot->find(path_of("program")))->kind, EntryKind::kExecutable);
}

TEST_F(FolderSnapshot, AContentThatChangedSinceIsAConflict) {
  const std::string large(100'000, 'x');
  write("a.md", "1");
  write("large.md", large);
  auto snapshot = *open_folder_snapshot(root());
  write("a.md", "2");
  write("large.md", "2");
  EXPECT_EQ(*snapshot->read(blob_id_of("1")), "1");  // as it was listed
  EXPECT_EQ(snapshot->read(blob_id_of("1")).error().code, ErrorCode::kConflict);
  EXPECT_EQ(snapshot->read(blob_id_of(large)).error().code, ErrorCode::kConflict);
}

TEST_F(FolderSnapshot, ManyReadersListWhatOneLists) {
  for (int i = 0; i < 20; ++i)
    write("a" + std::to_string(i % 7) + "/" + std::to_string(i), "x" + std::to_string(i / 2));
  FolderOptions backwards;
  backwards.for_all = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    while (count > 0) work(--count);
  };
  auto one = *open_folder_snapshot(root());
  auto many = *open_folder_snapshot(root(), backwards);
  std::vector<std::string> seen[2];
  for (int i : {0, 1}) {
    ASSERT_TRUE((i == 0 ? one : many)->walk("", [&](const SnapshotEntry& entry) -> Status {
      seen[i].push_back(entry.path.string() + " " + entry.blob.hex());
      return {};
    }));
  }
  EXPECT_EQ(seen[0].size(), 20u);
  EXPECT_EQ(seen[0], seen[1]);
}

TEST_F(FolderSnapshot, FollowsLinksInsideTheRootAlone) {
  write("real/a.md", "1");
  fs::create_symlink("real", root() / "alias");
  fs::create_symlink("real/a.md", root() / "b.md");
  fs::create_symlink("/etc/passwd", root() / "outside");
  fs::create_symlink("nowhere", root() / "dangling");
  EXPECT_EQ(paths(),
            (std::vector<std::string>{"alias/a.md", "b.md", "dangling@", "outside@", "real/a.md"}));
  auto snapshot = *open_folder_snapshot(root());
  EXPECT_EQ(*snapshot->read((*snapshot->find(path_of("outside")))->blob), "/etc/passwd");
}

TEST_F(FolderSnapshot, LinksInACircleEnd) {
  write("a/x.md", "1");
  write("b/y.md", "1");
  fs::create_symlink("..", root() / "a" / "up");
  fs::create_symlink("../b", root() / "a" / "b");
  fs::create_symlink("../a", root() / "b" / "a");
  fs::create_symlink("self", root() / "self");
  EXPECT_EQ(paths(),
            (std::vector<std::string>{"a/b/a@",
                                      "a/b/y.md",
                                      "a/up@",
                                      "a/x.md",
                                      "b/a/b@",
                                      "b/a/up@",
                                      "b/a/x.md",
                                      "b/y.md",
                                      "self@"}));
}

TEST_F(FolderSnapshot, SkipsFoldersAndKeepsItsLimits) {
  write("_site/index.html", "1");
  write("a.md", "1");
  write("d/e/f.md", "1");
  EXPECT_EQ(paths({.skipped_folders = {"_site"}}), (std::vector<std::string>{"a.md", "d/e/f.md"}));
  FolderOptions few;
  few.files_max = 2;
  EXPECT_EQ(open_folder_snapshot(root(), few).error().code, ErrorCode::kInvalidInput);
  FolderOptions flat;
  flat.depth_max = 1;
  EXPECT_EQ((*open_folder_snapshot(root(), flat))->problems().size(), 1u);
}

TEST_F(FolderSnapshot, OddNamesAndPipesAreProblems) {
  write("good.md", "1");
  write(
      "b\xff"
      "d.md",
      "1");
  ASSERT_EQ(::mkfifo((root() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(paths(), std::vector<std::string>{"good.md"});
  Problems problems = (*open_folder_snapshot(root()))->problems();
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[1].path, "pipe");
}

TEST_F(FolderSnapshot, WhatIsNoFolderIsRefused) {
  write("file", "1");
  EXPECT_EQ(open_folder_snapshot(root() / "none").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(open_folder_snapshot(root() / "file").error().code, ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace stet::storage
