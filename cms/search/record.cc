#include "cms/search/record.h"

#include <algorithm>
#include <array>

#include "cms/liquid/value.h"
#include "cms/search/plain_text.h"

namespace stet::search {
namespace {

using liquid::Type;
using liquid::Value;
using site::Document;
using site::DocumentPtr;

constexpr int kDepthMax = 8;
constexpr std::size_t kTermBytesMax = 200;
constexpr std::int64_t kSecondsPerDay = 86'400;

// What stands for the people and subjects of an entry.
constexpr auto kTermFields = std::to_array<std::string_view>(
    {"author", "authors", "speaker", "speakers", "keywords", "topic", "topics", "track", "series"});
// What is no text for people, or stands elsewhere.
constexpr auto kOtherFields = std::to_array<std::string_view>({"title",
                                                               "tags",
                                                               "tag",
                                                               "categories",
                                                               "category",
                                                               "layout",
                                                               "date",
                                                               "ext",
                                                               "draft",
                                                               "published",
                                                               "permalink",
                                                               "redirect_from",
                                                               "redirect_to"});

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add(std::string& to, std::string_view text, std::size_t bytes_max) {
  if (to.size() >= bytes_max) return;
  std::string line = as_line(text, bytes_max - to.size());
  if (line.empty()) return;
  if (!to.empty()) to += '\n';
  to += line;
}

// All texts of a value, however deep they lie.
void add_texts(std::string& to, const Value& value, int depth = 0) {
  if (depth > kDepthMax || to.size() >= kFieldsBytesMax) return;
  if (value.is_string()) {
    add(to, value.as_string(), kFieldsBytesMax);
  } else if (value.type() == Type::kArray) {
    for (const Value& item : value.as_array().items) add_texts(to, item, depth + 1);
  } else if (value.type() == Type::kHash) {
    for (const auto& [key, item] : value.as_hash().entries()) add_texts(to, item, depth + 1);
  }
}

std::vector<std::string> lines_of(const std::vector<std::string>& names, Record& record) {
  std::vector<std::string> lines;
  for (const std::string& name : names) {
    std::string line = as_line(name, kTermBytesMax);
    if (line.empty()) continue;
    add(record.terms, line, kFieldsBytesMax);
    lines.push_back(std::move(line));
  }
  return lines;
}

void add_fields(const Document& document, Record& record) {
  Value title = document.field("title");
  if (title.is_string()) record.title = as_line(title.as_string(), kFieldsBytesMax);
  record.tags = lines_of(document.facts().tags, record);
  record.categories = lines_of(document.facts().categories, record);
  if (!document.facts().fields) return;
  for (const auto& [key, value] : document.facts().fields->entries()) {
    if (is_one_of(kTermFields, key)) {
      add_texts(record.terms, value);
    } else if (!is_one_of(kOtherFields, key)) {
      add_texts(record.fields, value);
    }
  }
  if (document.facts().tags.empty()) add_texts(record.terms, document.field("tags"));
}

bool is_page_of_readers(const Document& document) {
  return document.facts().is_written && document.facts().output_extension == ".html" &&
         document.file_name() != "404.html" && document.file_name() != "404.md";
}

std::string label_of(const Document& document) {
  return document.facts().collection.empty() ? "pages" : document.facts().collection;
}

Record record_of_document(const site::Site& site, const Document& document) {
  const site::DocumentFacts& facts = document.facts();
  Record record;
  record.label = label_of(document);
  record.is_draft = facts.is_draft;
  record.is_public = is_public(site, document);
  record.day = kUndated;
  if (facts.has_date) {
    std::int64_t local = facts.date.seconds + facts.date.offset_seconds;
    std::int64_t day = local / kSecondsPerDay - (local % kSecondsPerDay < 0 ? 1 : 0);
    record.day = std::clamp<std::int64_t>(day, 0, kUndated - 1);
  }
  add_fields(document, record);
  return record;
}

}  // namespace

bool is_public(const site::Site& site, const Document& document) {
  if (!is_page_of_readers(document)) return false;
  Value wish = document.field("search");
  if (wish.type() == Type::kBool && !wish.as_bool()) return false;
  if (site.find_document(document.facts().subject).get() != &document) return false;
  const site::Output* output = site.find_output(document.facts().output_path);
  return output && !output->is_static && output->item->is_same(document);
}

std::optional<Record> record_of(const site::Site& site,
                                const std::string& path,
                                const site::SourceFile& source) {
  Record record;
  if (!source.documents.empty()) {
    record = record_of_document(site, *source.documents.front());
  } else if (source.data) {
    record.label = "data";
    record.day = kUndated;
    add_texts(record.fields, *source.data);
  } else {
    return std::nullopt;
  }
  record.path = path;
  record.blob = source.blob;
  add(record.fields, path, kFieldsBytesMax + path.size() + 1);
  if (record.title.empty()) record.title = as_line(path.substr(path.rfind('/') + 1));
  return record;
}

Fingerprint stamp_of(const Record& record) {
  Fingerprinter parts;
  parts.add(
      std::string_view(reinterpret_cast<const char*>(record.blob.bytes().data()), BlobId::kBytes));
  parts.add(record.label).add(static_cast<std::uint64_t>(record.day));
  parts.add(std::uint64_t{record.is_draft} << 1 | std::uint64_t{record.is_public});
  parts.add(record.title).add(record.terms).add(record.fields);
  for (const std::string& tag : record.tags) parts.add(tag);
  parts.add(std::uint64_t{record.tags.size()});
  for (const std::string& category : record.categories) parts.add(category);
  return parts.finish();
}

Status read_body(const site::Site& site, const site::SourceFile& source, Record& record) {
  if (source.documents.empty()) return {};
  const site::DocumentFacts& facts = source.documents.front()->facts();
  if (!facts.file || facts.is_sheet) return {};
  Markup markup = facts.is_markdown                   ? Markup::kMarkdown
                  : facts.output_extension == ".html" ? Markup::kHtml
                                                      : Markup::kNone;
  PlainText plain;
  const site::Text& body = facts.file->body;
  if (body.is_held()) {
    plain = plain_text_of(TRY(site.text_of(*facts.file)).text, markup);
  } else {
    // Not by the site's own memory of texts: who reads all of them would leave nothing else there.
    std::string bytes = TRY(site.read_path(record.path));
    plain = plain_text_of(std::string_view(bytes).substr(std::min(body.offset(), bytes.size())),
                          markup);
  }
  record.body = std::move(plain.text);
  record.headings = std::move(plain.headings);
  return {};
}

}  // namespace stet::search
