#include "api/routes/entries.h"

#include "api/auth/authenticate.h"
#include "api/routes/related.h"
#include "api/routes/route.h"
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

Json related_json(const site::Site& site, const change::Entry& entry) {
  Json list = Json::array();
  site::DocumentPtr document = document_of(site, entry);
  if (!document) return list;
  const change::Resource& posts = change::resource_of(EntryKind::kPost);
  for (const site::DocumentPtr& other : related_to(site, *document)) {
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

// Without a token there are those that the site shows.
bool is_hidden(const Reading& reading, const RepoPath& path) {
  if (!reading.is_public) return false;
  const site::SourceFile* source = reading.site->find_source(path.view());
  for (const site::DocumentPtr& document :
       source ? source->documents : std::vector<site::DocumentPtr>()) {
    if (reading.site->find_document(document->facts().subject).get() == document.get()) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::variant<Showing, ProblemReport> showing_of(const Call& call) {
  Showing showing;
  showing.url = call.is_anonymous;
  for (const std::string& word : parts_of(call.request.query_value("expand").value_or(""))) {
    bool* wanted = word == "url"        ? &showing.url
                   : word == "html"     ? &showing.html
                   : word == "excerpt"  ? &showing.excerpt
                   : word == "related"  ? &showing.related
                   : word == "problems" ? &showing.problems
                   : word == "derived"  ? &showing.derived
                                        : nullptr;
    if (!wanted) {
      return bad_query("expand",
                       "there is no expansion '" + word +
                           "'; there are url, html, excerpt, related, problems and derived");
    }
    *wanted = true;
  }
  if (!showing.problems || !call.is_anonymous) return showing;
  ProblemReport report{.status = 401, .detail = "problems are shown to those who have a token"};
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
  if (showing.related) json["related"] = related_json(*reading.site, entry);
  if (showing.problems) json["problems"] = to_json(entry.problems);
}

Answer read_entry(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const Reading& reading = std::get<Reading>(found);
  const site::Site& site = *reading.site;
  auto showing = showing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&showing)) return *report;
  const change::Resource& resource = *call.route.resource;
  auto path = change::find_path(site, resource, call.label(), call.name());
  if (!path) return report_of(path.error());
  if (is_hidden(reading, *path)) {
    return ProblemReport{.status = 404,
                         .detail = "there is no " + std::string(resource.kind_name) + " '" +
                                   std::string(call.name()) + "'"};
  }
  auto entry = change::read_entry(site, resource, call.label(), *path);
  if (!entry) return report_of(entry.error());
  std::string tag = entry->blob.hex();
  if (resource.is_structured()) {
    // The answer is the data itself: of a file that is no YAML there is none.
    if (has_error(entry->problems)) return report_of(unreadable(*entry));
    return tagged_response(call, to_json(entry->front_matter), tag);
  }
  std::string bytes;
  if (resource.kind == EntryKind::kFile) {
    auto read = site.read_path(path->view());
    if (!read) return report_of(read.error());
    bytes = std::move(*read);
  }
  const Showing& shown = std::get<Showing>(showing);
  Json json = entry_json(*entry, bytes);
  expand(call, reading, *entry, shown, json);
  if (reading.is_public) {
    make_public(reading, json);
    return tagged_response(call, json);
  }
  // What an expansion shows depends on more than the file.
  return tagged_response(call, json, shown.is_expanded() ? tag + "-" : tag);
}

}  // namespace stet::api
