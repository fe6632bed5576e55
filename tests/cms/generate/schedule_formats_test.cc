// Exports of generated schedules, as programs of another make see them: xmllint with c3voc's
// schema, a JSON schema, Debian's python3-icalendar.
//
// STET_SCHEDULES says how many (50); the first one is STET_SCHEDULES_FIRST (1).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cms/schedule_import/plan.h"
#include "cms/schedule_import/read_page.h"
#include "tests/cms/generate/built_site.h"
#include "tests/cms/generate/made_schedule.h"
#include "tests/cms/generate/model_instants.h"
#include "tests/conformance/suites.h"

namespace stet::generate {
namespace {

namespace fs = std::filesystem;

int setting(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value ? std::atoi(value) : otherwise;
}

// A folder of exports, looked at by others when it is full.
class Exports {
 public:
  explicit Exports(const std::string& name)
      : folder_(fs::temp_directory_path() / ("stet_" + name + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }

  // All of the whole schedule, and each seventh of its parts.
  void add(BuiltSite& site,
           const std::string& name,
           const std::map<std::string, std::string>& files) {
    std::size_t made = 0;
    site.site().for_each_output([&](const std::string& path, const site::Output&) {
      if (!is_export(path) || (path.find('/') != path.npos && path != kWidget && ++made % 7 != 0)) {
        return;
      }
      auto page = site.page(path);
      EXPECT_FALSE(page.is_failed) << name << " " << path;
      std::string flat = path;
      std::replace(flat.begin(), flat.end(), '/', '_');
      write(name + "-" + flat, page.bytes);
    });
    std::string instants;
    for (const ModelSlot& slot : model_instants(files)) {
      instants += std::to_string(slot.start) + " " + std::to_string(slot.end) + " " +
                  (slot.is_cancelled ? "1" : "0") + "\n";
    }
    write(name + "-instants.txt", instants);
  }

  void check() {
    // Debian's modules are there for Debian's Python alone.
    const std::string python = fs::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
    const std::string command = python + " tests/cms/generate/check_schedules.py '" +
                                folder_.string() + "' '" + schemas().string() + "'";
    int status = std::system(command.c_str());
    EXPECT_EQ(status, 0) << command;
    if (status == 0) fs::remove_all(folder_);
  }

  static fs::path schemas() { return fs::path(conformance::suites_folder()) / "schedule"; }

 private:
  static constexpr std::string_view kWidget = "schedule/widgets/schedule.json";

  static bool is_export(const std::string& path) {
    return path.ends_with(".ics") || path == kWidget || path == "schedule/changes.xml" ||
           (path.starts_with("schedule.") && !path.ends_with(".html"));
  }

  void write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  const fs::path folder_;
};

class ScheduleFormats : public testing::Test {
 protected:
  void SetUp() override {
    if (fs::exists(Exports::schemas() / "schedule.xml.xsd")) return;
    ASSERT_FALSE(conformance::must_be_there()) << Exports::schemas() << " has no schemas";
    GTEST_SKIP() << Exports::schemas() << " has no schedule.xml.xsd";
  }
};

TEST_F(ScheduleFormats, OthersReadTheExportsOfGeneratedSchedules) {
  Exports exports("made_");
  const int first = setting("STET_SCHEDULES_FIRST", 1), count = setting("STET_SCHEDULES", 50);
  for (int seed = first; seed < first + count; ++seed) {
    const auto files = MadeSchedule(static_cast<std::uint32_t>(seed)).files();
    BuiltSite site(files);
    exports.add(site, std::to_string(seed), files);
  }
  exports.check();
}

TEST_F(ScheduleFormats, OthersReadTheExportsOfTheExample) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator("templates/example")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[fs::relative(entry.path(), "templates/example").string()] =
        std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  ASSERT_TRUE(files.contains("_data/event.yml"));
  BuiltSite site(files);
  Exports exports("example_");
  exports.add(site, "example", files);
  exports.check();
}

// The page that people really had, imported: what is exported of it.
TEST_F(ScheduleFormats, OthersReadTheExportsOfAnImportedPage) {
  const char* named = std::getenv("STET_SEEDS");
  std::error_code failure;
  std::string page;
  for (const auto& entry : fs::directory_iterator(named ? named : "../shared/seeds", failure)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (bytes.find("<table") != bytes.npos) page = bytes;
  }
  if (page.empty()) GTEST_SKIP() << "no programme among the seeds";
  auto there = schedule_import::read_there(
      *storage::make_memory_snapshot(std::map<RepoPath, std::string>()));
  auto plan = schedule_import::plan_import(schedule_import::read_page(page, "page.md", {}), *there);
  ASSERT_TRUE(plan);
  std::map<std::string, std::string> files{{"_config.yml", "url: https://example.org\n"}};
  for (const auto& file : plan->files) files[file.path.string()] = file.after;
  EXPECT_EQ(model_instants(files).size(), 12u);
  BuiltSite site(files);
  Exports exports("page_");
  exports.add(site, "page", files);
  exports.check();
}

}  // namespace
}  // namespace stet::generate
