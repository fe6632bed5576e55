#include "cms/site/document.h"

#include <algorithm>
#include <set>
#include <span>

#include "cms/liquid/convert.h"
#include "cms/site/config_reads.h"
#include "cms/site/file_name.h"
#include "cms/site/site.h"
#include "cms/site/site_drop.h"
#include "cms/site/tree.h"
#include "cms/site/view.h"

namespace stet::site {
namespace {

using liquid::Value;
using reads::Key;
using reads::Kind;

// Asked of the view, in the order in which Jekyll lists them after the front matter.
constexpr std::string_view kPageKeys[] = {"content", "dir", "excerpt", "name", "path", "url"};
constexpr std::string_view kDocumentKeys[] = {"content",
                                              "excerpt",
                                              "id",
                                              "output",
                                              "path",
                                              "relative_path",
                                              "url",
                                              "collection",
                                              "name",
                                              "next",
                                              "previous"};

constexpr std::string_view kArchiveKeys[] = {"posts", "name", "path", "url", "permalink"};

std::span<const std::string_view> computed_keys(const DocumentFacts& facts) {
  DocumentKind kind = facts.kind;
  if (!facts.posts_list.empty()) return kArchiveKeys;
  if (kind == DocumentKind::kPage || kind == DocumentKind::kGenerated) return kPageKeys;
  return kDocumentKeys;
}

// "/blog/slug" of "/blog/x/" and "/blog/x.html": Jekyll's id of a document.
std::string id_of(std::string_view url, std::string_view slug) {
  while (url.size() > 1 && url.ends_with('/')) url.remove_suffix(1);
  return std::string(url.substr(0, url.rfind('/') + 1)) + std::string(slug);
}

// When a commit last changed the file that the document is made of.
Value last_changed(const Document& document, View& view) {
  view.recorder().add(
      Key(Kind::kField, view.names().id_of(document.path()), view.names().id_of("#changed")));
  auto instant = view.site().last_changed(document.path());
  if (!instant) return {};
  Time time = view.zone().at(instant->seconds);
  time.is_utc = false;
  return Value(time);
}

// Those that keys() lists, in their order.
bool has_same_names(const DocumentFacts& a, const DocumentFacts& b) {
  auto is_same = [](const liquid::Hash::Entry& x, const liquid::Hash::Entry& y) {
    return x.first == y.first;
  };
  const auto& was = a.fields->entries();
  const auto& is = b.fields->entries();
  return a.kind == b.kind && a.posts_list.empty() == b.posts_list.empty() &&
         std::equal(was.begin(), was.end(), is.begin(), is.end(), is_same);
}

// What is made of the body is made in another way.
bool is_another_sort(const DocumentFacts& a, const DocumentFacts& b) {
  return a.kind != b.kind || a.is_markdown != b.is_markdown || a.is_sheet != b.is_sheet ||
         a.map_path != b.map_path || a.is_written != b.is_written;
}

bool has_other_excerpt(const DocumentOfSite& was, const DocumentOfSite& is) {
  const auto& a = was.document.facts().excerpt_source;
  const auto& b = is.document.facts().excerpt_source;
  if (!a || !b) return a.has_value() != b.has_value();
  if (a->separator == b->separator && a->file->body == b->file->body) return false;
  auto before = was.site.excerpt_of(*a);
  auto after = is.site.excerpt_of(*b);
  return !before || !after || *before != *after;
}

std::string folder_of_url(std::string_view url) {
  return std::string(url.substr(0, url.rfind('/') + 1));
}

}  // namespace

Document::Document(DocumentFacts facts, reads::Names& names)
    : Item(names.id_of(facts.subject)), facts_(std::move(facts)) {}

std::string_view Document::file_name() const {
  return std::string_view(facts_.path).substr(facts_.path.rfind('/') + 1);
}

Value Document::computed(std::string_view key) const {
  bool is_page = facts_.collection.empty();
  if (key == "url") return Value(facts_.url);
  if (key == "path") return Value(facts_.shown_path);
  if (key == "name") {
    const Value* own = is_page ? nullptr : facts_.fields->find("name");
    if (own && own->is_truthy()) return *own;
    bool is_generated = facts_.kind == DocumentKind::kGenerated;
    if (!facts_.posts_list.empty()) return Value(std::string(stem_of(facts_.shown_path)));
    return Value(std::string(file_name_of(is_generated ? facts_.shown_path : facts_.path)));
  }
  if (key == "dir" && is_page && facts_.posts_list.empty()) return Value(folder_of_url(facts_.url));
  if (is_page) return Value();
  if (key == "relative_path") return Value(facts_.shown_path);
  if (key == "collection") return Value(facts_.collection);
  if (key == "id") return Value(id_of(facts_.url, facts_.slug));
  return Value();
}

Value Document::field(std::string_view name) const {
  Value value = computed(name);
  if (!value.is_nil()) return value;
  const Value* found = facts_.fields->find(name);
  return found ? *found : Value();
}

Value Document::get(std::string_view key, liquid::Host& host) const {
  View& view = view_of(host);
  if (key == "content") return view.content_of(*this);
  if (key == "posts" && !facts_.posts_list.empty()) return list_value(facts_.posts_list, view);
  if (key == "output" && !facts_.collection.empty()) return view.output_of(*this);
  if (key == "excerpt" && facts_.excerpt_source) return view.excerpt_of(*this);
  view.recorder().add(Key(Kind::kField, subject(), view.names().id_of(key)));
  if (key == "date" && !facts_.has_date && !facts_.collection.empty()) {
    return Value::live_time(view.now());
  }
  if (!facts_.collection.empty() && (key == "next" || key == "previous")) {
    DocumentPtr neighbour = view.site().neighbour_of(*this, key == "next");
    return neighbour ? Value(liquid::Ref<liquid::Drop>(neighbour.get())) : Value();
  }
  Value value = field(key);
  if (key == "last_modified_at" && has_plugin("jekyll-last-modified-at", view)) {
    Value changed = last_changed(*this, view);
    bool is_page = facts_.collection.empty();  // of others front matter wins
    if (!changed.is_nil() && (is_page || value.is_nil())) return changed;
  }
  if (key == "layout" && value.is_nil() && !facts_.layout_choices.empty()) {
    std::string layout = layout_of(*this, view.site(), view.recorder());
    return layout.empty() ? Value() : Value(std::move(layout));
  }
  // A document without an excerpt has an empty one; a page has none.
  if (key == "excerpt" && value.is_nil() && !facts_.collection.empty()) return Value(std::string());
  return value.is_nil() && may_be_derived(key) ? view.derived_field(*this, key) : value;
}

bool Document::may_be_derived(std::string_view key) const {
  bool may_be = facts_.kind == DocumentKind::kCollection || facts_.kind == DocumentKind::kGenerated;
  return may_be && std::find(std::begin(kDerivedFields), std::end(kDerivedFields), key) !=
                       std::end(kDerivedFields);
}

std::string Document::to_text(liquid::Host& host) const {
  if (facts_.collection.empty()) return Drop::to_text(host);
  Value output = get("output", host);
  return liquid::to_text(output.is_nil() ? get("content", host) : output, host);
}

std::optional<Value> Document::settled(std::string_view key) const {
  constexpr std::string_view kOfTheRender[] = {
      "content", "excerpt", "last_modified_at", "layout", "next", "output", "posts", "previous"};
  bool is_of_render =
      std::find(std::begin(kOfTheRender), std::end(kOfTheRender), key) != std::end(kOfTheRender);
  bool is_instant = key == "date" && !facts_.has_date && !facts_.collection.empty();
  if (is_of_render || is_instant) return std::nullopt;
  Value value = field(key);
  return value.is_nil() && may_be_derived(key) ? std::nullopt : std::optional(std::move(value));
}

std::vector<std::string> Document::keys(liquid::Host& host) const {
  View& view = view_of(host);
  view.recorder().add(Key(Kind::kField, subject(), view.names().id_of("*")));
  std::vector<std::string> keys;
  for (const auto& entry : facts_.fields->entries()) keys.push_back(entry.first);
  for (std::string_view key : computed_keys(facts_)) {
    if (!facts_.fields->find(key)) keys.emplace_back(key);
  }
  return keys;
}

bool Document::has_key(std::string_view key, liquid::Host& host) const {
  View& view = view_of(host);
  view.recorder().add(Key(Kind::kField, subject(), view.names().id_of(key)));
  auto computed = computed_keys(facts_);
  return facts_.fields->find(key) ||
         std::find(computed.begin(), computed.end(), key) != computed.end();
}

std::string layout_of(const Document& document, const Site& site, reads::Recorder& recorder) {
  const DocumentFacts& facts = document.facts();
  if (!facts.layout.empty()) return facts.layout;
  reads::Names& names = site.names();
  recorder.add(Key(Kind::kConfig, names.id_of("config"), names.id_of("layouts_dir")));
  for (const std::string& name : facts.layout_choices) {
    std::string path = site.config().text("layouts_dir") + "/" + name;
    recorder.add(Key(Kind::kField, names.id_of(path), names.id_of("layout")));
    if (site.find_layout(name)) return name;
  }
  return "";
}

std::vector<std::string> differing_fields(const DocumentOfSite& was, const DocumentOfSite& is) {
  const Document& before = was.document;
  const Document& after = is.document;
  const DocumentFacts& a = before.facts();
  const DocumentFacts& b = after.facts();
  std::set<std::string> names;
  if (a.fields.get() != b.fields.get()) {
    for (const auto* fields : {a.fields.get(), b.fields.get()}) {
      for (const auto& entry : fields->entries()) names.insert(entry.first);
    }
  }
  for (std::string_view name : {"url", "id", "dir", "path", "relative_path", "name", "collection"})
    names.emplace(name);
  std::vector<std::string> differing;
  for (const std::string& name : names) {
    if (!is_same(before.field(name), after.field(name))) differing.push_back(name);
  }
  bool is_made_otherwise = is_another_sort(a, b);
  if (a.file->body != b.file->body || is_made_otherwise) differing.emplace_back("#body");
  if (a.file->body_line != b.file->body_line) differing.emplace_back("#line");
  if (a.layout_choices != b.layout_choices) differing.emplace_back("layout");
  if (is_made_otherwise || has_other_excerpt(was, is)) differing.emplace_back("#excerpt");
  if (a.excerpt_source.has_value() != b.excerpt_source.has_value())
    differing.emplace_back("excerpt");
  if (a.failure != b.failure || !has_same_names(a, b)) differing.emplace_back("*");
  return differing;
}

}  // namespace stet::site
