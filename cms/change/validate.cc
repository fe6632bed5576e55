#include "cms/change/validate.h"

#include <algorithm>
#include <iterator>

#include "cms/change/report.h"
#include "cms/change/schemas.h"
#include "cms/document/structured.h"
#include "cms/liquid/template.h"
#include "cms/site/role.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

using document::Data;
using site::Role;
using site::RoleOf;

constexpr std::string_view kTextExtensions[] = {
    ".md", ".markdown", ".html", ".htm", ".xml", ".yml", ".yaml", ".json", ".txt", ".css", ".scss"};

bool is_text_name(std::string_view path) {
  return std::any_of(std::begin(kTextExtensions),
                     std::end(kTextExtensions),
                     [&](std::string_view extension) { return path.ends_with(extension); });
}

int line_of(std::string_view bytes, std::size_t offset) {
  return 1 + static_cast<int>(
                 std::count(bytes.begin(), bytes.begin() + static_cast<long>(offset), '\n'));
}

// False, and the finding, for bytes that nothing else need look at.
bool check_bytes(std::string_view bytes, Report& report) {
  if (bytes.size() > kTextBytesMax) {
    report.error("",
                 "the file has " + std::to_string(bytes.size()) + " bytes; at most " +
                     std::to_string(kTextBytesMax) + " are read as text");
    return false;
  }
  std::size_t bad = utf8_prefix(bytes);
  if (bad < bytes.size()) {
    report.add({Severity::kError,
                "",
                line_of(bytes, bad),
                0,
                "a byte here is not UTF-8; save the file as UTF-8"},
               "");
    return false;
  }
  return true;
}

bool is_error(const Problem& problem) { return problem.severity == Severity::kError; }

// Of a template with an error the warnings are of no use to anybody.
void check_liquid(std::string_view text, const RepoPath& path, int first_line, Report& report) {
  if (text.find('{') == text.npos) return;
  auto parsed = liquid::Template::parse(std::string(text), path.string(), first_line);
  bool is_broken = std::any_of(parsed.problems.begin(), parsed.problems.end(), is_error);
  for (const Problem& problem : parsed.problems) {
    if (is_error(problem) || !is_broken) report.add(problem, "/body");
  }
}

bool renders_liquid(const Data& front_matter) {
  const Data* flag = front_matter.find("render_with_liquid");
  return !flag || !flag->boolean() || *flag->boolean();
}

bool is_template_role(Role role) { return role == Role::kLayout || role == Role::kInclude; }

struct Subject {
  const RepoPath& path;
  const RoleOf& role;
  std::string_view bytes;
  const document::Document& document;
};

void check_document(const Subject& subject, const Surroundings& surroundings, Report& report) {
  const auto& [path, role, bytes, document] = subject;
  for (const Problem& problem : document.problems) report.add(problem, "/front_matter");
  if (document.is_broken) return;
  bool is_include = role.role == Role::kInclude;
  if (!is_template_role(role.role)) {
    check_fields(document.front_matter, path, role, surroundings, report);
    std::string key = schema_key_of(role, path.view(), surroundings.config());
    check_schema(document.front_matter, key, surroundings, "/front_matter", report);
    check_text(document.front_matter, document.body(bytes), document.body_line, report);
  }
  if (!renders_liquid(document.front_matter)) return;
  check_liquid(
      is_include ? bytes : document.body(bytes), path, is_include ? 1 : document.body_line, report);
}

Findings validate_data(std::string_view bytes,
                       const RepoPath& path,
                       const RoleOf& role,
                       const Surroundings& surroundings) {
  Report report(bytes, FileShape::kYaml);
  if (!check_bytes(bytes, report)) return report.take();
  Problems problems;
  Data data = document::read_structured(bytes, path.string(), problems);
  for (const Problem& problem : problems) report.add(problem, "");
  Findings findings = report.take();
  if (has_error(findings)) return findings;
  Report fields(bytes, FileShape::kYaml);
  if (path.string() == schedule::kEventPath) check_event(data, fields);
  if (role.role == Role::kConfig) check_config(data, fields);
  std::string key = schema_key_of(role, path.view(), surroundings.config());
  check_schema(data, key, surroundings, "", fields);
  Findings more = fields.take();
  findings.insert(findings.end(), more.begin(), more.end());
  return findings;
}

bool is_content(Role role) {
  return role == Role::kPost || role == Role::kDraft || role == Role::kCollection ||
         role == Role::kSite;
}

}  // namespace

bool begins_front_matter(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  return bytes.starts_with("---");
}

Findings validate(const Surroundings& surroundings,
                  const RepoPath& path,
                  std::string_view bytes,
                  const document::Document* parsed) {
  bool has_schedule = surroundings.event().has_value();
  auto roles = site::roles_of(
      path.string(), surroundings.config(), surroundings.filter(), {"_config.yml"}, has_schedule);
  if (roles.empty()) return {};
  const RoleOf& role = roles.front();
  bool is_data = role.role == Role::kConfig || role.role == Role::kData;
  if (is_data && document::is_structured_name(path.string())) {
    return validate_data(bytes, path, role, surroundings);
  }
  Report report(bytes, FileShape::kDocument);
  bool is_document =
      is_template_role(role.role) || (is_content(role.role) && begins_front_matter(bytes));
  if (!is_document && !is_text_name(path.string())) return {};
  if (check_bytes(bytes, report) && is_document) {
    document::Document own;
    if (!parsed) own = document::parse_document(bytes, path.string());
    check_document({path, role, bytes, parsed ? *parsed : own}, surroundings, report);
  }
  return report.take();
}

Findings validate(const site::Site& site, const RepoPath& path, std::string_view bytes) {
  return validate(Surroundings::of(site), path, bytes);
}

}  // namespace stet::change
