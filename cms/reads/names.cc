#include "cms/reads/names.h"

#include <cassert>
#include <mutex>

namespace stet::reads {

NameId Names::id_of(std::string_view name) {
  if (auto id = find(name)) return *id;
  std::unique_lock lock(mutex_);
  if (auto it = ids_.find(name); it != ids_.end()) return it->second;
  auto id = static_cast<NameId>(names_.size());
  ids_.emplace(names_.emplace_back(name), id);
  return id;
}

std::optional<NameId> Names::find(std::string_view name) const {
  std::shared_lock lock(mutex_);
  auto it = ids_.find(name);
  return it == ids_.end() ? std::nullopt : std::optional(it->second);
}

std::string_view Names::name_of(NameId id) const {
  std::shared_lock lock(mutex_);
  assert(id < names_.size());
  return names_[id];
}

}  // namespace stet::reads
