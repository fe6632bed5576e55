#include "storage/diff/diff.h"

#include <gtest/gtest.h>

#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/git_snapshot.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

// "+a/b -c *d" of a diff.
std::string brief(const Diff& diff) {
  std::string text;
  for (const FileChange& change : diff) {
    text += text.empty() ? "" : " ";
    text += !change.before ? '+' : !change.after ? '-' : '*';
    text += change.path.string();
  }
  return text;
}

// Both ways to compare must say the same.
std::string check(const TestRepository& test, const CommitId& from, const CommitId& to) {
  auto by_trees = compare(test.repository(), from, to);
  auto by_walk = compare(**open_git_snapshot(test.repository(), from),
                         **open_git_snapshot(test.repository(), to));
  EXPECT_TRUE(by_trees && by_walk);
  EXPECT_EQ(*by_trees, *by_walk);
  return brief(*by_trees);
}

TEST(Diff, SaysWhatCameWentAndChangedByPath) {
  TestRepository test;
  CommitId one = test.commit({{"a/b/c", "1"}, {"a/d", "1"}, {"e", "1"}, {"same/f", "1"}});
  CommitId two = test.commit({{"a/b/c", "2"}, {"a/b/x", "1"}, {"z", "1"}}, {"a/d"});
  EXPECT_EQ(check(test, one, two), "*a/b/c +a/b/x -a/d +z");
  EXPECT_EQ(check(test, two, one), "*a/b/c -a/b/x +a/d -z");
  EXPECT_EQ(check(test, one, one), "");
  auto all = compare(test.repository(), std::nullopt, one);
  EXPECT_EQ(brief(*all), "+a/b/c +a/d +e +same/f");
  EXPECT_EQ((*all)[0].after, (FileState{blob_id_of("1"), EntryKind::kFile}));
}

TEST(Diff, BelowSomePathsIsOfTheseAlone) {
  TestRepository test;
  CommitId one = test.commit({{"a/b", "1"}, {"a/c/d", "1"}, {"ab", "1"}, {"e/f", "1"}});
  CommitId two = test.commit({{"a/c/d", "2"}, {"a/c/x", "1"}, {"ab", "2"}, {"e/f", "2"}}, {"a/b"});
  auto below = [&](const std::optional<CommitId>& from, const std::vector<std::string>& names) {
    std::vector<RepoPath> paths;
    for (const std::string& name : names) paths.push_back(path_of(name));
    return brief(*compare_below(test.repository(), from, two, paths));
  };
  EXPECT_EQ(below(one, {"a"}), "-a/b *a/c/d +a/c/x");
  EXPECT_EQ(below(one, {"a/c/d", "e/f", "none"}), "*a/c/d *e/f");
  EXPECT_EQ(below(one, {}), "");
  EXPECT_EQ(below(std::nullopt, {"a/c", "ab"}), "+a/c/d +a/c/x +ab");
}

TEST(Diff, AFileThatBecomesAFolderGoesAndTheFolderComes) {
  TestRepository test;
  CommitId one = test.commit({{"a", "1"}, {"a.b", "1"}});
  CommitId two = test.commit({{"a/x", "1"}}, {"a"});
  EXPECT_EQ(check(test, one, two), "-a +a/x");
  EXPECT_EQ(check(test, two, one), "+a -a/x");
}

TEST(Diff, AModeIsAChangeAndOddNamesAreNot) {
  TestRepository test;
  std::string blob = test.blob("x"), other = test.blob("y");
  CommitId one =
      test.commit_tree({"100644 blob " + blob + "\trun", "100644 blob " + blob + "\t\xff"});
  CommitId two =
      test.commit_tree({"100755 blob " + blob + "\trun", "100644 blob " + other + "\t\xff"});
  EXPECT_EQ(check(test, one, two), "*run");
}

// Eight folders, each ten times in the next: a hundred million paths in a kilobyte.
CommitId bomb(TestRepository& test, const std::string& innermost) {
  std::string tree = innermost;
  for (int depth = 0; depth < 8; ++depth) {
    std::string lines;
    for (char name = '0'; name <= '9'; ++name) {
      lines += "040000 tree " + tree + "\t" + name + "\n";
    }
    tree = test.git({"mktree"}, lines).substr(0, 40);
  }
  return test.commit_tree({"040000 tree " + tree + "\tx"});
}

TEST(Diff, OfMorePathsThanThereAreObjectsEnds) {
  TestRepository test;
  CommitId one = test.commit({{"a", "1"}});
  std::string file = "100644 blob " + test.blob("x") + "\tf\n";
  CommitId files = bomb(test, test.git({"mktree"}, file).substr(0, 40));
  CommitId odd =
      bomb(test, test.git({"mktree"}, "100644 blob " + test.blob("x") + "\ta\\b\n").substr(0, 40));
  CommitId folders = bomb(test, test.git({"mktree"}, "").substr(0, 40));
  for (const CommitId& commit : {files, odd, folders}) {
    std::vector<std::string> left_out;
    auto diff = compare(
        test.repository(), one, commit, left_out, {.changes_max = 1000, .entries_max = 10'000});
    ASSERT_FALSE(diff);
    EXPECT_EQ(diff.error().code, ErrorCode::kInvalidInput);
  }
  // What is as large as the limit is compared.
  std::vector<std::string> left_out;
  CommitId two = test.commit({{"b", "1"}, {"c", "1"}}, {}, "other");
  EXPECT_EQ(compare(test.repository(), std::nullopt, two, left_out, {.changes_max = 2})->size(),
            2u);
}

TEST(Diff, OfACommitThatIsNotThereIsNotFound) {
  TestRepository test;
  CommitId head = test.commit({{"a", "1"}});
  EXPECT_EQ(compare(test.repository(), CommitId(), head).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet::storage
