// What a hash holds under a key, of a value that may be anything: settings are what somebody wrote.
//
// Not Liquid's own look-up: "size" and "first" are keys like others. Threads: pure functions.
#pragma once

#include <string_view>

#include "cms/liquid/value.h"

namespace stet::liquid {

// Null where the value is no hash, or has no such key; good as long as the hash is.
inline const Value* find_member(const Value& map, std::string_view key) {
  return map.type() == Type::kHash ? map.as_hash().find(key) : nullptr;
}

// The same, nil in place of null.
inline Value member_of(const Value& map, std::string_view key) {
  const Value* found = find_member(map, key);
  return found ? *found : Value();
}

}  // namespace stet::liquid
