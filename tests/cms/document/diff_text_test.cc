#include "cms/document/diff_text.h"

#include <gtest/gtest.h>

namespace stet::document {
namespace {

TEST(UnifiedDiff, LooksAsGitsDoes) {
  EXPECT_EQ(unified_diff("a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a/a.md\n+++ b/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, EqualTextsHaveNone) { EXPECT_EQ(unified_diff("a", "x\n", "x\n"), ""); }

TEST(UnifiedDiff, SaysThatTheLastLineHasNoEnd) {
  EXPECT_EQ(unified_diff("a", "x", "x\n"),
            "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

TEST(UnifiedDiff, EmptyTextsHaveRangesAtZero) {
  EXPECT_EQ(unified_diff("a", "", "x\n"), "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n");
  EXPECT_EQ(unified_diff("a", "x\ny\n", ""), "--- a/a\n+++ b/a\n@@ -1,2 +0,0 @@\n-x\n-y\n");
}

TEST(UnifiedDiff, DistantChangesAreHunksOfTheirOwn) {
  std::string before, after;
  for (int i = 0; i < 20; ++i) {
    before += std::to_string(i) + "\n";
    after += i == 2 || i == 17 ? "x\n" : std::to_string(i) + "\n";
  }
  EXPECT_EQ(unified_diff("a", before, after),
            "--- a/a\n+++ b/a\n@@ -1,6 +1,6 @@\n 0\n 1\n-2\n+x\n 3\n 4\n 5\n"
            "@@ -15,6 +15,6 @@\n 14\n 15\n 16\n-17\n+x\n 18\n 19\n");
}

TEST(DiffLines, RepeatedLinesFindAShortestWay) {
  auto before = split_lines("a\nb\nc\na\nb\nb\na\n"), after = split_lines("c\nb\na\nb\na\nc\n");
  std::size_t changes = 0;
  for (const Hunk& hunk : diff_lines(before, after)) {
    changes += hunk.before_end - hunk.before_begin + hunk.after_end - hunk.after_begin;
  }
  EXPECT_EQ(changes, 5u);
}

TEST(DiffLines, WhollyDifferentLongTextsAreOneChange) {
  std::string before, after;
  for (int i = 0; i < 20000; ++i) {
    before += i % 2 ? "a\n" : "b\n";
    after += i % 3 ? "c\n" : "d\n";
  }
  auto hunks = diff_lines(split_lines(before), split_lines(after));
  EXPECT_EQ(hunks, (std::vector<Hunk>{{0, 20000, 0, 20000}}));
}

}  // namespace
}  // namespace stet::document
