// Anchors, aliases, merge keys, tags, explicit keys, keys given twice: the corners of YAML.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

using testing::HasSubstr;

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

TEST(EditOdd, AnEditedAliasIsWrittenOutAtItsPlace) {
  expect_patches({
      {"a: &x v\nb: *x\n", "b: w", "a: &x v\nb: w\n"},
      {"a: &x {p: 1}\nb: *x # c\n", "b: {q: 2}", "a: &x {p: 1}\nb: # c\n  p: 1\n  q: 2\n"},
      {"a: &x v\nb: [*x, *x]\n", "b: [v, w]", "a: &x v\nb: [*x, w]\n"},
  });
}

TEST(EditOdd, AnEditedAnchorLeavesItsOtherUsersAsTheyWere) {
  expect_patches({
      {"a: &x v\nb: *x\nc: *x\n", "a: w", "a: &x w\nb: v\nc: v\n"},
      {"a: &x\n  p: 1\n  q: 2\nb: *x\n",
       "a: {p: 3}",
       "a: &x\n  p: 3\n  q: 2\nb:\n  p: 1\n  q: 2\n"},
      {"a: &x v\nl:\n  - *x\n  - y\n", "a: w", "a: &x w\nl:\n  - v\n  - y\n"},
      {"a: &x v\nb: *x\n", "a: ~", "b: v\n"},
      {"a: &x {p: 1}\nb:\n  <<: *x\n  q: 2\n", "a: {p: 9}", "a: &x {p: 9}\nb:\n  p: 1\n  q: 2\n"},
      {"a: &x v\nb: 1\n", "a: w", "a: &x w\nb: 1\n"},
      {"a: &x v\nb: *x\n", "{a: w, b: w}", "a: &x w\nb: w\n"},
  });
}

TEST(EditOdd, InheritedKeysAreOverriddenWhereTheyAreInherited) {
  expect_patches({
      {"a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  r: 3\n",
       "b: {p: 5}",
       "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  r: 3\n  p: 5\n"},
      {"a: &x {p: 1, q: 2}\nb:\n  <<: *x\n", "b: {p: ~}", "a: &x {p: 1, q: 2}\nb:\n  q: 2\n"},
      {"a: &x {p: 1}\nb:\n  p: 0\n  <<: *x\n", "b: {p: 7}", "a: &x {p: 1}\nb:\n  p: 7\n"},
  });
}

TEST(EditOdd, OfAKeyGivenTwiceTheLastIsEdited) {
  expect_patches({
      {"a: 1\nb: 0\na: 2\n", "a: 3", "a: 1\nb: 0\na: 3\n"},
      {"a: 1\nb: 0\na: 2\n", "a: 1", "a: 1\nb: 0\na: 1\n"},
  });
}

TEST(EditOdd, TagsGoWhereTheyWouldChangeTheValue) {
  expect_patches({
      {"a: !!int '12'\n", "a: '13'", "a: '13'\n"},
      {"a: !!int 12\n", "a: 13", "a: 13\n"},
      {"a: !!str &x yes\nb: *x\n", "b: 1", "a: !!str &x yes\nb: 1\n"},
  });
}

TEST(EditOdd, ExplicitKeysAndOddSpellings) {
  expect_patches({
      {"? a\n: 1\nb: 2\n", "a: 3", "? a\n: 3\nb: 2\n"},
      {"? a\n: 1\nb: 2\n", "b: 3", "? a\n: 1\nb: 3\n"},
      {"'a' : 1\n", "a: 2", "'a' : 2\n"},
      {"h: {a, b: 1}\n", "h: {a: 2}", "h: {a: 2, b: 1}\n"},
      {"h: [a: 1]\n", "h: [{a: 2}]", "h: [{a: 2}]\n"},
      {"2020: a\n", "{'2020': b}", "2020: b\n"},
  });
}

TEST(EditOdd, EmptyLinesDoNotFallToABlockScalarThatKeepsThem) {
  expect_patches({
      {"a: |+\n  x\n\nb: 1\n\nc: 2\n", "b: ~", "a: |+\n  x\n\nc: 2\n"},
      {"a: |\n  x\n\n\nc: 2\n", "a: \"y\\n\\n\"", "a: \"y\\n\\n\"\n\n\nc: 2\n"},
      {"a: 1\n\nc: 2\n", "a: \"y\\n\\n\"", "a: \"y\\n\\n\"\n\nc: 2\n"},
  });
}

TEST(EditOdd, AMapInBracesAtTheTopIsEditedInPlace) {
  EXPECT_EQ(patched("---\n{a: 1, b: 2}\n---\n", "{b: 3, c: x}"), "---\n{a: 1, b: 3, c: x}\n---\n");
  EXPECT_EQ(patched("---\n{a: 1}\n---\n", "{a: ~}"), "---\n{}\n---\n");
}

TEST(EditOdd, WhatCannotBeEditedSafelyIsRefusedWithItsPlace) {
  EXPECT_THAT(patched("---\n~: x\ny: z\n---\n", "a: 1"), HasSubstr("cannot be edited safely"));
}

}  // namespace
}  // namespace stet::document
