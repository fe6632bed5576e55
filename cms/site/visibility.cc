#include "cms/site/visibility.h"

#include <algorithm>
#include <set>

#include "cms/site/memberships.h"

namespace stet::site {
namespace {

using liquid::Type;
using liquid::Value;

bool is_published(const Document& document) {
  const Value* published = document.facts().fields->find("published");
  return !published || published->type() != Type::kBool || published->as_bool();
}

ListKey moment_of(const Document& document) {
  return {document.facts().date.seconds, document.facts().subject, false};
}

ListKey end_of(const Document& document) {
  return {document.facts().until.value_or(0), document.facts().subject, false};
}

}  // namespace

void Visibility::begin_filling() {
  is_filling_ = true;
  documents_.begin();
  outputs_.begin();
}

std::vector<std::function<void()>> Visibility::fillings() {
  auto fill_lists = [this] {
    Filling<std::string, Items> lists(site_.lists_);
    lists.begin();
    for (auto& [name, items] : gathered_lists_) {
      lists.set(name, Filling<ListKey, ItemPtr>::sorted(std::move(items)));
    }
    lists.end();
    gathered_lists_.clear();
  };
  return {fill_lists, [this] { outputs_.end(); }, [this] { documents_.end(); }};
}

void Visibility::end_filling() {
  is_filling_ = false;
  touch_all();
}

void Visibility::touch_all() {
  site_.documents_.for_each([&](const std::string& subject, const DocumentPtr& document) {
    touched_.documents.emplace_hint(touched_.documents.end(), subject, Touched::Pair())
        ->second.after = document;
  });
  site_.lists_.for_each([&](const std::string& name, const Items&) { touched_.lists[name]; });
  site_.for_each_output([&](const std::string& path, const Output&) {
    touched_.outputs.insert(touched_.outputs.end(), path);
  });
}

std::vector<Visibility::Places> Visibility::places_of(const SourceFile& source) const {
  std::vector<Places> places;
  for (const DocumentPtr& document : source.documents) places.push_back(places_of(*document));
  return places;
}

void Visibility::show(const SourceFile& source, std::vector<Places> places) {
  if (source.data) touched_.has_data = true;
  for (std::size_t i = 0; i < source.documents.size(); ++i) {
    show(source.documents[i], std::move(places[i]));
  }
  if (source.static_file) offer(source.static_file, !source.is_unlisted);
}

void Visibility::hide(const SourceFile& source) {
  for (const DocumentPtr& document : source.documents) hide(document);
  if (source.static_file) withdraw(*source.static_file);
  if (source.data) touched_.has_data = true;
}

bool Visibility::is_hidden(const Document& document) const {
  const DocumentFacts& facts = document.facts();
  if (facts.is_draft && !site_.config_->flag("show_drafts")) return true;
  return !is_published(document) && !site_.config_->flag("unpublished");
}

bool Visibility::is_over(const Document& document) const {
  const auto& until = document.facts().until;
  return until && *until <= site_.instant_.seconds && !site_.config_->flag("unpublished");
}

bool Visibility::is_future(const Document& document) const {
  const DocumentFacts& facts = document.facts();
  if (facts.collection.empty() || !facts.has_date || site_.config_->flag("future")) return false;
  return facts.date.seconds > site_.instant_.seconds;
}

void Visibility::show(const DocumentPtr& document, Places places) {
  if (is_hidden(*document) || is_over(*document)) return;
  bool is_leaving = document->facts().until && !site_.config_->flag("unpublished");
  if (is_leaving) site_.leaving_ = site_.leaving_.set(end_of(*document), document);
  bool is_waiting = is_future(*document);
  if (is_waiting) site_.waiting_ = site_.waiting_.set(moment_of(*document), document);
  bool is_listed = !is_waiting || document->facts().kind == DocumentKind::kCollection;
  if (is_listed) list(document, std::move(places));
  if (!is_waiting) publish(document);
}

void Visibility::list(const DocumentPtr& document, Places places) {
  const DocumentFacts& facts = document->facts();
  ItemPtr item(document.get());
  if (!is_filling_) touched_.documents[facts.subject].after = document;
  documents_.set(facts.subject, document);
  for (auto& [name, key] : places) list_in(name, std::move(key), item);
}

void Visibility::publish(const DocumentPtr& document) {
  const DocumentFacts& facts = document->facts();
  if (!facts.is_written) return;
  set_output(facts.output_path, rank_of(facts), {ItemPtr(document.get())});
  if (facts.map_path.empty()) return;
  set_output(facts.map_path, rank_of(facts), {ItemPtr(document.get()), false, true});
}

void Visibility::hide(const DocumentPtr& document) {
  const DocumentFacts& facts = document->facts();
  site_.waiting_ = site_.waiting_.erase(moment_of(*document));
  if (facts.until) site_.leaving_ = site_.leaving_.erase(end_of(*document));
  const DocumentPtr* shown = site_.documents_.find(facts.subject);
  if (!shown || shown->get() != document.get()) return;
  auto& pair = touched_.documents[facts.subject];
  if (!pair.before) pair.before = document;
  pair.after = {};
  site_.documents_ = site_.documents_.erase(facts.subject);
  for (const auto& [name, key] : places_of(*document)) unlist(name, key);
  erase_output(facts.output_path, rank_of(facts), *document);
  if (!facts.map_path.empty()) erase_output(facts.map_path, rank_of(facts), *document);
}

void Visibility::pass_time() {
  end_some();
  begin_some();
}

// What waited to be shown may be over by then.
void Visibility::end_some() {
  while (!site_.leaving_.empty()) {
    const auto& [moment, leaving] = site_.leaving_.at(0);
    if (moment.primary > site_.instant_.seconds) return;
    DocumentPtr document = leaving;
    hide(document);
  }
}

void Visibility::begin_some() {
  while (!site_.waiting_.empty()) {
    const auto& [moment, waiting] = site_.waiting_.at(0);
    if (moment.primary > site_.instant_.seconds) return;
    DocumentPtr document = waiting;
    site_.waiting_ = site_.waiting_.erase(moment);
    if (document->facts().kind != DocumentKind::kCollection) list(document, places_of(*document));
    publish(document);
  }
}

void Visibility::order_collections() {
  for (const CollectionConfig& collection : site_.config_->collections()) {
    const std::string list = list_of_collection(collection.label);
    if (!touched_.lists.contains(list)) continue;
    const Items* items = site_.lists_.find(list);
    bool is_so = items && is_mixed(collection, *items);
    site_.mixed_ =
        is_so ? site_.mixed_.set(list, std::make_shared<const MixedOrder>(mixed_order(*items)))
              : site_.mixed_.erase(list);
  }
}

void Visibility::limit_posts() {
  Value limit = site_.config_->get("limit_posts");
  if (limit.type() != Type::kInteger || limit.as_integer() <= 0) return;
  auto kept = static_cast<std::size_t>(limit.as_integer());
  std::vector<DocumentPtr> posts;
  site_.list("posts").for_each([&](const ListKey&, const ItemPtr& item) {
    posts.emplace_back(static_cast<const Document*>(item.get()));
  });
  for (std::size_t i = kept; i < posts.size(); ++i) hide(posts[i]);
}

// A list that it names twice, as a post may name a tag, has it twice: side by side, for nothing
// that a path holds sorts before the separator.
Visibility::Places Visibility::places_of(const Document& document) const {
  std::vector<std::string> names = lists_of(document.facts());
  for (const GeneratorPtr& generator : site_.generators_) {
    for (std::string& name : generator->lists_of(document)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  Places places;
  std::size_t times = 0;
  for (std::string& name : names) {
    bool is_again = !places.empty() && places.back().first == name;
    times = is_again ? times + 1 : 0;
    ListKey key = document.key();
    if (is_again) key.text += '\0' + std::to_string(times);
    places.emplace_back(std::move(name), std::move(key));
  }
  return places;
}

void Visibility::list_in(const std::string& name, ListKey key, const ItemPtr& item) {
  if (is_filling_) {
    gathered_lists_[name].emplace_back(std::move(key), item);
    return;
  }
  touched_.lists[name].push_back(key);
  const Items* items = site_.lists_.find(name);
  site_.lists_ = site_.lists_.set(name, (items ? *items : Items()).set(std::move(key), item));
}

void Visibility::unlist(const std::string& name, const ListKey& key) {
  const Items* items = site_.lists_.find(name);
  if (!items) return;
  Items without = items->erase(key);
  site_.lists_ = without.empty() ? site_.lists_.erase(name) : site_.lists_.set(name, without);
  touched_.lists[name].push_back(key);
}

// In Jekyll's order of writing: pages, static files, documents of collections.
std::string Visibility::output_key(const std::string& path,
                                   std::string_view rank,
                                   const Item& item) {
  return Site::output_prefix(path) + std::string(rank) + item.key().text;
}

void Visibility::set_output(const std::string& path, std::string_view rank, Output output) {
  std::string key = output_key(path, rank, *output.item);
  outputs_.set(std::move(key), std::move(output));
  if (!is_filling_) touched_.outputs.insert(path);
}

void Visibility::erase_output(const std::string& path, std::string_view rank, const Item& item) {
  site_.outputs_ = site_.outputs_.erase(output_key(path, rank, item));
  touched_.outputs.insert(path);
}

void Visibility::offer(const StaticFilePtr& file, bool is_listed) {
  if (site_.replaced_.contains(file->path())) return;
  ItemPtr item(file.get());
  if (is_listed) list_in("static_files", item->key(), item);
  if (file->is_written()) set_output(file->output_path(), "2", {item, true});
}

void Visibility::withdraw(const StaticFile& file) {
  unlist("static_files", file.key());
  erase_output(file.output_path(), "2", file);
}

// A page that a generator made of a file may stand in for that file.
void Visibility::replace_file(const Document& page, bool is_coming) {
  const std::string& path = page.facts().replaces;
  if (path.empty()) return;
  const SourceFilePtr* source = site_.sources_.find(path);
  bool was_replaced = site_.replaced_.contains(path);
  site_.replaced_ = is_coming ? site_.replaced_.set(path, true) : site_.replaced_.erase(path);
  if (!source || !(*source)->static_file || was_replaced == is_coming) return;
  if (is_coming) withdraw(*(*source)->static_file);
  if (!is_coming) offer((*source)->static_file);
}

void Visibility::publish_generated(const DocumentPtr& document) {
  documents_.set(document->facts().subject, document);
  publish(document);
}

void Visibility::replace_group(const std::vector<DocumentPtr>& before,
                               const std::vector<DocumentPtr>& after) {
  auto is_same = [](const DocumentPtr& a, const DocumentPtr& b) { return a.get() == b.get(); };
  auto [was, is] = std::mismatch(before.begin(), before.end(), after.begin(), after.end(), is_same);
  std::set<const Document*> kept, known;
  for (auto it = is; it != after.end(); ++it) kept.insert(it->get());
  for (auto it = was; it != before.end(); ++it) {
    known.insert(it->get());
    if (kept.contains(it->get())) continue;
    hide(*it);
    replace_file(**it, false);
  }
  for (auto it = is; it != after.end(); ++it) {
    if (known.contains(it->get())) continue;
    list(*it, places_of(**it));
    publish(*it);
    replace_file(**it, true);
  }
}

}  // namespace stet::site
