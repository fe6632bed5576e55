#include "api/routes/content_problems.h"

#include <algorithm>

#include "api/routes/written.h"
#include "cms/change/config_problems.h"
#include "cms/change/schemas.h"
#include "cms/change/validate.h"

namespace stet::api {
namespace {

constexpr std::string_view kConfigPath = "_config.yml";

bool is_config(const std::pair<const RepoPath, std::optional<std::string>>& edit) {
  return edit.first.view() == kConfigPath;
}

}  // namespace

Problems problems_of_entry(const Call& call, const Reading& reading, const change::Entry& entry) {
  Problems problems = entry.problems;
  const site::Site& site = *reading.site;
  if (call.backend.pipeline.site() == reading.site) {
    auto output = own_output(site, entry.path);
    if (output) add_missing(problems, call.backend.pipeline.problems_of(*output));
  }
  // What cannot be read is told by the site.
  auto bytes = site.read_path(entry.path.view());
  if (!bytes) return problems;
  add_missing(problems,
              change::to_problems(entry.path, change::validate(site, entry.path, *bytes)));
  return problems;
}

void add_problems_of_config(const site::Site& site,
                            const change::Edits& edits,
                            Problems& problems) {
  if (std::none_of(edits.begin(), edits.end(), is_config)) return;
  add_missing(problems, site.config().problems());
  if (auto own = change::config_problems(site)) add_missing(problems, *own);
  auto of_fields = change::schema_problems(site, kProblemsOfWriteMax);
  if (!of_fields) return;
  Problems found;
  for (change::SchemaProblem& one : *of_fields) found.push_back(std::move(one.problem));
  add_missing(problems, found);
}

}  // namespace stet::api
