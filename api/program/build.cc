#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <unordered_set>
#ifdef STET_HAS_MIMALLOC
#include <mimalloc.h>
#endif

#include "api/program/command.h"
#include "api/program/pictures.h"
#include "api/program/progress_line.h"
#include "api/program/site_options.h"
#include "cms/publish/output_path.h"
#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

struct BuildFlags {
  SiteFlags site;
  std::string destination;
  bool is_quiet = false;
  bool is_profile = false;
  bool is_without_effect = false;  // takes the flags of jekyll that mean nothing here
};

// A build takes memory fast, and gives none back: pages of 2 MiB, where the system has them, save
// it thousands of faults. (A server, which lives long, would only look larger.)
void use_large_pages() {
#ifdef STET_HAS_MIMALLOC
  constexpr std::size_t kBytes = std::size_t{1} << 30;  // of addresses; what lies behind them is
                                                        // made when it is touched
  constexpr std::size_t kAlignment = std::size_t{64} << 20;  // of what mimalloc takes as its own
  void* place = ::mmap(
      nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (place == MAP_FAILED) return;
  ::madvise(place, kBytes, MADV_HUGEPAGE);
  std::size_t space = kBytes;
  if (std::align(kAlignment, kBytes - kAlignment, place, space)) {
    mi_manage_os_memory(place, kBytes - kAlignment, true, false, true, -1);
  }
#endif
}

// Deletes what the site does not have, but for keep_files, and folders that become empty.
void sweep(const fs::path& root,
           const std::set<std::string>& written,
           const std::vector<std::string>& kept) {
  std::error_code failure;
  std::vector<fs::path> folders;
  for (auto it = fs::recursive_directory_iterator(root, failure);
       it != fs::recursive_directory_iterator();
       it.increment(failure)) {
    if (failure) return;
    std::string relative = it->path().lexically_relative(root).generic_string();
    bool is_kept = std::any_of(kept.begin(), kept.end(), [&](const std::string& name) {
      return relative == name || relative.starts_with(name + "/");
    });
    if (is_kept) {
      if (it->is_directory(failure)) it.disable_recursion_pending();
    } else if (it->is_directory(failure) && !it->is_symlink(failure)) {
      folders.push_back(it->path());
    } else if (!written.contains(relative)) {
      fs::remove(it->path(), failure);
    }
  }
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
    if (fs::is_empty(*folder, failure) && !failure) fs::remove(*folder, failure);
  }
}

bool has_bytes(const fs::path& path, const std::string& bytes) {
  std::error_code failure;
  if (fs::file_size(path, failure) != bytes.size() || failure) return false;
  std::ifstream present(path, std::ios::binary);
  return std::equal(bytes.begin(),
                    bytes.end(),
                    std::istreambuf_iterator<char>(present),
                    std::istreambuf_iterator<char>());
}

// Pages wait beside the destination until all are there: a build that fails leaves the folder as it
// was. Files that have these very bytes already keep their times, as rsync likes it.
class Destination {
 public:
  explicit Destination(fs::path root) : root_(std::move(root)) {
    fs::path named = root_.has_filename() ? root_ : root_.parent_path();
    waiting_ = (named.parent_path() / ("." + named.filename().string() + ".partial")).string();
    std::error_code failure;
    fs::remove_all(waiting_, failure);
    is_new_ = !fs::exists(root_, failure) || (fs::is_empty(root_, failure) && !failure);
  }
  ~Destination() {
    std::error_code failure;
    fs::remove_all(waiting_, failure);
  }
  Destination(const Destination&) = delete;
  Destination& operator=(const Destination&) = delete;

  // From any thread.
  Status put(const std::string& path, const std::string& bytes) {
    if (!is_new_) {
      bool is_there = has_bytes(root_ / path, bytes);
      std::lock_guard lock(mutex_);
      paths_.insert(path);
      if (is_there) return {};
    }
    std::string place = waiting_ + "/" + path;
    make_folder(place.substr(0, place.rfind('/')));
    return create_file(place, bytes);
  }

  // Of what is not in memory.
  Status put(const std::string& path, const ByteSource& content) {
    {
      std::lock_guard lock(mutex_);
      paths_.insert(path);
    }
    std::string place = waiting_ + "/" + path;
    make_folder(place.substr(0, place.rfind('/')));
    Descriptor file(::open(place.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file) return error_of_errno("create", place);
    return for_each_piece(
        content, [&](std::string_view piece) { return write_all(file.get(), piece, place); });
  }

  Status finish(const std::vector<std::string>& kept) {
    std::error_code failure;
    fs::create_directories(root_, failure);
    if (!is_new_) sweep(root_, paths_, kept);
    return fs::exists(waiting_, failure) ? move_in(waiting_, root_) : Status();
  }

  const fs::path& root() const { return root_; }

 private:
  // With those above it; a failure shows when a file is to lie in it.
  void make_folder(const std::string& folder) {
    {
      std::lock_guard lock(mutex_);
      if (made_.contains(folder)) return;
    }
    std::error_code failure;
    if (::mkdir(folder.c_str(), 0777) != 0) fs::create_directories(folder, failure);
    std::lock_guard lock(mutex_);  // only now: another thread goes on at once where it is known
    made_.insert(folder);
  }

  // A folder that the site did not have is moved as one.
  Status move_in(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(from, failure)) {
      fs::path target = to / entry.path().filename();
      bool is_folder = entry.is_directory(failure);
      bool is_there = fs::symlink_status(target, failure).type() != fs::file_type::not_found;
      if (is_folder && is_there && fs::is_directory(target, failure)) {
        TRY(move_in(entry.path(), target));
        continue;
      }
      if (is_there && (is_folder || fs::is_directory(target, failure))) {
        fs::remove_all(target, failure);
      }
      fs::rename(entry.path(), target, failure);
      if (failure) return unavailable("cannot write '" + target.string() + "'");
    }
    if (failure) return unavailable("cannot read '" + from.string() + "'");
    return {};
  }

  const fs::path root_;
  std::string waiting_;
  bool is_new_ = false;  // nothing is there that could be kept, or must go
  std::mutex mutex_;
  std::set<std::string> paths_;
  std::unordered_set<std::string> made_;  // folders
};

// "Liquid Exception: Liquid error (a/_includes/x.html line 3): what, included in index.html", as
// scripts around jekyll look for it; "" for problems of other kinds.
std::string liquid_exception(const Problem& problem,
                             const std::string& page,
                             const fs::path& root) {
  for (std::string_view kind : {"Liquid syntax error: ", "Liquid error: "}) {
    if (problem.severity != Severity::kError || !problem.message.starts_with(kind)) continue;
    std::string_view what = std::string_view(problem.message).substr(kind.size());
    std::string line = "Liquid Exception: " + std::string(kind.substr(0, kind.size() - 2)) + " (" +
                       (root / problem.path).lexically_normal().string() + " line " +
                       std::to_string(problem.line) +
                       "): " + std::string(what.substr(0, what.find("; ")));
    return problem.path == page ? line : line + " included in " + page;
  }
  return "";
}

void tell(const Problem& problem, bool is_quiet) {
  bool is_warning = problem.severity == Severity::kWarning;
  if (is_warning && is_quiet) return;
  std::cerr << (is_warning ? "warning: " : "error: ") << to_string(problem) << "\n";
}

// The smaller versions of pictures that pages link to, each made now. What cannot be made is told.
class LinkedPictures {
 public:
  explicit LinkedPictures(std::shared_ptr<site::Pictures> pictures)
      : pictures_(std::move(pictures)) {}

  // From any thread.
  void note(std::string_view page) {
    if (!pictures_->has_variants()) return;
    std::vector<std::string> links = media::variant_links(page, "");
    if (links.empty()) return;
    std::lock_guard lock(mutex_);
    links_.insert(links.begin(), links.end());
  }

  Status put(const site::Site& site, const ForAll& for_all, Destination& destination) {
    image::VariantMaker maker(maker_options());
    media::VariantSource source(maker, nullptr, pictures_);
    const std::string base = site.config().text("baseurl");
    std::vector<media::Variant> wanted;
    for (const std::string& link : links_) {
      std::string_view path = link;
      std::string_view below = std::string_view(base).substr(base.starts_with('/') ? 1 : 0);
      if (!below.empty() && path.starts_with(std::string(below) + "/")) {
        path.remove_prefix(below.size() + 1);
      }
      auto variant = media::find_variant(site, *pictures_, path);
      if (variant) wanted.push_back(*std::move(variant));
    }
    std::vector<Status> done(wanted.size());
    for_all(wanted.size(), [&](std::size_t i) {
      auto bytes = source.get(site, wanted[i]);
      done[i] = bytes ? destination.put(wanted[i].path, **bytes) : Status(bytes.error());
    });
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done[i]) continue;
      if (done[i].error().code != ErrorCode::kInvalidInput) return done[i];
      std::cerr << "warning: " << wanted[i].source << ": " << done[i].error().message << "\n";
    }
    return {};
  }

 private:
  const std::shared_ptr<site::Pictures> pictures_;
  std::mutex mutex_;
  std::set<std::string> links_;
};

// Documents that could not be made at all: their permalinks lead nowhere.
std::size_t count_broken(const site::Site& site) {
  std::size_t count = 0;
  site.sources().for_each(
      [&](const std::string&, const site::SourceFilePtr& source) { count += source->is_broken; });
  return count;
}

Result<std::string> destination_of(const BuildFlags& flags, std::string& source) {
  source = flags.site.source;
  if (!flags.site.repository.empty()) {
    return flags.destination.empty() ? std::string("_site") : flags.destination;
  }
  WorkingFolder folder = TRY(find_working_folder(flags.site));
  source = folder.source;
  return flags.destination.empty() ? folder.destination : flags.destination;
}

Status check_destination(const fs::path& source_root, const std::string& named) {
  fs::path from_target = source_root.lexically_relative(fs::absolute(named).lexically_normal());
  if (from_target.empty() || *from_target.begin() == "..") return {};
  return invalid_input("the destination '" + named +
                       "' is the source's folder, or above it, and would be emptied; name another");
}

Result<pipeline::BuildReport> build_told(pipeline::BuildRequest request,
                                         const pipeline::PageSink& sink,
                                         bool is_quiet) {
  std::optional<ProgressLine> line;
  if (!is_quiet) request.progress = line.emplace().progress();
  return pipeline::build_once(std::move(request), sink);
}

Status build(const BuildFlags& flags) {
  std::string source;
  std::string named = TRY(destination_of(flags, source));
  fs::path source_root = fs::absolute(source.empty() ? "." : source).lexically_normal();
  if (flags.site.repository.empty()) TRY(check_destination(source_root, named));
  auto request = TRY(read_site_flags(
      flags.site, skipped_folders(source.empty() ? "." : source, named), Sight::kPublic));
  Destination destination{fs::path(named).lexically_normal()};
  LinkedPictures pictures(request.pictures);
  std::mutex mutex;
  std::vector<std::string> exceptions;
  std::map<reads::NameId, std::size_t> uses;  // of layouts, includes and static files
  auto sink = [&](const std::string& path, const render::RenderedPage& page) -> Status {
    if (page.is_failed) {
      std::lock_guard lock(mutex);
      for (const Problem& problem : page.problems) {
        std::string line = liquid_exception(problem, page.source, source_root);
        if (!line.empty()) exceptions.push_back(std::move(line));
      }
    }
    if (flags.is_profile) {
      std::lock_guard lock(mutex);
      for (reads::Key key : page.reads.keys) {
        if (key.kind() == reads::Kind::kFile) ++uses[key.subject()];
      }
    }
    pictures.note(page.bytes);
    bool is_path = publish::OutputPath::parse(path).has_value();
    if (!is_path || page.is_failed) return {};
    return page.content ? destination.put(path, *page.content) : destination.put(path, page.bytes);
  };
  // Never freed: the process ends soon, and would only take it apart piece by piece.
  struct Kept {
    ForAll threads;
    Result<pipeline::BuildReport> report;
  };
  static const Kept& kept =
      *new Kept{request.for_all, build_told(std::move(request), sink, flags.is_quiet)};
  if (!kept.report) return kept.report.error();
  const pipeline::BuildReport& report = *kept.report;
  for (const Problem& problem : report.problems) tell(problem, flags.is_quiet);
  std::sort(exceptions.begin(), exceptions.end());
  for (const std::string& exception : exceptions) std::cerr << exception << "\n";
  std::size_t broken = report.failed + count_broken(*report.site);
  if (broken > 0) {
    return invalid_input(std::to_string(broken) + " of " + std::to_string(report.pages) +
                         " pages could not be rendered; the problems are listed above");
  }
  TRY(pictures.put(*report.site, kept.threads, destination));
  TRY(destination.finish(report.site->config().texts("keep_files")));
  for (const auto& [name, count] : uses) {
    std::cout << report.names->name_of(name) << " | " << count << "\n";
  }
  if (!flags.is_quiet) {
    std::cout << report.pages << " files written to " << destination.root().string() << "\n";
  }
  return {};
}

// On a thread of its own, for the program's first one has taken memory of small pages before its
// first line. The thread never ends: nobody waits until it has handed back what the process's end
// takes anyway.
Status build_apart(const BuildFlags& flags) {
  use_large_pages();
#ifdef STET_HAS_MIMALLOC
  static auto& done = *new std::promise<Status>;  // the thread may be in it when we are back
  try {
    std::thread([&] {
      done.set_value(build(flags));
      for (;;) ::pause();
    }).detach();
  } catch (const std::system_error&) {  // the machine gives no threads
    return build(flags);
  }
  return done.get_future().get();
#else
  return build(flags);
#endif
}

}  // namespace

void add_build(CLI::App& program, Run& run) {
  auto flags = std::make_shared<BuildFlags>();
  CLI::App* command =
      program.add_subcommand("build", "render a site into a folder, as jekyll build does");
  add_site_flags(*command, flags->site);
  command
      ->add_option("-d,--destination",
                   flags->destination,
                   "where to (default: the configuration's, ./_site)")
      ->type_name("DIR");
  command->add_flag("-q,--quiet", flags->is_quiet, "say errors alone");
  command->add_flag(
      "--profile", flags->is_profile, "say how many pages use each layout and include");
  // Flags of `jekyll build` in scripts that mean nothing here: accepted, and without effect.
  for (const char* name : {"--trace",
                           "--verbose,-V",
                           "--incremental,-I",
                           "--lsi",
                           "--strict_front_matter",
                           "--disable-disk-cache",
                           "--no-watch"}) {
    command->add_flag(name, flags->is_without_effect, "as in scripts for jekyll; no effect")
        ->group("");
  }
  command->callback([flags, &run] { run = [flags] { return build_apart(*flags); }; });
}

}  // namespace stet::program
