#include "cms/document/resolve.h"

#include <gtest/gtest.h>

namespace stet::document {
namespace {

using Take = Choice::Take;

std::string decided(const std::string& ours,
                    const std::string& theirs,
                    std::vector<Choice> choices) {
  const std::string base = "---\na: 0 # why\nb: {c: 0}\ntags: [x]\n---\none\ntwo\nthree\n";
  auto merged = merge_by_choice(base, ours, theirs, "x.md", choices);
  if (!merged) return "refused: " + merged.error().message;
  if (!merged->conflicts.empty()) return "open: " + merged->conflicts.front().pointer;
  return merged->bytes;
}

constexpr char kOurs[] = "---\na: 1 # why\nb: {c: 1}\ntags: [x]\n---\nONE\ntwo\nthree\n";
constexpr char kTheirs[] = "---\na: 2 # why\nb: {c: 2}\ntags: [x]\n---\n1\ntwo\n3\n";

TEST(MergeByChoice, DecidesEachFieldByItself) {
  std::vector<Choice> all = {{"/front_matter/a", Take::kTheirs, {}},
                             {"/front_matter/b/c", Take::kOurs, {}},
                             {"/body", Take::kTheirs, {}}};
  EXPECT_EQ(decided(kOurs, kTheirs, all),
            "---\na: 2 # why\nb: {c: 1}\ntags: [x]\n---\n1\ntwo\n3\n");
  all[2].take = Take::kOurs;
  EXPECT_EQ(decided(kOurs, kTheirs, all),
            "---\na: 2 # why\nb: {c: 1}\ntags: [x]\n---\nONE\ntwo\n3\n");
  all[0] = {"/front_matter/a", Take::kValue, Data("three")};
  all[1] = {"/front_matter/b/c", Take::kValue, Data()};
  all[2] = {"/body", Take::kValue, Data("All.\n")};
  EXPECT_EQ(decided(kOurs, kTheirs, all), "---\na: three # why\nb: {}\ntags: [x]\n---\nAll.\n");
}

TEST(MergeByChoice, WhatNoChoiceNamesStaysOpen) {
  EXPECT_EQ(decided(kOurs, kTheirs, {}), "open: /front_matter/a");
  EXPECT_EQ(decided(kOurs, kTheirs, {{"/front_matter/a", Take::kOurs, {}}}),
            "open: /front_matter/b/c");
  EXPECT_EQ(decided(kOurs, kOurs, {{"/front_matter/x", Take::kTheirs, {}}}), kOurs);
}

TEST(MergeByChoice, AValueThatCannotStandThereIsRefused) {
  EXPECT_EQ(decided(kOurs, kTheirs, {{"/body", Take::kValue, Data(1)}}).substr(0, 8), "refused:");
}

TEST(MergeByChoice, WholeFilesAndDataFilesToo) {
  std::vector<Choice> theirs = {{"", Take::kTheirs, {}}};
  EXPECT_EQ(merge_by_choice("---\n[\n---\n", "---\n{\n---\n", "---\n}\n---\n", "x.md", theirs)
                .value()
                .bytes,
            "---\n}\n---\n");
  std::vector<Choice> key = {{"/a~1b", Take::kTheirs, {}}};
  EXPECT_EQ(merge_by_choice("a/b: 0\n", "a/b: 1\n", "a/b: 2\n", "x.yml", key).value().bytes,
            "a/b: 2\n");
}

}  // namespace
}  // namespace stet::document
