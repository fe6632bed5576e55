#include "cms/change/config_problems.h"

#include <algorithm>

#include "cms/change/validate.h"

namespace stet::change {
namespace {

constexpr char kConfigPath[] = "_config.yml";
constexpr std::string_view kOfSchemas = "/stet/collections";

// The site's own words have the key before them.
bool is_told(const Problems& known, const FieldProblem& found) {
  return std::any_of(known.begin(), known.end(), [&](const Problem& problem) {
    return problem.message.ends_with(found.message);
  });
}

}  // namespace

Result<Problems> config_problems(const site::Site& site) {
  if (!site.blob_of(kConfigPath)) return Problems();
  RepoPath path = TRY(RepoPath::parse(kConfigPath));
  Findings findings = validate(site, path, TRY(site.read_path(kConfigPath)));
  const Problems& known = site.config().problems();
  std::erase_if(findings, [&](const FieldProblem& found) {
    return found.is_of_schema || found.pointer.starts_with(kOfSchemas) || is_told(known, found);
  });
  return to_problems(path, findings);
}

}  // namespace stet::change
