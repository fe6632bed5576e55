#include "storage/base/path_text.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

TEST(JoinedPath, TakesDotsAway) {
  EXPECT_EQ(joined_path("a", "./b/../c"), "a/c");
  EXPECT_EQ(joined_path("", "a//b/"), "a/b");
  EXPECT_EQ(joined_path("a/b", ".."), "a");
  EXPECT_EQ(joined_path("a/", ""), "a");
  EXPECT_EQ(joined_path("a", "../.."), std::nullopt);
  EXPECT_EQ(joined_path("", "/a/../../b"), std::nullopt);
}

TEST(ParentFolder, IsTheRootWhereThereIsNone) {
  EXPECT_EQ(parent_folder("a/b.scss"), "a");
  EXPECT_EQ(parent_folder("a/b/"), "a/b");
  EXPECT_EQ(parent_folder("b.scss"), "");
}

}  // namespace
}  // namespace stet
