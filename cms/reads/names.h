// Small numbers for the names of what can be read: paths, fields, lists, outputs.
//
// Threads: every method from any thread. A number stays good as long as the Names lives; names are
// never forgotten, so memory grows with the number of distinct names ever met.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stet::reads {

using NameId = std::uint32_t;

class Names {
 public:
  Names();
  NameId id_of(std::string_view name);
  std::optional<NameId> find(std::string_view name) const;
  std::string_view name_of(NameId id) const;  // valid while the Names lives

 private:
  const std::uint64_t serial_;  // of all Names that there have been
  mutable std::shared_mutex mutex_;
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, NameId> ids_;
};

}  // namespace stet::reads
