#include "cms/document/marked.h"

#include <gtest/gtest.h>

namespace stet::document {
namespace {

struct Case {
  const char* name;
  std::string path, base, ours, theirs, marked;
  std::size_t conflicts;
};

TEST(MarkedMerge, MarksOnlyWhatConflicts) {
  const Case kCases[] = {
      {"nothing does",
       "a.md",
       "---\nt: 1\nu: 1\n---\nx\n",
       "---\nt: 2\nu: 1\n---\nx\n",
       "---\nt: 1\nu: 2\n---\ny\n",
       "---\nt: 2\nu: 2\n---\ny\n",
       0},
      {"one field beside others that merge",
       "a.md",
       "---\na: 1\nt: 1\nu: 1\n---\nx\n",
       "---\na: 2\nt: 2\nu: 1\n---\nx\n",
       "---\na: 1\nt: 3\nu: 2\n---\ny\n",
       "---\na: 2\n<<<<<<< ours\nt: 2\n||||||| base\nt: 1\n=======\nt: 3\n>>>>>>> theirs\nu: "
       "2\n---\ny\n",
       1},
      {"a line of the body",
       "a.md",
       "---\nt: 1\n---\none\n\ntwo\n",
       "---\nt: 2\n---\nONE\n\ntwo\n",
       "---\nt: 1\n---\nEINS\n\nTWO\n",
       "---\nt: 2\n---\n<<<<<<< ours\nONE\n||||||| base\none\n=======\nEINS\n>>>>>>> "
       "theirs\n\nTWO\n",
       1},
      {"a field that one side takes away",
       "a.md",
       "---\nu: 1\nt: 1\n---\n",
       "---\nu: 1\n---\n",
       "---\nu: 1\nt: 2\n---\n",
       "---\nu: 1\n<<<<<<< ours\n||||||| base\nt: 1\n=======\nt: 2\n>>>>>>> theirs\n---\n",
       1},
      {"a data file",
       "_data/a.yml",
       "a: 1\nb: 1\nc: 1\n",
       "a: 2\nb: 1\nc: 2\n",
       "a: 1\nb: 2\nc: 3\n",
       "a: 2\nb: 2\n<<<<<<< ours\nc: 2\n||||||| base\nc: 1\n=======\nc: 3\n>>>>>>> theirs\n",
       1},
      {"text without fields",
       "a.txt",
       "x\n",
       "y\n",
       "z\n",
       "<<<<<<< ours\ny\n||||||| base\nx\n=======\nz\n>>>>>>> theirs\n",
       1},
      {"no line end at the end",
       "a.txt",
       "x",
       "y",
       "z",
       "<<<<<<< ours\ny\n||||||| base\nx\n=======\nz\n>>>>>>> theirs\n",
       1},
      {"lines that end in CRLF",
       "a.txt",
       "x\r\n",
       "y\r\n",
       "z\r\n",
       "<<<<<<< ours\r\ny\r\n||||||| base\r\nx\r\n=======\r\nz\r\n>>>>>>> theirs\r\n",
       1},
  };
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.name);
    MarkedMerge merged = merge_marked(one.base, one.ours, one.theirs, one.path);
    EXPECT_EQ(merged.bytes, one.marked);
    EXPECT_EQ(merged.conflicts.size(), one.conflicts);
  }
}

// A list whose items are no scalars is one value, though its lines would merge.
TEST(MarkedMerge, AConflictIsMarkedThoughTheLinesWouldMerge) {
  const std::string kBase = "---\nl:\n  - {a: 1}\n  - {b: 1}\n  - {c: 1}\n---\n";
  std::string ours = kBase, theirs = kBase;
  ours.replace(ours.find("a: 1"), 4, "a: 2");
  theirs.replace(theirs.find("c: 1"), 4, "c: 2");
  MarkedMerge merged = merge_marked(kBase, ours, theirs, "a.md");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.bytes,
            "---\nl:\n"
            "<<<<<<< ours\n  - {a: 2}\n||||||| base\n  - {a: 1}\n=======\n  - {a: 1}\n>>>>>>> "
            "theirs\n  - {b: 1}\n"
            "<<<<<<< ours\n  - {c: 1}\n||||||| base\n  - {c: 1}\n=======\n  - {c: 2}\n>>>>>>> "
            "theirs\n---\n");
}

TEST(MarkedMerge, FrontMatterThatIsBrokenIsMergedAsLines) {
  const std::string kBase = "---\nt: [1\nu: 1\n---\nx\n";
  std::string ours = kBase, theirs = kBase;
  ours.replace(ours.find("u: 1"), 4, "u: 2");
  theirs.replace(theirs.find("u: 1"), 4, "u: 3");
  MarkedMerge merged = merge_marked(kBase, ours, theirs, "a.md");
  EXPECT_EQ(merged.bytes,
            "---\nt: [1\n<<<<<<< ours\nu: 2\n||||||| base\nu: 1\n=======\nu: 3\n>>>>>>> "
            "theirs\n---\nx\n");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].pointer, "");
}

TEST(MarkedMerge, MarkersAreAsLongAsGitWantsThem) {
  MarkedMerge merged = merge_marked("x\n", "y\n", "z\n", "a.txt", 10);
  EXPECT_TRUE(merged.bytes.starts_with("<<<<<<<<<< ours\n")) << merged.bytes;
}

}  // namespace
}  // namespace stet::document
