// A backup of a site: its repository, its ledger, and what Git LFS keeps, as an archive.
//
// Taken while servers and people write. Which moments it has: the ledger is copied first, as it was
// at one moment (T1); then the references are listed (T2), and what they lead to is packed; then
// LFS's objects are copied (T3). So whatever the ledger names is in the repository of the backup,
// and every object of LFS that the repository names too, if it was there. What the repository has
// and the ledger does not know yet is, after a restore, what it is after a crash: told once more.
// All of a write that was answered before the backup began is in it. What no reference leads to is
// not.
//
// Not taken, for it is derived or the machine's: pages, caches, indices of searches; which older
// publication was held live; hooks that stet has not written; the server's settings and their
// secrets. Threads: one. Failure leaves the folder as it was.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/backup/manifest.h"
#include "storage/base/clock.h"
#include "storage/base/result.h"
#include "storage/git/repository.h"

namespace stet::storage {

struct BackupSource {
  const Repository& repository;
  std::filesystem::path ledger;
  std::string version;  // of the program
  const Clock& clock;
};

struct ShelfRules {
  bool is_full = false;        // a whole one, whatever is there
  std::int64_t full_days = 7;  // a chain older than this is ended, and a whole one is made
  std::size_t keep = 0;        // whole ones, with what goes on from them; 0: all
};

struct BackupReport {
  std::filesystem::path path;
  Manifest manifest;
  std::uint64_t bytes = 0;
  std::size_t refs = 0;
  std::vector<std::string> notes = {};              // what is not in it, or could not be read
  std::vector<std::filesystem::path> removed = {};  // by ShelfRules::keep
};

// A whole one. kConflict: the file is there. kNotFound: there is no ledger, or no branch yet.
Result<BackupReport> back_up_to_file(const BackupSource& source, const std::filesystem::path& file);

// Into a folder, which is made where it is missing, under a name that says when: whole, or going on
// from the newest of its own that is there. Archives of other names, or of another repository, are
// left alone. kConflict: another backup is being made there, or what is there is another
// repository's alone.
Result<BackupReport> back_up_to_folder(const BackupSource& source,
                                       const std::filesystem::path& folder,
                                       const ShelfRules& rules);

}  // namespace stet::storage
