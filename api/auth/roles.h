// What people may do: one table of role, kind of path, and action, which the API, the gate for
// pushes and the editor share.
//
// A person has a role; a token has scopes, and where it is a person's, that person's role as well:
// then it may do what both allow. Threads: pure functions, values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/auth/scope.h"

namespace stet::change {
struct Resource;
}

namespace stet::auth {

enum class Role : std::uint8_t {
  kReader,      // sees what is not public yet
  kAuthor,      // and writes drafts of their own
  kEditor,      // and whatever visitors read
  kMaintainer,  // and how it looks: theme, data, configuration
  kAdmin,       // and people, tokens, hooks
};

std::string_view name_of(Role role);
Result<Role> parse_role(std::string_view name);  // kInvalidInput names those that there are

enum class Area : std::uint8_t {
  kDrafts,    // drafts of posts
  kContent,   // posts, pages, collections
  kMedia,     // pictures, films, documents to download, wherever they lie (cms/media/name.h)
  kSchedule,  // the event, sessions, speakers
  kTheme,     // layouts, styles, data, configuration, all other files
  kServer,    // users, tokens, webhooks, rollbacks
};

enum class Action : std::uint8_t {
  kRead,
  kWrite,    // what is live: at once, or by publishing a change
  kPropose,  // in a change, which somebody publishes who may write it
};

enum class Reach : std::uint8_t {
  kNone,
  // What names them as its author, before and after (cms/change/author.h); of media, which name
  // nobody, what is new.
  kOwn,
  kAll,
};

std::string_view name_of(Area area);
std::string_view name_of(Action action);
std::string_view name_of(Reach reach);

struct RoleRow {
  Role role;
  Area area;
  Reach read, write, propose;
};

// Every role with every area, once.
std::span<const RoleRow> role_table();

Reach reach_of(Role role, Area area, Action action);

// Of a write to a file of this resource; with its path, of that very file.
Area area_of(const change::Resource& resource);
Area area_of(const change::Resource& resource, std::string_view path);

// Of media that are there already, where the reach is kOwn.
inline constexpr std::string_view kOwnMediaFault =
    "an author adds pictures and other media, and changes none that are there";

// The scope that a token needs; of media, the theme's will do as well.
Scope scope_of(Area area, Action action);

struct Rights {
  ScopeSet scopes;
  std::optional<Role> role = std::nullopt;  // none: the server's own token, which has scopes alone
  std::string user = {};                    // the person's name; "" without a role

  Reach reach(Area area, Action action) const;
  bool may(Area area, Action action) const { return reach(area, action) != Reach::kNone; }
  // Anything of the repository.
  bool may_write() const;
  // Anything of the repository, in a change.
  bool may_propose() const;
  // Nothing but what is their own.
  bool is_confined() const;
  friend bool operator==(const Rights&, const Rights&) = default;
};

}  // namespace stet::auth
