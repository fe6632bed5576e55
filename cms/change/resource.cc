#include "cms/change/resource.h"

#include <algorithm>
#include <array>

#include "cms/change/validate.h"
#include "cms/document/structured.h"
#include "cms/schedule/event.h"
#include "cms/schedule/schedule_view.h"
#include "cms/site/entry_filter.h"
#include "cms/site/role.h"

namespace stet::change {
namespace {

using site::Role;
using site::RoleOf;

constexpr std::array<Resource, 10> kResources{{
    {"posts", EntryKind::kPost, "post", "_posts", ".md", "posts:write"},
    {"drafts", EntryKind::kDraft, "draft", "_drafts", ".md", "posts:write"},
    {"pages", EntryKind::kPage, "page", "", ".md", "posts:write"},
    {"schedule/sessions", EntryKind::kSession, "session", "", ".md", "schedule:write"},
    {"speakers", EntryKind::kSpeaker, "speaker", "", ".md", "schedule:write"},
    {"collections", EntryKind::kItem, "item", "", ".md", "posts:write"},
    {"files", EntryKind::kFile, "file", "", "", "theme:write"},
    {"data", EntryKind::kData, "data", "", ".yml", "theme:write"},
    {"config", EntryKind::kConfig, "config", "", ".yml", "theme:write"},
    {"schedule/event", EntryKind::kEvent, "event", "", ".yml", "schedule:write"},
}};

EntryKind kind_of_collection(std::string_view label) {
  if (label == schedule::kSessions) return EntryKind::kSession;
  if (label == schedule::kSpeakers) return EntryKind::kSpeaker;
  return EntryKind::kItem;
}

// A page if the site makes a document of it; of a file that is not there yet, its name decides.
EntryKind kind_of_site_file(const site::Site& site, const RepoPath& path) {
  if (const site::SourceFile* source = site.find_source(path.string())) {
    return source->documents.empty() && source->problems.empty() ? EntryKind::kFile
                                                                 : EntryKind::kPage;
  }
  bool is_page = site.config().is_markdown(path.extension()) || path.extension() == ".html";
  return is_page ? EntryKind::kPage : EntryKind::kFile;
}

std::vector<RoleOf> roles_at(const RepoPath& path,
                             const site::Config& config,
                             const site::EntryFilter& filter,
                             bool has_schedule) {
  return site::roles_of(path.string(), config, filter, {"_config.yml"}, has_schedule);
}

// `role` is null for what is none of the site's; `is_page` is asked of the site's own files alone.
const Resource* resource_of_role(const RepoPath& path, const RoleOf* role, bool is_page) {
  if (path.string() == schedule::kEventPath) return &resource_of(EntryKind::kEvent);
  if (!role) return nullptr;
  switch (role->role) {
    case Role::kConfig: return &resource_of(EntryKind::kConfig);
    case Role::kLayout:
    case Role::kInclude: return &resource_of(EntryKind::kFile);
    case Role::kData:
      return &resource_of(document::is_structured_name(path.string()) ? EntryKind::kData
                                                                      : EntryKind::kFile);
    case Role::kPost: return &resource_of(EntryKind::kPost);
    case Role::kDraft: return &resource_of(EntryKind::kDraft);
    case Role::kCollection: return &resource_of(kind_of_collection(role->label));
    case Role::kSite: return &resource_of(is_page ? EntryKind::kPage : EntryKind::kFile);
  }
  return nullptr;
}

}  // namespace

std::span<const Resource> resources() { return kResources; }

const Resource* find_resource(std::string_view name) {
  auto it = std::find_if(kResources.begin(), kResources.end(), [&](const Resource& resource) {
    return resource.name == name;
  });
  return it == kResources.end() ? nullptr : &*it;
}

const Resource& resource_of(EntryKind kind) {
  return *std::find_if(kResources.begin(), kResources.end(), [&](const Resource& resource) {
    return resource.kind == kind;
  });
}

std::string_view write_scope_of(const site::Site& site, const RepoPath& path) {
  const Resource* resource = resource_of(site, path);
  return (resource ? *resource : resource_of(EntryKind::kFile)).write_scope;
}

const Resource* resource_of(const site::Site& site, const RepoPath& path) {
  site::EntryFilter filter(site.config());
  bool has_schedule = site.blob_of(schedule::kEventPath).has_value();
  const RoleOf* role = nullptr;
  auto roles = roles_at(path, site.config(), filter, has_schedule);
  if (!roles.empty()) role = &roles.front();
  bool is_page =
      role && role->role == Role::kSite && kind_of_site_file(site, path) == EntryKind::kPage;
  return resource_of_role(path, role, is_page);
}

const Resource* resource_of(const Surroundings& surroundings, const RepoPath& path, bool is_page) {
  bool has_schedule = surroundings.has_file(schedule::kEventPath);
  auto roles = roles_at(path, surroundings.config(), surroundings.filter(), has_schedule);
  return resource_in(path, roles, is_page);
}

const Resource* resource_in(const RepoPath& path,
                            const std::vector<site::RoleOf>& roles,
                            bool is_page) {
  return resource_of_role(path, roles.empty() ? nullptr : &roles.front(), is_page);
}

}  // namespace stet::change
