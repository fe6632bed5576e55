#include "api/program/import_place.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "storage/base/durable_file.h"
#include "storage/commit/committer.h"
#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/folder_snapshot.h"
#include "storage/snapshot/git_snapshot.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kImportBytesMax = std::uint64_t{2} << 30;

Result<storage::Signature> author_of(const std::string& text) {
  std::size_t open = text.find(" <");
  if (open == 0 || open == text.npos || !text.ends_with('>')) {
    return invalid_input("--author is 'Name <mail@example.org>'");
  }
  SystemClock clock;
  return storage::Signature{text.substr(0, open),
                            text.substr(open + 2, text.size() - open - 3),
                            Time{.seconds = clock.now().seconds}};
}

// One commit, and only onto what the plan was made from.
Status commit(const ImportPlace& place, const ImportFlags& flags, Imported imported) {
  storage::ChangeSet changes;
  changes.author = TRY(author_of(flags.author));
  changes.message = flags.message.empty() ? std::move(imported.message) : flags.message;
  for (schedule_import::PlannedFile& file : imported.files) {
    auto before = file.before ? std::optional(storage::blob_id_of(*file.before)) : std::nullopt;
    changes.preconditions.push_back({file.path, before});
    changes.edits.push_back({file.path, std::move(file.after)});
  }
  for (storage::FileEdit& edit : imported.media) {
    changes.preconditions.push_back({edit.path, std::nullopt});
    changes.edits.push_back(std::move(edit));
  }
  SystemClock clock;
  storage::CommitterSettings settings;
  settings.branch = place.branch;
  settings.limits.edits_max = changes.edits.size();  // each format has a limit of its own
  settings.limits.change_set_bytes_max = kImportBytesMax;
  auto committer = TRY(storage::Committer::open(*place.repository, settings, clock));
  auto done = TRY(committer->commit(std::move(changes)));
  std::cout << "committed " << done.commit.hex() << " to " << place.branch << "\n";
  return {};
}

Status write_file(const fs::path& path, std::string_view bytes) {
  std::error_code failure;
  fs::create_directories(path.parent_path(), failure);
  if (failure) {
    return unavailable("cannot make " + path.parent_path().string() + ": " + failure.message());
  }
  return write_atomically(path, bytes);
}

Status write_files(const fs::path& folder, const Imported& imported) {
  for (const schedule_import::PlannedFile& file : imported.files) {
    TRY(write_file(folder / file.path.string(), file.after));
  }
  for (const storage::FileEdit& edit : imported.media) {
    TRY(write_file(folder / edit.path.string(), edit.content.value_or("")));
  }
  std::cout << "wrote " << imported.files.size() + imported.media.size() << " files below "
            << folder.string() << "\n";
  return {};
}

}  // namespace

void add_import_flags(CLI::App& command, ImportFlags& flags) {
  auto* repository =
      command.add_option("--repo", flags.repository, "a repository; one commit")->type_name("DIR");
  command.add_option("--into", flags.into, "a folder; files")
      ->type_name("DIR")
      ->excludes(repository);
  command.add_option("--branch", flags.branch, "of the repository (default: its own)");
  command.add_flag("--dry-run", flags.is_dry, "say what would be done, and write nothing");
  command.add_flag(
      "--accept-doubts", flags.accepts_doubts, "take what is assumed where there is doubt");
  command.add_option("--message", flags.message, "of the commit");
  command.add_option("--author", flags.author, "of the commit: 'Name <mail@example.org>'");
}

Result<ImportPlace> open_import_place(const ImportFlags& flags) {
  if (!flags.repository.empty()) {
    auto repository = TRY(storage::Repository::open(flags.repository));
    std::string branch = flags.branch.empty() ? TRY(repository.default_branch()) : flags.branch;
    auto head = TRY(repository.head_of(branch));
    if (!head)
      return not_found("the branch '" + branch +
                       "' has no commit yet; `stet init` makes a first one");
    return ImportPlace{TRY(storage::open_git_snapshot(repository, *head)), repository, branch};
  }
  if (flags.into.empty() && !flags.is_dry) {
    return invalid_input(
        "say where to: --repo REPOSITORY, --into FOLDER, or --dry-run to look first");
  }
  std::error_code failure;
  if (!flags.into.empty() && fs::exists(flags.into, failure)) {
    return ImportPlace{TRY(storage::open_folder_snapshot(flags.into)), std::nullopt, ""};
  }
  return ImportPlace{
      storage::make_memory_snapshot(std::map<RepoPath, std::string>()), std::nullopt, ""};
}

Status write_import(const ImportPlace& place,
                    const ImportFlags& flags,
                    std::size_t doubts,
                    Imported imported) {
  if (flags.is_dry) return {};
  if (doubts > 0 && !flags.accepts_doubts) {
    return invalid_input(
        std::to_string(doubts) + (doubts == 1 ? " doubt" : " doubts") +
        "; mend the file, or take what is assumed by --accept-doubts. Nothing was written");
  }
  if (imported.files.empty() && imported.media.empty()) {
    std::cout << "nothing changes\n";
    return {};
  }
  return place.repository ? commit(place, flags, std::move(imported))
                          : write_files(flags.into, imported);
}

}  // namespace stet::program
