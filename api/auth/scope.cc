#include "api/auth/scope.h"

#include <algorithm>
#include <iterator>

#include "storage/base/utf8.h"

namespace stet::auth {
namespace {

struct Row {
  Scope scope;
  std::string_view name;
};

constexpr Row kScopes[] = {
    {Scope::kContentRead, "content:read"},
    {Scope::kPostsWrite, "posts:write"},
    {Scope::kScheduleWrite, "schedule:write"},
    {Scope::kThemeWrite, "theme:write"},
    {Scope::kAdmin, "admin"},
};

constexpr std::string_view kPartings = " ,";

std::string all_names() {
  std::string names;
  for (const Row& row : kScopes) names.append(names.empty() ? "" : ", ").append(row.name);
  return names;
}

}  // namespace

std::string_view name_of(Scope scope) { return kScopes[static_cast<std::size_t>(scope)].name; }

Result<ScopeSet> ScopeSet::parse(std::string_view text) {
  ScopeSet scopes;
  while (!text.empty()) {
    std::string_view name = text.substr(0, text.find_first_of(kPartings));
    text.remove_prefix(std::min(name.size() + 1, text.size()));
    if (name.empty()) continue;
    auto row = std::find_if(std::begin(kScopes), std::end(kScopes), [&](const Row& known) {
      return known.name == name;
    });
    if (row == std::end(kScopes)) {
      return invalid_input("'" + printable(name, 40) + "' is no scope; there are " + all_names());
    }
    scopes.add(row->scope);
  }
  if (scopes.empty()) return invalid_input("a token needs a scope: one of " + all_names());
  return scopes;
}

bool ScopeSet::allows(Scope scope) const {
  if (bits_ & bit(Scope::kAdmin)) return true;
  return scope == Scope::kContentRead ? !empty() : (bits_ & bit(scope)) != 0;
}

std::string ScopeSet::string() const {
  std::string text;
  for (const Row& row : kScopes) {
    if (bits_ & bit(row.scope)) text.append(text.empty() ? "" : " ").append(row.name);
  }
  return text;
}

}  // namespace stet::auth
