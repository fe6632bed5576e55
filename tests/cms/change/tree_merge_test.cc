#include "cms/change/tree_merge.h"

#include <gtest/gtest.h>

#include "storage/snapshot/git_snapshot.h"
#include "tests/storage/git/test_repository.h"

namespace stet::change {
namespace {

using storage::path_of;
using storage::TestRepository;
using Files = TestRepository::Files;

const std::string kPost = "---\ntitle: One\ndate: 2020-01-01\ntags: [a, b]\n---\nfirst\n\nlast\n";

// A base, and two branches that part from it: ours is `main`, theirs `side`.
class TreeMergeTest : public testing::Test {
 protected:
  void base(const Files& files) {
    base_ = test_.commit(files);
    test_.git({"branch", "side"});
  }
  void ours(const Files& files, const std::vector<std::string>& deleted = {}) {
    test_.commit(files, deleted);
  }
  void theirs(const Files& files, const std::vector<std::string>& deleted = {}) {
    test_.commit(files, deleted, "side");
  }

  TreeMerge merge(const std::string& ours = "main", const std::string& theirs = "side") {
    ours_ = test_.repository().resolve(ours).value();
    auto merged =
        merge_commits(test_.repository(), ours_, test_.repository().resolve(theirs).value());
    EXPECT_TRUE(merged) << merged.error().message;
    if (!merged || !*merged) return {};
    return **std::move(merged);
  }
  // The bytes that a path has after it; "(none)" where there is nothing.
  std::string after(const TreeMerge& merge, const std::string& path) {
    auto files = merge.over(storage::open_git_snapshot(test_.repository(), ours_).value());
    auto entry = files->find(path_of(path)).value();
    return entry ? files->read(entry->blob).value() : "(none)";
  }
  // Every conflict, a line each.
  std::string conflicts() {
    std::string lines;
    for (const FileConflict& conflict : merge().conflicts) lines += conflict.string() + "\n";
    return lines;
  }

  TestRepository test_;
  CommitId base_, ours_;
};

TEST_F(TreeMergeTest, TakesWhatOnlyOneSideChangedAndDoesNotReadIt) {
  base({{"a", "1"}, {"b", "1"}, {"c", "1"}});
  ours({{"a", "2"}});
  theirs({{"b", "2"}, {"new/file", "n"}}, {"c"});
  TreeMerge merged = merge();
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_TRUE(merged.contents.empty());
  ASSERT_EQ(merged.diff.size(), 3u);
  EXPECT_EQ(after(merged, "a"), "2");
  EXPECT_EQ(after(merged, "b"), "2");
  EXPECT_EQ(after(merged, "c"), "(none)");
  EXPECT_EQ(after(merged, "new/file"), "n");
}

TEST_F(TreeMergeTest, MergesAFileThatBothChangedByField) {
  base({{"_posts/2020-01-01-a.md", kPost}});
  ours({{"_posts/2020-01-01-a.md",
         "---\ntitle: Two\ndate: 2020-01-01\ntags: [a, b, c]\n---\nfirst\n\nlast\n"}});
  theirs({{"_posts/2020-01-01-a.md",
           "---\ntitle: One\ndate: 2020-02-02\ntags: [b, d]\n---\nfirst\n\nend\n"}});
  TreeMerge merged = merge();
  ASSERT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(after(merged, "_posts/2020-01-01-a.md"),
            "---\ntitle: Two\ndate: 2020-02-02\ntags: [b, c, d]\n---\nfirst\n\nend\n");
}

TEST_F(TreeMergeTest, DataFilesMergeByKey) {
  base({{"_data/team.yml", "a: {role: x}\nb: 1\n"}});
  ours({{"_data/team.yml", "a: {role: y}\nb: 1\n"}});
  theirs({{"_data/team.yml", "a: {role: x, since: 2020}\nb: 1\n"}});
  TreeMerge merged = merge();
  ASSERT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(after(merged, "_data/team.yml"), "a: {role: y, since: 2020}\nb: 1\n");
}

TEST_F(TreeMergeTest, NamesEachFieldInConflictWithItsThreeValues) {
  base({{"_posts/2020-01-01-a.md", kPost}});
  ours({{"_posts/2020-01-01-a.md",
         "---\ntitle: Two\ndate: 2020-01-01\ntags: [a, b]\n---\nfirst\n\nours\n"}});
  theirs({{"_posts/2020-01-01-a.md",
           "---\ntitle: Three\ndate: 2020-01-01\ntags: [a, b]\n---\nfirst\n\ntheirs\n"}});
  EXPECT_EQ(conflicts(),
            "_posts/2020-01-01-a.md:2: /front_matter/title: it was \"One\", is now \"Two\", and "
            "theirs is \"Three\"\n"
            "_posts/2020-01-01-a.md:8: /body: it was \"last\", is now \"ours\", and theirs is "
            "\"theirs\"\n");
}

TEST_F(TreeMergeTest, WhatCannotBeMergedIsAConflictOfTheFile) {
  struct Case {
    const char* name;
    Files base, ours;
    std::vector<std::string> ours_deleted;
    Files theirs;
    std::vector<std::string> theirs_deleted;
    const char* conflicts;
  };
  const std::string kBytes("a\0b\nc\nd\n", 8), kOther("A\0b\nc\nd\n", 8), kThird("a\0b\nc\nD\n", 8);
  const Case kCases[] = {
      {"modified here, deleted there",
       {{"a", "1"}},
       {{"a", "2"}},
       {},
       {{"x", "x"}},
       {"a"},
       "a: the branch has changed it, and what is merged deletes it\n"},
      {"deleted here, modified there",
       {{"a", "1"}, {"b", ""}},
       {},
       {"a"},
       {{"a", "2"}},
       {},
       "a: the branch has deleted it, and what is merged changes it\n"},
      {"two new files",
       {{"b", ""}},
       {{"a", "1"}},
       {},
       {{"a", "2"}},
       {},
       "a: both sides have made a file of this name, and differently\n"},
      {"bytes that are no text",
       {{"a", kBytes}},
       {{"a", kOther}},
       {},
       {{"a", kThird}},
       {},
       "a: both sides have changed it, and it is no text\n"},
      {"a file where ours has a folder",
       {{"b", ""}},
       {{"a/c", "1"}},
       {},
       {{"a", "2"}},
       {},
       "a: on the branch it is a folder\n"},
      {"a folder where ours has a file",
       {{"b", ""}},
       {{"a", "1"}},
       {},
       {{"a/c/d", "2"}},
       {},
       "a/c/d: on the branch 'a' is a file\n"},
  };
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.name);
    TestRepository test;
    test.commit(one.base);
    test.git({"branch", "side"});
    CommitId ours = test.commit(one.ours, one.ours_deleted);
    CommitId theirs = test.commit(one.theirs, one.theirs_deleted, "side");
    auto merged = merge_commits(test.repository(), ours, theirs);
    ASSERT_TRUE(merged && *merged);
    std::string lines;
    for (const FileConflict& conflict : (*merged)->conflicts) lines += conflict.string() + "\n";
    EXPECT_EQ(lines, one.conflicts);
  }
}

TEST_F(TreeMergeTest, TheSameChangeOnBothSidesIsNone) {
  base({{"a", "1"}, {"b", "1"}});
  ours({{"a", "2"}, {"n", "new"}}, {"b"});
  theirs({{"a", "2"}, {"n", "new"}}, {"b"});
  TreeMerge merged = merge();
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_TRUE(merged.diff.empty());
}

TEST_F(TreeMergeTest, AFolderThatTheirsMadeAFileOfGoesWithAllThatWasInIt) {
  base({{"a/b", "1"}, {"a/c", "1"}, {"keep", ""}});
  ours({{"keep", "2"}});
  theirs({{"a", "file"}}, {"a/b", "a/c"});
  TreeMerge merged = merge();
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(after(merged, "a"), "file");
  EXPECT_EQ(after(merged, "a/b"), "(none)");
}

TEST_F(TreeMergeTest, ModeAndContentMergeApart) {
  base({{"run.sh", "a\n\nb\n"}});
  ours({{"run.sh", "A\n\nb\n"}});
  std::string blob = test_.blob("a\n\nB\n");
  test_.commit_tree({"100755 blob " + blob + "\trun.sh"}, "side");
  TreeMerge merged = merge();
  ASSERT_EQ(merged.diff.size(), 1u);
  EXPECT_EQ(merged.diff[0].after->kind, storage::EntryKind::kExecutable);
  EXPECT_EQ(after(merged, "run.sh"), "A\n\nB\n");
}

TEST_F(TreeMergeTest, ANameThatStetCannotKeepIsAConflictAndNotDropped) {
  base({{"a", "1"}});
  ours({{"a", "2"}});
  std::string blob = test_.blob("1");
  test_.commit_tree({"100644 blob " + blob + "\ta", "100644 blob " + blob + "\tb\\c"}, "side");
  EXPECT_EQ(conflicts(), "b\\c: stet cannot keep a file of such a name: rename it\n");
}

TEST_F(TreeMergeTest, StrangersHaveNothingToMerge) {
  CommitId one = test_.commit({{"a", "1"}});
  CommitId other = test_.commit({{"a", "2"}}, {}, "other");
  auto merged = merge_commits(test_.repository(), one, other);
  ASSERT_TRUE(merged);
  EXPECT_FALSE(*merged);
}

// Both sides merge the other's first commit, and go on: two bases.
class Crosswise : public TreeMergeTest {
 protected:
  void cross(const Files& base_files, const Files& left, const Files& right, const Files& both) {
    base(base_files);
    CommitId a = test_.commit(left);
    CommitId b = test_.commit(right, {}, "side");
    test_.git({"branch", "scratch", a.hex()});
    test_.commit(both, {}, "scratch");
    std::string tree = test_.git({"rev-parse", "scratch^{tree}"});
    tree.resize(40);
    test_.commit_merge(tree, {a, b});
    test_.commit_merge(tree, {b, a}, "side");
  }
};

TEST_F(Crosswise, TheBasesAreMergedFirst) {
  const std::string kLeft = "---\nt: left\nu: 1\n---\n", kRight = "---\nt: 1\nu: right\n---\n";
  const std::string kBoth = "---\nt: left\nu: right\n---\n";
  cross({{"p.md", "---\nt: 1\nu: 1\n---\n"}},
        {{"p.md", kLeft}},
        {{"p.md", kRight}},
        {{"p.md", kBoth}});
  // With one of the two bases alone, t or u would seem to be changed by both.
  ours({{"p.md", "---\nt: ours\nu: right\n---\n"}});
  theirs({{"q.md", "q"}, {"p.md", "---\nt: left\nu: theirs\n---\n"}});
  TreeMerge merged = merge();
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(after(merged, "p.md"), "---\nt: ours\nu: theirs\n---\n");
  EXPECT_EQ(after(merged, "q.md"), "q");
}

TEST_F(Crosswise, WhatWasInDisputeBetweenThemStaysSo) {
  cross({{"p.md", "---\nt: 1\n---\n"}},
        {{"p.md", "---\nt: 2\n---\n"}},
        {{"p.md", "---\nt: 3\n---\n"}},
        {{"p.md", "---\nt: 2\n---\n"}});
  theirs({{"p.md", "---\nt: 4\n---\n"}});
  ours({{"o", "o"}});
  EXPECT_EQ(conflicts(), "p.md: both sides have merged it before, and differently\n");
}

}  // namespace
}  // namespace stet::change
