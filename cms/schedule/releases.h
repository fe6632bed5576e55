// Versions of a schedule, and what is different from one to the next.
//
// Threads: values; pure functions. Limits: kNotesBytesMax of notes; a version is kVersionBytesMax
// characters long at most: letters, digits, and any of ".-_+" between them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "cms/site/schedule_releases.h"

namespace stet::schedule {

inline constexpr std::size_t kVersionBytesMax = 40, kNotesBytesMax = 16 << 10;

// Not "wip" and "latest", which pretalx's addresses use for what they say.
bool is_version(std::string_view text);

struct NamedRelease {
  std::string version, notes;
};
// Of `_data/schedule_releases.yml`: what is no release, or the same version again, is left out.
std::vector<NamedRelease> releases_in(const liquid::Value& data);

enum class SlotChangeKind { kNew, kMoved, kCancelled, kRemoved, kRetitled };

// "new", "moved" ...
std::string_view word_of(SlotChangeKind kind);

// Of one slot; a slot that was moved and has another title as well is told twice.
struct SlotChange {
  SlotChangeKind kind = SlotChangeKind::kNew;
  std::string path;  // of the session's file; of a slot that is gone, as it was
  std::string title, old_title;
  site::SlotRecord slot, old_slot;  // either is empty where there was none
};

// By start, then uid. Cost: the sessions that differ, where one grew from the other.
std::vector<SlotChange> changes_between(const site::ScheduleHistory::Sessions& before,
                                        const site::ScheduleHistory::Sessions& after);

// "2 new, 1 moved", or "no changes".
std::string summary_of(const std::vector<SlotChange>& changes);

}  // namespace stet::schedule
