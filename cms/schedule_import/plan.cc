#include "cms/schedule_import/plan.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "cms/change/slug.h"
#include "cms/document/edit.h"
#include "cms/schedule/event.h"
#include "cms/schedule/session.h"
#include "cms/schedule/uid.h"
#include "cms/schedule_import/clean_text.h"
#include "cms/schedule_import/event_plan.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/matching.h"
#include "cms/schedule_import/own_export.h"

namespace stet::schedule_import {
namespace {

using document::Data;

Data links_data(const std::vector<Link>& links) {
  Data::List list;
  for (const Link& link : links)
    list.push_back(Data::Map{{"title", link.title}, {"url", link.url}});
  return list;
}

bool has_liquid(std::string_view text) {
  return text.find("{{") != text.npos || text.find("{%") != text.npos;
}

// Fields of an entry that the import says, in the order of a new file.
using Fields = Data::Map;

void set_text(Fields& fields, const char* key, const std::string& text) {
  if (!text.empty()) fields.set(key, text);
}

// What of `wanted` the front matter does not say yet.
Data::Map difference(const Fields& wanted, const Data& front_matter) {
  Data::Map patch;
  for (const auto& [key, value] : wanted) {
    const Data* own = front_matter.find(key);
    if (!own || !(*own == value)) patch.set(key, value);
  }
  return patch;
}

// A text whose markup was lost on its way (calendars have none) is still the same text.
bool says_something_else(std::string_view there,
                         std::string_view wanted,
                         const Schedule& schedule) {
  if (trimmed(there) == trimmed(wanted)) return false;
  if (schedule.is_own) return !is_same_wording(there, wanted, schedule.has_composed);
  bool ignored = false;
  std::string plain = one_line(wanted, kTextBytesMax, ignored);
  return plain_of_markdown(wanted) != plain || plain_of_markdown(there) != plain;
}

class Planner {
 public:
  Planner(const Schedule& schedule, const ScheduleThere& there)
      : schedule_(schedule), there_(there) {
    plan_.zone = there.zone.value_or(schedule.zone);
    names_ = there.names;
  }

  Result<Plan> run() {
    TRY(plan_event());
    TRY(plan_speakers());
    TRY(plan_sessions());
    std::sort(plan_.files.begin(),
              plan_.files.end(),
              [](const PlannedFile& a, const PlannedFile& b) { return a.path < b.path; });
    return std::move(plan_);
  }

 private:
  Status plan_event() {
    std::string after = TRY(event_after(schedule_, there_, plan_.zone));
    if (there_.event && *there_.event == after) return {};
    plan_.files.push_back(
        {TRY(RepoPath::parse(schedule::kEventPath)), there_.event, std::move(after)});
    return {};
  }

  // A name that no file of the folder has; `page` where that is free.
  std::string new_path(const std::string& folder,
                       const std::string& page,
                       const std::string& title,
                       const char* otherwise) {
    if (!page.empty() && names_.insert(folder + "/" + page).second) {
      return folder + "/" + page + ".md";
    }
    std::string slug = change::slug_of_text(title);
    if (slug.empty()) slug = otherwise;
    std::string base = folder + "/" + slug;
    int& next = namesakes_[base];
    std::string name = next == 0 ? base : base + "-" + std::to_string(next);
    while (!names_.insert(name).second)
      name = base + "-" + std::to_string(next = std::max(next, 1) + 1);
    return name + ".md";
  }

  Status add_file(const std::string& path, const Fields& fields, const std::string& body) {
    std::string text = body.empty() ? "" : body + "\n";
    plan_.files.push_back(
        {TRY(RepoPath::parse(path)), std::nullopt, TRY(document::write_document(fields, text))});
    return {};
  }

  // The fields that change; none: nothing does.
  Result<std::vector<std::string>> edit_file(const FileThere& file,
                                             const Fields& wanted,
                                             const std::string& body) {
    if (file.document.is_broken) {
      return invalid_input(
          file.path.string() +
          ": its front matter cannot be read; mend it first, for it cannot be edited");
    }
    Data::Map patch = difference(wanted, file.document.front_matter);
    document::Edit edit;
    std::vector<std::string> changed;
    for (const auto& [key, value] : patch) changed.push_back(key);
    if (!patch.empty()) edit.front_matter_patch = std::move(patch);
    if (!body.empty() && says_something_else(file.document.body(file.bytes), body, schedule_)) {
      edit.body = body + "\n";
      changed.push_back("body");
    }
    if (changed.empty()) return changed;
    std::string after = TRY(document::apply_edit(file.bytes, file.path.view(), edit));
    plan_.files.push_back({file.path, file.bytes, std::move(after)});
    return changed;
  }

  Status plan_speakers() {
    std::map<std::string, const FileThere*> by_uid, by_name, by_name_without_uid;
    for (const FileThere& file : there_.speakers) {
      std::string uid = file.text("uid"), name = file.text("name");
      if (name.empty()) name = file.text("title");
      by_uid.emplace(uid.empty() ? schedule::uid_of_path(file.path.view()) : uid, &file);
      by_name.emplace(name, &file);
      if (uid.empty()) by_name_without_uid.emplace(name, &file);
    }
    std::set<const FileThere*> taken;
    for (const Speaker& speaker : schedule_.speakers) {
      auto find = [&](const auto& files, const std::string& key) -> const FileThere* {
        auto found = files.find(key);
        return key.empty() || found == files.end() ? nullptr : found->second;
      };
      const FileThere* file = find(by_uid, speaker.uid);
      if (!file) file = find(by_name_without_uid, speaker.name);
      if (!file && speaker.uid.empty()) file = find(by_name, speaker.name);
      // Two people of one name are two, though one file is there.
      if (file && !taken.insert(file).second) file = nullptr;
      TRY(plan_speaker(speaker, file));
    }
    return {};
  }

  Status plan_speaker(const Speaker& speaker, const FileThere* file) {
    Fields fields;
    set_text(fields, "name", speaker.name);
    if (!file) {
      set_text(fields, "uid", speaker.uid);
      if (has_liquid(speaker.biography)) fields.set("render_with_liquid", false);
      std::string path = new_path(kSpeakersFolder, speaker.page, speaker.name, "speaker");
      slugs_.push_back(
          path.substr(sizeof kSpeakersFolder, path.size() - sizeof kSpeakersFolder - 3));
      return add_file(path, fields, speaker.biography);
    }
    if (file->text("name").empty()) fields.erase("name");
    bool is_own_uid = speaker.uid == schedule::uid_of_path(file->path.view());
    if (!is_own_uid) set_text(fields, "uid", speaker.uid);
    if (has_liquid(speaker.biography)) fields.set("render_with_liquid", false);
    slugs_.emplace_back(file->path.stem());
    TRY(edit_file(*file, fields, speaker.biography));
    return {};
  }

  // Entries of one page that say the same but when and where: one session with slots. In order; one
  // alone is none.
  std::map<std::string, std::vector<std::size_t>> slots_of_pages(
      const std::vector<std::optional<std::size_t>>& found) const {
    std::map<std::string, std::vector<std::size_t>> pages;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Session& session = schedule_.sessions[i];
      if (found[i] || session.page.empty() || !session.start) continue;
      auto& slots = pages[session.page];
      bool is_alike = slots.empty() || is_same_but_slot(schedule_.sessions[slots[0]], session);
      if (is_alike && slots.size() < schedule::kSlotsMax) slots.push_back(i);
    }
    std::erase_if(pages, [](const auto& page) { return page.second.size() < 2; });
    return pages;
  }

  static bool is_same_but_slot(const Session& a, const Session& b) {
    auto facts = [](const Session& s) {
      return std::tie(
          s.title, s.subtitle, s.track, s.type, s.language, s.status, s.description, s.code);
    };
    return facts(a) == facts(b) && a.speakers == b.speakers && a.links == b.links;
  }

  Data slot_data(const Session& session) const {
    Data::Map slot{{"start", wall_text(*session.start, plan_.zone)}};
    if (session.end) slot.set("end", wall_text(*session.end, plan_.zone));
    if (!session.room.empty()) slot.set("room", session.room);
    if (!session.uid.empty()) slot.set("uid", session.uid);
    if (session.sequence > 0) slot.set("sequence", session.sequence);
    return slot;
  }

  Status add_session(const std::string& path,
                     const Session& session,
                     const std::vector<std::size_t>& slots) {
    Fields fields = fields_of(session);
    if (slots.empty()) {
      set_text(fields, "uid", session.uid);
      return add_file(path, fields, session.description);
    }
    for (const char* key : {"start", "end", "room", "sequence"}) fields.erase(key);
    Data::List list;
    for (std::size_t i : slots) list.push_back(slot_data(schedule_.sessions[i]));
    fields.set("slots", std::move(list));
    return add_file(path, fields, session.description);
  }

  // All but the times, for the file may say them in another way.
  Fields fields_of(const Session& session) const {
    Fields fields;
    set_text(fields, "title", session.title);
    set_text(fields, "subtitle", session.subtitle);
    if (session.start) fields.set("start", wall_text(*session.start, plan_.zone));
    if (session.end) fields.set("end", wall_text(*session.end, plan_.zone));
    set_text(fields, "room", session.room);
    set_text(fields, "track", session.track);
    set_text(fields, "type", session.type);
    Data::List speakers;
    for (std::size_t place : session.speakers) speakers.emplace_back(slugs_[place]);
    if (!speakers.empty()) fields.set("speakers", std::move(speakers));
    set_text(fields, "status", session.status);
    set_text(fields, "language", session.language);
    if (!session.links.empty()) fields.set("links", links_data(session.links));
    set_text(fields, "code", session.code);
    if (session.sequence > 0) fields.set("sequence", session.sequence);
    if (has_liquid(session.description)) fields.set("render_with_liquid", false);
    return fields;
  }

  Status plan_sessions() {
    auto found = match_sessions(schedule_.sessions, there_.sessions);
    std::vector<char> is_in_both(there_.sessions.size());
    const auto slots = slots_of_pages(found);
    std::map<std::string, std::string> paths;  // of pages that are made of slots
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Session& session = schedule_.sessions[i];
      if (!found[i]) {
        auto group = slots.find(session.page);
        bool is_slot = group != slots.end() &&
                       std::binary_search(group->second.begin(), group->second.end(), i);
        std::string known = is_slot ? paths[session.page] : "";
        std::string path = known.empty()
                               ? new_path(kSessionsFolder, session.page, session.title, "session")
                               : known;
        if (known.empty()) {
          TRY(add_session(path, session, is_slot ? group->second : std::vector<std::size_t>()));
        }
        if (is_slot) paths[session.page] = path;
        plan_.sessions.push_back({path, true, is_slot, {}});
        continue;
      }
      Fields fields = fields_of(session);
      const SessionThere& own = there_.sessions[*found[i]];
      bool is_edited = std::exchange(is_in_both[*found[i]], char{1}) != 0;
      if (is_edited) {
        plan_.sessions.push_back({own.file.path.string(), false, own.has_slots, {}});
        continue;
      }
      drop_same(session, own, fields);
      auto changed = TRY(edit_file(own.file, fields, session.description));
      plan_.sessions.push_back({own.file.path.string(), false, own.has_slots, std::move(changed)});
    }
    for (std::size_t i = 0; i < is_in_both.size(); ++i) {
      if (!is_in_both[i]) plan_.untouched.push_back(there_.sessions[i].file.path.string());
    }
    return {};
  }

  // A time in other words is the same time, and a sequence only grows.
  static void drop_same(const Session& session, const SessionThere& own, Fields& fields) {
    if (own.has_slots || session.start == own.start()) fields.erase("start");
    if (own.has_slots || session.end == own.end) fields.erase("end");
    if (own.has_slots) {
      fields.erase("room");
      fields.erase("sequence");
    }
    // What ends at a time has no length beside it.
    const Data& front_matter = own.file.document.front_matter;
    if (fields.contains("end") && front_matter.find("duration")) fields.set("duration", Data());
    const Data* sequence = front_matter.find("sequence");
    bool is_higher = sequence && sequence->integer() && *sequence->integer() >= session.sequence;
    if (is_higher) fields.erase("sequence");
    // No status is "confirmed".
    if (session.status == "confirmed" && own.file.text("status").empty()) fields.erase("status");
  }

  const Schedule& schedule_;
  const ScheduleThere& there_;
  Plan plan_;
  std::set<std::string> names_;
  std::map<std::string, int> namesakes_;  // the last number given
  std::vector<std::string> slugs_;        // of the schedule's speakers
};

}  // namespace

std::string wall_text(const Time& time, const TimeZone& zone) {
  Time there = zone.at(time.seconds);
  CivilTime wall = civil_of(there);
  auto resolved = zone.resolve(wall);
  if (resolved.kind == TimeZone::Kind::kAmbiguous && resolved.earlier != there)
    return iso_time(there);
  std::string text = iso_instant(Instant{seconds_as_utc(wall)});
  return text.substr(0, wall.second == 0 ? 16 : 19);
}

Result<Plan> plan_import(const Schedule& schedule, const ScheduleThere& there) {
  return Planner(schedule, there).run();
}

}  // namespace stet::schedule_import
