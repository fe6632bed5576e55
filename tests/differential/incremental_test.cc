// The sites that are compared with Jekyll, edited: after each edit, what is live equals a build
// from nothing, byte for byte, and nothing is live that such a build does not have.
//
// The edits are the same for every site: text at the end of each file, each file gone and back,
// keys of the configuration.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

namespace fs = std::filesystem;
using Files = LiveSite::Files;

constexpr const char* kSites = "tests/differential/sites";  // tests run in the project's root
constexpr const char* kConfig = "_config.yml";
constexpr std::int64_t kYears = 135'000'000;  // from the site's clock to what the sites call now

std::vector<std::string> site_names() {
  std::vector<std::string> names;
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(kSites, failure)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Files files_of(const std::string& site) {
  const fs::path root = fs::path(kSites) / site / "source";
  Files files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    files[entry.path().lexically_relative(root).generic_string()] = content_of(entry.path());
  }
  return files;
}

// Each edit takes the one before back, so that every path is left as well as entered.
std::vector<Files> edits_of(const Files& files) {
  std::vector<Files> edits;
  Files undo;
  auto add = [&](const std::string& path, std::optional<std::string> content) {
    Files edit = std::move(undo);
    edit[path] = std::move(content);
    undo = {{path, files.at(path)}};
    edits.push_back(std::move(edit));
  };
  for (const auto& [path, content] : files) {
    if (path == kConfig) continue;
    add(path, *content + "\n\nMore *text* at the end: {{ page.title }}.\n");
    add(path, std::nullopt);
  }
  for (const char* keys : {"title: Another title\n",
                           "baseurl: /moved\npermalink: /moved/:title/\n",
                           "plugins: []\ncollections: {}\ndefaults: []\n"}) {
    add(kConfig, *files.at(kConfig) + "\n" + keys);
  }
  edits.push_back(std::move(undo));
  return edits;
}

std::string told(const Files& edit) {
  std::string text;
  for (const auto& [path, content] : edit) text += (content ? " wrote " : " deleted ") + path;
  return text;
}

void expect_live_equals_a_build_from_nothing(const LiveSite& site) {
  const std::map<std::string, std::string> live = site.pages();
  std::set<std::string> failed;
  const std::map<std::string, std::string> fresh = site.from_nothing(&failed);
  for (const auto& [path, bytes] : fresh) {
    const auto shown = live.find(path);
    if (shown == live.end()) {
      ADD_FAILURE() << path << " is not live";
    } else {
      EXPECT_EQ(shown->second, bytes) << path;
    }
  }
  for (const auto& [path, bytes] : live) {
    EXPECT_TRUE(fresh.contains(path) || failed.contains(path))
        << path << " is live, and is no more";
  }
}

// Of the site as it is written down: everything in it can be rendered.
std::string failures_of(const LiveSite& site) {
  std::set<std::string> failed;
  EXPECT_GT(site.from_nothing(&failed).size(), 1U);
  std::string text;
  for (const std::string& path : failed) text += path + " ";
  return text;
}

class DifferentialSite : public testing::TestWithParam<std::string> {};

TEST_P(DifferentialSite, EditedIsLiveAsABuildFromNothingHasIt) {
  const Files files = files_of(GetParam());
  ASSERT_TRUE(files.contains(kConfig)) << GetParam();
  LiveSite site(files);
  site.clock().advance_seconds(kYears);
  site.edit({{kConfig, *files.at(kConfig) + "\n"}});
  ASSERT_EQ(failures_of(site), "");
  int number = 0;
  for (const Files& edit : edits_of(files)) {
    SCOPED_TRACE(GetParam() + ", edit " + std::to_string(++number) + told(edit));
    site.edit(edit);
    ASSERT_TRUE(site.pipeline().fill(1000));
    expect_live_equals_a_build_from_nothing(site);
    if (HasFailure()) return;  // the first tells; those after it would only repeat
  }
}

std::string name_of(const testing::TestParamInfo<std::string>& site) { return site.param; }

INSTANTIATE_TEST_SUITE_P(Every, DifferentialSite, testing::ValuesIn(site_names()), name_of);

TEST(DifferentialSites, AreWhereTheTestsLookForThem) { EXPECT_GE(site_names().size(), 10U); }

}  // namespace
}  // namespace stet::pipeline
