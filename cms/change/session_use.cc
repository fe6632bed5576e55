#include "cms/change/session_use.h"

#include <algorithm>
#include <set>

#include "cms/change/field_value.h"
#include "cms/change/new_path.h"
#include "cms/document/data.h"
#include "cms/document/structured.h"
#include "cms/liquid/member.h"
#include "cms/schedule/event.h"
#include "cms/schedule/program_view.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schedule/session.h"

namespace stet::change {
namespace {

using document::Data;
using liquid::Type;
using liquid::Value;

constexpr std::size_t kUsesTold = 50, kUsesInWords = 3;

// Calls take(path, fields) for each session of a list of the site.
template <typename Take>
void each_session(const site::Site& site, const std::string& list, Take take) {
  site.list(list).for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    take(static_cast<const site::Document&>(*item));
  });
}

std::string list_of(Named kind, std::string_view name) {
  switch (kind) {
    case Named::kRoom: return schedule::list_of_room(name);
    case Named::kTrack: return schedule::list_of_track(name);
    case Named::kSpeaker: return schedule::list_of_speaker(name);
    case Named::kType: break;
  }
  return schedule::kSessions;
}

// Calls take(pointer, name) for each of that kind that the session names.
template <typename Take>
void each_name(const schedule::Fields& session, Named kind, Take take) {
  std::string key(word_of(kind));
  if (kind == Named::kSpeaker) {
    Value list = session("speakers");
    if (list.type() != Type::kArray) return;
    const auto& items = list.as_array().items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      auto name = schedule::name_of(items[i]);
      if (name) take("/front_matter/speakers/" + std::to_string(i), *name);
    }
    return;
  }
  if (auto name = schedule::name_of(session(key))) take("/front_matter/" + key, *name);
  if (kind != Named::kRoom) return;
  Value slots = session("slots");
  if (slots.type() != Type::kArray) return;
  const auto& items = slots.as_array().items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value* own = liquid::find_member(items[i], key);
    auto name = own ? schedule::name_of(*own) : std::nullopt;
    if (name) take("/front_matter/slots/" + std::to_string(i) + "/room", *name);
  }
}

schedule::Fields fields_of(const site::Document& session) {
  return [&session](std::string_view key) { return session.field(key); };
}

bool is_named(const Data* value, std::string_view name) {
  return value && is_text_like(*value) && text_of(*value) == name;
}

Data speakers_with(const Data::List& speakers,
                   std::string_view name,
                   const std::optional<std::string>& to) {
  Data::List kept;
  for (const Data& speaker : speakers) {
    if (!is_named(&speaker, name)) {
      kept.push_back(speaker);
    } else if (to && std::none_of(speakers.begin(), speakers.end(), [&](const Data& other) {
                 return is_named(&other, *to);
               })) {
      kept.emplace_back(*to);
    }
  }
  return kept.empty() ? Data() : Data(std::move(kept));
}

std::set<std::string> names_under(const Data& event, const std::string& key) {
  std::set<std::string> names;
  const Data* list = event.find(key);
  if (!list || !list->list()) return names;
  for (const Data& item : *list->list()) {
    const Data* name = item.is_map() ? item.find("name") : &item;
    if (name && !text_of(*name).empty()) names.insert(text_of(*name));
  }
  return names;
}

Data value_of(const std::optional<std::string>& name) { return name ? Data(*name) : Data(); }

}  // namespace

std::string_view word_of(Named kind) {
  switch (kind) {
    case Named::kRoom: return "room";
    case Named::kTrack: return "track";
    case Named::kType: return "type";
    case Named::kSpeaker: return "speaker";
  }
  return "";
}

Use use_of(const std::string& path,
           const schedule::Fields& session,
           Named kind,
           std::string_view name) {
  Use use{path, {}};
  each_name(session, kind, [&](std::string pointer, const std::string& named) {
    if (named == name) use.pointers.push_back(std::move(pointer));
  });
  return use;
}

std::vector<Use> uses_of(const site::Site& site, Named kind, std::string_view name) {
  std::vector<Use> uses;
  each_session(site, list_of(kind, name), [&](const site::Document& session) {
    Use use = use_of(session.path(), fields_of(session), kind, name);
    if (!use.pointers.empty()) uses.push_back(std::move(use));
  });
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.path < b.path; });
  return uses;
}

UseCounts count_uses(const site::Site& site, Named kind) {
  UseCounts counts;
  each_session(site, schedule::kSessions, [&](const site::Document& session) {
    std::set<std::string> names;
    each_name(fields_of(session), kind, [&](const std::string&, const std::string& name) {
      names.insert(name);
    });
    for (const std::string& name : names) ++counts[name];
  });
  return counts;
}

Data::Map patch_of_use(const Data& front_matter,
                       Named kind,
                       std::string_view name,
                       const std::optional<std::string>& to) {
  Data::Map patch;
  if (kind == Named::kSpeaker) {
    const Data* speakers = front_matter.find("speakers");
    const Data::List* list = speakers ? speakers->list() : nullptr;
    bool has_it = list && std::any_of(list->begin(), list->end(), [&](const Data& one) {
                    return is_named(&one, name);
                  });
    if (has_it) patch.set("speakers", speakers_with(*list, name, to));
    return patch;
  }
  std::string key(word_of(kind));
  if (is_named(front_matter.find(key), name)) patch.set(key, value_of(to));
  const Data* slots = kind == Named::kRoom ? front_matter.find("slots") : nullptr;
  if (!slots || !slots->list()) return patch;
  Data::List list = *slots->list();
  bool has_changed = false;
  for (Data& slot : list) {
    if (!slot.map() || !is_named(slot.find(key), name)) continue;
    has_changed = true;
    if (to) {
      slot.map()->set(key, Data(*to));
    } else {
      slot.map()->erase(key);
    }
  }
  if (has_changed) patch.set("slots", Data(std::move(list)));
  return patch;
}

std::string words_of_use(Named kind, std::string_view name, const std::vector<Use>& uses) {
  std::string named;
  for (std::size_t i = 0; i < uses.size() && i < kUsesInWords; ++i) {
    named += (i == 0 ? "" : ", ") + uses[i].path;
  }
  if (uses.size() > kUsesInWords) {
    named += " and " + std::to_string(uses.size() - kUsesInWords) + " more";
  }
  return "the " + std::string(word_of(kind)) + " '" + std::string(name) + "' is named by " +
         std::to_string(uses.size()) + (uses.size() == 1 ? " session: " : " sessions: ") + named;
}

Refusal in_use(Named kind, std::string_view name, const std::vector<Use>& uses) {
  std::string word(word_of(kind));
  Refusal refusal = refused(Refusal::Kind::kInUse,
                            words_of_use(kind, name, uses) +
                                "; mend these first or in the same commit, or say what becomes "
                                "of them: DELETE /api/v1/" +
                                (kind == Named::kSpeaker ? "" : "schedule/") + word +
                                "s/... with ?on_use=clear, or ?on_use=move&to=<another>");
  for (const Use& use : uses) {
    if (refusal.entries.size() == kUsesTold) break;
    Findings findings;
    for (const std::string& pointer : use.pointers) {
      findings.push_back({pointer, "names the " + word + " '" + std::string(name) + "'"});
    }
    refusal.entries.emplace_back(use.path, std::move(findings));
  }
  return refusal;
}

std::vector<std::pair<Named, std::string>> names_lost(std::string_view before,
                                                      std::string_view after) {
  std::vector<std::pair<Named, std::string>> lost;
  if (before == after) return lost;
  Problems ignored;
  const Data old_event = document::read_structured(before, schedule::kEventPath, ignored);
  const Data new_event = document::read_structured(after, schedule::kEventPath, ignored);
  for (Named kind : {Named::kRoom, Named::kTrack, Named::kType}) {
    std::string key = std::string(word_of(kind)) + "s";
    const std::set<std::string> now = names_under(new_event, key);
    if (now.empty()) continue;
    for (const std::string& name : names_under(old_event, key)) {
      if (!now.contains(name)) lost.emplace_back(kind, name);
    }
  }
  return lost;
}

std::optional<Refusal> fault_of_lost_names(const site::Site& site,
                                           std::string_view before,
                                           std::string_view after) {
  for (const auto& [kind, name] : names_lost(before, after)) {
    std::vector<Use> uses = uses_of(site, kind, name);
    if (!uses.empty()) return in_use(kind, name, uses);
  }
  return std::nullopt;
}

std::optional<Refusal> fault_of_use(const site::Site& site,
                                    const Resource& resource,
                                    const RepoPath& path) {
  bool is_speaker = resource.kind == EntryKind::kSpeaker || path.view().starts_with("_speakers/");
  if (!is_speaker) return std::nullopt;
  std::string slug = schedule::slug_of_path(path.view());
  std::vector<Use> uses = uses_of(site, Named::kSpeaker, slug);
  if (uses.empty()) return std::nullopt;
  return in_use(Named::kSpeaker, slug, uses);
}

}  // namespace stet::change
