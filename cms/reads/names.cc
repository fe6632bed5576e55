#include "cms/reads/names.h"

#include <array>
#include <atomic>
#include <cassert>
#include <mutex>

namespace stet::reads {

namespace {

// What a thread has asked for lately: a few names are asked for all the time, and even a shared
// lock is dear when every core takes it. Names and their numbers never change, so nothing here can
// go stale while the Names lives.
struct Recent {
  std::uint64_t serial = 0;  // of the Names; 0: none
  std::string_view name;
  NameId id = 0;
};

Recent& recent_of(std::string_view name) {
  static constexpr std::size_t kPlaces = 512;
  thread_local std::array<Recent, kPlaces> recent;
  std::size_t mixed = name.size() * 31;
  if (!name.empty()) {
    auto at = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    mixed += at(0) * 7u + at(name.size() / 2) * 61u + at(name.size() - 1) * 197u;
  }
  return recent[mixed % kPlaces];
}

std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

// 0 is "" in every process: what a key without a field has.
Names::Names() : serial_(next_serial()) { ids_.emplace(names_.emplace_back(), 0); }

NameId Names::id_of(std::string_view name) {
  Recent& recent = recent_of(name);
  if (recent.serial == serial_ && recent.name == name) return recent.id;
  std::optional<NameId> known = find(name);
  if (!known) {
    std::unique_lock lock(mutex_);
    auto it = ids_.find(name);
    if (it == ids_.end()) {
      auto id = static_cast<NameId>(names_.size());
      it = ids_.emplace(names_.emplace_back(name), id).first;
    }
    known = it->second;
  }
  recent = {serial_, name_of(*known), *known};
  return *known;
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
