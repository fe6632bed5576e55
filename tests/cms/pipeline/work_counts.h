// One kind of change, and exactly the pages that it renders, each with a reason.
#pragma once

#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <vector>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {

struct Expected {
  std::string path;
  std::string reason;  // a part of one of its reasons
};

struct WorkCount {
  std::string kind;  // one of work_counts_test.cc's list
  std::string what;
  LiveSite::Files edit;  // none: only time passes
  std::vector<Expected> rendered;
  std::int64_t seconds = 0;  // that pass before
};

inline void PrintTo(const WorkCount& count, std::ostream* out) {
  *out << count.kind << ", " << count.what;
}

// The tables, by what changes.
std::vector<WorkCount> post_counts();
std::vector<WorkCount> page_counts();
std::vector<WorkCount> list_counts();
std::vector<WorkCount> plugin_counts();
std::vector<WorkCount> schedule_counts();

// The sites that they are about.
LiveSite::Files blog();
LiveSite::Files blog_with_plugins();
LiveSite::Files conference();

std::string post(const std::string& fields, const std::string& body = "Lead.\n\nMore.\n");

}  // namespace stet::pipeline
