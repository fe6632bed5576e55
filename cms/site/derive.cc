#include "cms/site/derive.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "cms/liquid/filters/time_parser.h"
#include "cms/site/document_url.h"
#include "cms/site/field_text.h"
#include "cms/site/file_name.h"
#include "cms/site/front_matter_defaults.h"
#include "cms/site/generator.h"
#include "cms/site/list_place.h"
#include "cms/site/permalink.h"
#include "cms/site/post_name.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Type;
using liquid::Value;

void append_flat(const Value& value, std::vector<std::string>& texts) {
  if (value.type() == Type::kArray) {
    for (const Value& item : value.as_array().items) append_flat(item, texts);
  } else if (!value.is_nil()) {
    texts.push_back(field_text(value));
  }
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
    std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// A string of words, or a list; `singular` is one word as it stands and wins (Jekyll's Utils).
std::vector<std::string> plural(const Hash& fields,
                                std::string_view singular,
                                std::string_view plural_key) {
  std::vector<std::string> texts;
  const Value* one = fields.find(singular);
  const Value* many = fields.find(plural_key);
  if (one && !one->is_nil()) {
    append_flat(*one, texts);
  } else if (many && many->is_string()) {
    texts = words_of(many->as_string());
  } else if (many) {
    append_flat(*many, texts);
  }
  return texts;
}

std::vector<std::string> unique(std::vector<std::string> texts) {
  std::set<std::string> seen;
  std::erase_if(texts, [&](const std::string& text) { return !seen.insert(text).second; });
  return texts;
}

Value array_of(const std::vector<std::string>& texts) {
  std::vector<Value> items;
  for (const std::string& text : texts) items.emplace_back(Value(text));
  return liquid::make_array(std::move(items));
}

// The names of the folders above the special one.
std::vector<std::string> categories_of_path(std::string_view path, std::string_view special) {
  std::vector<std::string> names;
  std::size_t end = path.find(special);
  if (end == std::string_view::npos) return names;
  std::string_view above = path.substr(0, end);
  while (!above.empty()) {
    std::size_t slash = std::min(above.find('/'), above.size());
    if (slash > 0) names.emplace_back(above.substr(0, slash));
    above.remove_prefix(std::min(slash + 1, above.size()));
  }
  return names;
}

class Derivation {
 public:
  Derivation(const std::string& path, const RoleOf& role, ParsedFilePtr file, const Config& config)
      : config_(config), role_(role) {
    facts_.path = facts_.subject = facts_.shown_path = path;
    if (role.role != Role::kSite) facts_.shown_path = config.below_collections(path);
    facts_.file = std::move(file);
    facts_.collection = role.label;
    facts_.is_draft = role.role == Role::kDraft;
    facts_.kind = role.role == Role::kSite         ? DocumentKind::kPage
                  : role.role == Role::kCollection ? DocumentKind::kCollection
                                                   : DocumentKind::kPost;
  }

  bool run() {
    if (facts_.kind == DocumentKind::kPost && !read_post_name()) return false;
    read_fields();
    read_date();
    read_end();
    if (facts_.kind != DocumentKind::kPage) {
      read_titles();
      read_groups();
    }
    take_fields();
    read_layout();
    read_extension();
    read_excerpt();
    facts_.is_written = facts_.kind != DocumentKind::kCollection || is_collection_output();
    Status shown = set_url(facts_, config_);
    if (!shown) complain(shown.error().message);
    set_map_path();
    facts_.key = place_of(facts_, config_);
    return shown.has_value();
  }

  DocumentFacts& facts() { return facts_; }
  Problems& problems() { return problems_; }

 private:
  const Value* field(std::string_view key) const {
    auto own = std::find_if(
        set_.begin(), set_.end(), [&](const auto& entry) { return entry.first == key; });
    return own != set_.end() ? &own->second : facts_.fields->find(key);
  }
  void set(std::string_view key, Value value) {
    set_.emplace_back(std::string(key), std::move(value));
  }
  // What was set into the fields, at once: a hash never changes, and one for each would cost more
  // than all the rest.
  void take_fields() {
    if (set_.empty()) return;
    std::vector<Hash::Entry> entries = facts_.fields->entries();
    entries.insert(
        entries.end(), std::make_move_iterator(set_.begin()), std::make_move_iterator(set_.end()));
    facts_.fields = Ref<Hash>(new Hash(std::move(entries)));
  }
  void complain(std::string message) {
    problems_.push_back({Severity::kError, facts_.path, 1, 0, std::move(message)});
  }

  bool read_post_name() {
    std::string file_name = facts_.path.substr(facts_.path.rfind('/') + 1);
    name_ = facts_.is_draft ? parse_post_name(file_name) : parse_post_name_of_any_day(file_name);
    if (name_ && is_valid(name_->date)) name_date_ = name_->date;
    if (!name_ && facts_.is_draft) {
      std::string slug(stem_of(facts_.path));
      while (slug.ends_with('.')) slug.pop_back();
      name_ = PostName{{}, slug, std::string(extension_of(facts_.path))};
    }
    return name_.has_value();
  }

  void read_fields() {
    // A draft is of its collection's type, posts.
    std::string type = facts_.kind == DocumentKind::kPage ? "pages" : role_.label;
    Ref<Hash> defaults = defaults_for(config_, facts_.path, type);
    facts_.fields = defaults->entries().empty()
                        ? facts_.file->front_matter
                        : deep_merged(*defaults, *facts_.file->front_matter);
    defaults_ = std::move(defaults);
    if (facts_.kind != DocumentKind::kPage) return;
    const Value* own = facts_.file->front_matter->find("path");
    if (own && own->is_truthy()) facts_.shown_path = field_text(*own);
  }

  void read_date() {
    const Value* date = field("date");
    bool is_document = facts_.kind != DocumentKind::kPage;
    std::optional<Time> time;
    if (date && !date->is_nil()) {
      time = time_of(*date);
      if (!time && is_document) {
        facts_.failure =
            "date: '" + field_text(*date) + "' is no date; write it as 2020-10-11 10:00:00 +0000";
        complain(facts_.failure);
      }
    }
    if (!time && name_date_) time = local_start_of(*name_date_);
    if (!time && role_.changed) {
      time = local_at(role_.changed->seconds);
      facts_.is_dated_by_commit = true;
    }
    if (!time) return;
    facts_.date = *time;
    facts_.has_date = true;
    if (is_document) set("date", Value(*time));
  }

  void read_end() {
    const Value* end = field(kUnpublishKey);
    if (!end || end->is_nil()) return;
    auto time = time_of(*end);
    if (time) {
      facts_.until = time->seconds;
    } else {
      complain("unpublish: '" + field_text(*end) +
               "' is no date; write it as 2020-10-11 10:00:00 +0000");
    }
  }

  std::optional<Time> time_of(const Value& value) const {
    if (value.type() == Type::kTime) {
      Time local = local_at(value.as_time().seconds);
      local.nanoseconds = value.as_time().nanoseconds;
      return local;
    }
    if (value.type() == Type::kDate) return local_start_of(value.as_date());
    if (!value.is_string()) return std::nullopt;
    // What a date leaves out must not come from the present: it would change from build to build.
    auto parsed = liquid::parse_time(value.as_string(), config_.zone(), Time{});
    if (!parsed || parsed->is_relative) return std::nullopt;
    return local_at(parsed->time.seconds);
  }

  // Ruby's local times never call themselves UTC, though the zone be UTC.
  Time local_at(std::int64_t seconds) const {
    Time time = config_.zone().at(seconds);
    time.is_utc = false;
    return time;
  }
  Time local_start_of(const Date& date) const {
    return local_at(config_.zone().resolve({date, 0, 0, 0}).earlier.seconds);
  }

  void read_titles() {
    std::string slug, extension;
    auto named =
        name_ ? name_ : parse_post_name_of_any_day(facts_.path.substr(facts_.path.rfind('/') + 1));
    slug = named ? named->slug : std::string(stem_of(facts_.path));
    extension = std::string(extension_of(facts_.path));
    const bool is_day = named && is_valid(named->date);
    if (named && !is_day && !field("date")) {
      complain("the file's name begins with a day that no calendar has; rename it");
    }
    if (is_day && !name_date_ && !facts_.has_date && !facts_.is_draft) {
      facts_.date = local_start_of(named->date);
      facts_.has_date = true;
      set("date", Value(facts_.date));
    }
    while (slug.ends_with('.')) slug.pop_back();
    auto set_default = [&](std::string_view key, Value value) {
      const Value* present = field(key);
      if (!present || !present->is_truthy()) set(key, std::move(value));
    };
    if (facts_.kind == DocumentKind::kPost) set_default("draft", Value(facts_.is_draft));
    set_default("title", Value(title_of_slug(slug)));
    set_default("slug", Value(slug));
    facts_.slug = field_text(*field("slug"));
    set_default("ext", Value(extension));
  }

  void read_groups() {
    const CollectionConfig* own = config_.find_collection(role_.label);
    std::vector<std::string> categories =
        categories_of_path(facts_.shown_path, facts_.is_draft || !own ? "_drafts" : own->folder);
    for (const Hash* source : {defaults_.get(), facts_.file->front_matter.get()}) {
      auto named = plural(*source, "", "categories");
      categories.insert(categories.end(), named.begin(), named.end());
    }
    auto single = plural(*facts_.fields, "category", "categories");
    categories.insert(categories.end(), single.begin(), single.end());
    facts_.categories = unique(std::move(categories));
    facts_.tags = plural(*facts_.fields, "tag", "tags");
    set("categories", array_of(facts_.categories));
    set("tags", array_of(facts_.tags));
  }

  void read_layout() {
    // A page that says `layout:` and no more has none; a document has the default one.
    const Value* own = facts_.file->front_matter->find("layout");
    const Value* layout = own && facts_.kind == DocumentKind::kPage ? own : field("layout");
    std::string_view extension = extension_of(facts_.path);
    if (is_sheet_name(extension) || extension == ".coffee") return;
    if (layout && layout->is_string() && layout->as_string() != "none") {
      facts_.layout = layout->as_string();
    } else if (layout && layout->type() == liquid::Type::kInteger) {
      facts_.layout = std::to_string(layout->as_integer());  // `layout: 404`
    } else if (!layout && is_implied()) {
      facts_.layout = role_.label == "schedule" ? "session" : "speaker";
    }
  }

  bool is_implied() const {
    const CollectionConfig* collection = config_.find_collection(role_.label);
    return facts_.kind == DocumentKind::kCollection && collection && collection->is_implied;
  }

  bool is_collection_output() const {
    const CollectionConfig* collection = config_.find_collection(role_.label);
    return collection && collection->is_output;
  }

  void read_extension() {
    std::string_view extension = extension_of(facts_.path);
    facts_.is_markdown = config_.is_markdown(extension);
    facts_.is_sheet = is_sheet_name(extension);
    facts_.output_extension = facts_.is_markdown ? ".html"
                              : facts_.is_sheet  ? ".css"
                                                 : std::string(extension);
    const Value* permalink = field("permalink");
    if (!permalink || !permalink->is_string() || permalink->as_string().ends_with("/")) return;
    std::string_view own = extension_of(permalink->as_string());
    if (!own.empty()) facts_.output_extension = own;
  }

  // Beside the sheet's own, also where a permalink makes Jekyll write the one over the other.
  void set_map_path() {
    bool has_map = facts_.is_sheet && facts_.kind == DocumentKind::kPage &&
                   !facts_.file->body.empty() && config_.has_source_maps();
    if (!has_map) return;
    bool is_index = facts_.url.ends_with('/');
    facts_.map_path =
        is_index ? output_path_of(facts_.url + "index", ".map") : facts_.output_path + ".map";
  }

  bool is_html() const {
    const std::string& extension = facts_.output_extension;
    return extension == ".html" || extension == ".xhtml" || extension == ".htm";
  }

  void read_excerpt() {
    if (facts_.kind == DocumentKind::kPage && !(config_.flag("page_excerpts") && is_html())) return;
    const Value* own = field("excerpt");
    if (own && own->is_truthy()) return;
    const Value* named = field("excerpt_separator");
    std::string separator = named && named->is_string() ? std::string(named->as_string())
                                                        : config_.text("excerpt_separator");
    if (!separator.empty()) facts_.excerpt_source = {facts_.file, std::move(separator)};
  }

  const Config& config_;
  const RoleOf& role_;
  DocumentFacts facts_;
  Problems problems_;
  Ref<Hash> defaults_;
  std::vector<Hash::Entry> set_;  // into the fields, once each
  std::optional<PostName> name_;
  std::optional<Date> name_date_;
};

}  // namespace

DerivedFacts derive_facts(const std::string& path,
                          const RoleOf& role,
                          ParsedFilePtr file,
                          const Config& config) {
  Derivation derivation(path, role, std::move(file), config);
  DerivedFacts derived;
  if (derivation.run()) {
    // A file of _posts that is read as a page too must not share its reads with the post.
    bool is_twice = role.role == Role::kSite && path.find("_posts/") != std::string::npos;
    if (is_twice) derivation.facts().subject += "#page";
    derived.facts = std::move(derivation.facts());
  }
  derived.problems = std::move(derivation.problems());
  return derived;
}

Derived derive_document(const std::string& path,
                        const RoleOf& role,
                        ParsedFilePtr file,
                        const Config& config,
                        reads::Names& names) {
  DerivedFacts derived = derive_facts(path, role, std::move(file), config);
  DocumentPtr document;
  if (derived.facts) document = DocumentPtr(new Document(std::move(*derived.facts), names));
  return {std::move(document), std::move(derived.problems)};
}

DocumentPtr generated_document(GeneratedSource source, const Config& config, reads::Names& names) {
  auto file = std::make_shared<ParsedFile>();
  file->has_front_matter = true;
  file->front_matter = source.fields ? source.fields : Ref<Hash>(new Hash({}));
  file->body = Text::held(std::move(source.text));
  DocumentFacts facts;
  facts.kind = DocumentKind::kGenerated;
  facts.path = facts.shown_path = source.path;
  facts.subject = source.path + "#generated";
  facts.fields = file->front_matter;
  facts.file = std::move(file);
  facts.url = source.url;
  facts.output_extension = std::string(extension_of(source.path));
  facts.output_path = output_path_of(source.url, facts.output_extension);
  facts.layout = source.layout;
  facts.is_markdown = config.is_markdown(extension_of(source.path));
  if (source.place > 0) {
    facts.key = generated_key(source.place, source.order.empty() ? source.path : source.order);
  }
  return DocumentPtr(new Document(std::move(facts), names));
}

}  // namespace stet::site
