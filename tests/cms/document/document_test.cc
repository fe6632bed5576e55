#include "cms/document/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

using testing::HasSubstr;

struct Split {
  const char* bytes;
  bool has_front_matter;
  const char* body;
  int body_line;
};

TEST(Document, FindsFrontMatterByJekyllsExpression) {
  const Split kCases[] = {
      {"---\na: 1\n---\nx\n", true, "x\n", 4},
      {"---\na: 1\n---\n\n\nx\n", true, "x\n", 6},
      {"---\na: 1\n---\n\n  x\n", true, "  x\n", 5},
      {"---\na: 1\n---", true, "", 3},
      {"---\na: 1\n---\n \n", true, "", 5},
      {"---\na: 1\n...\nx", true, "x", 4},
      {"---\n---\nx", true, "x", 3},
      {"--- \t\na: 1\n---  \nx", true, "x", 4},
      {"---\r\na: 1\r\n---\r\nx\r\n", true, "x\r\n", 4},
      {"\xef\xbb\xbf---\na: 1\n---\nx", true, "x", 4},
      {"---\na: 1\n----\n", false, "---\na: 1\n----\n", 1},
      {"---\na: 1\n", false, "---\na: 1\n", 1},
      {"--- x\n---\n", false, "--- x\n---\n", 1},
      {"\n---\na: 1\n---\n", false, "\n---\na: 1\n---\n", 1},
      {"\xef\xbb\xbfx", false, "x", 1},
      {"", false, "", 1},
      {"---", false, "---", 1},
  };
  for (const auto& one : kCases) {
    Document document = parse_document(one.bytes, "a.md");
    EXPECT_EQ(document.has_front_matter, one.has_front_matter) << one.bytes;
    EXPECT_EQ(document.body(one.bytes), one.body) << one.bytes;
    EXPECT_EQ(document.body_line, one.body_line) << one.bytes;
  }
}

TEST(Document, ReadsWhatItsFrontMatterMeans) {
  Document document = parse_document("---\ntitle: A\ndate: 2020-01-02\n---\n", "a.md");
  EXPECT_EQ(document.front_matter, yaml("{title: A, date: 2020-01-02}"));
  EXPECT_TRUE(document.problems.empty());
  EXPECT_EQ(parse_document("---\n# nothing\n---\n", "a.md").front_matter, Data(Data::Map()));
}

TEST(Document, BrokenFrontMatterLeavesTheBodyAndAProblem) {
  std::string_view bytes = "---\na: b\ntitle: x: y\n---\nbody\n";
  Document document = parse_document(bytes, "a.md");
  EXPECT_TRUE(document.is_broken);
  EXPECT_EQ(document.front_matter, Data(Data::Map()));
  EXPECT_EQ(document.body(bytes), "body\n");
  EXPECT_THAT(first_of(document.problems), HasSubstr("3:9: YAML:"));
  Document list = parse_document("---\n- a\n---\n", "a.md");
  EXPECT_TRUE(list.is_broken);
  EXPECT_THAT(first_of(list.problems), HasSubstr("2:1: front matter is keys with values"));
}

TEST(Document, SaysThatFrontMatterIsNotClosed) {
  Document document = parse_document("---\na: 1\n", "a.md");
  EXPECT_TRUE(document.has_opening_line);
  EXPECT_FALSE(document.is_broken);
  EXPECT_THAT(first_of(document.problems), HasSubstr("1:1: front matter starts here"));
}

TEST(Document, BytesThatAreNotUtf8AreAProblem) {
  EXPECT_TRUE(parse_document("---\na: \xff\n---\n", "a.md").is_broken);
  Document body = parse_document("---\na: 1\n---\nx\xffy\n", "a.md");
  EXPECT_FALSE(body.is_broken);
  EXPECT_THAT(first_of(body.problems), HasSubstr("4:2: a byte here is not UTF-8"));
  EXPECT_TRUE(parse_document("\x89PNG\xff", "a.png").problems.empty());
}

TEST(Document, NamesThePositionOfAField) {
  std::string_view bytes =
      "---\ntitle: A\ntags:\n  - x\n  - \xc3\xa9\nh: {a/b: 1, m~n: 2}\ntitle: B\n---\n\nbody\n";
  struct Case {
    const char* pointer;
    int line, column;
  };
  const Case kCases[] = {
      {"", 1, 1},
      {"/front_matter", 2, 1},
      {"/front_matter/title", 7, 8},
      {"/front_matter/tags", 4, 3},
      {"/front_matter/tags/1", 5, 5},
      {"/front_matter/h/a~1b", 6, 10},
      {"/front_matter/h/m~0n", 6, 18},
      {"/body", 10, 1},
  };
  for (const auto& one : kCases) {
    auto position = position_of(bytes, one.pointer);
    ASSERT_TRUE(position) << one.pointer;
    EXPECT_EQ(position->line, one.line) << one.pointer;
    EXPECT_EQ(position->column, one.column) << one.pointer;
  }
  for (const char* pointer : {"/front_matter/none",
                              "/front_matter/tags/9",
                              "/front_matter/tags/x",
                              "title",
                              "/other",
                              "/front_matter/title/x"}) {
    EXPECT_FALSE(position_of(bytes, pointer)) << pointer;
  }
}

}  // namespace
}  // namespace stet::document
