#include "cms/site/builder.h"

#include <algorithm>
#include <set>

#include "cms/document/yaml.h"
#include "cms/site/data_file.h"
#include "cms/site/derive.h"
#include "cms/site/file_name.h"
#include "cms/site/filling.h"
#include "cms/site/memberships.h"
#include "cms/site/parse_cache.h"
#include "cms/site/read_source.h"
#include "cms/site/site_changes.h"
#include "cms/site/value_of.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Type;
using liquid::Value;

constexpr std::string_view kEventPath = "_data/event.yml";

bool is_published(const Document& document) {
  const Value* published = document.facts().fields->find("published");
  return !published || published->type() != Type::kBool || published->as_bool();
}

}  // namespace

class Builder::Step {
 public:
  Step(const Builder& builder, SiteSource source) : builder_(builder), names_(builder.names_) {
    site_.names_ = &names_;
    adopt(std::move(source));
  }
  Step(const Builder& builder, SiteSource source, const Site& before)
      : builder_(builder), names_(builder.names_), site_(before) {
    Instant was = site_.instant_;
    adopt(std::move(source));
    if (site_.instant_ < was)
      site_.instant_ = was;  // a clock set back does not hide what was shown
    filter_.emplace(*site_.config_);
    has_schedule_ = site_.blobs_.contains(kEventPath);
  }

  Status build() {
    std::vector<std::pair<std::string, BlobId>> blobs;
    TRY(site_.snapshot_->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
      if (is_readable(entry.kind)) blobs.emplace_back(entry.path.string(), entry.blob);
      return {};
    }));
    site_.blobs_ = PersistentMap<std::string, BlobId>::from_sorted(blobs);
    has_schedule_ = site_.blobs_.contains(kEventPath);
    TRY(read_config());
    filter_.emplace(*site_.config_);
    begin_filling();
    TRY(add_theme());
    TRY(add_all(blobs));
    end_filling();
    rebuild_data();
    for (const DocumentPtr& document : standing_) publish_generated(document);
    pass_time();
    limit_posts();
    run_generators(true);
    return {};
  }

  Status apply(const storage::Diff& diff) {
    for (const storage::FileChange& change : diff) {
      const std::string& path = change.path.string();
      touched_.files.push_back(path);
      if (change.before) remove(site_.sources_, path);
      bool is_there = change.after && is_readable(change.after->kind);
      site_.blobs_ =
          is_there ? site_.blobs_.set(path, change.after->blob) : site_.blobs_.erase(path);
      remove(site_.theme_sources_, path);
      TRY(is_there ? add(path, change.after->blob) : add_asset(path));
    }
    if (touched_.has_data) rebuild_data();
    pass_time();
    run_generators(false);
    return {};
  }

  Site take_site() { return std::move(site_); }
  Touched& touched() { return touched_; }

 private:
  void adopt(SiteSource source) {
    site_.snapshot_ = std::move(source.snapshot);
    site_.instant_ = source.instant;
    site_.last_changed_ = std::move(source.last_changed);
  }

  Status read_config() {
    Ref<Hash> merged(new Hash({}));
    Problems problems;
    const Overrides& overrides = builder_.options_.overrides;
    auto lay_over = [&](std::string_view bytes, const std::string& path) {
      document::Data data = document::parse_yaml(bytes, path, problems);
      if (data.map()) merged = deep_merged(*merged, *hash_of(*data.map()));
    };
    for (const OuterConfig& outer : overrides.outer_config) lay_over(outer.text, outer.path);
    for (const std::string& path : overrides.config_files) {
      const BlobId* blob = site_.blobs_.find(path);
      if (blob && overrides.outer_config.empty()) {
        lay_over(TRY(site_.snapshot_->read(*blob)), path);
      }
    }
    config_problems_ = problems;
    const std::string& path = overrides.config_files.empty() ? "" : overrides.config_files.back();
    const ThemeSearch search{
        *merged, site_.blobs_, site_.snapshot_, builder_.options_.find_theme, path};
    site_.theme_problems_.clear();
    site_.theme_ = TRY(find_theme(search, site_.theme_problems_));
    Overrides with_theme = overrides;
    if (site_.theme_) {
      merged = deep_merged(*site_.theme_->config, *merged);
      with_theme.theme_plugins = site_.theme_->plugins;
    }
    site_.config_ = Config::make(merged.get(), path, with_theme, names_);
    if (!builder_.options_.generate) return {};
    Generated generated = builder_.options_.generate(site_.config_, has_schedule_, names_);
    site_.generators_ = std::move(generated.generators);
    standing_ = std::move(generated.documents);
    return {};
  }

  SourceReader reader() const {
    return {*site_.config_,
            *filter_,
            builder_.options_.overrides.config_files,
            has_schedule_,
            site_.generators_,
            *builder_.cache_,
            names_};
  }

  // Read by many threads, and put together by one.
  Status add_all(const std::vector<std::pair<std::string, BlobId>>& blobs) {
    std::vector<std::optional<Result<NewSource>>> sources(blobs.size());
    const SourceReader reader = this->reader();
    auto read = [&](std::size_t i) {
      const auto& [path, blob] = blobs[i];
      sources[i] = read_source(reader, path, blob, *site_.snapshot_);
    };
    const ForAll& for_all = builder_.options_.for_all;
    if (for_all) for_all(blobs.size(), read);
    for (std::size_t i = 0; i < blobs.size(); ++i) {
      if (!for_all) read(i);
      if (NewSource source = TRY(std::move(*sources[i]))) place(blobs[i].first, std::move(source));
    }
    return {};
  }

  Status add(const std::string& path, const BlobId& blob) {
    NewSource source = TRY(read_source(reader(), path, blob, *site_.snapshot_));
    if (source) place(path, std::move(source));
    return {};
  }

  void place(const std::string& path, NewSource source) {
    show(*source);
    if (path == builder_.options_.overrides.config_files.back()) {
      source->problems.insert(
          source->problems.end(), config_problems_.begin(), config_problems_.end());
    }
    sources_.set(path, std::move(source));
  }

  void show(const SourceFile& source) {
    if (source.data) touched_.has_data = true;
    for (const DocumentPtr& document : source.documents) show(document);
    if (!source.static_file) return;
    ItemPtr item(source.static_file.get());
    list_in("static_files", item);
    if (source.static_file->is_written()) {
      set_output(source.static_file->output_path(), "2", {item, true});
    }
  }

  using Sources = PersistentMap<std::string, SourceFilePtr>;

  void remove(Sources& sources, const std::string& path) {
    const SourceFilePtr* found = sources.find(path);
    if (!found) return;
    SourceFilePtr source = *found;
    for (const DocumentPtr& document : source->documents) hide(document);
    if (source->static_file) {
      unlist("static_files", *source->static_file);
      erase_output(source->static_file->output_path(), "2", *source->static_file);
    }
    if (source->data) touched_.has_data = true;
    sources = sources.erase(path);
  }

  void begin_filling() {
    is_filling_ = true;
    sources_.begin();
    documents_.begin();
    outputs_.begin();
  }

  void end_filling() {
    is_filling_ = false;
    sources_.end();
    documents_.end();
    outputs_.end();
    Filling<std::string, Items> lists(site_.lists_);
    lists.begin();
    for (auto& [name, items] : gathered_lists_) {
      lists.set(name, Filling<ListKey, ItemPtr>::sorted(std::move(items)));
    }
    lists.end();
    gathered_lists_.clear();
    touch_all();
  }

  void touch_all() {
    site_.documents_.for_each([&](const std::string& subject, const DocumentPtr& document) {
      touched_.documents.emplace_hint(touched_.documents.end(), subject, Touched::Pair())
          ->second.after = document;
    });
    site_.lists_.for_each([&](const std::string& name, const Items&) { touched_.lists[name]; });
    site_.for_each_output([&](const std::string& path, const Output&) {
      touched_.outputs.insert(touched_.outputs.end(), path);
    });
  }

  // --- what is visible

  bool is_hidden(const Document& document) const {
    const DocumentFacts& facts = document.facts();
    if (facts.is_draft && !site_.config_->flag("show_drafts")) return true;
    return !is_published(document) && !site_.config_->flag("unpublished");
  }

  bool is_future(const Document& document) const {
    const DocumentFacts& facts = document.facts();
    if (facts.collection.empty() || !facts.has_date || site_.config_->flag("future")) return false;
    return facts.date.seconds > site_.instant_.seconds;
  }

  static ListKey moment_of(const Document& document) {
    return {document.facts().date.seconds, document.facts().subject, false};
  }

  void show(const DocumentPtr& document) {
    if (is_hidden(*document)) return;
    bool is_waiting = is_future(*document);
    if (is_waiting) site_.waiting_ = site_.waiting_.set(moment_of(*document), document);
    bool is_listed = !is_waiting || document->facts().kind == DocumentKind::kCollection;
    if (is_listed) list(document);
    if (!is_waiting) publish(document);
  }

  void list(const DocumentPtr& document) {
    const DocumentFacts& facts = document->facts();
    ItemPtr item(document.get());
    if (!is_filling_) touched_.documents[facts.subject].after = document;
    documents_.set(facts.subject, document);
    for (const std::string& name : all_lists_of(*document)) list_in(name, item);
  }

  void publish(const DocumentPtr& document) {
    const DocumentFacts& facts = document->facts();
    if (!facts.is_written) return;
    set_output(facts.output_path, rank_of(facts), {ItemPtr(document.get())});
    if (facts.map_path.empty()) return;
    set_output(facts.map_path, rank_of(facts), {ItemPtr(document.get()), false, true});
  }

  void hide(const DocumentPtr& document) {
    const DocumentFacts& facts = document->facts();
    site_.waiting_ = site_.waiting_.erase(moment_of(*document));
    const DocumentPtr* shown = site_.documents_.find(facts.subject);
    if (!shown || shown->get() != document.get()) return;
    auto& pair = touched_.documents[facts.subject];
    if (!pair.before) pair.before = document;
    pair.after = {};
    site_.documents_ = site_.documents_.erase(facts.subject);
    for (const std::string& name : all_lists_of(*document)) unlist(name, *document);
    erase_output(facts.output_path, rank_of(facts), *document);
    if (!facts.map_path.empty()) erase_output(facts.map_path, rank_of(facts), *document);
  }

  void pass_time() {
    while (!site_.waiting_.empty()) {
      const auto& [moment, waiting] = site_.waiting_.at(0);
      if (moment.primary > site_.instant_.seconds) return;
      DocumentPtr document = waiting;
      site_.waiting_ = site_.waiting_.erase(moment);
      if (document->facts().kind != DocumentKind::kCollection) list(document);
      publish(document);
    }
  }

  // `limit_posts`: all but the newest are as if they were not there.
  void limit_posts() {
    Value limit = site_.config_->get("limit_posts");
    if (limit.type() != Type::kInteger || limit.as_integer() <= 0) return;
    auto kept = static_cast<std::size_t>(limit.as_integer());
    std::vector<DocumentPtr> posts;
    site_.list("posts").for_each([&](const ListKey&, const ItemPtr& item) {
      posts.emplace_back(static_cast<const Document*>(item.get()));
    });
    for (std::size_t i = kept; i < posts.size(); ++i) hide(posts[i]);
  }

  std::vector<std::string> all_lists_of(const Document& document) const {
    std::vector<std::string> names = lists_of(document.facts());
    for (const GeneratorPtr& generator : site_.generators_) {
      for (std::string& name : generator->lists_of(document)) names.push_back(std::move(name));
    }
    return names;
  }

  void list_in(const std::string& name, const ItemPtr& item) {
    if (is_filling_) {
      gathered_lists_[name].emplace_back(item->key(), item);
      return;
    }
    touched_.lists[name].push_back(item->key());
    const Items* items = site_.lists_.find(name);
    site_.lists_ = site_.lists_.set(name, (items ? *items : Items()).set(item->key(), item));
  }

  void unlist(const std::string& name, const Item& item) {
    const Items* items = site_.lists_.find(name);
    if (!items) return;
    Items without = items->erase(item.key());
    site_.lists_ = without.empty() ? site_.lists_.erase(name) : site_.lists_.set(name, without);
    touched_.lists[name].push_back(item.key());
  }

  // --- outputs, in Jekyll's order of writing: pages, static files, documents of collections

  static std::string output_key(const std::string& path, std::string_view rank, const Item& item) {
    return Site::output_prefix(path) + std::string(rank) + item.key().text;
  }

  void set_output(const std::string& path, std::string_view rank, Output output) {
    std::string key = output_key(path, rank, *output.item);
    outputs_.set(std::move(key), std::move(output));
    if (!is_filling_) touched_.outputs.insert(path);
  }

  void erase_output(const std::string& path, std::string_view rank, const Item& item) {
    site_.outputs_ = site_.outputs_.erase(output_key(path, rank, item));
    touched_.outputs.insert(path);
  }

  // --- what no file of the repository holds

  void publish_generated(const DocumentPtr& document) {
    documents_.set(document->facts().subject, document);
    publish(document);
  }

  void rebuild_data() {
    std::vector<DataFile> files;
    std::string folder = site_.config_->text("data_dir");
    for (std::size_t i = site_.sources_.rank_of(folder + "/"); i < site_.sources_.size(); ++i) {
      const auto& [path, source] = site_.sources_.at(i);
      if (!path.starts_with(folder + "/")) break;
      if (source->data) files.push_back({path, data_keys_of(path, folder), *source->data});
    }
    Ref<Hash> data = data_tree(std::move(files));
    if (site_.theme_) data = deep_merged(*site_.theme_->data, *data);
    site_.data_ = Tree::make(*data, reads::Kind::kData, names_);
  }

  // In order, for what one makes may be what the next follows from.
  void run_generators(bool is_first) {
    for (std::size_t i = 0; i < site_.generators_.size(); ++i) {
      const Generator& generator = *site_.generators_[i];
      for (const std::string& group : generator.groups_of(touched_, is_first)) {
        std::string key = std::to_string(i) + ":" + group;
        const Group* known = site_.groups_.find(key);
        Group before = known ? *known : nullptr;
        Group after = generator.make(group, site_, before);
        if (after == before) continue;
        site_.groups_ = after ? site_.groups_.set(key, after) : site_.groups_.erase(key);
        static const std::vector<DocumentPtr> kNone;
        replace_group(before ? *before : kNone, after ? *after : kNone);
      }
    }
  }

  void replace_group(const std::vector<DocumentPtr>& before,
                     const std::vector<DocumentPtr>& after) {
    auto is_same = [](const DocumentPtr& a, const DocumentPtr& b) { return a.get() == b.get(); };
    auto [was, is] =
        std::mismatch(before.begin(), before.end(), after.begin(), after.end(), is_same);
    std::set<const Document*> kept, known;
    for (auto it = is; it != after.end(); ++it) kept.insert(it->get());
    for (auto it = was; it != before.end(); ++it) {
      known.insert(it->get());
      if (!kept.contains(it->get())) hide(*it);
    }
    for (auto it = is; it != after.end(); ++it) {
      if (known.contains(it->get())) continue;
      list(*it);
      publish(*it);
    }
  }

  // A theme's layouts, includes and sheets are found by name; its assets are published unless the
  // repository has something there, and so is all else of the default theme.
  Status add_theme() {
    if (!site_.theme_ && site_.config_->has_default_theme() && builder_.options_.theme) {
      site_.theme_ = TRY(default_theme(builder_.options_.theme));
    }
    if (!site_.theme_) return {};
    for (std::size_t i = 0; i < site_.theme_->blobs.size(); ++i) {
      const auto& [path, blob] = site_.theme_->blobs.at(i);
      TRY(site_.theme_->root.empty() ? add_default(path, blob) : add_asset(path));
    }
    return {};
  }

  Status add_asset(const std::string& path) {
    bool has_assets = site_.theme_ && !site_.theme_->root.empty() && path.starts_with("assets/");
    const BlobId* blob = has_assets ? site_.theme_->blobs.find(path) : nullptr;
    if (!blob || site_.blobs_.contains(path)) return {};
    NewSource source = TRY(read_asset(reader(), path, *blob, *site_.theme_->files));
    show(*source);
    site_.theme_sources_ = site_.theme_sources_.set(path, std::move(source));
    return {};
  }

  Status add_default(const std::string& path, const BlobId& blob) {
    if (!filter_->takes(path)) return {};
    ParsedFilePtr file;
    if (!is_binary_name(path)) {
      file = TRY(builder_.cache_->parse("theme:" + path, blob, *site_.theme_->files, false));
    }
    if (file && file->has_front_matter) {
      publish_generated(generated_document(
          {path, "/" + path, theme_layout(*file), file->body, file->front_matter},
          *site_.config_,
          names_));
    } else {
      StaticFilePtr own = static_file_of(path, blob, "", *site_.config_, names_);
      set_output(path, "0", {ItemPtr(own.get()), true});
    }
    return {};
  }

  static std::string theme_layout(const ParsedFile& file) {
    const Value* layout = file.front_matter->find("layout");
    return layout && layout->is_string() ? std::string(layout->as_string()) : "";
  }

  const Builder& builder_;
  reads::Names& names_;
  Site site_;
  std::optional<EntryFilter> filter_;
  bool has_schedule_ = false;
  Problems config_problems_;
  std::vector<DocumentPtr> standing_;
  Touched touched_;
  bool is_filling_ = false;
  Filling<std::string, SourceFilePtr> sources_{site_.sources_};
  Filling<std::string, DocumentPtr> documents_{site_.documents_};
  Filling<std::string, Output> outputs_{site_.outputs_};
  std::unordered_map<std::string, std::vector<std::pair<ListKey, ItemPtr>>> gathered_lists_;
};

Builder::Builder(BuilderOptions options, reads::Names& names)
    : options_(std::move(options)), names_(names), cache_(std::make_unique<ParseCache>()) {}

Builder::~Builder() = default;

Result<SitePtr> Builder::build(SiteSource source) {
  Step step(*this, std::move(source));
  TRY(step.build());
  return SitePtr(std::make_shared<Site>(step.take_site()));
}

Result<Advanced> Builder::advance(const SitePtr& before,
                                  const storage::Diff& diff,
                                  SiteSource source) {
  auto concerns_all = [&](const storage::FileChange& change) {
    const auto& files = options_.overrides.config_files;
    bool is_of_themes = change.path.is_below(kThemesFolder) && names_theme(before->config().hash());
    if (is_of_themes) return true;
    if (change.path.string() == kEventPath) return !change.before || !change.after;
    return std::find(files.begin(), files.end(), change.path.string()) != files.end();
  };
  Value limit = before->config().get("limit_posts");
  bool is_limited = limit.type() == Type::kInteger && limit.as_integer() > 0;
  if (is_limited || std::any_of(diff.begin(), diff.end(), concerns_all)) {
    source.instant = std::max(source.instant, before->instant());
    SitePtr after = TRY(build(std::move(source)));
    Touched touched = Touched::all(*before, *after);
    for (const auto& change : diff) touched.files.push_back(change.path.string());
    for (std::string& path : differing_paths(before->theme(), after->theme(), after->config())) {
      touched.files.push_back(std::move(path));
    }
    return Advanced{after, changes_of(*before, *after, touched)};
  }
  Step step(*this, std::move(source), *before);
  TRY(step.apply(diff));
  auto after = std::make_shared<Site>(step.take_site());
  return Advanced{after, changes_of(*before, *after, step.touched())};
}

}  // namespace stet::site
