#include <CLI/CLI.hpp>
#include <iostream>
#include <mutex>

#include "api/program/command.h"
#include "api/program/site_options.h"
#include "cms/change/config_problems.h"
#include "cms/change/schemas.h"
#include "cms/change/timetables.h"
#include "cms/pipeline/links.h"

namespace stet::program {
namespace {

// Everything is rendered and nothing written; links are followed once all outputs are known.
Status check(const SiteFlags& flags) {
  auto request = TRY(read_site_flags(flags, {"_site", ".jekyll-cache"}, Sight::kAll));
  pipeline::LinkCheck links;
  std::mutex mutex;
  auto sink = [&](const std::string& path, const render::RenderedPage& page) -> Status {
    auto found = pipeline::local_links(path, page.bytes);
    std::lock_guard lock(mutex);
    links.add(path, std::move(found));
    return {};
  };
  auto report = TRY(pipeline::build_once(std::move(request), sink));
  Problems problems = report.problems;
  Problems dead = links.problems(*report.site);
  problems.insert(problems.end(), dead.begin(), dead.end());
  Problems of_config = TRY(change::config_problems(*report.site));
  problems.insert(problems.end(), of_config.begin(), of_config.end());
  for (change::SchemaProblem& found : TRY(change::schema_problems(*report.site, SIZE_MAX))) {
    problems.push_back(std::move(found.problem));
  }
  Problems of_schedule = TRY(change::schedule_problems(*report.site));
  problems.insert(problems.end(), of_schedule.begin(), of_schedule.end());
  std::size_t errors = 0;
  for (const Problem& problem : problems) {
    bool is_error = problem.severity == Severity::kError;
    errors += is_error;
    std::cout << (is_error ? "error: " : "warning: ") << to_string(problem) << "\n";
  }
  std::cout << report.pages << " pages, " << errors << " errors, " << problems.size() - errors
            << " warnings\n";
  if (errors > 0) return invalid_input("the site has errors; they are listed above");
  return {};
}

}  // namespace

void add_check(CLI::App& program, Run& run) {
  auto flags = std::make_shared<SiteFlags>();
  CLI::App* command = program.add_subcommand(
      "check", "say what is wrong with a site: path:line:column and the mend");
  add_site_flags(*command, *flags);
  command->callback([flags, &run] { run = [flags] { return check(*flags); }; });
}

}  // namespace stet::program
