#include "api/auth/roles.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "cms/change/resource.h"
#include "cms/media/name.h"
#include "cms/schedule/history_step.h"
#include "storage/base/utf8.h"

namespace stet::auth {
namespace {

constexpr std::array<std::string_view, 5> kRoles{
    "reader", "author", "editor", "maintainer", "admin"};
constexpr std::array<std::string_view, 6> kAreas{
    "drafts", "content", "media", "schedule", "theme", "server"};
constexpr std::array<std::string_view, 3> kActions{"read", "write", "propose"};
constexpr std::array<std::string_view, 3> kReaches{"none", "own", "all"};

constexpr Area kOfRepository[] = {
    Area::kDrafts, Area::kContent, Area::kMedia, Area::kSchedule, Area::kTheme};

using enum Reach;

constexpr RoleRow kTable[] = {
    // role, area, read, write, propose
    {Role::kReader, Area::kDrafts, kAll, kNone, kNone},
    {Role::kReader, Area::kContent, kAll, kNone, kNone},
    {Role::kReader, Area::kMedia, kAll, kNone, kNone},
    {Role::kReader, Area::kSchedule, kAll, kNone, kNone},
    {Role::kReader, Area::kTheme, kAll, kNone, kNone},
    {Role::kReader, Area::kServer, kNone, kNone, kNone},

    {Role::kAuthor, Area::kDrafts, kAll, kOwn, kAll},
    {Role::kAuthor, Area::kContent, kAll, kNone, kAll},
    {Role::kAuthor, Area::kMedia, kAll, kOwn, kAll},
    {Role::kAuthor, Area::kSchedule, kAll, kNone, kAll},
    {Role::kAuthor, Area::kTheme, kAll, kNone, kNone},
    {Role::kAuthor, Area::kServer, kNone, kNone, kNone},

    {Role::kEditor, Area::kDrafts, kAll, kAll, kAll},
    {Role::kEditor, Area::kContent, kAll, kAll, kAll},
    {Role::kEditor, Area::kMedia, kAll, kAll, kAll},
    {Role::kEditor, Area::kSchedule, kAll, kAll, kAll},
    {Role::kEditor, Area::kTheme, kAll, kNone, kNone},
    {Role::kEditor, Area::kServer, kNone, kNone, kNone},

    {Role::kMaintainer, Area::kDrafts, kAll, kAll, kAll},
    {Role::kMaintainer, Area::kContent, kAll, kAll, kAll},
    {Role::kMaintainer, Area::kMedia, kAll, kAll, kAll},
    {Role::kMaintainer, Area::kSchedule, kAll, kAll, kAll},
    {Role::kMaintainer, Area::kTheme, kAll, kAll, kAll},
    {Role::kMaintainer, Area::kServer, kNone, kNone, kNone},

    {Role::kAdmin, Area::kDrafts, kAll, kAll, kAll},
    {Role::kAdmin, Area::kContent, kAll, kAll, kAll},
    {Role::kAdmin, Area::kMedia, kAll, kAll, kAll},
    {Role::kAdmin, Area::kSchedule, kAll, kAll, kAll},
    {Role::kAdmin, Area::kTheme, kAll, kAll, kAll},
    {Role::kAdmin, Area::kServer, kAll, kAll, kNone},
};
static_assert(std::size(kTable) == kRoles.size() * kAreas.size());

}  // namespace

std::string_view name_of(Role role) { return kRoles[static_cast<std::size_t>(role)]; }
std::string_view name_of(Area area) { return kAreas[static_cast<std::size_t>(area)]; }
std::string_view name_of(Action action) { return kActions[static_cast<std::size_t>(action)]; }
std::string_view name_of(Reach reach) { return kReaches[static_cast<std::size_t>(reach)]; }

Result<Role> parse_role(std::string_view name) {
  auto found = std::find(kRoles.begin(), kRoles.end(), name);
  if (found != kRoles.end()) return static_cast<Role>(found - kRoles.begin());
  return invalid_input("'" + printable(name, 40) +
                       "' is no role; there are reader, author, editor, maintainer, admin");
}

std::span<const RoleRow> role_table() { return kTable; }

Reach reach_of(Role role, Area area, Action action) {
  auto row = std::find_if(std::begin(kTable), std::end(kTable), [&](const RoleRow& one) {
    return one.role == role && one.area == area;
  });
  if (action == Action::kRead) return row->read;
  return action == Action::kWrite ? row->write : row->propose;
}

Area area_of(const change::Resource& resource) {
  if (resource.kind == change::EntryKind::kDraft) return Area::kDrafts;
  if (resource.write_scope == name_of(Scope::kPostsWrite)) return Area::kContent;
  if (resource.write_scope == name_of(Scope::kScheduleWrite)) return Area::kSchedule;
  return Area::kTheme;
}

Area area_of(const change::Resource& resource, std::string_view path) {
  if (path == schedule::kReleasesPath) return Area::kSchedule;
  bool is_media = resource.kind == change::EntryKind::kFile && media::is_media_path(path);
  return is_media ? Area::kMedia : area_of(resource);
}

Scope scope_of(Area area, Action action) {
  if (area == Area::kServer) return Scope::kAdmin;
  if (action == Action::kRead) return Scope::kContentRead;
  if (area == Area::kSchedule) return Scope::kScheduleWrite;
  return area == Area::kTheme ? Scope::kThemeWrite : Scope::kPostsWrite;
}

Reach Rights::reach(Area area, Action action) const {
  bool is_allowed = scopes.allows(scope_of(area, action));
  // Whoever may write the theme may write its pictures.
  if (area == Area::kMedia)
    is_allowed = is_allowed || scopes.allows(scope_of(Area::kTheme, action));
  if (!is_allowed) return kNone;
  return role ? reach_of(*role, area, action) : kAll;
}

bool Rights::may_write() const {
  return std::any_of(std::begin(kOfRepository), std::end(kOfRepository), [&](Area area) {
    return may(area, Action::kWrite);
  });
}

bool Rights::may_propose() const {
  return std::any_of(std::begin(kOfRepository), std::end(kOfRepository), [&](Area area) {
    return may(area, Action::kPropose);
  });
}

bool Rights::is_confined() const {
  return std::none_of(std::begin(kOfRepository), std::end(kOfRepository), [&](Area area) {
    return reach(area, Action::kWrite) == kAll;
  });
}

}  // namespace stet::auth
