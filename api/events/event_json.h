// Events as those who listen, read or are called see them.
//
// Threads: pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "api/events/commit_events.h"

namespace stet::events {

using Json = nlohmann::ordered_json;

// {id, type, commit, subject, author, committer, resource, name, path, url, url_before, blob,
// blob_before, fields}; of a move also moved_from.
Json to_json(const EntryEvent& event);

// Why events were left out, and how to go on: type kSkipped. `base`: where the two histories part.
inline constexpr std::string_view kSkipped = "events.skipped";
enum class Skipped {
  kTooMany,    // read them with GET /api/v1/events?since=
  kRewritten,  // `since` is not in the history of `head`: what came after `base` is undone
  kGone,       // `since` is in the repository no more: read the entries anew
  kForgotten,  // what is told beside the events of commits, of an earlier run or long ago
};
Json skipped_json(Skipped why,
                  const CommitId& since,
                  const CommitId& head,
                  const std::optional<CommitId>& base = std::nullopt);

// On one line; text that is not UTF-8 shows U+FFFD.
std::string dump(const Json& json);

}  // namespace stet::events
