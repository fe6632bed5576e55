#include "api/routes/list_request.h"

#include <algorithm>
#include <array>

#include "api/routes/list_fields.h"
#include "api/routes/route.h"
#include "api/routes/session_query.h"
#include "cms/change/sessions.h"

namespace stet::api {
namespace {

using change::EntryKind;
using Fault = std::optional<ProblemReport>;

std::string_view default_sort(EntryKind kind) {
  if (kind == EntryKind::kPost || kind == EntryKind::kDraft) return "-date";
  return kind == EntryKind::kSession ? "start" : "path";
}

Fault take_sort(const Call& call, ListSpec& spec) {
  std::string text(call.request.query_value("sort").value_or(default_sort(spec.resource->kind)));
  for (std::string& part : parts_of(text)) {
    bool is_descending = part.starts_with('-');
    std::string name = is_descending ? part.substr(1) : std::move(part);
    if (name.empty()) return bad_query("sort", "'-' stands before the name of a field");
    // Named again it decides nothing, and would only make keys longer.
    bool is_again = std::any_of(spec.sort.begin(), spec.sort.end(), [&](const SortField& field) {
      return field.name == name;
    });
    if (!is_again) spec.sort.push_back({std::move(name), is_descending});
  }
  if (!spec.sort.empty() && spec.sort.size() <= kSortFieldsMax) return std::nullopt;
  return bad_query(
      "sort",
      "sort names 1 to " + std::to_string(kSortFieldsMax) + " fields, by commas: -date,title");
}

Fault take_filters(const Call& call, const site::Site& site, ListSpec& spec) {
  for (const auto& [name, text] : call.request.query) {
    if (!name.starts_with("filter[")) continue;
    auto filter = Filter::parse(name, text, site.config().zone());
    if (!filter) return bad_query(name, filter.error().message);
    spec.filters.push_back(std::move(*filter));
  }
  if (spec.filters.size() <= kFiltersMax) return std::nullopt;
  return bad_query("filter", "a list has at most " + std::to_string(kFiltersMax) + " filters");
}

// Another event is another list: its days and its zone say when sessions are.
Fault take_sessions(const Call& call, const Reading& reading, ListSpec& spec) {
  if (spec.resource->kind != EntryKind::kSession) return std::nullopt;
  auto event = change::event_of(*reading.site);
  auto filter = session_filter_of(call, reading, event ? event->zone : TimeZone());
  if (auto* report = std::get_if<ProblemReport>(&filter)) return std::move(*report);
  spec.sessions = std::get<schedule::SessionFilter>(std::move(filter));
  if (!event) return std::nullopt;
  spec.event = std::make_shared<const schedule::Event>(std::move(*event));
  auto blob = reading.site->blob_of(schedule::kEventPath);
  spec.event_version = blob ? blob->hex() : "";
  return std::nullopt;
}

Fault take_cursor(const Call& call, ListRequest& list) {
  auto text = call.request.query_value("cursor");
  if (!text) return std::nullopt;
  list.cursor = decode_cursor(*text, list.spec);
  if (list.cursor) return std::nullopt;
  return bad_query("cursor", "this is no cursor of a list in this order");
}

// What entries have beside front matter; of those that have none it is all.
constexpr auto kMembers = std::to_array<std::string_view>({"path",
                                                           "kind",
                                                           "name",
                                                           "blob",
                                                           "self",
                                                           "content",
                                                           "content_base64",
                                                           "data",
                                                           "url",
                                                           "html",
                                                           "excerpt",
                                                           "related",
                                                           "derived",
                                                           "slots",
                                                           "clashes",
                                                           "problems"});

// "title" is the front matter's, as it is for filters; what has no front matter has no such field.
Fault fault_of_shown(const Call& call,
                     const Reading& reading,
                     const ListSpec& spec,
                     const std::vector<std::string>& fields) {
  const change::Resource& resource = *spec.resource;
  bool has_front_matter = !resource.is_structured() && resource.kind != EntryKind::kFile;
  if (!has_front_matter) return fault_of_fields(fields, kMembers);
  std::vector<std::string> own;
  for (const std::string& field : fields) {
    std::string_view name = std::string_view(field).substr(0, field.find('.'));
    bool is_member =
        name == "body" || std::find(kMembers.begin(), kMembers.end(), name) != kMembers.end();
    if (!is_member) own.push_back(field);
  }
  return fault_of_field_words(call, reading, spec, own);
}

// "front_matter.title" of an entry, and no more.
void copy_field(const Json& from, Json& to, std::string_view field) {
  std::size_t dot = field.find('.');
  std::string name(field.substr(0, dot));
  auto found = from.find(name);
  if (found == from.end()) return;
  if (dot == std::string_view::npos) {
    to[name] = *found;
  } else if (found->is_object()) {
    Json& below = to[name];
    if (below.is_null()) below = Json::object();
    if (below.is_object()) copy_field(*found, below, field.substr(dot + 1));
  }
}

}  // namespace

std::optional<ProblemReport> fault_of_fields(const std::vector<std::string>& fields,
                                             std::span<const std::string_view> members) {
  for (const std::string& field : fields) {
    std::string_view name = std::string_view(field).substr(0, field.find('.'));
    if (std::find(members.begin(), members.end(), name) != members.end()) continue;
    std::string names;
    for (std::string_view member : members) {
      names += (names.empty() ? "" : ", ") + std::string(member);
    }
    return bad_query("fields", "there is no member '" + field + "' here; there are " + names);
  }
  return std::nullopt;
}

std::variant<ListRequest, ProblemReport> list_request_of(const Call& call, const Reading& reading) {
  ListRequest list;
  list.spec.resource = call.route.resource;
  list.spec.label = call.label();
  list.spec.is_public = reading.is_public;
  list.spec.hidden = reading.hidden;
  list.spec.scope = reading.scope;
  if (auto fault = take_sort(call, list.spec)) return *fault;
  if (auto fault = take_filters(call, *reading.site, list.spec)) return *fault;
  if (auto fault = take_sessions(call, reading, list.spec)) return *fault;
  if (auto fault = take_cursor(call, list)) return *fault;
  list.fields = parts_of(call.request.query_value("fields").value_or(""));
  if (auto fault = fault_of_shown(call, reading, list.spec, list.fields)) return *fault;
  auto showing = showing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&showing)) return *report;
  list.showing = std::get<Showing>(showing);
  auto limit = limit_of(call, kEntriesShown, kEntriesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  list.limit = std::get<std::size_t>(limit);
  return list;
}

Json shown_members(Json entry, const std::vector<std::string>& fields) {
  if (fields.empty()) {
    for (const char* large : {"body", "content", "content_base64", "data"}) entry.erase(large);
    return entry;
  }
  Json only = Json::object();
  for (const std::string& field : fields) {
    std::string name = field.substr(0, field.find('.'));
    auto own = entry.find("front_matter");
    bool is_of_front_matter = !entry.contains(name) && own != entry.end() && own->contains(name);
    copy_field(entry, only, is_of_front_matter ? "front_matter." + field : field);
  }
  return only;
}

}  // namespace stet::api
