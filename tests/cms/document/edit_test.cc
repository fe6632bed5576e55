#include "cms/document/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Case {
  const char *before, *patch, *after;  // the lines between the `---`
};

void expect_patches(std::initializer_list<Case> cases) {
  for (const auto& one : cases) {
    std::string before = "---\n" + std::string(one.before) + "---\nBody.\n";
    EXPECT_EQ(patched(before, one.patch), "---\n" + std::string(one.after) + "---\nBody.\n")
        << "patch: " << one.patch;
  }
}

TEST(Edit, KeepsTheStyleOfQuotes) {
  expect_patches({
      {"title: \"A\"\n", "title: B", "title: \"B\"\n"},
      {"title: 'A'\n", "title: it's", "title: 'it''s'\n"},
      {"title: A\n", "title: B", "title: B\n"},
      {"title: 'A'\n", "title: \"a\\tb\\x01\"", "title: \"a\\tb\\x01\"\n"},
      {"title: \"A\"\n", "title: 'say \"hi\" \\o/'", "title: \"say \\\"hi\\\" \\\\o/\"\n"},
      {"title: \"A\"\n", "title: 5", "title: 5\n"},
      {"title: \"A\"\n", "title: \"two\\nlines\"", "title: \"two\\nlines\"\n"},
  });
}

TEST(Edit, WritesPlainOnlyWhatReadsBackTheSame) {
  expect_patches({
      {"a: x\n", "a: 'yes'", "a: \"yes\"\n"},
      {"a: x\n", "a: '12'", "a: \"12\"\n"},
      {"a: x\n", "a: '1:30'", "a: \"1:30\"\n"},
      {"a: x\n", "a: 'b: c'", "a: \"b: c\"\n"},
      {"a: x\n", "a: 'b #c'", "a: \"b #c\"\n"},
      {"a: x\n", "a: ''", "a: \"\"\n"},
      {"a: x\n", "a: '- b'", "a: \"- b\"\n"},
      {"a: x\n", "a: '2020-01-02'", "a: \"2020-01-02\"\n"},
      {"a: x\n", "a: '123456789012345678901234567890'", "a: \"123456789012345678901234567890\"\n"},
      {"a: x\n", "a: http://b/c", "a: http://b/c\n"},
      {"a: x\n", "a: ' b '", "a: \" b \"\n"},
      {"a: x\n", "a: true", "a: true\n"},
      {"a: x\n", "a: 2.5", "a: 2.5\n"},
      {"a: x\n", "a: .inf", "a: .inf\n"},
      {"a: x\n", "a: 3.0", "a: 3.0\n"},
  });
}

TEST(Edit, LeavesAllOtherBytesAlone) {
  expect_patches({
      {"# top\ntitle:   A   # the title\n\nb : 1\n",
       "title: B",
       "# top\ntitle:   B   # the title\n\nb : 1\n"},
      {"a: 1\nb:\n    c: 2 # c\n    d: 3\n", "b: {d: 4}", "a: 1\nb:\n    c: 2 # c\n    d: 4\n"},
      {"h: {a: 1,   b: 'x' }\n", "h: {b: y}", "h: {a: 1,   b: 'y' }\n"},
      {"a:\nb: 1\n", "a: x", "a: x\nb: 1\n"},
      {"a: # c\nb: 1\n", "a: x", "a: x # c\nb: 1\n"},
      {"é: ü\nb: 1 # ñ\n", "{b: 2}", "é: ü\nb: 2 # ñ\n"},
      {"a: one\n  two\nb: 1\n", "a: x", "a: x\nb: 1\n"},
      {"\"a\": 1\n", "a: 2", "\"a\": 2\n"},
  });
}

TEST(Edit, KeepsTheMannerOfDatesAndTimes) {
  expect_patches({
      {"d: 2020-01-01\n", "d: 2021-12-31", "d: 2021-12-31\n"},
      {"d: 2020-01-01T10:00:00-05:00\n",
       "d: 2020-01-02T10:00:00-05:00",
       "d: 2020-01-02T10:00:00-05:00\n"},
      {"d: 2020-01-01 10:00:00 +0200\n",
       "d: 2020-01-01 11:00:00 +0200",
       "d: 2020-01-01 11:00:00 +0200\n"},
      {"d: 2020-01-01 10:00:00\n", "d: 2020-01-01T11:00:00Z", "d: 2020-01-01 11:00:00\n"},
      {"d: 2020-01-01 10:00:00\n",
       "d: 2020-01-01T11:00:00+01:00",
       "d: 2020-01-01 11:00:00+01:00\n"},
      {"d: 2020-01-01T10:00:00Z\n", "d: 2020-01-01T10:00:00.25Z", "d: 2020-01-01T10:00:00.25Z\n"},
      {"d: x\n", "d: 2020-01-01T10:00:00+01:30", "d: 2020-01-01T10:00:00+01:30\n"},
      {"d: 2020-01-01\n", "d: 2020-01-01T10:00:00Z", "d: 2020-01-01T10:00:00+00:00\n"},
  });
}

TEST(Edit, AddsKeysAtTheEndInTheMannerOfTheirSiblings) {
  expect_patches({
      {"a: 1\n", "b: 2", "a: 1\nb: 2\n"},
      {"a: 1 # one\n\n", "b: 2", "a: 1 # one\nb: 2\n\n"},
      {"title:     A\npermalink: /a/\n", "x: 1", "title:     A\npermalink: /a/\nx:         1\n"},
      {"title     : A\npermalink : /a/\n",
       "x: 1",
       "title     : A\npermalink : /a/\nx         : 1\n"},
      {"a:\n    b: 1\n", "a: {c: 2}", "a:\n    b: 1\n    c: 2\n"},
      {"a:\n  b: 1\nz: 1\n", "{a: {c: 2}, y: 2}", "a:\n  b: 1\n  c: 2\nz: 1\ny: 2\n"},
      {"a:\n  b: 1\n", "{a: {c: 2}, y: 2}", "a:\n  b: 1\n  c: 2\ny: 2\n"},
      {"h: {a: 1}\n", "h: {b: 2}", "h: {a: 1, b: 2}\n"},
      {"h: {\n  a: 1,\n  b: 2\n}\n", "h: {c: 3}", "h: {\n  a: 1,\n  b: 2,\n  c: 3\n}\n"},
      {"a: 1\n", "b: {c: [x, {d: 1, e: 2}]}", "a: 1\nb:\n  c:\n    - x\n    - d: 1\n      e: 2\n"},
      {"t:\n- x\n", "u: [y]", "t:\n- x\nu:\n- y\n"},
      {"a: |\n  x\n\n", "b: 2", "a: |\n  x\nb: 2\n\n"},
      {"", "b: 2", "b: 2\n"},
      {"# only\n", "b: 2", "# only\nb: 2\n"},
      {"a: 1\n", "{'yes': 1, 'b c': 2, '': 3}", "a: 1\n\"yes\": 1\nb c: 2\n\"\": 3\n"},
  });
}

TEST(Edit, RemovesTheLinesOfAKeyAndNoOther) {
  expect_patches({
      {"a: 1\n# of b\nb: 2 # two\n\nc: 3\n", "b: ~", "a: 1\n# of b\n\nc: 3\n"},
      {"a: 1\nb:\n  - x\n  - y\nc: 3\n", "b: ~", "a: 1\nc: 3\n"},
      {"a: 1\nb: 2\n", "a: ~", "b: 2\n"},
      {"a: 1\n", "a: ~", ""},
      {"a: 1\nb: 2\n", "{b: ~, c: 3}", "a: 1\nc: 3\n"},
      {"a: 1\na: 2\nb: 1\n", "a: ~", "b: 1\n"},
      {"h: {a: 1, b: 2, c: 3}\n", "h: {b: ~}", "h: {a: 1, c: 3}\n"},
      {"h: {a: 1, b: 2, c: 3}\n", "h: {b: ~, c: ~}", "h: {a: 1}\n"},
      {"h: {a: 1, b: 2}\n", "h: {a: ~}", "h: {b: 2}\n"},
      {"h:\n  a: 1\nb: 1\n", "h: {a: ~}", "h: {}\nb: 1\n"},
      {"l:\n  - a: 1\n    b: 2\n", "l: [{b: 2}]", "l:\n  - b: 2\n"},
  });
}

TEST(Edit, ChangesKindsInPlace) {
  expect_patches({
      {"a: 1 # c\nb: 2\n", "a: [x, y]", "a: # c\n  - x\n  - y\nb: 2\n"},
      {"a:\n  - x\n  - y\nb: 2\n", "a: 1", "a: 1\nb: 2\n"},
      {"a: # c\n  x: 1\nb: 2\n", "a: 1", "a: 1 # c\nb: 2\n"},
      {"a: [x]\n", "a: {b: 1}", "a: {b: 1}\n"},
      {"a: x\n", "a: []", "a: []\n"},
      {"a: {}\n", "a: {b: 1}", "a: {b: 1}\n"},
      {"a:   x\n", "a: {b: 1}", "a:\n  b: 1\n"},
  });
}

TEST(Edit, BlockScalarsStayBlockScalars) {
  expect_patches({
      {"a: |\n  x\n  y\nb: 1\n", "a: \"p\\nq\\n\"", "a: |\n  p\n  q\nb: 1\n"},
      {"a: |\n    x\nb: 1\n", "a: \"p\"", "a: |-\n    p\nb: 1\n"},
      {"a: |- # note\n  x\n\n\nb: 1\n", "a: \"p\\n\"", "a: | # note\n  p\n\n\nb: 1\n"},
      {"a: >\n  x\n  y\nb: 1\n", "a: \"p q\\nr\\n\"", "a: >\n  p q\n\n  r\nb: 1\n"},
      {"a: >\n  x\nb: 1\n", "a: \"p\\n  q\\n\"", "a: |\n  p\n    q\nb: 1\n"},
      {"a: |+\n  x\n\nb: 1\n", "a: \"p\\n\\n\\n\"", "a: |+\n  p\n\n\nb: 1\n"},
      {"a: |\n  x\nb: 1\n", "a: 5", "a: 5\nb: 1\n"},
      {"a: |\n  x\nb: 1\n", "a: \"  p\\n\"", "a: \"  p\\n\"\nb: 1\n"},
      {"a: x # c\nb: 1\n", "a: \"p\\nq\\n\"", "a: | # c\n  p\n  q\nb: 1\n"},
      {"a: x\nb: 1\n", "a: \"p\\n\\nq\"", "a: |-\n  p\n\n  q\nb: 1\n"},
  });
}

TEST(Edit, SettingWhatIsThereChangesNoByte) {
  for (const char* bytes :
       {"---\r\ntitle:  'A'\r\n---\r\n\r\nx", "---\na: yes\n---", "plain\n", "---\n---\n"}) {
    EXPECT_EQ(patched(bytes, parse_document(bytes, "").front_matter.find("a") ? "{a: true}" : "{}"),
              bytes);
    Edit edit;
    edit.front_matter = parse_document(bytes, "").front_matter;
    edit.body = std::string(parse_document(bytes, "").body(bytes));
    EXPECT_EQ(*apply_edit(bytes, "a.md", edit), bytes);
  }
}

TEST(Edit, KeepsCrlfByteOrderMarkAndAMissingLastNewline) {
  EXPECT_EQ(patched("\xef\xbb\xbf---\r\na: 1\r\n---\r\nx", "{a: 2, b: [c]}"),
            "\xef\xbb\xbf---\r\na: 2\r\nb:\r\n  - c\r\n---\r\nx");
  EXPECT_EQ(patched("---\r\na: |\r\n  x\r\n---\r\n", "a: \"p\\nq\\n\""),
            "---\r\na: |\r\n  p\r\n  q\r\n---\r\n");
  EXPECT_EQ(patched("---\na: 1\n---", "a: 2"), "---\na: 2\n---");
}

TEST(Edit, AWholeNewFrontMatterEditsOnlyWhatDiffers) {
  EXPECT_EQ(replaced("---\na: 'x' # c\nb: 2\nc: 3\n---\ny\n", "{c: 4, a: x, d: ~}"),
            "---\na: 'x' # c\nc: 4\nd: null\n---\ny\n");
  EXPECT_EQ(replaced("---\na: 1\nb: 2\n---\ny\n", "{}"), "---\n---\ny\n");
}

TEST(Edit, FrontMatterIsAddedWhereThereIsNone) {
  EXPECT_EQ(patched("Text\n", "a: 1"), "---\na: 1\n---\nText\n");
  EXPECT_EQ(patched("\xef\xbb\xbfText\r\n", "a: 1"), "\xef\xbb\xbf---\r\na: 1\r\n---\r\nText\r\n");
  EXPECT_EQ(patched("", "a: 1"), "---\na: 1\n---\n");
}

TEST(Edit, ReplacesTheBodyAndNothingElse) {
  EXPECT_EQ(with_body("---\na: 1\n---\n\n\nold\n", "new"), "---\na: 1\n---\n\n\nnew");
  EXPECT_EQ(with_body("---\na: 1\n---", "new\n"), "---\na: 1\n---\nnew\n");
  EXPECT_EQ(with_body("---\r\na: 1\r\n---", "new"), "---\r\na: 1\r\n---\r\nnew");
  EXPECT_EQ(with_body("---\na: 1\n---\nold\n", "\n\nnew\n"), "---\na: 1\n---\nnew\n");
  EXPECT_EQ(with_body("---\na: 1\n---\nold\n", ""), "---\na: 1\n---\n");
  EXPECT_EQ(with_body("old", "new"), "new");
  EXPECT_THAT(with_body("old", "---\na: 1\n---\n"), StartsWith("refused: the body starts like"));
}

TEST(Edit, BrokenFrontMatterIsRefusedAndItsBodyEdited) {
  std::string_view broken = "---\na: b: c\n---\nx\n";
  EXPECT_THAT(patched(broken, "a: 1"), HasSubstr("a.md:2:5: YAML: there is a second"));
  EXPECT_EQ(with_body(broken, "y\n"), "---\na: b: c\n---\ny\n");
  EXPECT_THAT(patched("---\na: 1\n", "a: 2"), HasSubstr("never ends"));
}

TEST(Edit, RefusesWhatYamlCannotHold) {
  Edit edit;
  edit.front_matter_patch = Data(Data::Map{{"a", "x\xff"}});
  EXPECT_THAT(apply_edit("---\n---\n", "a.md", edit).error().message, HasSubstr("not UTF-8"));
  edit.front_matter_patch = Data(Data::Map{{"<<", 1}});
  EXPECT_THAT(apply_edit("---\n---\n", "a.md", edit).error().message, HasSubstr("cannot be a key"));
  edit.front_matter_patch = Data("text");
  EXPECT_EQ(apply_edit("---\n---\n", "a.md", edit).error().code, ErrorCode::kInvalidInput);
  // libyaml reads 1024 characters as a key, quotes among them, and what is longer as text.
  edit.front_matter_patch = Data(Data::Map{{std::string(1023, 'k'), 1}});
  EXPECT_EQ(apply_edit("---\n---\n", "a.md", edit).error().code, ErrorCode::kInvalidInput);
  edit.front_matter_patch = Data(Data::Map{{std::string(1022, 'k'), 1}});
  EXPECT_TRUE(apply_edit("---\n---\n", "a.md", edit));
  std::string umlauts;
  for (int i = 0; i < 1022; ++i) umlauts += "\xc3\xa4";
  edit.front_matter_patch = Data(Data::Map{{umlauts, 1}});
  EXPECT_TRUE(apply_edit("---\n---\n", "a.md", edit));
  edit.front_matter_patch = Data(Data::Map{{std::string(300, '\x01'), 1}});
  EXPECT_EQ(apply_edit("---\n---\n", "a.md", edit).error().code, ErrorCode::kInvalidInput);
  Data deep = 1;
  for (int i = 0; i < 70; ++i) deep = Data::List{deep};
  edit.front_matter_patch = Data(Data::Map{{"a", deep}});
  EXPECT_THAT(apply_edit("---\n---\n", "a.md", edit).error().message, HasSubstr("nested"));
}

TEST(Edit, WritesNewDocuments) {
  EXPECT_EQ(*write_document(yaml("{title: 'A: b', tags: [x, y], e: [], n: ~}"), "\nHi\n"),
            "---\ntitle: \"A: b\"\ntags:\n  - x\n  - y\ne: []\nn: null\n---\n\nHi\n");
  EXPECT_EQ(*write_document(Data::Map(), ""), "---\n---\n");
}

}  // namespace
}  // namespace stet::document
