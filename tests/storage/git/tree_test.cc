#include "storage/git/tree.h"

#include <gtest/gtest.h>

namespace stet::storage {
namespace {

const std::string kId(20, '\x11');

std::string entry(std::uint32_t mode, std::string_view name) {
  return serialize_entry(mode, name, kId);
}

TEST(Tree, FindsFilesAndFoldersInGitsOrder) {
  auto tree = Tree::parse(entry(0100644, "a.b") + entry(0040000, "a") + entry(0100755, "a0") +
                          entry(0120000, "z"));
  ASSERT_TRUE(tree) << tree.error().message;
  EXPECT_EQ(tree->find("a"), 1u);
  EXPECT_EQ(tree->find("a.b"), 0u);
  EXPECT_EQ(tree->find("z"), 3u);
  EXPECT_EQ(tree->find("b"), std::nullopt);
  EXPECT_TRUE(tree->at(1).is_folder());
  EXPECT_TRUE(tree->at(3).is_symlink());
  EXPECT_EQ(tree->at(2).mode, 0100755u);
  EXPECT_EQ(tree->rank_of("a", false), 0u);
  EXPECT_EQ(tree->rank_of("zz", false), 4u);
}

TEST(Tree, RefusesBytesThatGitWouldNotMake) {
  const std::string bad[] = {
      "x",
      entry(0100644, "a").substr(0, 20),
      entry(0100644, ""),
      entry(0100644, "a/b"),
      entry(0070000, "a"),
      entry(0100644, "b") + entry(0100644, "a"),
      entry(0100644, "a") + entry(0100644, "a"),
      entry(0040000, "a") + entry(0100644, "a.b"),
      std::string("99999 a\0", 8) + kId,
      " a" + std::string(1, '\0') + kId,
  };
  for (const std::string& raw : bad) {
    auto tree = Tree::parse(raw);
    ASSERT_FALSE(tree) << raw;
    EXPECT_EQ(tree.error().code, ErrorCode::kInternal);
  }
}

}  // namespace
}  // namespace stet::storage
