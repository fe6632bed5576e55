// What the holder of a token may do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::auth {

enum class Scope : std::uint8_t {
  kContentRead,    // "content:read": everything but the public pages themselves
  kPostsWrite,     // "posts:write": posts, drafts, pages, collections, their data
  kScheduleWrite,  // "schedule:write": sessions, speakers, the event
  kThemeWrite,     // "theme:write": layouts, includes, styles, the configuration
  kAdmin,          // "admin": all of the above, and tokens, users, hooks
};

std::string_view name_of(Scope scope);

// Values; any thread.
class ScopeSet {
 public:
  ScopeSet() = default;
  ScopeSet(std::initializer_list<Scope> scopes) {
    for (Scope scope : scopes) add(scope);
  }

  // Names parted by blanks or commas, one at least. kInvalidInput names the one that is not known
  // and those that are.
  static Result<ScopeSet> parse(std::string_view text);

  void add(Scope scope) { bits_ |= bit(scope); }
  // Admin implies all; writing implies reading what is written, so any scope allows kContentRead.
  bool allows(Scope scope) const;
  bool empty() const { return bits_ == 0; }

  // As parse() reads it: "content:read posts:write".
  std::string string() const;

  friend bool operator==(const ScopeSet&, const ScopeSet&) = default;

 private:
  static std::uint8_t bit(Scope scope) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(scope));
  }
  std::uint8_t bits_ = 0;
};

}  // namespace stet::auth
