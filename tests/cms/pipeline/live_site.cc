#include "tests/cms/pipeline/live_site.h"

#include <algorithm>
#include <mutex>

#include "cms/generate/generate.h"
#include "storage/snapshot/git_snapshot.h"
#include "tests/cms/sass/worker_place.h"
#include "tests/replay/comparison.h"

namespace stet::pipeline {
namespace {

// What a sheet's text with all its imports gives is a pure function: one run a program will do.
std::shared_ptr<sass::Compiler> shared_sheets() {
  static const auto kSheets = std::make_shared<sass::Compiler>(sass::test_options());
  return kSheets;
}

class WatchedSnapshot final : public storage::Snapshot {
 public:
  WatchedSnapshot(storage::SnapshotPtr below, std::shared_ptr<Watch> watch)
      : below_(std::move(below)), watch_(std::move(watch)) {}

  Result<std::optional<storage::SnapshotEntry>> find(const RepoPath& path) const override {
    return below_->find(path);
  }
  Result<std::string> read(const BlobId& blob) const override {
    auto bytes = below_->read(blob);
    std::lock_guard lock(watch_->mutex);
    bool is_lost = bytes && !watch_->unreadable.empty() && bytes->starts_with(watch_->unreadable);
    if (is_lost) return internal("the disk is broken");
    if (bytes) watch_->files_read.push_back(bytes->substr(0, 40));
    return bytes;
  }
  bool is_lasting() const override { return below_->is_lasting(); }
  Status walk(std::string_view folder, const Visit& visit) const override {
    return below_->walk(folder, visit);
  }
  Problems problems() const override { return below_->problems(); }

 private:
  const storage::SnapshotPtr below_;
  const std::shared_ptr<Watch> watch_;
};

class WatchedVersions final : public Versions {
 public:
  WatchedVersions(const storage::Repository& repository, std::shared_ptr<Watch> watch)
      : below_(repository), watch_(std::move(watch)) {}

  Result<std::optional<CommitId>> head(std::string_view branch) const override {
    return below_.head(branch);
  }
  Result<storage::SnapshotPtr> open(const CommitId& commit) const override {
    storage::SnapshotPtr snapshot = TRY(below_.open(commit));
    return storage::SnapshotPtr(std::make_shared<WatchedSnapshot>(std::move(snapshot), watch_));
  }
  Result<storage::Diff> compare(const CommitId& from, const CommitId& to) const override {
    return below_.compare(from, to);
  }
  Result<storage::LastChanged> last_changed(const storage::LastChanged& before,
                                            const std::optional<CommitId>& from,
                                            const CommitId& to) const override {
    return below_.last_changed(before, from, to);
  }
  Result<site::ScheduleHistory> schedule(const CommitId& commit) const override {
    return below_.schedule(commit);
  }

 private:
  const GitVersions below_;
  const std::shared_ptr<Watch> watch_;
};

}  // namespace

LiveSite::LiveSite(const Files& files, std::size_t eager_pages_max, Tell tell)
    : eager_pages_max_(eager_pages_max), tell_(std::move(tell)) {
  auto committer = storage::Committer::open(repository_.repository(), {}, clock_);
  EXPECT_TRUE(committer) << committer.error().message;
  committer_ = std::move(*committer);
  open();
  edit(files);
}

void LiveSite::open() {
  auto store = publish::Store::open(repository_.folder() / "pages");
  EXPECT_TRUE(store) << store.error().message;
  store_ = std::move(*store);
  auto publisher = publish::Publisher::open(repository_.folder() / "live");
  EXPECT_TRUE(publisher) << publisher.error().message;
  publisher_ = std::move(*publisher);
  PipelineOptions options;
  options.site = builder_options();
  options.sheets = shared_sheets();
  options.threads = 1;
  options.eager_pages_max = eager_pages_max_;
  options.settings = settings_;
  options.state_folder = live_folder();
  options.note = [this](std::string_view note) { notes_.emplace_back(note); };
  options.tell = tell_;
  options.text_bytes_max = text_bytes_max_;
  options.is_time_told = [this] { return is_time_told_; };
  watch_ = std::make_shared<Watch>();
  pipeline_ = std::make_unique<Pipeline>(
      std::make_unique<WatchedVersions>(repository_.repository(), watch_),
      *store_,
      *publisher_,
      clock_,
      std::move(options));
}

PublishedPtr LiveSite::restart(const std::function<void()>& while_down) {
  pipeline_.reset();
  publisher_.reset();
  store_.reset();
  if (while_down) while_down();
  notes_.clear();
  open();
  if (before_publishing_) before_publishing_();
  return publish_head();
}

std::vector<std::string> LiveSite::files_read() const {
  std::lock_guard lock(watch_->mutex);
  std::vector<std::string> files = watch_->files_read;
  std::sort(files.begin(), files.end());
  return files;
}

void LiveSite::set_unreadable(std::string_view begin) {
  std::lock_guard lock(watch_->mutex);
  watch_->unreadable = begin;
}

PublishedPtr LiveSite::publish_head() {
  auto published = pipeline_->publish_head(committer_->branch());
  EXPECT_TRUE(published) << published.error().message;
  last_ = published ? *published : nullptr;
  return last_;
}

site::BuilderOptions LiveSite::builder_options() const {
  site::BuilderOptions options;
  options.overrides.url = "http://127.0.0.1:4000";
  options.generate = generate::generated;
  return options;
}

CommitId LiveSite::commit(const Files& files) {
  storage::ChangeSet changes;
  changes.author = {"A", "a@example.org", Time{.seconds = clock_.now().seconds}};
  changes.message = "edit";
  for (const auto& [path, content] : files)
    changes.edits.push_back({storage::path_of(path), content});
  auto committed = committer_->commit(std::move(changes));
  EXPECT_TRUE(committed) << committed.error().message;
  return committed ? committed->commit : CommitId();
}

PublishedPtr LiveSite::publish(const CommitId& commit) {
  auto published = pipeline_->publish(commit);
  EXPECT_TRUE(published) << published.error().message;
  last_ = published ? *published : nullptr;
  return last_;
}

PublishedPtr LiveSite::edit(const Files& files) {
  clock_.advance_seconds(61);
  return publish(commit(files));
}

std::optional<std::string> LiveSite::page(const std::string& path) const {
  const publish::ManifestEntry* entry = publisher_->live()->manifest.find(path);
  if (!entry || entry->is_stale()) return std::nullopt;
  auto bytes = store_->get(entry->page()->content);
  EXPECT_TRUE(bytes);
  return bytes ? std::optional(**bytes) : std::nullopt;
}

std::map<std::string, std::string> LiveSite::pages() const {
  std::map<std::string, std::string> pages;
  publisher_->live()->manifest.entries().for_each(
      [&](const publish::OutputPath& path, const publish::ManifestEntry& entry) {
        pages[path.string()] = entry.is_stale() ? "(stale)" : *page(path.string());
      });
  return pages;
}

BuildRequest LiveSite::request_from_nothing() const {
  auto live = publisher_->live();
  BuildRequest request;
  const GitVersions versions(repository_.repository());
  request.source.snapshot = *versions.open(live->commit);
  request.source.instant = live->instant;
  request.source.last_changed = *versions.last_changed({}, std::nullopt, live->commit);
  request.source.schedule = *versions.schedule(live->commit);
  request.site = builder_options();
  const ReleasedProgram program(versions, request.site.overrides);
  request.source = program.shown(std::move(request.source), std::nullopt)->source;
  request.sheets = shared_sheets();
  return request;
}

Result<std::vector<replay::Difference>> LiveSite::differences(BuildRequest request) const {
  return replay::differences(*pipeline_, *publisher_->live(), *store_, std::move(request));
}

std::string LiveSite::differences() const {
  auto found = differences(request_from_nothing());
  if (!found) return found.error().message;
  std::string text;
  for (const replay::Difference& difference : *found) text += replay::describe(difference) + "\n";
  return text;
}

std::map<std::string, std::string> LiveSite::from_nothing(std::set<std::string>* failed) const {
  std::map<std::string, std::string> pages;
  auto report = build_once(request_from_nothing(), [&](const std::string& path, const auto& page) {
    if (!page.is_failed) {
      pages[path] = page.bytes;
    } else if (failed) {
      failed->insert(path);
    }
    return Status();
  });
  EXPECT_TRUE(report) << report.error().message;
  return pages;
}

std::vector<std::string> rendered_paths(const PublishedPtr& published) {
  std::vector<std::string> paths;
  for (const DirtyPage& page : published->pages) paths.push_back(page.path);
  return paths;
}

std::string reasons_of(const PublishedPtr& published, const std::string& output_path) {
  std::string reasons;
  for (const DirtyPage& page : published->pages) {
    if (page.path != output_path) continue;
    for (const std::string& reason : page.reasons)
      reasons += (reasons.empty() ? "" : "; ") + reason;
  }
  return reasons;
}

}  // namespace stet::pipeline
