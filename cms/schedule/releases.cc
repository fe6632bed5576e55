#include "cms/schedule/releases.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "cms/liquid/member.h"
#include "cms/schedule/event.h"
#include "cms/schedule/history_step.h"
#include "storage/base/utf8.h"

namespace stet::schedule {
namespace {

using Sessions = site::ScheduleHistory::Sessions;

constexpr std::array<std::string_view, 5> kWords = {
    "new", "moved", "cancelled", "removed", "retitled"};

struct Known {
  const std::string* path = nullptr;
  const site::SessionRecord* record = nullptr;
  const site::SlotRecord* slot = nullptr;
};
using ByUid = std::map<std::string, Known>;

void add_slots(const std::string& path, const site::SessionRecordPtr* record, ByUid& slots) {
  if (!record) return;
  for (const site::SlotRecord& slot : (*record)->slots) {
    slots.emplace(slot.uid, Known{&path, record->get(), &slot});
  }
}

bool is_moved(const site::SlotRecord& was, const site::SlotRecord& is) {
  return was.start != is.start || was.end != is.end || was.room != is.room;
}

SlotChange change_of(SlotChangeKind kind, const Known& was, const Known& is) {
  SlotChange change;
  change.kind = kind;
  change.path = is.path ? *is.path : *was.path;
  if (is.record) change.title = is.record->title;
  if (was.record) change.old_title = was.record->title;
  if (is.slot) change.slot = *is.slot;
  if (was.slot) change.old_slot = *was.slot;
  return change;
}

void tell(const Known& was, const Known& is, std::vector<SlotChange>& changes) {
  auto add = [&](SlotChangeKind kind) { changes.push_back(change_of(kind, was, is)); };
  if (!is.slot) {
    if (!was.slot->is_cancelled) add(SlotChangeKind::kRemoved);
    return;
  }
  const bool was_there = was.slot && !was.slot->is_cancelled;
  if (is.slot->is_cancelled) {
    if (was_there) add(SlotChangeKind::kCancelled);
    return;
  }
  if (!was_there) return add(SlotChangeKind::kNew);
  if (is_moved(*was.slot, *is.slot)) add(SlotChangeKind::kMoved);
  if (was.record->title != is.record->title) add(SlotChangeKind::kRetitled);
}

// A version is often written as a number: 0.3
std::string version_text(const liquid::Value& version) {
  if (version.type() != liquid::Type::kFloat) return name_of(version).value_or("");
  std::array<char, 32> text{};
  auto end = std::to_chars(text.data(), text.data() + text.size(), version.as_float());
  return std::string(text.data(), end.ptr);
}

}  // namespace

bool is_version(std::string_view text) {
  auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (text.empty() || text.size() > kVersionBytesMax) return false;
  if (!is_letter(text.front()) || !is_letter(text.back())) return false;
  if (text.find("..") != text.npos || text.ends_with(".lock")) return false;
  bool is_plain = std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || std::string_view(".-_+").find(c) != std::string_view::npos;
  });
  return is_plain && text != "wip" && text != "latest";
}

std::vector<NamedRelease> releases_in(const liquid::Value& data) {
  std::vector<NamedRelease> releases;
  std::set<std::string> known;
  if (data.type() != liquid::Type::kArray) return releases;
  for (const liquid::Value& item : data.as_array().items) {
    if (releases.size() == kReleasesMax) break;
    liquid::Value version = liquid::member_of(item, "version");
    std::string name = version_text(version);
    if (!is_version(name) || !known.insert(name).second) continue;
    liquid::Value notes = liquid::member_of(item, "notes");
    std::string_view text = notes.is_string() ? notes.as_string() : std::string_view();
    text = text.substr(0, kNotesBytesMax);
    releases.push_back({name, std::string(text.substr(0, utf8_prefix(text)))});
  }
  return releases;
}

std::string_view word_of(SlotChangeKind kind) { return kWords[static_cast<std::size_t>(kind)]; }

std::vector<SlotChange> changes_between(const Sessions& before, const Sessions& after) {
  ByUid was, is;
  before.compare(
      after,
      [](const site::SessionRecordPtr& a, const site::SessionRecordPtr& b) {
        return a == b || (a->title == b->title && a->slots == b->slots);
      },
      [&](const std::string& path,
          const site::SessionRecordPtr* old_record,
          const site::SessionRecordPtr* new_record) {
        add_slots(path, old_record, was);
        add_slots(path, new_record, is);
      });
  std::vector<SlotChange> changes;
  for (const auto& [uid, old_slot] : was) {
    auto found = is.find(uid);
    tell(old_slot, found == is.end() ? Known() : found->second, changes);
  }
  for (const auto& [uid, new_slot] : is) {
    if (!was.contains(uid)) tell(Known(), new_slot, changes);
  }
  auto place_of = [](const SlotChange& change) {
    const site::SlotRecord& slot = change.slot.uid.empty() ? change.old_slot : change.slot;
    return std::tie(slot.start, slot.uid, change.kind);
  };
  std::stable_sort(changes.begin(), changes.end(), [&](const SlotChange& a, const SlotChange& b) {
    return place_of(a) < place_of(b);
  });
  return changes;
}

std::string summary_of(const std::vector<SlotChange>& changes) {
  std::array<std::size_t, kWords.size()> counts{};
  for (const SlotChange& change : changes) ++counts[static_cast<std::size_t>(change.kind)];
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(counts[i]) + " " + std::string(kWords[i]);
  }
  return text.empty() ? "no changes" : text;
}

}  // namespace stet::schedule
