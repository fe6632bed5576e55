#include "cms/change/new_path.h"

#include "cms/change/field_value.h"
#include "cms/change/locate.h"
#include "cms/change/slug.h"
#include "cms/schedule/event.h"
#include "cms/site/post_name.h"
#include "cms/site/role.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

using document::Data;
using Chosen = std::variant<RepoPath, Refusal>;

constexpr int kNamesakesMax = 1000;

std::string joined(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

// Of the field `slug`, else the title; "" where they have no letter or digit.
std::string slug_of(const Data& front_matter) {
  for (const char* key : {"slug", "title", "name"}) {
    const Data* value = front_matter.find(key);
    std::string text = value ? text_of(*value) : "";
    std::string slug = slug_of_text(text);
    if (!slug.empty()) return slug;
  }
  return "";
}

// A date that is none is validation's to refuse; until then the entry stands under today's.
Date day_of(const Ground& ground, const Data& front_matter) {
  const TimeZone& zone = ground.site.config().zone();
  const Data* date = front_matter.find("date");
  if (date && date->date()) return *date->date();
  auto time = date ? date_of(*date, zone) : std::nullopt;
  Date day = civil_of(time ? *time : zone.at(ground.now.seconds)).date;
  bool is_of_file_names = day.year >= 1000 && day.year <= 9999;
  return is_of_file_names ? day : civil_of(zone.at(ground.now.seconds)).date;
}

bool is_included(const site::Site& site, std::string_view folder) {
  return site::EntryFilter(site.config()).takes(joined(folder, "x.md"));
}

std::string stem_of(const Ground& ground,
                    const Resource& resource,
                    const std::string& folder,
                    const Data& front_matter,
                    const std::string& slug) {
  if (resource.kind == EntryKind::kPost) {
    std::string day = iso_date(day_of(ground, front_matter));
    return joined(folder, day.substr(0, 4) + "/" + day.substr(5, 2) + "/" + day + "-" + slug);
  }
  bool goes_to_pages = resource.kind == EntryKind::kPage && is_included(ground.site, "_pages");
  return joined(goes_to_pages ? "_pages" : folder, slug);
}

// Whether the resource would take a file of this path for its own.
bool is_place_of(const site::Site& site,
                 const Resource& resource,
                 const std::string& folder,
                 const RepoPath& path) {
  if (resource.kind == EntryKind::kFile) return true;
  bool is_told_by_path = resource.kind == EntryKind::kPost || resource.kind == EntryKind::kDraft ||
                         resource.kind == EntryKind::kPage;
  if (is_told_by_path) return resource_of(site, path) == &resource;
  if (resource.kind == EntryKind::kData && path.string() == schedule::kEventPath) return false;
  return path.is_below(folder);
}

std::optional<Refusal> fault_of(const site::Site& site,
                                const Resource& resource,
                                const std::string& folder,
                                const RepoPath& path) {
  if (!is_place_of(site, resource, folder, path)) {
    std::string where = folder.empty() ? "where the site's pages are" : "below " + folder;
    Refusal refusal = refused_field("/path",
                                    "'" + path.string() + "' is no place for a " +
                                        std::string(resource.kind_name) + "; choose one " + where);
    refusal.kind = Refusal::Kind::kForbidden;
    return refusal;
  }
  if (resource.kind == EntryKind::kPost && !site::parse_post_name(path.filename())) {
    return refused_field("/path", "a post's file is named YYYY-MM-DD-title.md");
  }
  if (resource.kind != EntryKind::kFile && path.extension().empty()) {
    return refused_field("/path",
                         "the path needs an extension, such as " + std::string(resource.extension));
  }
  return std::nullopt;
}

Result<Chosen> proposed(const Ground& ground,
                        const WriteRequest& request,
                        const std::string& folder) {
  auto path = RepoPath::parse(request.proposed_path);
  if (!path) return Chosen(refused_field("/path", path.error().message));
  if (auto fault = fault_of(ground.site, *request.resource, folder, *path)) return Chosen(*fault);
  if (auto blob = ground.site.blob_of(path->string())) {
    Refusal refusal = refused(Refusal::Kind::kExists, "'" + path->string() + "' is there already");
    refusal.current = *blob;
    return Chosen(std::move(refusal));
  }
  return Chosen(*path);
}

}  // namespace

Refusal refused(Refusal::Kind kind, std::string message) {
  Refusal refusal;
  refusal.kind = kind;
  refusal.message = std::move(message);
  return refusal;
}

Refusal refused_field(std::string pointer, std::string message) {
  Refusal refusal = refused(Refusal::Kind::kInvalid, message);
  refusal.fields.push_back({std::move(pointer), std::move(message)});
  return refusal;
}

Result<Chosen> new_path(const Ground& ground,
                        const WriteRequest& request,
                        const Data& front_matter) {
  const Resource& resource = *request.resource;
  auto folder = folder_of(ground.site, resource, request.label);
  if (!folder) return Chosen(refused(Refusal::Kind::kNotFound, folder.error().message));
  if (!request.proposed_path.empty()) return proposed(ground, request, *folder);
  if (resource.kind == EntryKind::kFile) {
    return Chosen(refused_field("/path", "a file needs a path; say where it goes"));
  }
  std::string slug = slug_of(front_matter);
  if (slug.empty()) {
    return Chosen(refused_field("/front_matter/title",
                                "a new " + std::string(resource.kind_name) +
                                    " needs a title with letters or digits, or a path"));
  }
  for (int n = 1; n <= kNamesakesMax; ++n) {
    std::string own = n == 1 ? slug : slug + "-" + std::to_string(n);
    std::string stem = stem_of(ground, resource, *folder, front_matter, own);
    std::string path = stem + std::string(resource.extension);
    if (!is_taken(ground.site, stem) && !ground.site.blob_of(path)) {
      return Chosen(TRY(RepoPath::parse(path)));
    }
  }
  return Chosen(refused_field("/front_matter/title",
                              "too many entries have this title; choose another, or a path"));
}

Result<Chosen> path_of_name(const Ground& ground, const WriteRequest& request) {
  const Resource& resource = *request.resource;
  if (resource.kind == EntryKind::kEvent) return Chosen(TRY(RepoPath::parse(schedule::kEventPath)));
  if (resource.kind == EntryKind::kConfig) return Chosen(TRY(RepoPath::parse("_config.yml")));
  auto folder = folder_of(ground.site, resource, request.label);
  if (!folder) return Chosen(refused(Refusal::Kind::kNotFound, folder.error().message));
  bool has_own = resource.kind == EntryKind::kData && names_format(request.name);
  std::string_view extension = has_own ? "" : resource.extension;
  auto path = RepoPath::parse(joined(*folder, request.name) + std::string(extension));
  if (!path) return Chosen(refused_field("", path.error().message));
  if (auto fault = fault_of(ground.site, resource, *folder, *path)) return Chosen(*fault);
  return Chosen(*path);
}

}  // namespace stet::change
