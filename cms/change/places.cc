#include "cms/change/places.h"

#include "cms/change/entry.h"
#include "cms/change/locate.h"
#include "cms/document/document.h"
#include "cms/document/yaml.h"
#include "cms/schedule/event.h"
#include "cms/site/derive.h"
#include "cms/site/file_name.h"
#include "cms/site/plain_pages.h"
#include "cms/site/role.h"
#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using site::Role;

constexpr char kConfigPath[] = "_config.yml";

Result<std::optional<storage::SnapshotEntry>> find_file(const storage::Snapshot& snapshot,
                                                        std::string_view path) {
  auto entry = TRY(snapshot.find(TRY(RepoPath::parse(path))));
  if (entry && !storage::is_readable(entry->kind)) entry.reset();
  return entry;
}

site::ParsedFilePtr parse(const RepoPath& path, std::string_view bytes) {
  document::Document parsed = document::parse_document(bytes, path.view());
  auto file = std::make_shared<site::ParsedFile>();
  file->has_front_matter = parsed.has_opening_line;
  file->front_matter = site::hash_of(*parsed.front_matter.map());
  return file;
}

}  // namespace

Result<PlacesPtr> Places::of(const storage::Snapshot& snapshot) {
  Problems ignored;
  liquid::Ref<liquid::Hash> hash;
  if (auto entry = TRY(find_file(snapshot, kConfigPath))) {
    std::string bytes = TRY(snapshot.read(entry->blob));
    document::Data data = document::parse_yaml(bytes, kConfigPath, ignored);
    if (data.map()) hash = site::hash_of(*data.map());
  }
  auto names = std::make_shared<reads::Names>();
  auto config = site::Config::make(hash.get(), kConfigPath, {}, *names);
  bool has_schedule = TRY(find_file(snapshot, schedule::kEventPath)).has_value();
  return PlacesPtr(new Places(std::move(names), std::move(config), has_schedule));
}

std::optional<std::string> Places::url_of(const RepoPath& path,
                                          const site::RoleOf& role,
                                          site::ParsedFilePtr file) const {
  reads::Names names;  // what the document is called is asked by nobody
  site::Derived derived =
      site::derive_document(path.string(), role, std::move(file), *config_, names);
  if (!derived.document || !derived.document->facts().is_written) return std::nullopt;
  return url_of_output(derived.document->facts().output_path);
}

Place Places::find(const RepoPath& path, std::string_view bytes) const {
  auto roles = site::roles_of(path.string(), *config_, filter_, {kConfigPath}, has_schedule_);
  bool may_be_document = !roles.empty() && !site::is_binary_name(path.view());
  if (may_be_document) {
    Role role = roles.front().role;
    may_be_document = role == Role::kPost || role == Role::kCollection || role == Role::kSite;
  }
  site::ParsedFilePtr file = may_be_document ? parse(path, bytes) : nullptr;
  bool is_plain = file && site::is_plain_page(path.view(), *config_);
  bool is_post = !roles.empty() && roles.front().role == Role::kPost;
  bool is_document = file && (file->has_front_matter || is_post || is_plain);
  Place place;
  place.resource = resource_in(path, roles, is_document);
  if (!place.resource) place.resource = &resource_of(EntryKind::kFile);
  place.label = label_of(*config_, *place.resource, path.view());
  place.name = name_by(*config_, *place.resource, place.label, path.view());
  if (is_document) place.url = url_of(path, roles.front(), std::move(file));
  return place;
}

}  // namespace stet::change
