#include "api/routes/entries.h"

#include <algorithm>

#include "api/auth/authenticate.h"
#include "api/routes/content_problems.h"
#include "api/routes/related.h"
#include "api/routes/route.h"
#include "api/routes/session_json.h"
#include "cms/change/locate.h"
#include "storage/base/base64.h"

namespace stet::api {
namespace {

using change::EntryKind;
using pipeline::Pipeline;

Json text_or_base64(const change::Entry& entry, const std::string& bytes) {
  if (entry.is_text) return {{"content", bytes}};
  return {{"content_base64", encode_base64(bytes)}};
}

Json derived_json(const change::Entry& entry) {
  return {{"title", entry.title},
          {"date", entry.date ? to_json(document::Data(*entry.date)) : Json(nullptr)},
          {"is_draft", entry.is_draft},
          {"is_public", entry.url.has_value()}};
}

Error unreadable(const change::Entry& entry) {
  const Problem& problem = entry.problems.front();
  return conflict("'" + entry.path.string() + "' cannot be read: " + to_string(problem));
}

bool has_error(const Problems& problems) {
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) return true;
  }
  return false;
}

site::DocumentPtr document_of(const site::Site& site, const change::Entry& entry) {
  const site::SourceFile* source = site.find_source(entry.path.view());
  return source && !source->documents.empty() ? source->documents.front() : site::DocumentPtr();
}

Json html_json(const Call& call,
               const Reading& reading,
               const change::Entry& entry,
               Pipeline::Part part) {
  auto html = call.backend.pipeline.html_of(reading.site, entry.path.view(), part);
  return html ? Json(std::move(*html)) : Json(nullptr);
}

// An excerpt of the body is HTML; one of the front matter is what stands there.
Json excerpt_json(const Call& call, const Reading& reading, const change::Entry& entry) {
  site::DocumentPtr document = document_of(*reading.site, entry);
  if (!document) return nullptr;
  if (document->facts().excerpt_source) {
    return html_json(call, reading, entry, Pipeline::Part::kExcerpt);
  }
  liquid::Value own = document->field("excerpt");
  return own.is_string() ? Json(own.as_string()) : Json(nullptr);
}

Json related_json(const Reading& reading, const change::Entry& entry) {
  const site::Site& site = *reading.site;
  Json list = Json::array();
  site::DocumentPtr document = document_of(site, entry);
  if (!document) return list;
  const change::Resource& posts = change::resource_of(EntryKind::kPost);
  for (const site::DocumentPtr& other : related_to(site, *document, reading.hidden)) {
    std::string name = change::name_of(site, posts, "", other->path());
    liquid::Value title = other->field("title");
    auto url = change::public_url(site, *other);
    list.push_back({{"name", name},
                    {"self", entry_url(posts, "", name)},
                    {"title", title.is_string() ? Json(title.as_string()) : Json(nullptr)},
                    {"url", url ? Json(*url) : Json(nullptr)}});
  }
  return list;
}

// What the schedule makes of a session; of fields that are hidden nothing.
void expand_session(const Reading& reading,
                    const change::Entry& entry,
                    const Showing& showing,
                    Json& json) {
  auto event = change::event_of(*reading.site);
  auto session =
      event ? change::session_at(*reading.site, entry.path.view(), *event) : std::nullopt;
  if (showing.slots) json["slots"] = session ? slots_json(*session, event->zone) : Json::array();
  if (!showing.clashes) return;
  json["clashes"] =
      session ? faults_json(
                    *reading.site, change::faults_of(*reading.site, *event, *session), event->zone)
              : Json::array();
}

// Without a token there are those that the site shows.
change::Sees eyes_of(const Reading& reading) {
  if (!reading.is_public) return nullptr;
  return [site = reading.site](std::string_view path) {
    const site::SourceFile* source = site->find_source(path);
    if (!source) return false;
    const auto& documents = source->documents;
    return std::any_of(documents.begin(), documents.end(), [&](const site::DocumentPtr& one) {
      return site->find_document(one->facts().subject).get() == one.get();
    });
  };
}

}  // namespace

std::variant<Showing, ProblemReport> showing_of(const Call& call) {
  Showing showing;
  showing.url = call.is_anonymous;
  bool is_session = call.route.resource && call.route.resource->kind == EntryKind::kSession;
  for (const std::string& word : parts_of(call.request.query_value("expand").value_or(""))) {
    bool* wanted = word == "url"        ? &showing.url
                   : word == "html"     ? &showing.html
                   : word == "excerpt"  ? &showing.excerpt
                   : word == "related"  ? &showing.related
                   : word == "problems" ? &showing.problems
                   : word == "derived"  ? &showing.derived
                                        : nullptr;
    if (is_session && word == "slots") wanted = &showing.slots;
    if (is_session && word == "clashes") wanted = &showing.clashes;
    if (!wanted) {
      return bad_query("expand",
                       "there is no expansion '" + word +
                           "'; there are url, html, excerpt, related, problems" +
                           (is_session ? ", derived, slots and clashes" : " and derived"));
    }
    *wanted = true;
  }
  bool needs_token = showing.problems || showing.clashes;
  if (!needs_token || !call.is_anonymous) return showing;
  ProblemReport report{.status = 401,
                       .detail = "problems and clashes are shown to those who have a token"};
  report.headers.add("WWW-Authenticate", auth::challenge_of(auth::Outcome::kMissing));
  return report;
}

Json entry_json(const change::Entry& entry, const std::string& bytes) {
  const change::Resource& resource = *entry.resource;
  Json json = {{"path", entry.path.string()},
               {"kind", resource.kind_name},
               {"name", entry.name},
               {"blob", entry.blob.hex()},
               {"self", entry_url(resource, entry.label, entry.name)}};
  if (resource.is_structured()) {
    json["data"] = to_json(entry.front_matter);
  } else if (resource.kind == EntryKind::kFile) {
    json.update(text_or_base64(entry, bytes));
  } else {
    json["front_matter"] = to_json(entry.front_matter);
    json["body"] = entry.body;
  }
  return json;
}

void expand(const Call& call,
            const Reading& reading,
            const change::Entry& entry,
            const Showing& showing,
            Json& json) {
  if (showing.url) json["url"] = entry.url ? Json(*entry.url) : Json(nullptr);
  if (showing.derived) json["derived"] = derived_json(entry);
  if (showing.html) json["html"] = html_json(call, reading, entry, Pipeline::Part::kBody);
  if (showing.excerpt) json["excerpt"] = excerpt_json(call, reading, entry);
  if (showing.related) json["related"] = related_json(reading, entry);
  if (showing.problems) json["problems"] = to_json(problems_of_entry(call, reading, entry));
  if (showing.slots || showing.clashes) expand_session(reading, entry, showing, json);
}

namespace {

using Text = std::shared_ptr<const std::string>;

// All that the JSON of an entry follows from, where nothing is added to it.
std::string text_key(const Call& call, const site::Site& site, const RepoPath& path, BlobId blob) {
  const change::Resource& resource = *call.route.resource;
  std::string key(reinterpret_cast<const char*>(blob.bytes().data()), BlobId::kBytes);
  for (std::string_view part :
       {std::string_view("whole"), resource.name, call.label(), path.view()}) {
    key += part;
    key += '\0';
  }
  return key + change::name_of(site, resource, call.label(), path.view());
}

Result<Json> entry_json_of(const site::Site& site, const change::Entry& entry) {
  // The answer is the data itself: of a file that is broken there is none.
  if (entry.resource->is_structured()) {
    if (has_error(entry.problems)) return unreadable(entry);
    return to_json(entry.front_matter);
  }
  std::string bytes;
  if (entry.resource->kind == EntryKind::kFile) bytes = TRY(site.read_path(entry.path.view()));
  return entry_json(entry, bytes);
}

// A name that no file can have is as little there as one that nobody has.
ProblemReport absent_report(const Error& error) {
  ProblemReport report = report_of(error);
  if (error.code == ErrorCode::kInvalidInput) report.status = 404;
  return report;
}

Answer plain_answer(const Call& call, const Reading& reading, const RepoPath& path) {
  const site::Site& site = *reading.site;
  const change::Resource& resource = *call.route.resource;
  auto blob = site.blob_of(path.view());
  if (!blob) return report_of(not_found("there is no file '" + path.string() + "'"));
  auto& texts = call.backend.remembered->texts;
  std::string key = text_key(call, site, path, *blob);
  Text text = texts.find(key);
  if (!text) {
    auto entry = change::read_entry(site, resource, call.label(), path);
    if (!entry) return report_of(entry.error());
    auto json = entry_json_of(site, *entry);
    if (!json) return report_of(json.error());
    Text made = std::make_shared<const std::string>(dump(*json));
    text = texts.put(key, made, made->size() + key.size());
  }
  return tagged_response(call, *text, blob->hex());
}

}  // namespace

Answer read_entry(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const Reading& reading = std::get<Reading>(found);
  const site::Site& site = *reading.site;
  auto showing = showing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&showing)) return *report;
  const Showing& shown = std::get<Showing>(showing);
  const change::Resource& resource = *call.route.resource;
  auto path = change::find_path(site, resource, call.label(), call.name(), eyes_of(reading));
  if (!path) return absent_report(path.error());
  bool is_plain = !shown.is_expanded() && !reading.is_public;
  if (is_plain || resource.is_structured()) return plain_answer(call, reading, *path);
  auto entry = change::read_entry(site, resource, call.label(), *path);
  if (!entry) return report_of(entry.error());
  auto json = entry_json_of(site, *entry);
  if (!json) return report_of(json.error());
  expand(call, reading, *entry, shown, *json);
  if (reading.is_public) {
    make_public(reading, *json);
    return tagged_response(call, *json);
  }
  // What an expansion shows depends on more than the file.
  return tagged_response(call, *json, entry->blob.hex() + "-");
}

}  // namespace stet::api
