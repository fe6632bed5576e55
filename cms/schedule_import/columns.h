// What a column of a schedule holds, by what stands above it: on pages, and in CSV as Sched,
// Sessionize and people write it.
#pragma once

#include <string_view>

namespace stet::schedule_import {

enum class Role {
  kNone,
  kUid,
  kTitle,
  kSubtitle,
  kDescription,
  kDate,
  kTime,  // a range, or the start alone
  kStart,
  kEnd,
  kDuration,  // in minutes
  kSpeakers,
  kRoom,
  kTrack,
  kType,
  kLanguage,
  kStatus,
  kActive,  // Y or N
  kUrl,
  kZone,
  kPrivate,  // mails and notes of organisers: never taken over
};

// Case, blanks and marks don't count. kNone: nothing that is known.
Role role_of_header(std::string_view header);

}  // namespace stet::schedule_import
