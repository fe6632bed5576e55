#include <gtest/gtest.h>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

struct Case {
  const char *before, *patch, *after;
};

void expect_patches(std::initializer_list<Case> cases) {
  for (const auto& one : cases) {
    std::string before = "---\n" + std::string(one.before) + "---\n";
    EXPECT_EQ(patched(before, one.patch), "---\n" + std::string(one.after) + "---\n")
        << "patch: " << one.patch;
  }
}

TEST(EditList, AnItemIsALine) {
  expect_patches({
      {"t:\n  - a\n  - b\nz: 1\n", "t: [a, b, c]", "t:\n  - a\n  - b\n  - c\nz: 1\n"},
      {"t:\n- a # x\n- b\n", "t: [a, n, b]", "t:\n- a # x\n- n\n- b\n"},
      {"t:\n  - a\n  - b\n", "t: [n, a, b]", "t:\n  - n\n  - a\n  - b\n"},
      {"t:\n  - a\n  # of b\n  - b\n  - c\n", "t: [a, c]", "t:\n  - a\n  # of b\n  - c\n"},
      {"t:\n  - a\n  - b\n", "t: [b]", "t:\n  - b\n"},
      {"t:\n  - a\n  - b\n", "t: [a]", "t:\n  - a\n"},
      {"t:\n  - a\n  - b\n", "t: []", "t: []\n"},
      {"t:\n  - 'a'\n  - 'b'\n", "t: [a, c, d]", "t:\n  - 'a'\n  - 'c'\n  - 'd'\n"},
      {"t:\n  -   a\n  -   b\n", "t: [a, x]", "t:\n  -   a\n  -   x\n"},
      {"t:\n  -\n  - b\n", "t: [x, b]", "t:\n  - x\n  - b\n"},
  });
}

TEST(EditList, FlowStaysFlow) {
  expect_patches({
      {"t: [a, b]\n", "t: [a, b, c]", "t: [a, b, c]\n"},
      {"t: [a,b,c] # x\n", "t: [a, c]", "t: [a,c] # x\n"},
      {"t: [ a, b ]\n", "t: [b]", "t: [ b ]\n"},
      {"t: [a, b, c]\n", "t: [a]", "t: [a]\n"},
      {"t: ['a', b]\n", "t: [x, b]", "t: ['x', b]\n"},
      {"t: [a]\n", "t: ['b, c']", "t: [\"b, c\"]\n"},
      {"t: []\n", "t: [a]", "t: [a]\n"},
      {"t: [\n  a,\n  b,\n]\n", "t: [a, b, c]", "t: [\n  a,\n  b,\n  c,\n]\n"},
      {"t: [[a], {b: 1}]\n", "t: [[a, c], {b: 2}]", "t: [[a, c], {b: 2}]\n"},
  });
}

TEST(EditList, AStringOfTagsStaysAString) {
  expect_patches({{"tags: a b\n", "tags: a b c", "tags: a b c\n"}});
}

TEST(EditList, MapsInListsAreEditedByField) {
  expect_patches({
      {"f:\n    -\n      i: a.jpg\n      t: \"T\"\n",
       "f: [{i: a.jpg, t: U}]",
       "f:\n    -\n      i: a.jpg\n      t: \"U\"\n"},
      {"f:\n    -\n      i: a.jpg\n",
       "f: [{i: a.jpg}, {i: b.jpg, t: x}]",
       "f:\n    -\n      i: a.jpg\n    -\n      i: b.jpg\n      t: x\n"},
      {"f:\n  - i: a\n    t: 1\n  - i: b\n",
       "f: [{i: b}, {i: c, t: 2}]",
       "f:\n  - i: b\n  - i: c\n    t: 2\n"},
      {"f:\n  - i: a\n    t: 1\n", "f: [{i: z, t: 1, u: 3}]", "f:\n  - i: z\n    t: 1\n    u: 3\n"},
      {"f:\n  - - a\n    - b\n", "f: [[a, c, d]]", "f:\n  - - a\n    - c\n    - d\n"},
      {"f:\n  - - a\n    - b\n", "f: [[x, a, b]]", "f:\n  - - x\n    - a\n    - b\n"},
  });
}

TEST(EditList, BlockScalarsInListsKeepTheirPlace) {
  expect_patches({
      {"t:\n  - |\n    a\n  - b\n", "t: [\"c\\nd\\n\", b]", "t:\n  - |\n    c\n    d\n  - b\n"},
      {"t:\n  - a\n", "t: [a, \"c\\nd\\n\"]", "t:\n  - a\n  - |\n    c\n    d\n"},
  });
}

}  // namespace
}  // namespace stet::document
