// Lists of entries: filter, order, cursor, and which members are shown.

#include <algorithm>
#include <bit>
#include <cstdio>

#include "api/routes/entries.h"
#include "api/routes/route.h"
#include "api/routes/sort_key.h"
#include "storage/base/base64.h"

namespace stet::api {
namespace {

using change::EntryKind;
using change::Listed;

constexpr std::size_t kEntriesShown = 20, kEntriesMax = 200;
constexpr std::size_t kSortFieldsMax = 8;

struct SortField {
  std::string name;
  bool is_descending = false;
};

struct Filter {
  std::string name, value;
};

struct Row {
  Listed listed;
  std::vector<std::string> keys;  // one a SortField
};

struct ListRequest {
  std::vector<SortField> sort;
  std::string sort_text;
  std::vector<Filter> filters;
  std::vector<std::string> fields;
  Showing showing;
  std::size_t limit = kEntriesShown;
};

std::string_view default_sort(EntryKind kind) {
  if (kind == EntryKind::kPost || kind == EntryKind::kDraft) return "-date";
  return kind == EntryKind::kSession ? "start" : "path";
}

std::variant<ListRequest, ProblemReport> list_request_of(const Call& call) {
  ListRequest list;
  std::string_view fallback = default_sort(call.route.resource->kind);
  list.sort_text = call.request.query_value("sort").value_or(fallback);
  for (std::string& part : parts_of(list.sort_text)) {
    bool is_descending = part.starts_with('-');
    list.sort.push_back({is_descending ? part.substr(1) : std::move(part), is_descending});
  }
  if (list.sort.empty() || list.sort.size() > kSortFieldsMax) {
    return bad_query("sort", "sort names 1 to 8 fields, by commas: -date,title");
  }
  constexpr std::string_view kFilter = "filter[";
  for (const auto& [name, value] : call.request.query) {
    if (!name.starts_with(kFilter)) continue;
    std::string field = name.substr(kFilter.size(), name.size() - kFilter.size() - 1);
    list.filters.push_back({std::move(field), value});
  }
  list.fields = parts_of(call.request.query_value("fields").value_or(""));
  auto showing = showing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&showing)) return *report;
  list.showing = std::get<Showing>(showing);
  auto limit = limit_of(call, kEntriesShown, kEntriesMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  list.limit = std::get<std::size_t>(limit);
  return list;
}

liquid::Value field_of(const Listed& listed, std::string_view name) {
  if (name == "path") return liquid::Value(listed.path);
  if (!listed.document) return {};
  const site::DocumentFacts& facts = listed.document->facts();
  if (name == "date" && facts.has_date) return liquid::Value(facts.date);
  return listed.document->field(name);
}

bool passes(const Listed& listed, const std::vector<Filter>& filters) {
  return std::all_of(filters.begin(), filters.end(), [&](const Filter& filter) {
    return is_or_holds(field_of(listed, filter.name), filter.value);
  });
}

// Below zero: the entry of these keys and path comes first.
int compare(const std::vector<SortField>& sort,
            const std::vector<std::string>& keys,
            std::string_view path,
            const Row& other) {
  for (std::size_t i = 0; i < sort.size(); ++i) {
    int order = keys[i].compare(other.keys[i]);
    if (order != 0) return sort[i].is_descending ? -order : order;
  }
  return path.compare(other.listed.path);
}

struct Cursor {
  std::vector<std::string> keys;
  std::string path;
};

std::string encode_cursor(const ListRequest& list, const Row& last) {
  Json json = Json::array({list.sort_text, last.listed.path});
  for (const std::string& key : last.keys) json.push_back(encode_base64(key));
  std::string text = dump(json);
  return encode_base64url({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::optional<Cursor> decode_cursor(const ListRequest& list, std::string_view text) {
  auto bytes = decode_base64url(text);
  if (!bytes) return std::nullopt;
  auto parsed = parse_json(*bytes);
  auto* data = std::get_if<document::Data>(&parsed);
  const document::Data::List* parts = data ? data->list() : nullptr;
  if (!parts || parts->size() != list.sort.size() + 2) return std::nullopt;
  for (const document::Data& part : *parts) {
    if (!part.is_string()) return std::nullopt;
  }
  if (*(*parts)[0].string() != list.sort_text) return std::nullopt;
  Cursor cursor{.keys = {}, .path = *(*parts)[1].string()};
  for (std::size_t i = 2; i < parts->size(); ++i) {
    auto key = decode_base64(*(*parts)[i].string());
    if (!key) return std::nullopt;
    cursor.keys.push_back(std::move(*key));
  }
  return cursor;
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
    copy_field(*found, below, field.substr(dot + 1));
  }
}

Json shown(Json entry, const std::vector<std::string>& fields) {
  if (fields.empty()) {
    for (const char* large : {"body", "content", "content_base64", "data"}) entry.erase(large);
    return entry;
  }
  Json only = Json::object();
  for (const std::string& field : fields) copy_field(entry, only, field);
  return only;
}

std::vector<Row> rows_of(std::vector<Listed> entries, const ListRequest& list) {
  std::vector<Row> rows;
  for (Listed& listed : entries) {
    if (!passes(listed, list.filters)) continue;
    Row row{.listed = std::move(listed), .keys = {}};
    for (const SortField& field : list.sort) {
      row.keys.push_back(sort_key(field_of(row.listed, field.name)));
    }
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return compare(list.sort, a.keys, a.listed.path, b) < 0;
  });
  return rows;
}

Result<Json> item_json(const Call& call,
                       const site::Site& site,
                       const Listed& listed,
                       const Showing& showing) {
  const change::Resource& resource = *call.route.resource;
  RepoPath path = TRY(RepoPath::parse(listed.path));
  change::Entry entry = TRY(change::read_entry(site, resource, call.label(), path));
  std::string bytes;
  if (resource.kind == EntryKind::kFile) bytes = TRY(site.read_path(listed.path));
  return entry_json(call.backend, entry, bytes, showing);
}

}  // namespace

Answer list_entries(const Call& call) {
  auto found_site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found_site)) return *report;
  const site::Site& site = *std::get<site::SitePtr>(found_site);
  auto request = list_request_of(call);
  if (auto* report = std::get_if<ProblemReport>(&request)) return *report;
  const ListRequest& list = std::get<ListRequest>(request);
  auto entries = change::list_entries(site, *call.route.resource, call.label());
  if (!entries) return report_of(entries.error());
  std::vector<Row> rows = rows_of(std::move(*entries), list);
  std::size_t total = rows.size();
  auto begin = rows.begin();
  if (auto text = call.request.query_value("cursor")) {
    auto cursor = decode_cursor(list, *text);
    if (!cursor) return bad_query("cursor", "this is no cursor of a list in this order");
    begin = std::partition_point(begin, rows.end(), [&](const Row& row) {
      return compare(list.sort, cursor->keys, cursor->path, row) >= 0;
    });
  }
  auto end =
      begin + static_cast<std::ptrdiff_t>(std::min<std::size_t>(list.limit, rows.end() - begin));
  Json items = Json::array();
  for (auto row = begin; row != end; ++row) {
    auto item = item_json(call, site, row->listed, list.showing);
    if (!item) return report_of(item.error());
    items.push_back(shown(std::move(*item), list.fields));
  }
  std::string next = end == rows.end() ? "" : encode_cursor(list, *std::prev(end));
  Json json = {{"items", std::move(items)},
               {"total", total},
               {"next", next.empty() ? Json(nullptr) : Json(next)}};
  http::Response response = tagged_response(call, json);
  std::string links = "<" + url_with_cursor(call, "") + ">; rel=\"first\"";
  if (!next.empty()) links += ", <" + url_with_cursor(call, next) + ">; rel=\"next\"";
  response.headers.add("Link", links);
  return response;
}

}  // namespace stet::api
