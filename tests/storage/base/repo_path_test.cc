#include "storage/base/repo_path.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

TEST(RepoPath, TakesOrdinaryNames) {
  for (const char* text : {"a",
                           "_posts/2020/10/2020-10-11-x.md",
                           "a b/ü.md",
                           ".gitignore",
                           ".github/x",
                           "a..b",
                           "...",
                           "-x",
                           "git"}) {
    EXPECT_TRUE(RepoPath::parse(text)) << text;
  }
}

TEST(RepoPath, RefusesWhatCouldLeaveTheRepository) {
  for (std::string text : {std::string(),
                           std::string("/a"),
                           std::string("a/"),
                           std::string("a//b"),
                           std::string(".."),
                           std::string("a/../b"),
                           std::string("."),
                           std::string("a/."),
                           std::string(".git/config"),
                           std::string("a/.GIT/x"),
                           std::string("git~1"),
                           std::string(".git "),
                           std::string(".git."),
                           std::string(".git::$INDEX_ALLOCATION"),
                           std::string(".g\u200cit"),
                           std::string("a\\b"),
                           std::string("a\0b", 3),
                           std::string("a\nb"),
                           std::string("\xff"),
                           std::string(256, 'x'),
                           std::string(5000, 'x')}) {
    auto path = RepoPath::parse(text);
    ASSERT_FALSE(path) << text;
    EXPECT_EQ(path.error().code, ErrorCode::kInvalidInput);
  }
}

TEST(RepoPath, KnowsItsParts) {
  auto path = *RepoPath::parse("_posts/2020/x.tar.gz");
  EXPECT_EQ(path.filename(), "x.tar.gz");
  EXPECT_EQ(path.folder(), "_posts/2020");
  EXPECT_EQ(path.extension(), ".gz");
  EXPECT_EQ(path.stem(), "x.tar");
  EXPECT_EQ(RepoPath::parse(".htaccess")->extension(), "");
  EXPECT_EQ(RepoPath::parse("a")->folder(), "");
}

TEST(RepoPath, IsBelowAFolderByWholeComponents) {
  auto path = *RepoPath::parse("a/bc/d");
  EXPECT_TRUE(path.is_below(""));
  EXPECT_TRUE(path.is_below("a/bc"));
  EXPECT_TRUE(path.is_below("a/bc/d"));
  EXPECT_FALSE(path.is_below("a/b"));
}

}  // namespace
}  // namespace stet
