// Lists of entries: pages of an index, each row as JSON.

#include <algorithm>

#include "api/routes/entries.h"
#include "api/routes/list_request.h"
#include "api/routes/route.h"
#include "cms/change/locate.h"

namespace stet::api {
namespace {

using change::EntryKind;
using Text = std::shared_ptr<const std::string>;

// Which rows a page has, and where the next one and the one before begin.
struct Page {
  std::size_t begin = 0, end = 0;
  std::string next, previous;  // cursors; "": there is none
};

Page page_of(const ListIndex::Rows& rows, const ListRequest& list) {
  Page page;
  std::size_t total = rows.size();
  if (list.cursor) {
    const std::string& key = list.cursor->key;
    std::size_t rank = rows.rank_of(key);
    if (list.cursor->is_before) {
      page.begin = rank > list.limit ? rank - list.limit : 0;
      total = rank;
    } else {
      page.begin = rank + (rows.contains(key) ? 1 : 0);
    }
  }
  page.end = std::min(page.begin + list.limit, total);
  if (page.end < rows.size()) {
    std::string key = page.end > 0 ? rows.at(page.end - 1).first : "";
    page.next = encode({.is_before = false, .key = std::move(key)}, list.spec);
  }
  if (page.begin > 0) {
    // Behind the last row there is none to stand before.
    std::string key = page.begin < rows.size() ? rows.at(page.begin).first
                                               : rows.at(rows.size() - 1).first + '\0';
    page.previous = encode({.is_before = true, .key = std::move(key)}, list.spec);
  }
  return page;
}

Result<std::string> make_text(const Call& call,
                              const Reading& reading,
                              const ListRequest& list,
                              const std::string& file) {
  const change::Resource& resource = *list.spec.resource;
  RepoPath path = TRY(RepoPath::parse(file));
  change::Entry entry = TRY(change::read_entry(*reading.site, resource, list.spec.label, path));
  std::string bytes;
  if (resource.kind == EntryKind::kFile) bytes = TRY(reading.site->read_path(file));
  Json json = entry_json(entry, bytes);
  expand(call, reading, entry, list.showing, json);
  if (reading.is_public) make_public(reading, json);
  std::string text = dump(shown_members(std::move(json), list.fields));
  text.pop_back();  // the line's end
  return text;
}

std::string url_of(const Reading& reading,
                   const ListSpec& spec,
                   const std::string& path,
                   const site::SourceFile& source) {
  auto listed = change::listed_at(*reading.site, *spec.resource, spec.label, path, source);
  if (!listed || !listed->document) return "";
  return change::public_url(*reading.site, *listed->document).value_or("");
}

// All that the JSON of an entry follows from, where that is not the whole site.
std::string text_key(const Reading& reading,
                     const ListRequest& list,
                     const std::string& path,
                     const site::SourceFile& source) {
  const ListSpec& spec = list.spec;
  std::string key(reinterpret_cast<const char*>(source.blob.bytes().data()), BlobId::kBytes);
  // Each with its length: a client's words may hold any byte.
  auto add = [&](std::string_view part) {
    key += std::to_string(part.size()) + ":";
    key += part;
  };
  add(reading.is_public ? "public" : "");
  for (const std::string& field : reading.hidden) add(field);
  add(list.showing.url ? "url:" + url_of(reading, spec, path, source) : "");
  add(spec.resource->name);
  add(spec.label);
  add(path);
  add(change::name_of(*reading.site, *spec.resource, spec.label, path));
  for (const std::string& field : list.fields) add(field);
  return key;
}

Result<Text> text_of(const Call& call,
                     const Reading& reading,
                     const ListRequest& list,
                     const std::string& path,
                     const site::SourceFile& source) {
  auto make = [&]() -> Result<Text> {
    return std::make_shared<const std::string>(TRY(make_text(call, reading, list, path)));
  };
  if (list.showing.has_more_than_url()) return make();
  std::string key = text_key(reading, list, path, source);
  auto& texts = call.backend.remembered->texts;
  if (Text known = texts.find(key)) return known;
  Text made = TRY(make());
  return texts.put(key, made, made->size() + key.size());
}

Result<std::string> items_text(const Call& call,
                               const Reading& reading,
                               const ListRequest& list,
                               const ListIndex::Rows& rows,
                               const Page& page) {
  std::string text = "[";
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& [key, row] = rows.at(i);
    std::string path = ListIndex::path_of(key, row);
    Text item = TRY(text_of(call, reading, list, path, *row.source));
    if (i > page.begin) text += ',';
    text += *item;
  }
  return text + "]";
}

std::string links_of(const Call& call, const Page& page) {
  std::string links = "<" + url_with_cursor(call, "") + ">; rel=\"first\"";
  auto add = [&](const std::string& cursor, std::string_view relation) {
    if (cursor.empty()) return;
    links += ", <" + url_with_cursor(call, cursor) + ">; rel=\"" + std::string(relation) + "\"";
  };
  add(page.previous, "prev");
  add(page.next, "next");
  return links;
}

std::string cursor_text(const std::string& cursor) {
  return cursor.empty() ? "null" : "\"" + cursor + "\"";
}

}  // namespace

Answer list_entries(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const Reading& reading = std::get<Reading>(found);
  auto request = list_request_of(call, reading);
  if (auto* report = std::get_if<ProblemReport>(&request)) return *report;
  const ListRequest& list = std::get<ListRequest>(request);
  auto folder = change::folder_of(*reading.site, *list.spec.resource, list.spec.label);
  if (!folder) return report_of(folder.error());
  ListIndexPtr index =
      call.backend.remembered->lists.find_or_make(reading.site, list.spec, !reading.is_public);
  if (!index) {
    return ProblemReport{.status = 503,
                         .detail = "other lists are being made; try again in a moment"};
  }
  const ListIndex::Rows& rows = index->rows();
  Page page = page_of(rows, list);
  auto items = items_text(call, reading, list, rows, page);
  if (!items) return report_of(items.error());
  std::string json = "{\"items\":" + *items + ",\"total\":" + std::to_string(rows.size()) +
                     ",\"next\":" + cursor_text(page.next) +
                     ",\"prev\":" + cursor_text(page.previous) + "}\n";
  http::Response response = tagged_response(call, std::move(json));
  response.headers.add("Link", links_of(call, page));
  return response;
}

}  // namespace stet::api
