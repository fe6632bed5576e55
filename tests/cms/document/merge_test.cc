#include "cms/document/merge.h"

#include <gtest/gtest.h>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

const char kBase[] =
    "---\ntitle: A\ntags: [x, y]\nh:\n  a: 1\n  b: 2\n---\n\none\n\ntwo\n\nthree\n";

std::string replace_in(std::string text, std::string_view old, std::string_view fresh) {
  auto at = text.find(old);
  EXPECT_NE(at, text.npos) << old;
  return text.replace(at, old.size(), fresh);
}

TEST(Merge, FieldsOfBothSidesComeTogether) {
  std::string ours = replace_in(kBase, "title: A", "title: B # mine");
  std::string theirs = replace_in(kBase, "b: 2", "b: 3");
  Merged merged = merge(kBase, ours, theirs, "a.md");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, replace_in(ours, "b: 2", "b: 3"));
  EXPECT_EQ(merge(kBase, theirs, ours, "a.md").bytes, merged.bytes);
}

TEST(Merge, FieldsOnOneLineComeTogetherToo) {
  std::string base = "---\nh: {a: 1, b: 2}\n---\n";
  Merged merged = merge(base, "---\nh: {a: 5, b: 2}\n---\n", "---\nh: {a: 1, b: 6}\n---\n", "a.md");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, "---\nh: {a: 5, b: 6}\n---\n");
}

TEST(Merge, ListsOfScalarsMergeAsSets) {
  Merged merged = merge(kBase,
                        replace_in(kBase, "[x, y]", "[x, y, mine]"),
                        replace_in(kBase, "[x, y]", "[y, theirs]"),
                        "a.md");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, replace_in(kBase, "[x, y]", "[y, mine, theirs]"));
}

TEST(Merge, AListKeepsTheOrderOfTheSideThatChangedIt) {
  struct Case {
    const char *base, *ours, *theirs, *merged;
  };
  const Case kCases[] = {
      {"[x, y]", "[x, y, mine]", "[y, x]", "[y, x, mine]"},
      {"[x, y]", "[y, x]", "[x, y, theirs]", "[y, x, theirs]"},
      {"[x, y]", "[y, x, mine]", "[y, x, theirs]", "[y, x, mine, theirs]"},
      {"[x, y, z]", "[x, z]", "[z, y, x]", "[z, x]"},
  };
  for (const Case& one : kCases) {
    auto with = [&](const char* list) { return replace_in(kBase, "[x, y]", list); };
    Merged merged = merge(with(one.base), with(one.ours), with(one.theirs), "a.md");
    EXPECT_TRUE(merged.conflicts.empty()) << one.ours;
    EXPECT_EQ(merged.bytes, with(one.merged));
  }
  Merged both =
      merge("l: [x, y, z]\n", "l: [y, x, z, n]\n", "l: [z, x, y]\n", "_data/two_orders.yml");
  ASSERT_EQ(both.conflicts.size(), 1u);
  EXPECT_EQ(both.conflicts[0].pointer, "/l");
  EXPECT_EQ(both.bytes, "l: [y, x, z, n]\n");
}

TEST(Merge, BodiesMergeByLines) {
  std::string ours = replace_in(kBase, "one", "ONE");
  std::string theirs = replace_in(replace_in(kBase, "three", "THREE"), "title: A", "title: T");
  Merged merged = merge(kBase, ours, theirs, "a.md");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, replace_in(theirs, "one", "ONE"));
}

TEST(Merge, AConflictNamesTheFieldAndKeepsOurs) {
  Merged merged = merge(kBase,
                        replace_in(kBase, "a: 1", "a: 7"),
                        replace_in(replace_in(kBase, "a: 1", "a: 8"), "two", "TWO"),
                        "a.md");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].pointer, "/front_matter/h/a");
  EXPECT_EQ(merged.conflicts[0].base, Data(1));
  EXPECT_EQ(merged.conflicts[0].ours, Data(7));
  EXPECT_EQ(merged.conflicts[0].theirs, Data(8));
  EXPECT_EQ(merged.bytes, replace_in(replace_in(kBase, "a: 1", "a: 7"), "two", "TWO"));
}

TEST(Merge, EditAgainstDeletionIsAConflict) {
  Merged merged = merge(kBase,
                        replace_in(kBase, "title: A\n", ""),
                        replace_in(kBase, "title: A", "title: B"),
                        "a.md");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].pointer, "/front_matter/title");
  EXPECT_FALSE(merged.conflicts[0].ours);
  EXPECT_EQ(merged.bytes, replace_in(kBase, "title: A\n", ""));
}

TEST(Merge, BodyConflictsNameTheirLines) {
  Merged merged =
      merge(kBase, replace_in(kBase, "two", "2"), replace_in(kBase, "two", "II"), "a.md");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].pointer, "/body");
  EXPECT_EQ(merged.conflicts[0].line, 3);
  EXPECT_EQ(merged.conflicts[0].base, Data("two\n"));
  EXPECT_EQ(merged.conflicts[0].ours, Data("2\n"));
  EXPECT_EQ(merged.conflicts[0].theirs, Data("II\n"));
}

TEST(Merge, CommentsOfBothSidesStay) {
  std::string ours = replace_in(kBase, "title: A", "# mine\ntitle: B");
  std::string theirs = replace_in(kBase, "  a: 1", "  # theirs\n  a: 1");
  Merged merged = merge(kBase, ours, theirs, "a.md");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, replace_in(ours, "  a: 1", "  # theirs\n  a: 1"));
}

TEST(Merge, ACommentBesideALineThatTheOtherSideChangedStays) {
  std::string ours = replace_in(kBase, "title: A", "title: B");
  for (const char* lines : {"# above\ntitle: A\n", "title: A\n# below\n"}) {
    std::string theirs = replace_in(kBase, "title: A\n", lines);
    Merged merged = merge(kBase, ours, theirs, "a.md");
    EXPECT_TRUE(merged.conflicts.empty()) << lines;
    EXPECT_EQ(merged.bytes, replace_in(theirs, "title: A", "title: B"));
    EXPECT_EQ(merge(kBase, theirs, ours, "a.md").bytes, merged.bytes);
  }
  Merged yaml = merge("a: 1\nb: 2\n", "a: 3\nb: 2\n", "a: 1\n# why\nb: 2\n", "_data/x.yml");
  EXPECT_EQ(yaml.bytes, "a: 3\n# why\nb: 2\n");
}

TEST(Merge, ACommentOnTheLineOfAValueThatTheOtherSideChangesStays) {
  struct Case {
    const char *base, *ours, *theirs, *merged, *turned;
  };
  const Case kCases[] = {
      {"a: 1\n", "a: 2\n", "a: 1 # why\n", "a: 2 # why\n", "a: 2 # why\n"},
      {"a: 1\n", "a: 2 # o\n", "a: 1 # t\n", "# t\na: 2 # o\n", "# o\na: 2 # t\n"},
      {"a: 1 # old\n", "a: 2 # old\n", "a: 1 # new\n", "a: 2 # new\n", "a: 2 # new\n"},
      {"a: 1 # old\n", "a: 2 # old\n", "a: 1\n", "a: 2 # old\n", "a: 2\n"},
      {"l: [x] # l\n",
       "l: [x, o] # l\n",
       "l: [x, t] # L\n",
       "l: [x, o, t] # L\n",
       "l: [x, t, o] # L\n"},
      {"h:\n  a: 1\n  b: 1\n",
       "h:\n  a: 2\n  b: 1\n",
       "h: # h\n  a: 1 # a\n  # b\n  b: 1\n",
       "h: # h\n  a: 2 # a\n  # b\n  b: 1\n",
       "h: # h\n  a: 2 # a\n  # b\n  b: 1\n"},
      {"a: 'x # y'\n",
       "a: 'z # y'\n",
       "a: 'x # y' # end\n",
       "a: 'z # y' # end\n",
       "a: 'z # y' # end\n"},
      {"a: 1\n", "a: 2\n", "a: 1 # b\n# last\n", "a: 2 # b\n# last\n", "a: 2 # b\n# last\n"},
      {"a: 1\r\n", "a: 2\r\n", "# c\r\na: 1 # b\r\n", "# c\r\na: 2 # b\r\n", "# c\r\na: 2 # b\r\n"},
      {"a: 1\nb: 1\n", "a: 2\n", "a: 1 # a\nb: 1 # b\n", "a: 2 # a\n", "a: 2 # a\n"},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(merge(one.base, one.ours, one.theirs, "_data/x.yml").bytes, one.merged);
    EXPECT_EQ(merge(one.base, one.theirs, one.ours, "_data/x.yml").bytes, one.turned) << "turned";
    auto page = [](const char* head) { return "---\n" + std::string(head) + "---\nbody\n"; };
    EXPECT_EQ(merge(page(one.base), page(one.ours), page(one.theirs), "a.md").bytes,
              page(one.merged));
  }
}

TEST(Merge, WhereFieldsConflictCommentsOfBothSidesStay) {
  Merged merged = merge("a: 1\nb: 1\n", "a: 2 # o\nb: 1\n", "# t\na: 3\nb: 1 # u\n", "_data/x.yml");
  EXPECT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.bytes, "# t\na: 2 # o\nb: 1 # u\n");
}

TEST(Merge, FieldsThatBothAddAtOnePlaceKeepTheirComments) {
  std::string ours = replace_in(kBase, "h:\n", "mine: 1 # ours\nh:\n");
  std::string theirs = replace_in(kBase, "h:\n", "other: 2 # theirs\nh:\n");
  Merged merged = merge(kBase, ours, theirs, "a.md");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, replace_in(kBase, "h:\n", "mine: 1 # ours\nother: 2 # theirs\nh:\n"));
}

TEST(Merge, LinesOfABodyThatTouchAreStillAConflict) {
  EXPECT_EQ(merge("one\ntwo\n", "ONE\ntwo\n", "one\nTWO\n", "a.txt").conflicts.size(), 1u);
}

TEST(Merge, BrokenFrontMatterIsOneConflictWhereBothChangedIt) {
  std::string ours = replace_in(kBase, "title: A", "title: A: b");
  std::string theirs = replace_in(kBase, "title: A", "title: C");
  Merged merged = merge(kBase, ours, theirs, "a.md");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].pointer, "");
  EXPECT_EQ(merged.bytes, ours);
  // The body of a broken file still merges.
  std::string body = replace_in(ours, "one", "ONE");
  EXPECT_EQ(merge(ours, body, replace_in(ours, "three", "3"), "a.md").bytes,
            replace_in(body, "three", "3"));
}

TEST(Merge, BytesThatAreNoTextAreOneConflictOfTheWholeFile) {
  std::string base = "\x89PNG\n1\n\n\n2\n", ours = "\x89PNG\nI\n\n\n2\n";
  std::string theirs = "\x89PNG\n1\n\n\nII\n";
  Merged merged = merge(base, ours, theirs, "a.png");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].pointer, "");
  EXPECT_FALSE(merged.conflicts[0].ours) << "it cannot be shown";
  EXPECT_EQ(merged.bytes, ours);
  EXPECT_EQ(merge(base, base, theirs, "a.png").bytes, theirs);
}

TEST(Merge, YamlFilesMergeThroughout) {
  Merged merged = merge("a: 1\nb: 2\n", "a: 1\nb: 3\n", "a: 0\nb: 2\n", "_data/x.yml");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, "a: 0\nb: 3\n");
  Merged both = merge("a: 1\n", "a: 2\n", "a: 3\n", "_data/x.yml");
  ASSERT_EQ(both.conflicts.size(), 1u);
  EXPECT_EQ(both.conflicts[0].pointer, "/a");
}

TEST(Merge, BothMayAddTheSame) {
  std::string added = replace_in(kBase, "title: A", "title: A\nnew: 1");
  EXPECT_EQ(merge(kBase, added, added, "a.md").bytes, added);
  Merged merged = merge(kBase, added, replace_in(kBase, "  b: 2\n", "  b: 2\nnew: 1\n"), "a.md");
  EXPECT_TRUE(merged.conflicts.empty());
  EXPECT_EQ(merged.bytes, added);
}

TEST(Merge, JsonFilesMergeByKeyAndStayJson) {
  struct Case {
    const char *base, *ours, *theirs, *merged;
  };
  const Case kCases[] = {
      {"{\n  \"a\": 1\n}\n",
       "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
       "{\n  \"a\": 1,\n  \"c\": \"x\"\n}\n",
       "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": \"x\"\n}\n"},
      {"{\"a\": 1, \"b\": 2}",
       "{\"a\": 3, \"b\": 2}",
       "{\"a\": 1, \"b\": \"two\"}",
       "{\"a\": 3, \"b\": \"two\"}"},
      {"{\"a\": [\"x\"], \"b\": 2}",
       "{\"a\": [\"x\", \"y\"], \"b\": 2}",
       "{\"a\": [\"x\"], \"b\": {\"c\": null, \"d\": [true]}}",
       "{\"a\": [\"x\", \"y\"], \"b\": {\"c\": null, \"d\": [true]}}"},
  };
  for (const Case& one : kCases) {
    Merged merged = merge(one.base, one.ours, one.theirs, "_data/a.json");
    EXPECT_TRUE(merged.conflicts.empty()) << one.ours;
    EXPECT_EQ(merged.bytes, one.merged);
  }
  Merged merged = merge("{\"a\": 1}", "{\"a\": 2}", "{\"a\": 3}", "_data/a.json");
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].pointer, "/a");
}

TEST(Merge, ATemplateOfJsonMergesAsADocument) {
  const std::string kBase =
      "---\nlayout: none\n---\n[{% for p in site.posts %}1{% endfor %}]\n\nx\n";
  std::string ours = replace_in(kBase, "none", "null"), theirs = replace_in(kBase, "\nx", "\ny");
  EXPECT_EQ(merge(kBase, ours, theirs, "search.json").bytes, replace_in(ours, "\nx", "\ny"));
}

}  // namespace
}  // namespace stet::document
