#include "api/routes/entries.h"

#include "api/routes/route.h"
#include "storage/base/base64.h"

namespace stet::api {
namespace {

using change::EntryKind;

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

}  // namespace

std::variant<Showing, ProblemReport> showing_of(const Call& call) {
  Showing showing;
  for (const std::string& word : parts_of(call.request.query_value("expand").value_or(""))) {
    bool* wanted = word == "url"        ? &showing.url
                   : word == "html"     ? &showing.html
                   : word == "problems" ? &showing.problems
                   : word == "derived"  ? &showing.derived
                                        : nullptr;
    if (!wanted) {
      return bad_query(
          "expand",
          "there is no expansion '" + word + "'; there are url, html, problems and derived");
    }
    *wanted = true;
  }
  return showing;
}

Json entry_json(const Backend& backend,
                const change::Entry& entry,
                const std::string& bytes,
                const Showing& showing) {
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
  if (showing.url) json["url"] = entry.url ? Json(*entry.url) : Json(nullptr);
  if (showing.derived) json["derived"] = derived_json(entry);
  if (showing.html) {
    auto html = backend.pipeline.html_of(entry.path.view());
    json["html"] = html ? Json(std::move(*html)) : Json(nullptr);
  }
  if (showing.problems) json["problems"] = to_json(entry.problems);
  return json;
}

Answer read_entry(const Call& call) {
  auto found_site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found_site)) return *report;
  const site::Site& site = *std::get<site::SitePtr>(found_site);
  auto showing = showing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&showing)) return *report;
  const change::Resource& resource = *call.route.resource;
  auto path = change::find_path(site, resource, call.label(), call.name());
  if (!path) return report_of(path.error());
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
  Json json = entry_json(call.backend, *entry, bytes, shown);
  // What an expansion shows depends on more than the file.
  return tagged_response(call, json, shown.is_expanded() ? tag + "-" : tag);
}

}  // namespace stet::api
