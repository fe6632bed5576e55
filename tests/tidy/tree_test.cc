// The project held to its own rules. What each rule finds is tested in rules_test.cc.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/tidy/arrows.h"
#include "tests/tidy/build_lists.h"
#include "tests/tidy/names.h"
#include "tests/tidy/sizes.h"
#include "tests/tidy/source_tree.h"

namespace stet::tidy {
namespace {

// Tests run in the project's root.
std::string root() { return std::filesystem::current_path().string(); }

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> kTree = read_tree(root());
  return kTree;
}

template <typename Check>
void expect_clean(Check check) {
  ASSERT_GT(tree().size(), 100U) << "is " << root() << " the project's root?";
  Violations all;
  for (const SourceFile& file : tree()) {
    Violations found = check(file);
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  EXPECT_TRUE(all.empty()) << all.size() << " violations:\n" << to_string(all);
}

TEST(Tidy, FoldersIncludeOnlyWhatTheArrowsAllow) { expect_clean(check_arrows); }

TEST(Tidy, FilesAndFunctionsKeepToTheirSizes) { expect_clean(check_sizes); }

TEST(Tidy, NamesSaySomething) { expect_clean(check_names); }

TEST(Tidy, NoFileNamesADevelopersMachine) {
  expect_clean([](const SourceFile& file) { return check_machine_paths(file, root()); });
}

TEST(Tidy, HeadersOpenWithPragmaOnce) {
  expect_clean([](const SourceFile& file) -> Violations {
    if (!file.is_header() || file.text.find("#pragma once\n") != std::string::npos) return {};
    return {{file.path, 0, "lacks #pragma once"}};
  });
}

TEST(Tidy, EverySourceTestAndHeaderIsBuilt) {
  const Violations violations = check_build_lists(tree());
  EXPECT_TRUE(violations.empty()) << to_string(violations);
}

TEST(Tidy, NothingElseLiesAtTheTop) {
  const Violations violations = check_top_level(top_level(root()));
  EXPECT_TRUE(violations.empty()) << to_string(violations);
}

TEST(Tidy, ArchitectureShowsTheArrowsThatHold) {
  const auto found = std::find_if(tree().begin(), tree().end(), [](const SourceFile& file) {
    return file.path == "ARCHITECTURE.md";
  });
  ASSERT_NE(found, tree().end()) << "there is no ARCHITECTURE.md";
  const Violations violations = check_documented_arrows(*found);
  EXPECT_TRUE(violations.empty()) << to_string(violations);
}

}  // namespace
}  // namespace stet::tidy
