// Exports of generated schedules, as programs of another make see them: xmllint with c3voc's
// schema, a JSON schema, Debian's python3-icalendar.
//
// STET_SCHEDULES says how many (50); the first one is STET_SCHEDULES_FIRST (1).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/cms/generate/built_site.h"
#include "tests/cms/generate/made_schedule.h"
#include "tests/conformance/suites.h"

namespace stet::generate {
namespace {

int setting(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value ? std::atoi(value) : otherwise;
}

TEST(ScheduleFormats, OthersReadTheExportsOfGeneratedSchedules) {
  namespace fs = std::filesystem;
  const fs::path schemas = fs::path(conformance::suites_folder()) / "schedule";
  if (!fs::exists(schemas / "schedule.xml.xsd")) {
    ASSERT_FALSE(conformance::must_be_there()) << schemas << " has no schemas of schedules";
    GTEST_SKIP() << schemas << " has no schedule.xml.xsd";
  }
  const fs::path folder =
      fs::temp_directory_path() / ("stet_schedules_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const int first = setting("STET_SCHEDULES_FIRST", 1), count = setting("STET_SCHEDULES", 50);
  for (int seed = first; seed < first + count; ++seed) {
    BuiltSite site(MadeSchedule(static_cast<std::uint32_t>(seed)).files());
    std::size_t made = 0;
    site.site().for_each_output([&](const std::string& path, const site::Output&) {
      if (path.ends_with(".html") || (path.find('/') != path.npos && ++made % 7 != 0)) return;
      auto page = site.page(path);
      EXPECT_FALSE(page.is_failed) << seed << " " << path;
      std::string name = std::to_string(seed) + "-" + path;
      std::replace(name.begin(), name.end(), '/', '_');
      std::ofstream(folder / name, std::ios::binary) << page.bytes;
    });
  }
  // Debian's modules are there for Debian's Python alone.
  const std::string python = fs::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  const std::string command = python + " tests/cms/generate/check_schedules.py '" +
                              folder.string() + "' '" + schemas.string() + "'";
  int status = std::system(command.c_str());
  EXPECT_EQ(status, 0) << command;
  if (status == 0) fs::remove_all(folder);
}

}  // namespace
}  // namespace stet::generate
