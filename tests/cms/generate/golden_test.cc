// The site in tests/golden/generate/in, and what Jekyll 4.3's feed and sitemap plugins make of it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "storage/snapshot/folder_snapshot.h"
#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = "tests/golden/generate";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(GeneratedDocuments, HaveTheBytesOfThePlugins) {
  auto snapshot = storage::open_folder_snapshot(kGolden / "in");
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  BuiltSite site(*snapshot);
  bool is_accepting = std::getenv("STET_ACCEPT") != nullptr;
  int count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kGolden / "out")) {
    if (!entry.is_regular_file()) continue;
    ++count;
    std::string path = entry.path().lexically_relative(kGolden / "out").generic_string();
    auto page = site.page(path);
    for (const Problem& problem : page.problems) ADD_FAILURE() << to_string(problem);
    if (is_accepting) {
      std::ofstream(entry.path(), std::ios::binary) << page.bytes;
    } else {
      EXPECT_EQ(page.bytes, read_file(entry.path())) << path;
    }
  }
  EXPECT_EQ(count, 6);
  if (is_accepting) GTEST_SKIP() << "rewritten, not compared";
}

}  // namespace
}  // namespace stet::generate
