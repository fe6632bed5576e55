// Lists of media: filtered, in order, a page at a time.

#include <algorithm>
#include <map>

#include "api/routes/list_cursor.h"
#include "api/routes/media.h"
#include "api/routes/media_facts.h"
#include "api/routes/media_json.h"
#include "api/routes/reading.h"
#include "cms/media/name.h"
#include "storage/commit/blob_writer.h"

namespace stet::api {
namespace {

constexpr std::size_t kShown = 20, kMax = 200;

struct Wanted {
  std::string type, folder, name;
  bool is_unused = false;
  std::string sort = "path";
  bool is_descending = false;
  ListSpec spec;  // of cursors
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool is_type_or_family(std::string_view name) {
  auto types = image::file_types();
  return std::any_of(types.begin(), types.end(), [&](const image::FileType& type) {
    return type.name == name || type.family == name;
  });
}

std::variant<Wanted, ProblemReport> wanted_of(const Call& call) {
  Wanted wanted;
  auto text = [&](std::string_view name) {
    return std::string(call.request.query_value(name).value_or(""));
  };
  wanted.type = text("type");
  if (!wanted.type.empty() && !is_type_or_family(wanted.type)) {
    return bad_query("type",
                     "type is image, video, audio, document, font, archive or text, or "
                     "the name of a format: jpeg");
  }
  wanted.name = lower(text("name"));
  wanted.folder = text("folder");
  while (wanted.folder.ends_with('/')) wanted.folder.pop_back();
  auto unused = flag_of(call, "unused");
  if (auto* report = std::get_if<ProblemReport>(&unused)) return *report;
  wanted.is_unused = std::get<bool>(unused);
  std::string sort = text("sort");
  wanted.is_descending = sort.starts_with('-');
  if (wanted.is_descending) sort.erase(0, 1);
  if (!sort.empty()) wanted.sort = sort;
  for (std::string_view known : {"path", "name", "date", "size"}) {
    if (wanted.sort != known) continue;
    wanted.spec.resource = &change::resource_of(change::EntryKind::kFile);
    wanted.spec.label = "media";
    wanted.spec.sort = {{wanted.sort, wanted.is_descending}};
    return wanted;
  }
  return bad_query("sort", "sort is path, name, date or size, with '-' before it downwards");
}

bool is_of_type(std::string_view path, const std::string& type) {
  if (type.empty()) return true;
  std::size_t dot = path.rfind('.');
  const image::FileType* known =
      dot == path.npos ? nullptr : image::type_of_extension(path.substr(dot));
  return known && (known->family == type || known->name == type);
}

bool passes(const Wanted& wanted, const std::string& path) {
  bool is_in_folder = wanted.folder.empty() || path.starts_with(wanted.folder + "/");
  if (!is_in_folder || !is_of_type(path, wanted.type)) return false;
  if (wanted.name.empty()) return true;
  return lower(path.substr(path.rfind('/') + 1)).find(wanted.name) != std::string::npos;
}

// Of all digits: as text it is in the order of numbers.
std::string digits(std::uint64_t number) {
  std::string text = std::to_string(number);
  return std::string(20 - std::min<std::size_t>(20, text.size()), '0') + text;
}

Result<std::string> key_of(const Call& call,
                           const site::Site& site,
                           const Wanted& wanted,
                           const std::string& path) {
  std::string key;
  if (wanted.sort == "name") key = lower(path.substr(path.rfind('/') + 1));
  if (wanted.sort == "date") {
    auto changed = site.last_changed(path);
    key = digits(changed ? static_cast<std::uint64_t>(std::max<std::int64_t>(changed->seconds, 0))
                         : 0);
  }
  if (wanted.sort == "size") {
    key = digits(TRY(storage::blob_size(call.backend.repository, *site.blob_of(path))));
  }
  return key + '\0' + path;
}

using Rows = std::map<std::string, std::string>;  // by key

Result<Rows> rows_of(const Call& call, const site::SitePtr& site, const Wanted& wanted) {
  Rows rows;
  media::ReferencesPtr references;
  if (wanted.is_unused) references = call.backend.remembered->references.of(site);
  Status status;
  site->sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    bool is_media = source->static_file && media::is_media_path(path);
    if (!is_media || !passes(wanted, path)) return true;
    if (references && references->count_of(path) > 0) return true;
    auto key = key_of(call, *site, wanted, path);
    if (!key) {
      status = key.error();
      return false;
    }
    rows.emplace(*std::move(key), path);
    return true;
  });
  TRY(status);
  return rows;
}

struct Page {
  std::vector<std::string> paths;
  std::string next, previous;  // cursors; "": there is none
};

// Rows are in ascending order, and shown from either end.
Page page_of(const Rows& rows,
             const Wanted& wanted,
             const std::optional<ListCursor>& cursor,
             std::size_t limit) {
  std::vector<const Rows::value_type*> order;
  for (const auto& row : rows) order.push_back(&row);
  if (wanted.is_descending) std::reverse(order.begin(), order.end());
  auto before = [&](const auto* row, const std::string& key) {
    return wanted.is_descending ? row->first > key : row->first < key;
  };
  std::size_t begin = 0, end = 0;
  if (cursor) {
    auto at = std::lower_bound(order.begin(), order.end(), cursor->key, before);
    auto rank = static_cast<std::size_t>(at - order.begin());
    bool is_there = at != order.end() && (*at)->first == cursor->key;
    begin = cursor->is_before ? (rank > limit ? rank - limit : 0) : rank + (is_there ? 1 : 0);
    end = cursor->is_before ? rank : begin + limit;
  } else {
    end = limit;
  }
  end = std::min(end, order.size());
  begin = std::min(begin, end);
  Page page;
  for (std::size_t i = begin; i < end; ++i) page.paths.push_back(order[i]->second);
  if (page.paths.empty()) return page;
  if (end < order.size()) page.next = encode({false, order[end - 1]->first}, wanted.spec);
  if (begin > 0) page.previous = encode({true, order[begin]->first}, wanted.spec);
  return page;
}

http::Response respond(const Call& call, Json items, std::size_t total, const Page& page) {
  auto cursor = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  http::Response response = tagged_response(call,
                                            {{"items", std::move(items)},
                                             {"total", total},
                                             {"next", cursor(page.next)},
                                             {"prev", cursor(page.previous)}});
  std::string links = "<" + url_with_cursor(call, "") + ">; rel=\"first\"";
  for (const auto& [text, relation] :
       {std::pair(page.previous, "prev"), std::pair(page.next, "next")}) {
    if (text.empty()) continue;
    links += ", <" + url_with_cursor(call, text) + ">; rel=\"" + relation + "\"";
  }
  response.headers.add("Link", links);
  return response;
}

}  // namespace

Answer list_media(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const Reading& reading = std::get<Reading>(found);
  auto parsed = wanted_of(call);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const Wanted& wanted = std::get<Wanted>(parsed);
  auto limit = limit_of(call, kShown, kMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  std::optional<ListCursor> cursor;
  if (auto text = call.request.query_value("cursor")) {
    cursor = decode_cursor(*text, wanted.spec);
    if (!cursor) return bad_query("cursor", "this is no cursor of a list in this order");
  }
  auto rows = rows_of(call, reading.site, wanted);
  if (!rows) return report_of(rows.error());
  Page page = page_of(*rows, wanted, cursor, std::get<std::size_t>(limit));
  Json items = Json::array();
  const media::ReferencesPtr references = call.backend.remembered->references.of(reading.site);
  for (const std::string& path : page.paths) {
    auto json = media_json(call, *reading.site, path);
    if (!json) return report_of(json.error());
    (*json)["use_count"] = references->count_of(path);
    items.push_back(*std::move(json));
  }
  return respond(call, std::move(items), rows->size(), page);
}

}  // namespace stet::api
