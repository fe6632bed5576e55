#include "cms/change/schemas.h"

#include <algorithm>
#include <iterator>

#include "cms/change/locate.h"
#include "cms/change/report.h"
#include "cms/change/review_rules.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schema/parse.h"
#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using site::Role;

constexpr char kConfigPath[] = "_config.yml";
constexpr char kSchemaPointer[] = "/stet/collections";
// Of files that a reference may mean by a name without one.
constexpr std::string_view kExtensions[] = {
    ".md", ".markdown", ".html", ".htm", ".yml", ".yaml", ".json", ".txt", ".mkd", ".textile"};

std::string data_key(std::string_view path, const site::Config& config) {
  std::string folder = config.text("data_dir", "_data");
  while (folder.ends_with('/')) folder.pop_back();
  if (!path.starts_with(folder + "/")) return "";
  return "data/" + std::string(without_extension(path.substr(folder.size() + 1)));
}

bool is_of_schemas(const FieldProblem& found) {
  return found.is_of_schema || found.pointer.starts_with(kSchemaPointer) ||
         found.pointer.starts_with(kReviewPointer);
}

Status add_problems(const Surroundings& surroundings,
                    const site::Site& site,
                    const std::string& path,
                    std::vector<SchemaProblem>& problems) {
  RepoPath parsed = TRY(RepoPath::parse(path));
  Findings kept;
  for (FieldProblem& found : validate(surroundings, parsed, TRY(site.read_path(path)))) {
    if (is_of_schemas(found)) kept.push_back(std::move(found));
  }
  Problems told = to_problems(parsed, kept);
  for (std::size_t i = 0; i < told.size(); ++i) {
    problems.push_back({kept[i].pointer, std::move(told[i])});
  }
  return {};
}

// By the values that the site has in memory, without places.
bool may_be_wrong(const Surroundings& surroundings,
                  const std::string& path,
                  const site::SourceFile& source) {
  const site::Config& config = surroundings.config();
  if (!source.data && source.documents.empty()) return false;
  auto roles = site::roles_of(
      path, config, surroundings.filter(), {kConfigPath}, surroundings.event().has_value());
  if (roles.empty()) return false;
  std::string key = schema_key_of(roles.front(), path, config);
  if (key.empty() || !find_schema(surroundings.schemas(), key)) return false;
  liquid::Value values;
  if (source.data) {
    values = *source.data;
  } else if (const auto& file = source.documents.front()->facts().file) {
    values = liquid::Value(file->front_matter);
  }
  Report report("", source.data ? FileShape::kYaml : FileShape::kDocument);
  check_schema(
      site::data_of(values), key, surroundings, source.data ? "" : "/front_matter", report);
  return !report.take().empty();
}

}  // namespace

std::optional<std::string> folder_of_key(const site::Config& config, std::string_view key) {
  if (key == "pages") return "";
  std::string above = config.collections_folder();
  if (!above.empty()) above += '/';
  if (key == "posts" || key == "drafts") return above + "_" + std::string(key) + "/";
  const site::CollectionConfig* found = config.find_collection(key);
  if (!found) return std::nullopt;
  return above + found->folder + "/";
}

std::string schema_key_of(const site::RoleOf& role,
                          std::string_view path,
                          const site::Config& config) {
  switch (role.role) {
    case Role::kPost: return "posts";
    case Role::kDraft: return "drafts";
    case Role::kCollection: return role.label;
    case Role::kSite: return "pages";
    case Role::kData: return data_key(path, config);
    default: return "";
  }
}

std::string schema_key_of(const Resource& resource, std::string_view label, std::string_view name) {
  switch (resource.kind) {
    case EntryKind::kPost: return "posts";
    case EntryKind::kDraft: return "drafts";
    case EntryKind::kPage: return "pages";
    case EntryKind::kSession: return schedule::kSessions;
    case EntryKind::kSpeaker: return schedule::kSpeakers;
    case EntryKind::kItem: return std::string(label);
    case EntryKind::kData: return "data/" + std::string(name);
    default: return "";
  }
}

schema::Schemas schemas_of(const site::Config& config) {
  liquid::Value stet = config.get("stet");
  if (stet.type() != liquid::Type::kHash) return {};
  const liquid::Value* collections = stet.as_hash().find("collections");
  if (!collections) return {};
  return schema::parse_schemas(site::data_of(*collections)).schemas;
}

const schema::Schemas& Surroundings::schemas() const {
  if (!schemas_) schemas_ = std::make_shared<const schema::Schemas>(schemas_of(*config_));
  return *schemas_;
}

bool Surroundings::has_entry(std::string_view collection, std::string_view name) const {
  auto folder = folder_of_key(*config_, collection);
  if (!folder || name.ends_with('/')) return false;
  for (std::string_view extension : kExtensions) {
    if (has_file_(*folder + std::string(name) + std::string(extension))) return true;
  }
  // By its whole path, as where several have the name.
  return !without_extension(name).empty() && without_extension(name) != name &&
         (name.starts_with(*folder) || name.find("/_posts/") != name.npos) && has_file_(name);
}

Result<std::vector<SchemaProblem>> schema_problems(const site::Site& site,
                                                   std::size_t problems_max) {
  std::vector<SchemaProblem> problems;
  Surroundings surroundings = Surroundings::of(site);
  liquid::Value stet = site.config().get("stet");
  bool has_rules = stet.type() == liquid::Type::kHash &&
                   (stet.as_hash().find("collections") || stet.as_hash().find("review"));
  if (!has_rules) return problems;
  if (site.blob_of(kConfigPath)) {
    TRY(add_problems(surroundings, site, kConfigPath, problems));
  }
  std::vector<std::string> wrong;
  bool is_cut = false;
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    if (is_cut || !may_be_wrong(surroundings, path, *source)) return;
    is_cut = wrong.size() >= problems_max;
    if (!is_cut) wrong.push_back(path);
  });
  for (const std::string& path : wrong) {
    if (problems.size() > problems_max) break;
    TRY(add_problems(surroundings, site, path, problems));
  }
  if (problems.size() > problems_max || is_cut) {
    problems.resize(std::min(problems.size(), problems_max));
    problems.push_back({kSchemaPointer,
                        {Severity::kWarning,
                         kConfigPath,
                         0,
                         0,
                         "more than " + std::to_string(problems_max) +
                             " fields are not as stet.collections says; mend those, and see the "
                             "others then"}});
  }
  return problems;
}

}  // namespace stet::change
