// `stet serve -s FOLDER`: a site that somebody is at work on, as `jekyll serve` shows it.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "api/program/command.h"
#include "api/program/log.h"
#include "api/program/pictures.h"
#include "api/program/progress_line.h"
#include "api/program/serve.h"
#include "api/program/waiting_handler.h"
#include "api/routes/reloading_site.h"
#include "cms/publish/unused.h"
#include "storage/snapshot/folder_watch.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPicturesMib = 256;
using std::chrono::milliseconds;

constexpr milliseconds kQuiet{30};    // an editor that writes several files is answered once
constexpr milliseconds kPause{1000};  // what time changes is looked for this often
constexpr std::size_t kPagesPerPause = 256;
constexpr std::int64_t kBatchNs = 20'000'000;
constexpr int kPausesPerKeepAlive = 10;
constexpr int kChangesPerCollection = 50;  // rendered pages that are no longer shown pile up

// Rendered pages of one run: below the folder for temporary files, and gone with the server.
class RunFolder {
 public:
  static Result<std::unique_ptr<RunFolder>> make() {
    std::error_code failure;
    fs::path parent = fs::temp_directory_path(failure);
    if (failure) parent = "/var/tmp";
    std::string name = (parent / "stet-serve-XXXXXX").string();
    if (!mkdtemp(name.data())) return unavailable("cannot make a folder in " + parent.string());
    return std::unique_ptr<RunFolder>(new RunFolder(name));
  }
  ~RunFolder() {
    std::error_code failure;
    fs::remove_all(path_, failure);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  explicit RunFolder(fs::path path) : path_(std::move(path)) {}
  const fs::path path_;
};

// `site.time`: now, or as the configuration says.
class SiteClock final : public Clock {
 public:
  Instant now() const override { return is_fixed_ ? Instant{seconds_} : system_.now(); }
  std::int64_t monotonic_ns() const override { return system_.monotonic_ns(); }

  void follow(const std::optional<Instant>& fixed) {
    if (fixed) seconds_ = fixed->seconds;
    is_fixed_ = fixed.has_value();
  }

 private:
  const SystemClock system_;
  std::atomic<std::int64_t> seconds_ = 0;
  std::atomic<bool> is_fixed_ = false;
};

// In the order in which it is made; it ends in the other.
struct FolderServing {
  SystemClock clock;
  SiteClock site_clock;
  SiteFlags flags;
  WorkingFolder folder;
  std::vector<std::string> skipped;
  std::unique_ptr<RunFolder> run_folder;
  std::unique_ptr<publish::Store> store;
  std::unique_ptr<PictureParts> pictures;
  std::unique_ptr<publish::Publisher> publisher;
  std::unique_ptr<publish::Variants> variants;
  std::unique_ptr<pipeline::Pipeline> pipeline;
  std::unique_ptr<api::PublicSite> public_site;
  std::unique_ptr<api::ReloadingSite> reloading_site;
  std::unique_ptr<storage::FolderWatch> watch;  // null: nobody watches
  std::string trouble_of_time;                  // as it was told last
  std::shared_ptr<Progress> progress = std::make_shared<Progress>();
  WaitingHandler waiting{progress};
  std::unique_ptr<http::Server> server;
};

Status find_folder(const ServeFlags& flags, FolderServing& serving) {
  serving.flags = flags.site;
  serving.folder = TRY(find_working_folder(flags.site));
  serving.site_clock.follow(serving.folder.time);
  std::error_code failure;
  if (!fs::is_directory(serving.folder.source, failure)) {
    return invalid_input("'" + serving.folder.source +
                         "' is no folder; -s names that of a site, --repo a git repository");
  }
  serving.skipped = skipped_folders(serving.folder.source, serving.folder.destination);
  return {};
}

Status open_server(const ServeFlags& flags, FolderServing& serving) {
  http::ServerOptions options;
  options.address = *flags.address;
  options.port = *flags.port;
  options.threads = std::max(2u, core_count());
  options.request_id_prefix = "p" + std::to_string(serving.clock.now().seconds);
  serving.server = TRY(http::Server::start(options, serving.waiting, serving.clock, {}));
  return {};
}

// Where the site has the files of its configuration: those that lie elsewhere are borrowed.
std::vector<std::string> places_of_config(const FolderServing& serving,
                                          pipeline::FolderVersions::Borrowed& borrowed) {
  std::vector<std::string> places;
  fs::path root = fs::absolute(serving.folder.source).lexically_normal();
  for (const site::OuterConfig& config : serving.folder.outer_config) {
    fs::path file = fs::absolute(config.path).lexically_normal();
    std::string inside = file.lexically_relative(root).generic_string();
    if (inside.starts_with("..")) {
      inside = ".elsewhere/" + std::to_string(places.size()) + "/" + file.filename().string();
      if (auto path = RepoPath::parse(inside)) borrowed.emplace(*path, file);
    }
    places.push_back(std::move(inside));
  }
  return places;
}

std::vector<fs::path> files_elsewhere(const FolderServing& serving) {
  std::vector<fs::path> files;
  for (const site::OuterConfig& config : serving.folder.outer_config) files.push_back(config.path);
  return files;
}

Status open_pipeline(const ServeFlags& flags, FolderServing& serving) {
  serving.run_folder = TRY(RunFolder::make());
  serving.store = TRY(publish::Store::open(serving.run_folder->path() / "pages"));
  serving.publisher = TRY(publish::Publisher::open(serving.run_folder->path() / "live"));
  SiteFlags site = flags.site;
  if (site.url.empty()) site.url = serving.server->origin();
  site::Overrides overrides = overrides_of(site);
  pipeline::FolderVersions::Borrowed borrowed;
  if (!serving.folder.outer_config.empty()) {
    overrides.config_files = places_of_config(serving, borrowed);
  }
  pipeline::PipelineOptions options;
  options.site = TRY(builder_options(std::move(overrides), flags.site.theme_folders));
  options.sheets = sass_compiler(sass_command_of(flags.site));
  if (site.is_limited) options.limits = server_limits();
  serving.pictures = TRY(PictureParts::make(serving.run_folder->path() / "pictures", kPicturesMib));
  options.pictures = serving.pictures->pictures;
  options.threads = core_count() - 1;
  options.may_go_back = true;
  options.progress = serving.progress;
  storage::FolderOptions folder_options;
  folder_options.skipped_folders = serving.skipped;
  serving.pipeline = std::make_unique<pipeline::Pipeline>(
      std::make_unique<pipeline::FolderVersions>(
          serving.folder.source, folder_options, std::move(borrowed)),
      *serving.store,
      *serving.publisher,
      serving.site_clock,
      std::move(options));
  return {};
}

void tell_problems(const Problems& problems) {
  for (const Problem& problem : problems) {
    std::cerr << (problem.severity == Severity::kWarning ? "warning: " : "error: ")
              << to_string(problem) << "\n";
  }
}

// Renders what is different now, and says so as somebody who is at work wants to read it.
void follow(FolderServing& serving) {
  std::int64_t begin = serving.clock.monotonic_ns();
  auto before = serving.publisher->live();
  auto published = serving.pipeline->publish_head("");
  if (!published) {
    std::cerr << "error: " << published.error().message << std::endl;
    return;
  }
  if ((*published)->live == before) return;
  const pipeline::Published& news = **published;
  std::int64_t took_us = (serving.clock.monotonic_ns() - begin) / 1000;
  std::cerr << news.pages.size() << " pages rendered in " << took_us / 1000 << "."
            << took_us / 100 % 10 << " ms";
  if (!news.stale.empty()) std::cerr << ", " << news.stale.size() << " when they are asked for";
  std::cerr << (news.pages.empty() ? "" : ":");
  constexpr std::size_t kNamedMax = 5;
  for (std::size_t i = 0; i < std::min(kNamedMax, news.pages.size()); ++i) {
    std::cerr << " " << news.pages[i].url;
  }
  std::cerr << (news.pages.size() > kNamedMax ? " ..." : "") << std::endl;
  Problems problems;
  for (const pipeline::DirtyPage& page : news.pages) {
    for (Problem& problem : serving.pipeline->problems_of(page.path)) {
      bool is_new = std::find(problems.begin(), problems.end(), problem) == problems.end();
      if (is_new) problems.push_back(std::move(problem));
    }
  }
  tell_problems(problems);
  serving.reloading_site->tell(news);
}

void tell_complaint(storage::FolderWatch& watch) {
  std::string complaint = watch.take_complaint();
  if (!complaint.empty()) std::cerr << "warning: " << complaint << std::endl;
}

void collect(FolderServing& serving) {
  auto taken = publish::take_away_unused(*serving.store, *serving.publisher);
  if (!taken) std::cerr << "error: " << taken.error().message << std::endl;
}

// What fails each time is told once.
void pass_time(FolderServing& serving) {
  auto timed = serving.pipeline->pass_time();
  std::string trouble = timed ? "" : timed.error().message;
  if (!trouble.empty() && trouble != serving.trouble_of_time) {
    std::cerr << "error: publish what time changed: " << trouble << std::endl;
  }
  serving.trouble_of_time = std::move(trouble);
  if (timed && *timed) serving.reloading_site->tell(**timed);
}

// Until the watch is stopped.
void work(FolderServing& serving) {
  bool has_stale = false;
  int changes = 0;
  for (int pause = 1;; ++pause) {
    auto seen = serving.watch->wait(has_stale ? milliseconds(0) : kPause, kQuiet);
    if (seen == storage::FolderWatch::Seen::kEnd) return;
    if (seen == storage::FolderWatch::Seen::kChange) {
      tell_complaint(*serving.watch);
      if (auto folder = find_working_folder(serving.flags)) serving.site_clock.follow(folder->time);
      follow(serving);
      if (++changes % kChangesPerCollection == 0) collect(serving);
    }
    pass_time(serving);
    auto stale = serving.pipeline->fill(kPagesPerPause, kBatchNs);
    if (!stale) std::cerr << "error: " << stale.error().message << std::endl;
    has_stale = stale && *stale > 0;
    if (pause % kPausesPerKeepAlive == 0) serving.reloading_site->keep_alive();
  }
}

}  // namespace

Status serve_folder(const ServeFlags& flags) {
  block_ends(Hangup::kEnds);
  FolderServing serving;
  TRY(find_folder(flags, serving));
  TRY(open_server(flags, serving));
  TRY(open_pipeline(flags, serving));
  if (flags.is_watching) {
    // Before the first look at the files: what changes from now on is told.
    serving.watch = TRY(storage::FolderWatch::open(
        serving.folder.source,
        {.skipped_folders = serving.skipped, .files = files_elsewhere(serving)}));
    tell_complaint(*serving.watch);
  }
  std::optional<ProgressLine> line(std::in_place, serving.progress);
  auto published = TRY(serving.pipeline->publish_head(""));
  line.reset();
  tell_problems(serving.pipeline->problems());
  std::cerr << published->pages.size() << " pages of '" << serving.folder.source << "' are live"
            << (serving.watch ? "; it is watched, and never written" : "") << std::endl;
  serving.variants = std::make_unique<publish::Variants>(*serving.store);
  serving.public_site = std::make_unique<api::PublicSite>(
      *serving.pipeline, *serving.publisher, *serving.store, *serving.variants);
  serving.public_site->show_variants(&serving.pictures->source);
  serving.reloading_site = std::make_unique<api::ReloadingSite>(*serving.public_site);
  bool is_reloading = flags.is_reloading && serving.watch;
  serving.waiting.open(is_reloading ? static_cast<http::Handler&>(*serving.reloading_site)
                                    : *serving.public_site);
  std::string base = serving.pipeline->site()->config().text("baseurl");
  std::cout << "ready " << serving.server->origin() << base << std::endl;
  std::thread worker;
  if (serving.watch) worker = std::thread([&serving] { work(serving); });
  while (wait_for_word(Hangup::kEnds, std::chrono::hours(1)) == Word::kNone) {
  }
  if (serving.watch) serving.watch->stop();
  if (worker.joinable()) worker.join();
  serving.reloading_site->end();
  serving.server->stop();
  return {};
}

}  // namespace stet::program
