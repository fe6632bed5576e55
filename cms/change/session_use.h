// Who of the schedule's sessions names a room, a track, a type or a speaker; and such a session
// with another name in its place.
//
// Threads: pure functions of immutable sites. Cost: the sessions that name it; of a type all.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/change/write.h"
#include "cms/schedule/session.h"

namespace stet::change {

enum class Named { kRoom, kTrack, kType, kSpeaker };

std::string_view word_of(Named kind);  // "room"

struct Use {
  std::string path;
  std::vector<std::string> pointers;  // of its fields: "/front_matter/slots/1/room"
};

// Without pointers where it does not name it.
Use use_of(const std::string& path,
           const schedule::Fields& session,
           Named kind,
           std::string_view name);
// By path.
std::vector<Use> uses_of(const site::Site& site, Named kind, std::string_view name);

// How many sessions name each.
using UseCounts = std::map<std::string, std::size_t, std::less<>>;
UseCounts count_uses(const site::Site& site, Named kind);

// A merge patch that makes a session name `to` where it named `name`; none: nothing in its place.
// An empty map where it does not name it.
document::Data::Map patch_of_use(const document::Data& front_matter,
                                 Named kind,
                                 std::string_view name,
                                 const std::optional<std::string>& to);

// "the room 'Hall' is named by 2 sessions: _schedule/a.md, _schedule/b.md".
std::string words_of_use(Named kind, std::string_view name, const std::vector<Use>& uses);

// kInUse, with those that name it.
Refusal in_use(Named kind, std::string_view name, const std::vector<Use>& uses);

// The same of a file that is to go, where it is a speaker's and sessions name that one.
std::optional<Refusal> fault_of_use(const site::Site& site,
                                    const Resource& resource,
                                    const RepoPath& path);

// The rooms, tracks and types that an edit of the event's file takes away. A list that is empty
// names nothing, and so forbids nothing.
std::vector<std::pair<Named, std::string>> names_lost(std::string_view before,
                                                      std::string_view after);

// kInUse of the first of these that sessions of `site` name.
std::optional<Refusal> fault_of_lost_names(const site::Site& site,
                                           std::string_view before,
                                           std::string_view after);

}  // namespace stet::change
