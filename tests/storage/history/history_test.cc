#include "storage/history/history.h"

#include <gtest/gtest.h>

#include <sstream>

#include "storage/history/last_changed.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

std::vector<std::string> ids(const Result<std::vector<HistoryItem>>& items) {
  std::vector<std::string> all;
  EXPECT_TRUE(items);
  if (!items) return all;
  for (const HistoryItem& item : *items) all.push_back(item.commit.id.hex());
  return all;
}

// Branches that change files, change them back, and are merged, one side of which is thrown away.
struct Woven {
  TestRepository test;
  CommitId base, left, right, merged, head;

  std::string tree(const CommitId& commit) {
    return words(test.git({"rev-parse", commit.hex() + "^{tree}"})).front();
  }

  Woven() {
    test.commit({{"a", "1"}, {"d/b", "1"}, {"d/c", "1"}, {"gone", "1"}});
    base = test.commit({{"a", "2"}});
    test.git({"branch", "side"});
    left = test.commit({{"d/b", "2"}, {"l", "1"}});
    test.commit({{"a", "3"}}, {"gone"}, "side");
    test.commit({{"d/b", "side"}}, {}, "side");
    right = test.commit({{"d/b", "1"}, {"r", "1"}}, {}, "side");
    // Left's d/b, right's a: what a merge would make, and r with a content of its own.
    test.git({"read-tree", tree(right)});
    std::string blob = words(test.git({"rev-parse", left.hex() + ":d/b"})).front();
    std::string l = words(test.git({"rev-parse", left.hex() + ":l"})).front();
    test.git({"update-index", "--add", "--cacheinfo", "100644," + blob + ",d/b"});
    test.git({"update-index", "--add", "--cacheinfo", "100644," + l + ",l"});
    test.git({"update-index", "--add", "--cacheinfo", "100644," + test.blob("evil") + ",r"});
    std::string merged_tree = words(test.git({"write-tree"})).front();
    merged = test.commit_merge(merged_tree, {left, right});
    head = test.commit({{"d/c", "2"}});
  }
};

TEST(History, IsWhatGitLogSays) {
  Woven woven;
  for (const char* path : {"a", "d/b", "d/c", "d", "gone", "l", "r", "never", "a/x"}) {
    auto expected = words(woven.test.git({"log", "--format=%H", woven.head.hex(), "--", path}));
    EXPECT_EQ(ids(history(woven.test.repository(), woven.head, path_of(path), 100)), expected)
        << path;
  }
}

TEST(History, SaysWhatTheFileWasAfterEachChange) {
  TestRepository test;
  test.commit({{"a", "1"}, {"b", "1"}});
  test.commit({{"b", "2"}}, {"a"});
  CommitId head = test.commit({{"a", "1"}});
  auto items = history(test.repository(), head, path_of("a"), 10);
  ASSERT_EQ(items->size(), 3u);
  EXPECT_TRUE((*items)[0].blob);
  EXPECT_FALSE((*items)[1].blob);
  EXPECT_EQ((*items)[2].blob, (*items)[0].blob);
}

TEST(History, ComesInPages) {
  TestRepository test;
  CommitId head;
  for (int i = 0; i < 7; ++i) head = test.commit({{"a", std::to_string(i)}});
  auto all = ids(history(test.repository(), head, path_of("a"), 100));
  ASSERT_EQ(all.size(), 7u);
  std::vector<std::string> paged;
  std::optional<CommitId> after;
  for (;;) {
    auto page = history(test.repository(), head, path_of("a"), 3, after);
    ASSERT_TRUE(page);
    if (page->empty()) break;
    for (const std::string& id : ids(page)) paged.push_back(id);
    after = page->back().commit.id;
  }
  EXPECT_EQ(paged, all);
  EXPECT_EQ(history(test.repository(), head, path_of("b"), 3, head).error().code,
            ErrorCode::kNotFound);
}

TEST(Steps, AreTheBranchsOwnLineInPages) {
  Woven woven;
  auto expected =
      words(woven.test.git({"log", "--first-parent", "--format=%H", woven.head.hex()}));
  std::vector<std::string> paged;
  std::optional<CommitId> after;
  for (;;) {
    auto page = steps(woven.test.repository(), woven.head, 2, after);
    ASSERT_TRUE(page);
    if (page->empty()) break;
    for (const CommitRecord& step : *page) paged.push_back(step.id.hex());
    after = page->back().id;
  }
  EXPECT_EQ(paged, expected);
  EXPECT_FALSE(steps(woven.test.repository(), woven.head, 2, CommitId()));
}

void expect_git_agrees(TestRepository& test, const CommitId& head, const LastChanged& index) {
  auto paths = words(test.git({"ls-tree", "-r", "--name-only", head.hex()}));
  EXPECT_EQ(index.size(), paths.size());
  for (const std::string& path : paths) {
    const LastChange* change = index.find(path_of(path));
    ASSERT_TRUE(change) << path;
    auto expected = words(test.git({"log", "-1", "--format=%H %ct", head.hex(), "--", path}));
    EXPECT_EQ(change->commit.hex(), expected[0]) << path;
    EXPECT_EQ(std::to_string(change->when.seconds), expected[1]) << path;
  }
}

TEST(LastChanged, IsTheNewestCommitThatGitLogNames) {
  Woven woven;
  auto index = LastChanged::build(woven.test.repository(), woven.head);
  ASSERT_TRUE(index) << index.error().message;
  expect_git_agrees(woven.test, woven.head, *index);
}

TEST(LastChanged, GrownByAnyStepIsAsBuiltFromNothing) {
  Woven woven;
  auto all = words(woven.test.git({"rev-list", "main"}));
  ASSERT_EQ(all.size(), 8u);
  for (const std::string& from_hex : all) {
    CommitId from = *CommitId::parse(from_hex);
    auto before = LastChanged::build(woven.test.repository(), from);
    ASSERT_TRUE(before);
    for (const std::string& to_hex : all) {
      CommitId to = *CommitId::parse(to_hex);
      auto grown = before->advance(woven.test.repository(), from, to);
      ASSERT_TRUE(grown) << grown.error().message;
      expect_git_agrees(woven.test, to, *grown);
    }
  }
}

// A commit with a hundred million paths, and one that takes them away again.
TEST(LastChanged, IsFoundThroughACommitWithMorePathsThanCanBeListed) {
  TestRepository test;
  CommitId base = test.commit({{"a", "1"}, {"b", "1"}});
  CommitId before = test.commit({{"a", "2"}});
  auto tree_of = [&](const std::string& lines) {
    return test.git({"mktree"}, lines).substr(0, 40);
  };
  std::string a = test.blob("2"), b = test.blob("1");
  std::string tree = tree_of("100644 blob " + b + "\tf\n");
  for (int depth = 0; depth < 8; ++depth) {
    std::string lines;
    for (char name = '0'; name <= '9'; ++name) lines += "040000 tree " + tree + "\t" + name + "\n";
    tree = tree_of(lines);
  }
  std::string files = "100644 blob " + a + "\ta\n100644 blob " + b + "\tb\n";
  CommitId bomb = test.commit_merge(tree_of(files + "040000 tree " + tree + "\tx\n"), {before});
  CommitId gone = test.commit_merge(tree_of(files), {bomb});
  auto built = LastChanged::build(test.repository(), gone);
  ASSERT_TRUE(built);
  EXPECT_EQ(built->find(path_of("a"))->commit, before);
  EXPECT_EQ(built->find(path_of("b"))->commit, base);
  auto first = LastChanged::build(test.repository(), before);
  ASSERT_TRUE(first);
  auto grown = first->advance(test.repository(), before, gone);
  ASSERT_TRUE(grown);
  EXPECT_EQ(grown->size(), 2u);
  EXPECT_EQ(grown->find(path_of("a"))->commit, before);
}

}  // namespace
}  // namespace stet::storage
