#include "api/program/first_commit.h"

#include <iostream>

#include "storage/commit/committer.h"
#include "storage/snapshot/folder_snapshot.h"

namespace stet::program {

Status add_files(const std::filesystem::path& folder,
                 FirstFiles& files,
                 const std::vector<std::string>& skipped) {
  storage::FolderOptions options;
  options.skipped_folders = skipped;
  auto snapshot = TRY(storage::open_folder_snapshot(folder, options));
  return snapshot->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
    if (is_readable(entry.kind)) files[entry.path] = TRY(snapshot->read(entry.blob));
    return {};
  });
}

Status commit_first(const storage::Repository& repository,
                    const std::string& branch,
                    FirstFiles files,
                    const std::string& message) {
  SystemClock clock;
  storage::CommitterSettings settings;
  settings.branch = branch;
  settings.name = "stet";
  settings.email = "stet@localhost";
  settings.limits.edits_max = 1'000'000;  // a whole site at once, from somebody who may anyway
  settings.limits.change_set_bytes_max = std::uint64_t{8} << 30;
  auto committer = TRY(storage::Committer::open(repository, settings, clock));
  storage::ChangeSet changes;
  changes.author = {"stet", "stet@localhost", Time{.seconds = clock.now().seconds}};
  changes.message = message;
  for (auto& [path, bytes] : files) changes.edits.push_back({path, std::move(bytes)});
  TRY(committer->commit(std::move(changes)));
  return {};
}

void print_made(const storage::Repository& repository, const std::string& named) {
  std::cout << "made " << repository.path().string() << "\n"
            << "serve it:  stet serve --repo " << named << "\n"
            << "clone it:  git clone " << named << "\n";
}

}  // namespace stet::program
