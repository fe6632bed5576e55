#include "cms/sass/resolve.h"

#include <gtest/gtest.h>

#include "tests/cms/sass/memory_sources.h"

namespace stet::sass {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : " ") + text;
  return all;
}

std::string resolved(const std::map<std::string, std::string>& files,
                     std::string_view folder,
                     std::string_view name) {
  MemorySources sources(files);
  std::set<std::string> asked;
  return joined(resolve_import(sources, folder, name, {"_sass", "_themes/t/_sass"}, asked));
}

TEST(ResolveImport, SearchesAsLibsassDoes) {
  EXPECT_EQ(resolved({{"_sass/_a.scss", ""}}, "", "a"), "_sass/_a.scss");
  EXPECT_EQ(resolved({{"_sass/a.sass", ""}}, "", "a"), "_sass/a.sass");
  EXPECT_EQ(resolved({{"_sass/b/_a.scss", ""}}, "", "b/a"), "_sass/b/_a.scss");
  EXPECT_EQ(resolved({{"_sass/b/_index.scss", ""}}, "", "b"), "_sass/b/_index.scss");
  EXPECT_EQ(resolved({{"_sass/a.css", ""}}, "", "a"), "_sass/a.css");
  EXPECT_EQ(resolved({{"_sass/_a.scss", ""}}, "", "a.scss"), "_sass/_a.scss");
  EXPECT_EQ(resolved({{"_sass/a.scss", ""}}, "", "_a"), "");
  EXPECT_EQ(resolved({{"_sass/a.less", ""}}, "", "a"), "");
}

TEST(ResolveImport, PrefersTheImportersFolderThenTheLoadPathsInOrder) {
  std::map<std::string, std::string> files = {
      {"x/_a.scss", ""}, {"_sass/_a.scss", ""}, {"_themes/t/_sass/_a.scss", ""}};
  EXPECT_EQ(resolved(files, "x", "a"), "x/_a.scss");
  EXPECT_EQ(resolved(files, "", "a"), "_sass/_a.scss");
  EXPECT_EQ(resolved(files, "_themes/t/_sass", "a"), "_themes/t/_sass/_a.scss");
}

TEST(ResolveImport, GivesAllOfAnAmbiguousNameButAnIndexOnlyWhereThereIsNoFile) {
  EXPECT_EQ(resolved({{"_sass/_a.scss", ""}, {"_sass/a.scss", ""}, {"_sass/a.css", ""}}, "", "a"),
            "_sass/_a.scss _sass/a.scss _sass/a.css");
  EXPECT_EQ(resolved({{"_sass/_a.scss", ""}, {"_sass/a/_index.scss", ""}}, "", "a"),
            "_sass/_a.scss");
}

TEST(ResolveImport, NeverLeavesTheSite) {
  std::map<std::string, std::string> files = {{"_a.scss", ""}, {"etc/passwd", ""}};
  EXPECT_EQ(resolved(files, "x", "../a"), "_a.scss");
  EXPECT_EQ(resolved(files, "x", "../../a"), "");
  EXPECT_EQ(resolved({{"etc/passwd", ""}}, "", "/etc/passwd"), "");
  EXPECT_EQ(resolved(files, "", ""), "");
  EXPECT_EQ(resolved(files, "", "a/"), "");
}

TEST(ResolveImport, SaysWhatItAskedForFoundOrNot) {
  MemorySources sources{{"_sass/_a.scss", ""}};
  std::set<std::string> asked;
  resolve_import(sources, "", "a", {"_sass", "more"}, asked);
  for (const char* path : {"_a.scss", "a.scss", "a/_index.scss", "_sass/_a.scss", "_sass/a.scss"}) {
    EXPECT_TRUE(asked.contains(path)) << path;
  }
  EXPECT_FALSE(asked.contains("_sass/a/_index.scss"));  // asked only where nothing else is there
  EXPECT_FALSE(asked.contains("more/_a.scss"));
}

}  // namespace
}  // namespace stet::sass
