#include "cms/site/builder.h"

#include <algorithm>

#include "cms/site/config_files.h"
#include "cms/site/data_file.h"
#include "cms/site/derive.h"
#include "cms/site/file_name.h"
#include "cms/site/filling.h"
#include "cms/site/parse_cache.h"
#include "cms/site/read_source.h"
#include "cms/site/site_changes.h"
#include "cms/site/visibility.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Ref;
using liquid::Type;
using liquid::Value;

constexpr std::string_view kEventPath = "_data/event.yml";

}  // namespace

class Builder::Step {
 public:
  Step(const Builder& builder, SiteSource source) : builder_(builder), names_(builder.names_) {
    site_.names_ = &names_;
    site_.texts_ = builder.texts_;
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
    is_of_all_ = true;
    std::vector<std::pair<std::string, BlobId>> blobs;
    TRY(site_.snapshot_->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
      if (is_readable(entry.kind)) blobs.emplace_back(entry.path.string(), entry.blob);
      return {};
    }));
    site_.blobs_ = PersistentMap<std::string, BlobId>::from_sorted(blobs);
    has_schedule_ = site_.blobs_.contains(kEventPath);
    TRY(read_config());
    filter_.emplace(*site_.config_);
    sources_.begin();
    shown_.begin_filling();
    TRY(add_theme());
    TRY(add_all(blobs));
    fill();
    rebuild_data();
    for (const DocumentPtr& document : standing_) shown_.publish_generated(document);
    shown_.pass_time();
    shown_.order_collections();
    shown_.limit_posts();
    run_generators(true);
    return {};
  }

  Status apply(const storage::Diff& diff) {
    for (const storage::FileChange& change : diff) {
      const std::string& path = change.path.string();
      shown_.touched().files.push_back(path);
      if (change.before) remove(site_.sources_, path);
      bool is_there = set_blob(change);
      remove(site_.theme_sources_, path);
      TRY(is_there ? add(path, change.after->blob) : add_asset(path));
    }
    TRY(date_drafts());
    if (shown_.touched().has_data) rebuild_data();
    shown_.pass_time();
    shown_.order_collections();
    run_generators(false);
    return {};
  }

  // The configuration anew. True if no document, list or output could be another by it, so that it
  // is taken into the site as it is; false leaves the step of no use.
  Result<bool> take_config(const storage::Diff& diff, const Config& before) {
    bool has_several_files = builder_.options_.overrides.config_files.size() > 1;
    if (has_several_files || names_theme(before.hash())) return false;
    for (const storage::FileChange& change : diff) set_blob(change);
    TRY(read_config());
    const Config& now = *site_.config_;
    if (names_theme(now.hash()) || before.is_other_for_code(now)) return false;
    now.take_over_asked(before);
    filter_.emplace(now);
    return true;
  }

  Site take_site() { return std::move(site_); }
  Touched& touched() { return shown_.touched(); }

 private:
  void adopt(SiteSource source) {
    site_.snapshot_ = std::move(source.snapshot);
    site_.instant_ = source.instant;
    site_.last_changed_ = std::move(source.last_changed);
    site_.schedule_history_ = std::move(source.schedule);
    site_.columns_ = std::make_shared<Columns>();
  }

  // True if the file is there from now on.
  bool set_blob(const storage::FileChange& change) {
    const std::string& path = change.path.string();
    bool is_there = change.after && is_readable(change.after->kind);
    site_.blobs_ = is_there ? site_.blobs_.set(path, change.after->blob) : site_.blobs_.erase(path);
    return is_there;
  }

  Status read_config() {
    FoundConfig found = TRY(find_config(
        {builder_.options_.overrides, site_.blobs_, site_.snapshot_, builder_.options_.find_theme},
        names_));
    config_problems_ = std::move(found.problems);
    site_.theme_problems_ = std::move(found.theme_problems);
    bool is_default = site_.theme_ && site_.theme_->root.empty();
    if (found.theme || !is_default) site_.theme_ = std::move(found.theme);
    site_.config_ = std::move(found.config);
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
            site_.last_changed_,
            *builder_.cache_,
            is_of_all_,
            names_};
  }

  // By as many threads as there are for it.
  void for_all(std::size_t count, const std::function<void(std::size_t)>& work) {
    if (builder_.options_.for_all) return builder_.options_.for_all(count, work);
    for (std::size_t i = 0; i < count; ++i) work(i);
  }

  struct Placed {
    std::optional<Result<NewSource>> source;
    std::vector<Visibility::Places> places;
  };

  // Read by many threads, and put together by one.
  Status add_all(const std::vector<std::pair<std::string, BlobId>>& blobs) {
    std::vector<Placed> placed(blobs.size());
    const SourceReader reader = this->reader();
    for_all(blobs.size(), [&](std::size_t i) {
      const auto& [path, blob] = blobs[i];
      auto& source = placed[i].source.emplace(read_source(reader, path, blob, *site_.snapshot_));
      if (source && *source) placed[i].places = shown_.places_of(**source);
    });
    for (std::size_t i = 0; i < blobs.size(); ++i) {
      NewSource source = TRY(std::move(*placed[i].source));
      if (source) place(blobs[i].first, std::move(source), std::move(placed[i].places));
    }
    return {};
  }

  void fill() {
    auto fillings = shown_.fillings();
    fillings.emplace_back([this] { sources_.end(); });
    for_all(fillings.size(), [&](std::size_t i) { fillings[i](); });
    shown_.end_filling();
  }

  Status add(const std::string& path, const BlobId& blob) {
    NewSource source = TRY(read_source(reader(), path, blob, *site_.snapshot_));
    if (!source) return {};
    auto places = shown_.places_of(*source);
    place(path, std::move(source), std::move(places));
    return {};
  }

  void place(const std::string& path, NewSource source, std::vector<Visibility::Places> places) {
    shown_.show(*source, std::move(places));
    if (path == builder_.options_.overrides.config_files.back()) {
      source->problems.insert(
          source->problems.end(), config_problems_.begin(), config_problems_.end());
    }
    sources_.set(path, std::move(source));
  }

  // Of drafts that name no date: history may have been written anew below a file that is as it was.
  Status date_drafts() {
    if (!site_.config_->flag("show_drafts")) return {};
    std::vector<std::pair<std::string, BlobId>> moved;
    auto look = [&](const Document& document) {
      const DocumentFacts& facts = document.facts();
      if (!facts.is_dated_by_commit) return;
      auto changed = site_.last_changed(facts.path);
      if (changed && changed->seconds != facts.date.seconds) {
        moved.emplace_back(facts.path, facts.file->blob);
      }
    };
    site_.list("posts").for_each(
        [&](const ListKey&, const ItemPtr& item) { look(static_cast<const Document&>(*item)); });
    site_.waiting_.for_each([&](const ListKey&, const DocumentPtr& waiting) { look(*waiting); });
    for (const auto& [path, blob] : moved) {
      remove(site_.sources_, path);
      TRY(add(path, blob));
    }
    return {};
  }

  using Sources = PersistentMap<std::string, SourceFilePtr>;

  void remove(Sources& sources, const std::string& path) {
    const SourceFilePtr* found = sources.find(path);
    if (!found) return;
    SourceFilePtr source = *found;
    shown_.hide(*source);
    sources = sources.erase(path);
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
    site_.data_ =
        site_.data_ ? site_.data_->renewed(*data) : Tree::make(*data, reads::Kind::kData, names_);
  }

  // In order, for what one makes may be what the next follows from.
  void run_generators(bool is_first) {
    for (std::size_t i = 0; i < site_.generators_.size(); ++i) {
      const Generator& generator = *site_.generators_[i];
      for (const std::string& group : generator.groups_of(shown_.touched(), is_first)) {
        std::string key = std::to_string(i) + ":" + group;
        const Group* known = site_.groups_.find(key);
        Group before = known ? *known : nullptr;
        Group after = generator.make(group, site_, before);
        if (after == before) continue;
        site_.groups_ = after ? site_.groups_.set(key, after) : site_.groups_.erase(key);
        static const std::vector<DocumentPtr> kNone;
        shown_.replace_group(before ? *before : kNone, after ? *after : kNone);
      }
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
    shown_.show(*source);
    site_.theme_sources_ = site_.theme_sources_.set(path, std::move(source));
    return {};
  }

  Status add_default(const std::string& path, const BlobId& blob) {
    if (!filter_->takes(path)) return {};
    ParsedFilePtr file;
    if (!is_binary_name(path)) {
      file = TRY(builder_.cache_->parse({.path = "theme:" + path,
                                         .blob = blob,
                                         .snapshot = *site_.theme_->files,
                                         .is_of_theme = true}));
    }
    if (file && file->has_front_matter) {
      ReadText body = TRY(site_.text_of(*file));
      shown_.publish_generated(generated_document(
          {path, "/" + path, theme_layout(*file), std::string(body.text), file->front_matter},
          *site_.config_,
          names_));
    } else {
      StaticFilePtr own = static_file_of(path, blob, "", *site_.config_, names_);
      shown_.set_output(path, "0", {ItemPtr(own.get()), true});
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
  bool is_of_all_ = false;
  Problems config_problems_;
  std::vector<DocumentPtr> standing_;
  Visibility shown_{site_};
  Filling<std::string, SourceFilePtr> sources_{site_.sources_};
};

Builder::Builder(BuilderOptions options, reads::Names& names)
    : options_(std::move(options)),
      names_(names),
      texts_(options_.texts ? options_.texts : std::make_shared<Texts>(~std::uint64_t{0})),
      cache_(std::make_unique<ParseCache>(texts_, options_.known)) {}

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
    bool is_of_themes = change.path.is_below(kThemesFolder) && names_theme(before->config().hash());
    if (is_of_themes) return true;
    return change.path.string() == kEventPath && (!change.before || !change.after);
  };
  auto is_config = [&](const storage::FileChange& change) {
    const auto& files = options_.overrides.config_files;
    return std::find(files.begin(), files.end(), change.path.string()) != files.end();
  };
  Value limit = before->config().get("limit_posts");
  bool is_limited = limit.type() == Type::kInteger && limit.as_integer() > 0;
  bool is_all = is_limited || std::any_of(diff.begin(), diff.end(), concerns_all);
  std::optional<Step> step;
  if (!is_all) {
    step.emplace(*this, source, *before);
    bool has_config = std::any_of(diff.begin(), diff.end(), is_config);
    is_all = has_config && !TRY(step->take_config(diff, before->config()));
  }
  if (is_all) {
    source.instant = std::max(source.instant, before->instant());
    SitePtr after = TRY(build(std::move(source)));
    return Advanced{after, changes_of(*before, *after, Touched::all(*before, *after, diff))};
  }
  TRY(step->apply(diff));
  auto after = std::make_shared<Site>(step->take_site());
  return Advanced{after, changes_of(*before, *after, step->touched())};
}

}  // namespace stet::site
