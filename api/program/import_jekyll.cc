#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>

#include "api/git/hook_files.h"
#include "api/program/first_commit.h"
#include "api/program/import.h"
#include "api/program/progress_line.h"
#include "api/program/site_options.h"
#include "api/program/site_problems.h"
#include "cms/site_import/jekyll_differences.h"
#include "storage/backup/stage.h"
#include "storage/commit/blob_writer.h"
#include "storage/remote/upstream.h"
#include "storage/snapshot/folder_snapshot.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFetchMsMax = std::int64_t{3'600'000};

constexpr std::string_view kFooter = R"(
SOURCE is a repository (a folder, or what git clones: https://..., git@host:path), which comes with
its history; or a plain folder, of which the files come as one commit. Told is in what the site will
differ from what Jekyll makes of it, with file, line and mend: plugins, tags and filters that stet
has not, keys of _config.yml without effect, themes and files that are missing, links to nothing.

  stet import jekyll ~/my-site --dry-run                            look first
  stet import jekyll https://example.org/site.git --repo site.git   a new repository, to be served

The way out is `git clone site.git`: what Jekyll builds is all that is in it.)";

struct JekyllFlags {
  std::string source, repository, branch;
  bool is_dry = false;
};

// What is imported, where it can be read.
struct Source {
  fs::path folder;        // of plain files; "": a repository
  fs::path fetched = {};  // the repository, in a stage
  std::string branch = "main";
};

bool is_repository(const fs::path& folder) {
  std::error_code failure;
  return fs::exists(folder / ".git", failure) ||
         (fs::exists(folder / "HEAD", failure) && fs::is_directory(folder / "objects", failure));
}

// The branch with its history, into a repository in the stage.
Status fetch(const JekyllFlags& flags, const fs::path& stage, Source& source) {
  std::error_code failure;
  bool is_here = fs::exists(flags.source, failure);
  storage::UpstreamSettings settings;
  settings.url = is_here ? fs::absolute(flags.source, failure).string() : flags.source;
  settings.wall_ms = kFetchMsMax;
  settings.repository = TRY(storage::Repository::create(stage / "asked.git")).path();
  auto asked = TRY(storage::Upstream::open(settings));
  auto listing = TRY(asked->list(flags.branch.empty() ? "main" : flags.branch));
  source.branch = flags.branch.empty() ? listing.default_branch : flags.branch;
  bool is_there =
      flags.branch.empty() ? listing.default_head.has_value() : listing.branch.has_value();
  if (!is_there) {
    return not_found("'" + asked->url() + "' has no branch" +
                     (source.branch.empty() ? "" : " '" + source.branch + "'") +
                     " with a commit; name one by --branch");
  }
  auto repository = TRY(storage::Repository::create(stage / "site.git", source.branch));
  settings.repository = repository.path();
  auto upstream = TRY(storage::Upstream::open(settings));
  const ProgressLine line;
  line.progress()->begin("fetching " + upstream->url(), 0);
  TRY(upstream->fetch(source.branch, "refs/heads/" + source.branch));
  source.fetched = repository.path();
  return {};
}

Result<Source> open_source(const JekyllFlags& flags, const fs::path& stage) {
  std::error_code failure;
  bool is_folder = fs::is_directory(flags.source, failure);
  if (is_folder && !is_repository(flags.source)) {
    return Source{flags.source, {}, flags.branch.empty() ? "main" : flags.branch};
  }
  bool is_address = flags.source.find(':') != std::string::npos;
  if (!is_folder && !is_address) {
    return not_found("'" + flags.source + "' is no folder, and nothing that git clones");
  }
  Source source;
  TRY(fetch(flags, stage, source));
  return source;
}

std::vector<std::string> made_folders(const Source& source) {
  SiteFlags flags;
  flags.source = source.folder.string();
  auto found = find_working_folder(flags);
  return skipped_folders(flags.source, found ? found->destination : "_site");
}

// What stands in the way, on standard output.
Status report(const Source& source) {
  SiteFlags flags;
  flags.is_limited = true;
  const bool is_folder = !source.folder.empty();
  (is_folder ? flags.source : flags.repository) =
      is_folder ? source.folder.string() : source.fetched.string();
  const std::vector<std::string> skipped =
      is_folder ? made_folders(source) : std::vector<std::string>();
  auto request = TRY(read_site_flags(flags, skipped, Sight::kAll));
  const storage::SnapshotPtr snapshot = request.source.snapshot;
  const auto large = request.files;
  std::optional<storage::Repository> repository;
  if (!is_folder) repository = TRY(storage::Repository::open(source.fetched));
  CheckedSite checked = TRY(check_site(std::move(request)));
  auto size_of = [&](const storage::SnapshotEntry& entry) -> Result<std::uint64_t> {
    if (repository) return storage::blob_size(*repository, entry.blob);
    std::error_code failure;
    auto size = fs::file_size(source.folder / entry.path.string(), failure);
    return failure ? std::uint64_t{0} : std::uint64_t{size};
  };
  auto has_object = [&](const storage::LfsPointer& pointer) { return large->has(pointer); };
  Problems more = TRY(site_import::jekyll_differences(
      *checked.site, {.snapshot = *snapshot, .size_of = size_of, .has_object = has_object}));
  checked.problems.insert(checked.problems.end(), more.begin(), more.end());
  print_problems(checked);
  return {};
}

// Whether the repository has what would be imported; a refusal where it has something else.
Result<bool> is_there_already(const JekyllFlags& flags, const Source& source) {
  std::error_code failure;
  if (!fs::exists(flags.repository, failure) || fs::is_empty(flags.repository, failure)) {
    return false;
  }
  auto repository = storage::Repository::open(flags.repository);
  auto head = repository ? repository->head_of(source.branch)
                         : Result<std::optional<CommitId>>(std::optional<CommitId>());
  bool is_same = false;
  if (head && *head && !source.fetched.empty()) {
    auto fetched = TRY(storage::Repository::open(source.fetched));
    is_same = **head == *TRY(fetched.head_of(source.branch));
  } else if (head && *head) {
    FirstFiles files, there;
    TRY(add_files(source.folder, files, made_folders(source)));
    auto snapshot = TRY(storage::open_git_snapshot(*repository, **head));
    TRY(snapshot->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
      if (is_readable(entry.kind)) there[entry.path] = TRY(snapshot->read(entry.blob));
      return {};
    }));
    is_same = files == there;
  }
  if (is_same) return true;
  return conflict("'" + flags.repository +
                  "' is there, and has something else; import into a new one, push to it by git, "
                  "or have it follow the other by [upstream] of the server's settings");
}

Status import_jekyll(const JekyllFlags& flags) {
  if (flags.repository.empty() && !flags.is_dry) {
    return invalid_input("say where to: --repo DIR, a new repository; or --dry-run to look first");
  }
  std::error_code failure;
  const fs::path beside =
      flags.is_dry ? fs::temp_directory_path(failure) : storage::folder_above(flags.repository);
  if (failure) return unavailable("there is no folder for temporary files; set TMPDIR");
  fs::create_directories(beside, failure);
  const storage::Stage stage = TRY(storage::Stage::make(beside));
  Source source = TRY(open_source(flags, stage.path()));
  TRY(report(source));
  if (flags.is_dry) return {};
  if (TRY(is_there_already(flags, source))) {
    std::cout << "nothing changes\n";
    return {};
  }
  if (source.fetched.empty()) {
    auto repository = TRY(storage::Repository::create(stage.path() / "site.git", source.branch));
    FirstFiles files;
    TRY(add_files(source.folder, files, made_folders(source)));
    TRY(commit_first(repository, source.branch, std::move(files), "Import a site of Jekyll"));
    source.fetched = repository.path();
  }
  TRY(storage::move_into_place(source.fetched, flags.repository));
  auto repository = TRY(storage::Repository::open(flags.repository));
  TRY(git::install_hooks(repository, {.program = own_executable()}));
  print_made(repository, flags.repository);
  return {};
}

}  // namespace

void add_import_jekyll(CLI::App& import, Run& run) {
  auto flags = std::make_shared<JekyllFlags>();
  CLI::App* command = import.add_subcommand(
      "jekyll", "a site of Jekyll with its history, and in what it will differ");
  command->footer(std::string(kFooter));
  command->add_option("SOURCE", flags->source, "a folder, or what git clones")->required();
  command->add_option("--repo", flags->repository, "the new repository")->type_name("DIR");
  command->add_option("--branch", flags->branch, "of the source (default: its own)");
  command->add_flag("--dry-run", flags->is_dry, "say what will differ, and make nothing");
  command->callback([flags, &run] { run = [flags] { return import_jekyll(*flags); }; });
}

}  // namespace stet::program
