#include "storage/snapshot/git_snapshot.h"

#include <gtest/gtest.h>

#include "storage/snapshot/blob_id.h"
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

TEST(GitSnapshot, FindsReadsAndWalksInByteOrder) {
  TestRepository test;
  CommitId head = test.commit({{"a/b.md", "1"}, {"a.md", "2"}, {"a/c/d", "3"}, {"a0", "4"}});
  SnapshotPtr snapshot = *open_git_snapshot(test.repository(), head);
  auto entry = *snapshot->find(path_of("a/c/d"));
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->blob, blob_id_of("3"));
  EXPECT_EQ(*snapshot->read(entry->blob), "3");
  for (const char* none : {"a", "a/c", "b", "a/b.md/x", "a/x"}) {
    EXPECT_FALSE(snapshot->find(path_of(none))->has_value()) << none;
  }
  EXPECT_EQ(paths_below(*snapshot, ""),
            (std::vector<std::string>{"a.md", "a/b.md", "a/c/d", "a0"}));
  EXPECT_EQ(paths_below(*snapshot, "a/c"), std::vector<std::string>{"a/c/d"});
  EXPECT_TRUE(paths_below(*snapshot, "x").empty());
  EXPECT_TRUE(paths_below(*snapshot, "a.md").empty());
  EXPECT_TRUE(snapshot->problems().empty());
}

TEST(GitSnapshot, StaysAsItWasWhenTheBranchMoves) {
  TestRepository test;
  SnapshotPtr snapshot = *open_git_snapshot(test.repository(), test.commit({{"a", "1"}}));
  test.commit({{"a", "2"}});
  EXPECT_EQ(*snapshot->read((*snapshot->find(path_of("a")))->blob), "1");
}

TEST(GitSnapshot, ListsLinksAndSubmodulesAndFollowsNone) {
  TestRepository test;
  std::string blob = test.blob("#!"), target = test.blob("../../etc/passwd");
  std::string commit(40, '1');
  CommitId head = test.commit_tree({"100755 blob " + blob + "\trun",
                                    "120000 blob " + target + "\tlink",
                                    "160000 commit " + commit + "\tsub"});
  SnapshotPtr snapshot = *open_git_snapshot(test.repository(), head);
  EXPECT_EQ((*snapshot->find(path_of("run")))->kind, EntryKind::kExecutable);
  EXPECT_EQ((*snapshot->find(path_of("link")))->kind, EntryKind::kSymlink);
  EXPECT_EQ((*snapshot->find(path_of("sub")))->kind, EntryKind::kSubmodule);
  EXPECT_EQ((*snapshot->find(path_of("sub")))->blob.hex(), commit);
  EXPECT_EQ(*snapshot->read((*snapshot->find(path_of("link")))->blob), "../../etc/passwd");
  EXPECT_FALSE(snapshot->find(path_of("link/x"))->has_value());
  EXPECT_EQ(paths_below(*snapshot, ""), (std::vector<std::string>{"link", "run", "sub"}));
}

TEST(GitSnapshot, NamesThatAreNoPathsAreLeftOutAndReported) {
  TestRepository test;
  std::string blob = test.blob("x");
  CommitId head = test.commit_tree({"100644 blob " + blob + "\tgood.md",
                                    "100644 blob " + blob +
                                        "\tb\xff"
                                        "d.md",
                                    "100644 blob " + blob + "\ta\\b"});
  SnapshotPtr snapshot = *open_git_snapshot(test.repository(), head);
  EXPECT_EQ(paths_below(*snapshot, ""), std::vector<std::string>{"good.md"});
  Problems problems = snapshot->problems();
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_NE(problems[1].message.find("b\\xffd.md' is not UTF-8"), std::string::npos)
      << problems[1].message;
}

TEST(GitSnapshot, ACommitThatIsNotThereIsNotFound) {
  TestRepository test;
  EXPECT_EQ(open_git_snapshot(test.repository(), CommitId()).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet::storage
