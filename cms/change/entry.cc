#include "cms/change/entry.h"

#include "cms/change/locate.h"
#include "cms/document/structured.h"
#include "cms/site/permalink.h"
#include "storage/base/utf8.h"
#include "storage/snapshot/blob_id.h"

namespace stet::change {
namespace {

void read_structured(Entry& entry, std::string_view bytes) {
  entry.front_matter = document::read_structured(bytes, entry.path.string(), entry.problems);
  // To YAML an empty file is `false`; to who asks for data there is none.
  const bool* boolean = entry.front_matter.boolean();
  if (boolean && !*boolean) entry.front_matter = document::Data::Map();
}

void read_document(Entry& entry, const FileText& text) {
  document::Document own;
  if (!text.document) own = document::parse_document(text.bytes, entry.path.string());
  const document::Document& document = text.document ? *text.document : own;
  entry.has_front_matter = document.has_front_matter;
  entry.front_matter = document.front_matter;
  entry.body = std::string(document.body(text.bytes));
  entry.problems = document.problems;
}

void describe(Entry& entry, const site::Site& site, const site::Document& document) {
  const site::DocumentFacts& facts = document.facts();
  entry.url = public_url(site, document);
  if (facts.has_date) entry.date = facts.date;
  entry.is_draft = facts.is_draft;
  liquid::Value title = document.field("title");
  if (title.is_string()) entry.title = title.as_string();
}

site::DocumentPtr document_of(const site::SourceFile& source, const Resource& resource) {
  bool is_page = resource.kind == EntryKind::kPage;
  for (const site::DocumentPtr& document : source.documents) {
    bool is_of_page = document->facts().kind == site::DocumentKind::kPage;
    if (is_page == is_of_page || resource.kind == EntryKind::kFile) return document;
  }
  return {};
}

}  // namespace

Result<Entry> read_entry(const site::Site& site,
                         const Resource& resource,
                         std::string_view label,
                         const RepoPath& path) {
  std::string bytes = TRY(site.read_path(path.string()));
  std::string name = name_of(site, resource, label, path.string());
  Entry entry = entry_of(resource, label, std::move(name), path, bytes);
  const site::SourceFile* source = site.find_source(path.string());
  if (!source) return entry;
  entry.problems = source->problems;
  if (auto document = document_of(*source, resource)) describe(entry, site, *document);
  return entry;
}

Entry entry_of(const Resource& resource,
               std::string_view label,
               std::string name,
               const RepoPath& path,
               const FileText& text) {
  Entry entry{.resource = &resource,
              .label = std::string(label),
              .name = std::move(name),
              .path = path,
              .blob = text.blob ? *text.blob : storage::blob_id_of(text.bytes),
              .is_text = is_utf8(text.bytes),
              .front_matter = document::Data::Map(),
              .has_front_matter = false,
              .body = "",
              .url = std::nullopt,
              .date = std::nullopt,
              .title = "",
              .is_draft = false,
              .problems = {}};
  if (resource.is_structured()) {
    read_structured(entry, text.bytes);
  } else {
    read_document(entry, text);
  }
  return entry;
}

std::optional<std::string> public_url(const site::Site& site, const site::Document& document) {
  const std::string& path = document.facts().output_path;
  const site::Output* output = site.find_output(path);
  if (!output || output->is_static || !output->item->is_same(document)) return std::nullopt;
  return url_of_output(path);
}

std::string url_of_output(std::string_view path) {
  constexpr std::string_view kIndex = "index.html";
  bool is_index = path == kIndex || path.ends_with("/index.html");
  std::string_view shown = is_index ? path.substr(0, path.size() - kIndex.size()) : path;
  std::string url = "/" + site::escape_path(shown);
  for (std::size_t at; (at = url.find('?')) != std::string::npos;) url.replace(at, 1, "%3F");
  return url;
}

}  // namespace stet::change
