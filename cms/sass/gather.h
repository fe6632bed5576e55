// Everything that one run of a compiler may need: the sheet, and all that it imports.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cms/sass/job.h"
#include "cms/sass/sheet.h"
#include "cms/sass/sources.h"
#include "storage/base/result.h"

namespace stet::sass {

struct GatherLimits {
  std::uint64_t bytes_max = 0;
  std::size_t imports_max = 0;
};

// One job in the making. One thread.
class Gathering {
 public:
  Gathering(const Sheet& sheet, Sources& sources, GatherLimits limits);

  // Follows all imports that can be told by a glance. kInvalidInput: more than the limits;
  // otherwise what a source says when it cannot be read.
  Status follow();
  // Follows those too.
  Status add(const std::vector<Import>& imports);

  const Job& job() const { return job_; }
  // What was asked for in order to resolve `imports`.
  std::vector<std::string> looked_for(const std::vector<Import>& imports) const;
  // By all that was followed.
  std::vector<std::string> looked_for() const;

 private:
  struct Pending {
    std::string folder, text;
    bool is_indented = false;
  };
  Status resolve(const Import& import);
  Status drain();

  const Sheet& sheet_;
  Sources& sources_;
  const GatherLimits limits_;
  Job job_;
  std::vector<Pending> pending_;
  std::uint64_t bytes_ = 0;
  std::map<Import, std::set<std::string>> looked_for_;
};

}  // namespace stet::sass
