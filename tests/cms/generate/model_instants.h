// When sessions take place, as the model reads it from their files: what every export is held
// against.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cms/document/document.h"
#include "cms/document/structured.h"
#include "cms/schedule/session.h"
#include "cms/site/value_of.h"

namespace stet::generate {

struct ModelSlot {
  std::int64_t start = 0, end = 0;
  bool is_cancelled = false;
  friend auto operator<=>(const ModelSlot&, const ModelSlot&) = default;
};

// By start.
inline std::vector<ModelSlot> model_instants(const std::map<std::string, std::string>& files) {
  Problems problems;
  auto event_file = files.find(schedule::kEventPath);
  if (event_file == files.end()) return {};
  const document::Data data =
      document::read_structured(event_file->second, schedule::kEventPath, problems);
  const schedule::Event event = schedule::read_event(site::value_of(data), problems);
  std::vector<ModelSlot> slots;
  for (const auto& [path, bytes] : files) {
    if (!path.starts_with("_schedule/")) continue;
    document::Document parsed = document::parse_document(bytes, path);
    schedule::Faults faults;
    auto session = schedule::read_session(
        [&](std::string_view key) {
          const document::Data* value = parsed.front_matter.find(key);
          return value ? site::value_of(*value) : liquid::Value();
        },
        path,
        event,
        faults);
    for (const schedule::Slot& slot : session.slots) {
      bool is_cancelled = session.status == schedule::SessionStatus::kCancelled;
      if (slot.start) slots.push_back({slot.start->seconds, slot.end.seconds, is_cancelled});
    }
  }
  std::sort(slots.begin(), slots.end());
  return slots;
}

}  // namespace stet::generate
