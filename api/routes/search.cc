#include "api/routes/search.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "api/routes/list_request.h"
#include "api/routes/public_rules.h"
#include "api/routes/reading.h"
#include "api/routes/route.h"
#include "cms/change/locate.h"
#include "cms/schedule/policy.h"
#include "cms/search/record.h"
#include "storage/base/base64.h"
#include "storage/base/hash.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

using change::EntryKind;

constexpr std::size_t kCheckBytes = 6;
constexpr std::string_view kNoLabel = "-";  // nothing has that label
constexpr std::string_view kTagFields[] = {"tags", "tag"};
constexpr std::string_view kCategoryFields[] = {"categories", "category"};
constexpr std::size_t kShownBytesMax = 60;
constexpr auto kHitMembers = std::to_array<std::string_view>({"kind",
                                                              "name",
                                                              "self",
                                                              "path",
                                                              "is_published",
                                                              "is_draft",
                                                              "title",
                                                              "title_parts",
                                                              "url",
                                                              "date",
                                                              "snippet",
                                                              "change",
                                                              "change_title"});
// Fields of entries that the parts of a title and its terms are made of.
constexpr auto kNameFields = std::to_array<std::string_view>({"title",
                                                              "tags",
                                                              "tag",
                                                              "categories",
                                                              "category",
                                                              "author",
                                                              "authors",
                                                              "speaker",
                                                              "speakers",
                                                              "keywords",
                                                              "topic",
                                                              "topics",
                                                              "track",
                                                              "series"});

// A place in the answers to one question.
std::string check_of(std::string_view question, std::size_t offset) {
  Fingerprint all = Fingerprinter().add(question).add(std::uint64_t{offset}).finish();
  return std::string(reinterpret_cast<const char*>(all.bytes.data()), kCheckBytes);
}

std::string encode_place(std::string_view question, std::size_t offset) {
  std::string bytes = check_of(question, offset) + std::to_string(offset);
  return encode_base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<std::size_t> decode_place(std::string_view question, std::string_view cursor) {
  auto bytes = decode_base64url(cursor);
  if (!bytes || bytes->size() <= kCheckBytes) return std::nullopt;
  std::size_t offset = 0;
  const char* end = bytes->data() + bytes->size();
  auto [last, failure] = std::from_chars(bytes->data() + kCheckBytes, end, offset);
  if (failure != std::errc() || last != end) return std::nullopt;
  if (bytes->substr(0, kCheckBytes) != check_of(question, offset)) return std::nullopt;
  return offset;
}

// The collections that the site lets everybody read; none where that is all.
std::vector<std::string> open_labels(const PublicRules& rules, const site::Config& config) {
  std::vector<std::string> labels;
  if (rules.resources.empty() && rules.unwritten.empty()) return labels;
  for (const change::Resource& resource : change::resources()) {
    std::string_view label = change::collection_of(resource, "");
    if (resource.has_label() || !rules.allows(resource.name, "", label)) continue;
    labels.emplace_back(resource.kind == EntryKind::kPage ? "pages" : label);
  }
  for (const site::CollectionConfig& collection : config.collections()) {
    if (rules.allows("collections", collection.label, collection.label)) {
      labels.push_back(collection.label);
    }
  }
  if (labels.empty()) labels.emplace_back(kNoLabel);
  return labels;
}

bool hides_one_of(const PublicRules& rules, std::span<const std::string_view> names) {
  return std::any_of(rules.hidden.begin(), rules.hidden.end(), [&](std::string_view field) {
    return std::find(names.begin(), names.end(), field.substr(0, field.find('.'))) != names.end();
  });
}

std::variant<search::Wanted, ProblemReport> wanted_of(const Call& call,
                                                      const site::Site& site,
                                                      const std::string& question) {
  auto query = search::parse_query(*call.request.query_value("q"));
  if (!query) return bad_query("q", query.error().message);
  search::Wanted wanted{.query = std::move(*query)};
  if (auto within = call.request.query_value("in")) {
    search::QueryItem item{.kind = search::QueryItem::Kind::kCollection};
    item.value = search::compared(*within);
    if (item.value.empty()) return bad_query("in", "in names a collection: posts, pages, data");
    if (!wanted.query.is_empty()) wanted.query.items.push_back(std::move(item));
  }
  auto limit = limit_of(call, kHitsShown, kHitsMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  wanted.limit = std::get<std::size_t>(limit);
  if (auto cursor = call.request.query_value("cursor")) {
    auto offset = decode_place(question, *cursor);
    if (!offset) return bad_query("cursor", "this is no cursor of a search for the same");
    wanted.offset = *offset;
  }
  if (!call.is_anonymous) return wanted;
  PublicRules rules = public_rules_of(site.config());
  wanted.reach = {.is_public = true, .labels = open_labels(rules, site.config())};
  hide_fields(rules, wanted);
  return wanted;
}

// Labels are in what is typed as they are compared.
bool is_label(const site::Site& site, bool is_public, const std::string& value) {
  if (value == "pages" || value == "data") return true;
  const auto& collections = site.config().collections();
  return std::any_of(collections.begin(), collections.end(), [&](const auto& collection) {
    bool is_known = collection.is_output || !is_public;
    return is_known && search::compared(collection.label) == value;
  });
}

// Nothing is found by a word that is misspelt, and so is by a filter; of a filter one can say it.
Json notes_of(const search::Query& query, const site::Site& site, bool is_public) {
  Json notes = Json::array();
  for (const search::QueryItem& item : query.items) {
    bool is_of_label = item.kind == search::QueryItem::Kind::kCollection;
    if (!is_of_label || is_label(site, is_public, item.value)) continue;
    notes.push_back("in: there is no collection '" + printable(item.value, kShownBytesMax) +
                    "'; there are posts, pages, data, and the site's own");
  }
  for (const std::string& state : query.unknown_states) {
    notes.push_back("is:" + printable(state, kShownBytesMax) +
                    " was searched for as words; there are is:draft, is:published and "
                    "is:unpublished");
  }
  return notes;
}

}  // namespace

void hide_fields(const PublicRules& rules, search::Wanted& wanted) {
  using Kind = search::QueryItem::Kind;
  wanted.reach.is_without_names = hides_one_of(rules, kNameFields);
  const bool has_tags = !hides_one_of(rules, kTagFields);
  const bool has_categories = !hides_one_of(rules, kCategoryFields);
  for (search::QueryItem& item : wanted.query.items) {
    bool is_shown =
        (item.kind != Kind::kTag || has_tags) && (item.kind != Kind::kCategory || has_categories);
    if (is_shown) continue;
    item.kind = Kind::kCollection;  // one that nothing is in
    item.value = search::compared(kNoLabel);
  }
}

Json to_json(const search::Parts& parts) {
  Json list = Json::array();
  for (const search::Part& part : parts) {
    Json json = {{"text", part.text}};
    if (part.is_match) json["is_match"] = true;
    list.push_back(std::move(json));
  }
  return list;
}

Json hit_json(const Call& call, const site::Site& site, const FoundEntry& found) {
  Json json = {{"kind", found.resource->kind_name}, {"name", found.name}};
  json["self"] = entry_url(*found.resource, found.label, found.name);
  if (!call.is_anonymous) {
    json["path"] = found.hit->path;
    bool is_shown = found.document && site.find_document(found.document->facts().subject).get() ==
                                          found.document.get();
    json["is_published"] = is_shown;
    json["is_draft"] = found.document && found.document->facts().is_draft;
  }
  bool has_title = !call.is_anonymous || !found.hit->title.empty();
  json["title"] = has_title ? found.title : "";
  json["title_parts"] = to_json(found.hit->title);
  json["url"] = found.url.empty() ? Json() : Json(found.url);
  if (found.document && found.document->facts().has_date) {
    json["date"] = iso_instant(Instant{found.document->facts().date.seconds});
  }
  json["snippet"] = to_json(found.hit->snippet);
  return json;
}

Json answer_json(const Call& call,
                 const site::Site& live,
                 const SearchAsked& asked,
                 const search::Found& found) {
  const std::size_t end = asked.wanted.offset + found.hits.size();
  const bool has_next = !found.hits.empty() && end < found.total;
  return {{"items", Json::array()},
          {"total", found.total},
          {"is_more", found.is_more},
          {"next", has_next ? Json(encode_place(asked.question, end)) : Json()},
          {"commit", found.commit.hex()},
          {"is_current", call.backend.pipeline.commit() == found.commit},
          {"notes", notes_of(asked.wanted.query, live, call.is_anonymous)}};
}

std::optional<FoundEntry> found_entry(const site::Site& site,
                                      const search::Hit& hit,
                                      bool is_public) {
  const site::SourceFile* source = site.find_source(hit.path);
  auto path = RepoPath::parse(hit.path);
  if (!source || !path) return std::nullopt;
  FoundEntry found;
  found.hit = &hit;
  found.resource = change::resource_of(site, *path);
  if (!found.resource) return std::nullopt;
  if (!source->documents.empty()) found.document = source->documents.front();
  if (is_public) {
    bool is_as_it_was = found.document && source->blob == hit.blob;
    if (!is_as_it_was || !search::is_public(site, *found.document)) return std::nullopt;
  }
  found.label = change::label_of(site, *found.resource, hit.path);
  found.name = change::name_of(site, *found.resource, found.label, hit.path);
  if (found.document) {
    liquid::Value title = found.document->field("title");
    if (title.is_string()) found.title = title.as_string();
    found.url = change::public_url(site, *found.document).value_or("");
  }
  if (found.title.empty()) found.title = hit.path.substr(hit.path.rfind('/') + 1);
  return found;
}

namespace {

search::Index& index_for(const Call& call) {
  site::SitePtr site = call.backend.pipeline.public_site();
  bool is_less = call.is_anonymous && site && schedule::is_held_back(site->config().get("stet"));
  return is_less ? *call.backend.held_back_search : *call.backend.search;
}

}  // namespace

Answer search_entries(const Call& call) {
  SearchAsked asked;
  asked.fields = parts_of(call.request.query_value("fields").value_or(""));
  if (auto fault = fault_of_fields(asked.fields, kHitMembers)) return *fault;
  if (!call.backend.search) {
    return ProblemReport{.status = 503, .detail = "this server searches nothing: [search] enabled"};
  }
  auto live = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&live)) return *report;
  const site::Site& site = *std::get<site::SitePtr>(live);
  asked.question = url_with_cursor(call, "");
  auto wanted = wanted_of(call, site, asked.question);
  if (auto* report = std::get_if<ProblemReport>(&wanted)) return *report;
  asked.wanted = std::get<search::Wanted>(std::move(wanted));
  if (call.request.query_value("in_changes")) return search_in_changes(call, site, asked);
  auto answer = index_for(call).find(asked.wanted);
  if (!answer) return report_of(answer.error());
  Json json = answer_json(call, site, asked, *answer);
  for (const search::Hit& hit : answer->hits) {
    auto found = found_entry(site, hit, call.is_anonymous);
    if (found) json["items"].push_back(shown_members(hit_json(call, site, *found), asked.fields));
  }
  return tagged_response(call, json);
}

}  // namespace stet::api
