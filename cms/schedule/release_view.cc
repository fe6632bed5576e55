#include "cms/schedule/release_view.h"

#include "cms/liquid/filters/strftime.h"
#include "cms/schedule/releases.h"
#include "cms/site/site.h"

namespace stet::schedule {
namespace {

using liquid::Hash;
using liquid::Value;
using reads::Key;
using reads::Kind;
using site::View;

constexpr SlotChangeKind kKinds[] = {SlotChangeKind::kNew,
                                     SlotChangeKind::kMoved,
                                     SlotChangeKind::kCancelled,
                                     SlotChangeKind::kRemoved,
                                     SlotChangeKind::kRetitled};

const std::vector<site::ReleasePtr>& releases_of(View& view) {
  view.recorder().add(
      Key(Kind::kField, view.names().id_of("site.schedule"), view.names().id_of("#releases")));
  return view.site().schedule_history().releases;
}

std::vector<SlotChange> changes_of(const site::Release& release) {
  return changes_between(release.before, release.sessions);
}

void add_slot(const std::string& prefix,
              const site::SlotRecord& slot,
              const Event& event,
              std::vector<Hash::Entry>& entries) {
  if (slot.uid.empty()) return;
  Time start = event.zone.at(slot.start), end = event.zone.at(slot.end);
  auto add = [&](const char* key, std::string text) {
    entries.emplace_back(prefix + key, Value(std::move(text)));
  };
  add("room", slot.room);
  add("date", iso_date(civil_of(start).date));
  add("start", liquid::strftime("%H:%M", start, ""));
  add("end", liquid::strftime("%H:%M", end, ""));
  add("start_iso", iso_time(start));
  add("end_iso", iso_time(end));
  add("zone", event.zone.offset_at(slot.start).abbreviation);
}

// Nil of a session that has no page any more.
Value url_of(const std::string& path, View& view) {
  view.recorder().add(Key(Kind::kField, view.names().id_of(path), view.names().id_of("exists")));
  auto document = view.site().find_document(path);
  return document ? document->get("url", view) : Value();
}

Value change_value(const SlotChange& change, const Event& event, View& view) {
  bool is_gone = change.slot.uid.empty();
  std::vector<Hash::Entry> entries;
  entries.emplace_back("title", Value(is_gone ? change.old_title : change.title));
  entries.emplace_back("url", url_of(change.path, view));
  if (!is_gone && !change.old_slot.uid.empty()) {
    entries.emplace_back("old_title", Value(change.old_title));
  }
  add_slot("", is_gone ? change.old_slot : change.slot, event, entries);
  if (!is_gone) add_slot("old_", change.old_slot, event, entries);
  return liquid::make_hash(std::move(entries));
}

Value changes_value(const std::vector<SlotChange>& changes, const Event& event, View& view) {
  std::vector<Hash::Entry> kinds;
  for (SlotChangeKind kind : kKinds) {
    std::vector<Value> values;
    for (const SlotChange& change : changes) {
      if (change.kind == kind) values.push_back(change_value(change, event, view));
    }
    kinds.emplace_back(std::string(word_of(kind)), liquid::make_array(std::move(values)));
  }
  return liquid::make_hash(std::move(kinds));
}

std::string line_of(const SlotChange& change, const Event& event) {
  auto place = [&](const site::SlotRecord& slot) {
    return iso_time(event.zone.at(slot.start)) + (slot.room.empty() ? "" : ", " + slot.room);
  };
  bool is_gone = change.slot.uid.empty();
  std::string line = std::string(word_of(change.kind)) + ": ";
  line += is_gone ? change.old_title : change.title;
  switch (change.kind) {
    case SlotChangeKind::kRetitled: return line + " (was: " + change.old_title + ")";
    case SlotChangeKind::kMoved:
      return line + ", from " + place(change.old_slot) + " to " + place(change.slot);
    case SlotChangeKind::kNew:
    case SlotChangeKind::kCancelled:
    case SlotChangeKind::kRemoved: break;
  }
  return line + ", " + place(is_gone ? change.old_slot : change.slot);
}

}  // namespace

Value releases_value(const Event& event, View& view) {
  std::vector<Value> values;
  const auto& releases = releases_of(view);
  for (auto it = releases.rbegin(); it != releases.rend(); ++it) {
    const site::Release& release = **it;
    std::vector<SlotChange> changes = changes_of(release);
    Time when = event.zone.at(release.when.seconds);
    values.push_back(liquid::make_hash({{"version", Value(release.version)},
                                        {"notes", Value(release.notes)},
                                        {"date", Value(when)},
                                        {"date_iso", Value(iso_time(when))},
                                        {"commit", Value(release.commit.hex())},
                                        {"summary", Value(summary_of(changes))},
                                        {"changes", changes_value(changes, event, view)}}));
  }
  return liquid::make_array(std::move(values));
}

void add_releases(Program& program, View& view) {
  const auto& releases = releases_of(view);
  if (releases.empty()) return;
  const site::Release& last = *releases.back();
  program.version = last.version;
  bool is_other = !changes_between(last.sessions, view.site().schedule_history().sessions).empty();
  if (is_other) {
    program.version += "+" + iso_instant(last_change(program).value_or(Instant{}));
  }
  for (const site::ReleasePtr& release : releases) {
    std::vector<SlotChange> changes = changes_of(*release);
    std::string text = clean_text(release->notes);
    for (const SlotChange& change : changes) {
      text += (text.empty() ? "" : "\n") + line_of(change, program.event);
    }
    program.releases.push_back(
        {release->version, summary_of(changes), std::move(text), release->when});
  }
}

}  // namespace stet::schedule
