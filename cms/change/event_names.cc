#include "cms/change/event_names.h"

#include <algorithm>

#include "cms/change/field_value.h"
#include "cms/change/new_path.h"
#include "cms/change/sessions.h"
#include "cms/document/structured.h"

namespace stet::change {
namespace {

using document::Data;
using Kind = Refusal::Kind;

// "rooms" of the file.
std::string key_of(Named kind) { return std::string(word_of(kind)) + "s"; }

std::string name_in(const Data& item) {
  const Data* name = item.is_map() ? item.find("name") : &item;
  return name ? text_of(*name) : "";
}

// The event's file, and the list in it.
struct EventFile {
  Data data;
  Data::List list;
};

Result<std::variant<EventFile, Refusal>> read_file(const Ground& ground,
                                                   const NameRequest& request) {
  using Outcome = std::variant<EventFile, Refusal>;
  auto there = ground.site.blob_of(schedule::kEventPath);
  if (!there) {
    return Outcome(
        refused(Kind::kNotFound, "there is no event; make it first: PUT /api/v1/schedule/event"));
  }
  const BlobId* blob = std::get_if<BlobId>(&request.expected);
  std::string bytes;
  auto seen =
      blob && *blob != *there ? ground.read_blob(*blob) : Result<std::string>(not_found(""));
  bytes = seen ? std::move(*seen) : TRY(ground.site.read_path(schedule::kEventPath));
  Problems problems;
  EventFile file{document::read_structured(bytes, schedule::kEventPath, problems), {}};
  const Data* list = file.data.find(key_of(request.kind));
  bool is_broken =
      !problems.empty() || !file.data.is_map() || (list && !list->is_nil() && !list->is_list());
  if (is_broken) {
    return Outcome(refused(Kind::kConflict,
                           std::string(schedule::kEventPath) + " cannot be read as keys with " +
                               key_of(request.kind) + " as a list; mend it"));
  }
  if (list && list->list()) file.list = *list->list();
  return Outcome(std::move(file));
}

std::size_t place_of(const Data::List& list, std::string_view name) {
  auto found = std::find_if(
      list.begin(), list.end(), [&](const Data& item) { return name_in(item) == name; });
  return static_cast<std::size_t>(found - list.begin());
}

Action event_action(const NameRequest& request, Data::List list) {
  Action action;
  action.verb = ActionVerb::kPatch;
  action.request.resource = &resource_of(EntryKind::kEvent);
  action.request.expected = request.expected;
  action.request.front_matter_patch = Data(Data::Map{{key_of(request.kind), std::move(list)}});
  return action;
}

CommitRequest commit_of(const NameRequest& request, std::string message) {
  CommitRequest commit;
  commit.actions_max = kSessionsOfNameMax + 1;
  commit.author_name = request.words.author_name;
  commit.author_email = request.words.author_email;
  commit.message = request.words.message.empty() ? std::move(message) : request.words.message;
  commit.trailers = request.words.trailers;
  return commit;
}

// Every session that names `name` names `to` from now on, or none.
Result<std::optional<Refusal>> add_sessions(const Ground& ground,
                                            Named kind,
                                            const std::string& name,
                                            const std::optional<std::string>& to,
                                            CommitRequest& commit) {
  std::vector<Use> uses = uses_of(ground.site, kind, name);
  if (uses.size() > kSessionsOfNameMax) {
    return std::optional(refused(Kind::kConflict,
                                 "more than " + std::to_string(kSessionsOfNameMax) +
                                     " sessions name '" + name + "'; change some of them first"));
  }
  for (const Use& use : uses) {
    std::string bytes = TRY(ground.site.read_path(use.path));
    document::Document document = document::parse_document(bytes, use.path);
    Data::Map patch = patch_of_use(document.front_matter, kind, name, to);
    if (patch.empty()) continue;
    Action action;
    action.request.resource = &resource_of(EntryKind::kSession);
    action.request.name = use.path;
    action.request.front_matter_patch = Data(std::move(patch));
    commit.actions.push_back(std::move(action));
  }
  return std::optional<Refusal>();
}

std::string quoted(const std::string& name) { return "'" + name + "'"; }

// Whom the request is about; a refusal says that there is none.
std::variant<EventName, Refusal> find(const Ground& ground, const NameRequest& request) {
  std::vector<EventName> names = names_of_event(ground.site, request.kind);
  if (const EventName* found = find_name(names, request.name)) return *found;
  return refused(
      Kind::kNotFound,
      "the event has no " + std::string(word_of(request.kind)) + " " + quoted(request.name));
}

std::optional<Refusal> fault_of_name(const NameRequest& request,
                                     const Data::List& list,
                                     const std::string& name) {
  if (name.empty()) {
    return refused_field("/name",
                         "each of the " + key_of(request.kind) + " has a name, which is text");
  }
  if (place_of(list, name) == list.size()) return std::nullopt;
  return refused_field(
      "/name",
      "the event has a " + std::string(word_of(request.kind)) + " " + quoted(name) + " already");
}

// What a request names, as the site writes it, and the file that names it.
struct Opened {
  std::string name;
  EventFile file;
};

Result<std::variant<Opened, Refusal>> open_named(const Ground& ground, const NameRequest& request) {
  using Outcome = std::variant<Opened, Refusal>;
  auto found = find(ground, request);
  if (auto* refusal = std::get_if<Refusal>(&found)) return Outcome(std::move(*refusal));
  auto read = TRY(read_file(ground, request));
  if (auto* refusal = std::get_if<Refusal>(&read)) return Outcome(std::move(*refusal));
  return Outcome(
      Opened{std::move(std::get<EventName>(found).name), std::move(std::get<EventFile>(read))});
}

// Where they go, if they go anywhere.
std::variant<std::optional<std::string>, Refusal> target_of(const NameRequest& request,
                                                            const std::string& name,
                                                            std::vector<Use> uses,
                                                            bool has_target) {
  if (request.on_use.kind == OnUse::Kind::kRefuse && !uses.empty()) {
    return in_use(request.kind, name, uses);
  }
  if (request.on_use.kind != OnUse::Kind::kMove) return std::optional<std::string>();
  if (has_target && request.on_use.to != name) return std::optional(request.on_use.to);
  return refused_field("",
                       "to: there is no other " + std::string(word_of(request.kind)) + " " +
                           quoted(request.on_use.to));
}

}  // namespace

std::vector<EventName> names_of_event(const site::Site& site, Named kind) {
  std::vector<EventName> names;
  auto event = event_of(site);
  auto bytes = site.read_path(schedule::kEventPath);
  if (!event || !bytes) return names;
  Problems ignored;
  Data data = document::read_structured(*bytes, schedule::kEventPath, ignored);
  const Data* list = data.find(key_of(kind));
  auto add = [&](const std::string& name, const std::string& slug) {
    EventName made{name, slug, Data(name)};
    if (list && list->list()) {
      std::size_t place = place_of(*list->list(), name);
      if (place < list->list()->size()) made.fields = (*list->list())[place];
    }
    names.push_back(std::move(made));
  };
  if (kind == Named::kRoom) {
    for (const auto& room : event->rooms) add(room.name, room.slug);
  } else if (kind == Named::kTrack) {
    for (const auto& track : event->tracks) add(track.name, track.slug);
  } else {
    for (const auto& type : event->types) add(type.name, "");
  }
  return names;
}

const EventName* find_name(const std::vector<EventName>& names, std::string_view name) {
  const EventName* by_slug = nullptr;
  for (const EventName& one : names) {
    if (one.name == name) return &one;
    if (!name.empty() && one.slug == name) by_slug = &one;
  }
  return by_slug;
}

Result<PlanOutcome> prepare_new_name(const Ground& ground, const NameRequest& request) {
  auto read = TRY(read_file(ground, request));
  if (auto* refusal = std::get_if<Refusal>(&read)) return PlanOutcome(std::move(*refusal));
  EventFile& file = std::get<EventFile>(read);
  std::string name = request.fields.is_map() ? name_in(request.fields) : "";
  if (auto fault = fault_of_name(request, file.list, name)) return PlanOutcome(std::move(*fault));
  if (file.list.size() >= schedule::kNamedMax) {
    return PlanOutcome(refused(Kind::kConflict,
                               "an event has at most " + std::to_string(schedule::kNamedMax) + " " +
                                   key_of(request.kind)));
  }
  file.list.push_back(request.fields);
  CommitRequest commit =
      commit_of(request, "Add the " + std::string(word_of(request.kind)) + " " + name);
  commit.actions.push_back(event_action(request, std::move(file.list)));
  return prepare_commit(ground, commit);
}

Result<PlanOutcome> prepare_name_patch(const Ground& ground, const NameRequest& request) {
  auto opened = TRY(open_named(ground, request));
  if (auto* refusal = std::get_if<Refusal>(&opened)) return PlanOutcome(std::move(*refusal));
  const std::string& name = std::get<Opened>(opened).name;
  EventFile& file = std::get<Opened>(opened).file;
  std::size_t place = place_of(file.list, name);
  if (place == file.list.size()) {
    return PlanOutcome(refused(Kind::kStale, "the event of that version has no " + quoted(name)));
  }
  Data& item = file.list[place];
  const Data* renamed = request.fields.find("name");
  bool is_name_alone = renamed && request.fields.map()->size() == 1 && !item.is_map();
  Data merged = document::merge_patched(item.is_map() ? item : Data(Data::Map{{"name", name}}),
                                        request.fields);
  std::string now = name_in(merged);
  Data::List others = file.list;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(place));
  if (auto fault = fault_of_name(request, others, now)) return PlanOutcome(std::move(*fault));
  if (!request.fields.map()->empty()) item = is_name_alone ? Data(now) : std::move(merged);
  std::string word(word_of(request.kind));
  CommitRequest commit = commit_of(request,
                                   now == name ? "Change the " + word + " " + name
                                               : "Rename the " + word + " " + name + " to " + now);
  commit.actions.push_back(event_action(request, std::move(file.list)));
  if (now != name) {
    if (auto fault = TRY(add_sessions(ground, request.kind, name, now, commit))) {
      return PlanOutcome(std::move(*fault));
    }
  }
  return prepare_commit(ground, commit);
}

Result<PlanOutcome> prepare_name_deletion(const Ground& ground, const NameRequest& request) {
  auto opened = TRY(open_named(ground, request));
  if (auto* refusal = std::get_if<Refusal>(&opened)) return PlanOutcome(std::move(*refusal));
  const std::string& name = std::get<Opened>(opened).name;
  EventFile& file = std::get<Opened>(opened).file;
  bool has_target = place_of(file.list, request.on_use.to) < file.list.size();
  auto target = target_of(request, name, uses_of(ground.site, request.kind, name), has_target);
  if (auto* refusal = std::get_if<Refusal>(&target)) return PlanOutcome(std::move(*refusal));
  std::erase_if(file.list, [&](const Data& item) { return name_in(item) == name; });
  CommitRequest commit =
      commit_of(request, "Remove the " + std::string(word_of(request.kind)) + " " + name);
  commit.actions.push_back(event_action(request, std::move(file.list)));
  const auto& to = std::get<std::optional<std::string>>(target);
  if (auto fault = TRY(add_sessions(ground, request.kind, name, to, commit))) {
    return PlanOutcome(std::move(*fault));
  }
  return prepare_commit(ground, commit);
}

Result<PlanOutcome> prepare_speaker_deletion(const Ground& ground, const NameRequest& request) {
  const Resource& speakers = resource_of(EntryKind::kSpeaker);
  auto path = find_path(ground.site, speakers, "", request.name);
  if (!path) {
    bool is_ambiguous = path.error().code == ErrorCode::kConflict;
    return PlanOutcome(
        refused(is_ambiguous ? Kind::kConflict : Kind::kNotFound, path.error().message));
  }
  const std::string slug = schedule::slug_of_path(path->view());
  bool has_target = ground.site.blob_of("_speakers/" + request.on_use.to + ".md").has_value();
  auto target = target_of(request, slug, uses_of(ground.site, Named::kSpeaker, slug), has_target);
  if (auto* refusal = std::get_if<Refusal>(&target)) return PlanOutcome(std::move(*refusal));
  CommitRequest commit = commit_of(request, "Remove the speaker " + slug);
  const auto& to = std::get<std::optional<std::string>>(target);
  if (auto fault = TRY(add_sessions(ground, Named::kSpeaker, slug, to, commit))) {
    return PlanOutcome(std::move(*fault));
  }
  Action deletion;
  deletion.verb = ActionVerb::kDelete;
  deletion.request.resource = &speakers;
  deletion.request.name = path->string();
  deletion.request.expected = request.expected;
  commit.actions.push_back(std::move(deletion));
  PlanOutcome outcome = TRY(prepare_commit(ground, commit));
  // The entry that was asked for comes first.
  if (auto* plan = std::get_if<Plan>(&outcome)) {
    std::rotate(plan->actions.begin(), plan->actions.end() - 1, plan->actions.end());
  }
  return outcome;
}

}  // namespace stet::change
