#include "api/program/site_problems.h"

#include <iostream>
#include <mutex>
#include <optional>

#include "api/program/progress_line.h"
#include "cms/change/config_problems.h"
#include "cms/change/schemas.h"
#include "cms/change/timetables.h"
#include "cms/pipeline/links.h"

namespace stet::program {

// Links are followed once all outputs are known.
Result<CheckedSite> check_site(pipeline::BuildRequest request) {
  pipeline::LinkCheck links;
  std::mutex mutex;
  auto sink = [&](const std::string& path, const render::RenderedPage& page) -> Status {
    auto found = pipeline::local_links(path, page.bytes);
    std::lock_guard lock(mutex);
    links.add(path, std::move(found));
    return {};
  };
  std::optional<ProgressLine> line(std::in_place);
  request.progress = line->progress();
  auto report = TRY(pipeline::build_once(std::move(request), sink));
  line.reset();
  CheckedSite checked{report.names, report.site, report.pages, std::move(report.problems)};
  auto add = [&](Problems more) {
    checked.problems.insert(checked.problems.end(), more.begin(), more.end());
  };
  add(links.problems(*checked.site));
  add(TRY(change::config_problems(*checked.site)));
  for (change::SchemaProblem& found : TRY(change::schema_problems(*checked.site, SIZE_MAX))) {
    checked.problems.push_back(std::move(found.problem));
  }
  add(TRY(change::schedule_problems(*checked.site)));
  return checked;
}

std::size_t print_problems(const CheckedSite& checked) {
  std::size_t errors = 0;
  for (const Problem& problem : checked.problems) {
    bool is_error = problem.severity == Severity::kError;
    errors += is_error;
    std::cout << (is_error ? "error: " : "warning: ") << to_string(problem) << "\n";
  }
  std::cout << checked.pages << " pages, " << errors << " errors, "
            << checked.problems.size() - errors << " warnings\n";
  return errors;
}

}  // namespace stet::program
