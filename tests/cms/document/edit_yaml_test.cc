#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

std::string edited(std::string_view bytes, std::string_view data, bool is_whole) {
  auto out = edit_yaml(bytes, "_data/a.yml", yaml(data), is_whole);
  return out ? *out : "refused: " + out.error().message;
}

TEST(EditYaml, PatchesAFileOfYaml) {
  EXPECT_EQ(edited("# conf\ntitle: A\n\nurl: x\n", "{title: B, new: 1}", false),
            "# conf\ntitle: B\n\nurl: x\nnew: 1\n");
  EXPECT_EQ(edited("a: 1\nb: 2", "{b: ~}", false), "a: 1");
  EXPECT_EQ(edited("a: 1\nb: 2", "{c: 3}", false), "a: 1\nb: 2\nc: 3");
  EXPECT_EQ(edited("a: 1\nb: 2\n", "{a: ~}", false), "b: 2\n");
  EXPECT_EQ(edited("\xef\xbb\xbf"
                   "a: 1\n",
                   "{b: 2}",
                   false),
            "\xef\xbb\xbf"
            "a: 1\nb: 2\n");
  EXPECT_EQ(edited("", "{b: 2}", false), "b: 2\n");
  EXPECT_EQ(edited("# c", "{b: 2}", false), "# c\nb: 2");
  EXPECT_EQ(edited("---\na: 1\n", "{b: 2}", false), "---\na: 1\nb: 2\n");
  EXPECT_EQ(edited("a: 1\n", "{a: ~}", false), "");
}

TEST(EditYaml, ReplacesAsAWholeWhatDiffers) {
  EXPECT_EQ(edited("- a # x\n- b\n", "[a, c]", true), "- a # x\n- c\n");
  EXPECT_EQ(edited("a: 1\n", "[a, c]", true), "- a\n- c\n");
  EXPECT_EQ(
      edited("- name: A\n  age: 1\n- name: B\n", "[{name: A, age: 2}, {name: B}, {name: C}]", true),
      "- name: A\n  age: 2\n- name: B\n- name: C\n");
}

TEST(EditYaml, RefusesToEditWhatIsBroken) {
  EXPECT_THAT(edited("a: b: c\n", "{a: 1}", false), testing::HasSubstr("_data/a.yml:1:5: YAML:"));
}

TEST(EditYaml, WritesNewFiles) {
  EXPECT_EQ(*write_yaml(yaml("{a: [1, {b: c}], d: {}}")), "a:\n  - 1\n  - b: c\nd: {}\n");
  EXPECT_EQ(*write_yaml(yaml("[[1, 2], x]")), "- - 1\n  - 2\n- x\n");
  EXPECT_EQ(*write_yaml(Data::Map()), "");
}

}  // namespace
}  // namespace stet::document
