#include "storage/snapshot/memory_snapshot.h"

#include <gtest/gtest.h>

#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/grafted_snapshot.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

std::vector<std::string> paths_below(const Snapshot& snapshot, std::string_view folder) {
  std::vector<std::string> paths;
  EXPECT_TRUE(snapshot.walk(folder, [&](const SnapshotEntry& entry) {
    paths.push_back(entry.path.string());
    return Status();
  }));
  return paths;
}

TEST(BlobId, IsGitsOwn) {
  EXPECT_EQ(blob_id_of("").hex(), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  EXPECT_EQ(blob_id_of("hello\n").hex(), "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST(MemorySnapshot, FindsReadsAndWalks) {
  SnapshotPtr snapshot = *make_memory_snapshot(
      std::map<std::string, std::string>{{"a/b.md", "1"}, {"a.md", "2"}, {"a/c/d", "3"}});
  EXPECT_EQ(*snapshot->read((*snapshot->find(path_of("a/b.md")))->blob), "1");
  EXPECT_FALSE(snapshot->find(path_of("a"))->has_value());
  EXPECT_EQ(paths_below(*snapshot, ""), (std::vector<std::string>{"a.md", "a/b.md", "a/c/d"}));
  EXPECT_EQ(paths_below(*snapshot, "a"), (std::vector<std::string>{"a/b.md", "a/c/d"}));
  EXPECT_TRUE(paths_below(*snapshot, "b").empty());
  EXPECT_EQ(snapshot->read(blob_id_of("x")).error().code, ErrorCode::kNotFound);
}

TEST(GraftedSnapshot, HasSomePathsOfAnother) {
  using Texts = std::map<std::string, std::string>;
  SnapshotPtr base = *make_memory_snapshot(Texts{{"a", "1"}, {"f/x", "2"}, {"g", "3"}, {"z", "4"}});
  SnapshotPtr graft =
      *make_memory_snapshot(Texts{{"a", "5"}, {"f/w", "6"}, {"f/y", "7"}, {"z", "8"}});
  SnapshotPtr grafted =
      make_grafted_snapshot(base, graft, {path_of("f"), path_of("g"), path_of("z")});
  EXPECT_EQ(paths_below(*grafted, ""), (std::vector<std::string>{"a", "f/w", "f/y", "z"}));
  EXPECT_EQ(paths_below(*grafted, "f"), (std::vector<std::string>{"f/w", "f/y"}));
  EXPECT_FALSE(grafted->find(path_of("f/x"))->has_value());
  EXPECT_FALSE(grafted->find(path_of("g"))->has_value());
  EXPECT_EQ(*grafted->read((*grafted->find(path_of("a")))->blob), "1");
  EXPECT_EQ(*grafted->read((*grafted->find(path_of("z")))->blob), "8");
}

TEST(MemorySnapshot, RefusesPathsThatAreNone) {
  auto made = make_memory_snapshot(std::map<std::string, std::string>{{"../a", "1"}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kInvalidInput);
}

TEST(MemorySnapshot, AnErrorOfTheVisitorEndsTheWalk) {
  SnapshotPtr snapshot =
      *make_memory_snapshot(std::map<std::string, std::string>{{"a", "1"}, {"b", "2"}});
  int visits = 0;
  Status walked = snapshot->walk("", [&](const SnapshotEntry&) -> Status {
    ++visits;
    return not_found("enough");
  });
  EXPECT_EQ(walked.error().message, "enough");
  EXPECT_EQ(visits, 1);
}

}  // namespace
}  // namespace stet::storage
