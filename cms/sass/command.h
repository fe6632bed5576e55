// Dart Sass's command line as another engine: for sheets that libsass is too old for (@use,
// math.div). What it may run is named by the server, never by a site.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cms/sass/job.h"
#include "storage/base/result.h"
#include "storage/process/process.h"

namespace stet::sass {

struct CommandRun {
  std::vector<std::string> argv;           // the program, with arguments that go before ours
  std::vector<std::string> load_paths;     // folders of the site
  std::filesystem::path temporary_folder;  // in which a folder is made for this run
  storage::ProcessLimits limits;
};

// Writes the job's files into a folder of its own, runs the program there and reads what it made;
// nothing of the folder is left. An error: the program could not be run, or did not end by itself.
Result<Outcome> compile_with_command(const Job& job, const CommandRun& run);

}  // namespace stet::sass
