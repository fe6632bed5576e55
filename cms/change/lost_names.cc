#include "cms/change/lost_names.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cms/change/session_use.h"
#include "cms/change/sessions.h"
#include "cms/change/timetables.h"
#include "cms/schedule/event.h"
#include "cms/schedule/session.h"
#include "storage/snapshot/snapshot.h"

namespace stet::change {
namespace {

constexpr std::string_view kSpeakers = "_speakers";

struct Lost {
  Named kind;
  std::string name;
  std::string path;  // of the file that had it
  std::vector<Use> uses = {};
};

// None of what is no file, or too large to be one.
Result<std::string> text_of(const storage::SnapshotPtr& snapshot, const storage::FileState& file) {
  if (!storage::is_readable(file.kind)) return std::string();
  auto text = snapshot->read(file.blob);
  if (!text && text.error().code == ErrorCode::kInvalidInput) return std::string();
  return text;
}

std::set<std::string> names_of(const schedule::Event& event, Named kind) {
  std::set<std::string> names;
  auto add = [&](const auto& list) {
    for (const auto& one : list) names.insert(one.name);
  };
  if (kind == Named::kRoom) add(event.rooms);
  if (kind == Named::kTrack) add(event.tracks);
  if (kind == Named::kType) add(event.types);
  return names;
}

Status add_lost_of_event(const Push& push,
                         const storage::FileChange& change,
                         std::vector<Lost>& lost) {
  const std::string before = TRY(text_of(push.before, *change.before));
  const std::string after = TRY(text_of(push.after, *change.after));
  for (auto& [kind, name] : names_lost(before, after)) {
    lost.push_back({kind, std::move(name), change.path.string()});
  }
  return {};
}

Status add_lost_speaker(const Push& push, const RepoPath& path, std::vector<Lost>& lost) {
  std::string slug = schedule::slug_of_path(path.view());
  auto own = RepoPath::parse(std::string(kSpeakers) + "/" + slug + ".md");
  if (!own || TRY(push.after->find(*own))) return {};
  lost.push_back({Named::kSpeaker, std::move(slug), path.string()});
  return {};
}

Result<std::vector<Lost>> all_lost(const Push& push) {
  std::vector<Lost> lost;
  if (!push.before) return lost;
  for (const storage::FileChange& change : push.diff) {
    if (!change.before) continue;
    if (change.after && change.path.view() == schedule::kEventPath) {
      TRY(add_lost_of_event(push, change, lost));
    } else if (!change.after && change.path.is_below(kSpeakers)) {
      TRY(add_lost_speaker(push, change.path, lost));
    }
  }
  return lost;
}

}  // namespace

Result<Problems> lost_names(const Push& push) {
  Problems problems;
  std::vector<Lost> lost = TRY(all_lost(push));
  if (lost.empty()) return problems;
  auto look_at = [&](const std::string& path, const schedule::Fields& fields) {
    for (Lost& one : lost) {
      Use use = use_of(path, fields, one.kind, one.name);
      if (!use.pointers.empty()) one.uses.push_back(std::move(use));
    }
  };
  each_session_of(*push.after, look_at);
  for (const Lost& one : lost) {
    if (one.uses.empty() || problems.size() == kLostNamesMax) continue;
    problems.push_back(
        {Severity::kError, one.path, 0, 0, in_use(one.kind, one.name, one.uses).message});
  }
  return problems;
}

Problems unknown_names(const site::Site& site) {
  Problems problems;
  const std::optional<schedule::Event> event = event_of(site);
  if (!event) return problems;
  for (Named kind : {Named::kRoom, Named::kTrack, Named::kType}) {
    const std::set<std::string> known = names_of(*event, kind);
    if (known.empty()) continue;
    for (const auto& [name, count] : count_uses(site, kind)) {
      if (known.contains(name) || problems.size() == kLostNamesMax) continue;
      problems.push_back(
          {Severity::kWarning,
           schedule::kEventPath,
           0,
           0,
           words_of_use(kind, name, uses_of(site, kind, name)) +
               ", and the event has none of that name; name it here, or mend these"});
    }
  }
  return problems;
}

}  // namespace stet::change
