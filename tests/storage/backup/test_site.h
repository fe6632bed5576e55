// A repository with a ledger, to be backed up and put back by tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/backup/backup.h"
#include "storage/backup/restore.h"
#include "storage/sqlite/ledger.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {

class TestSite {
 public:
  TestSite();

  TestRepository& git() { return git_; }
  Ledger& ledger() { return *ledger_; }
  ManualClock& clock() { return clock_; }
  // Beside the repository; for archives and what is put back.
  const std::filesystem::path& folder() const { return git_.folder(); }
  std::filesystem::path shelf() const { return folder() / "shelf"; }

  BackupSource source() const;
  // A whole one, or what is new; a minute passes.
  BackupReport back_up(const ShelfRules& rules = {});
  // Puts a chain back, in a new place.
  Result<std::filesystem::path> restore(const std::filesystem::path& from);
  // An object of Git LFS; its path in the repository.
  std::filesystem::path add_lfs_object(const std::string& content);

 private:
  TestRepository git_;
  std::unique_ptr<Ledger> ledger_;
  ManualClock clock_{{1'700'000'000}};
  int restored_ = 0;
};

// A copy in which a page of the tables is zeros.
bool copy_of_ledger_with_damage(TestSite& site, const std::filesystem::path& copy);

// All references and HEAD of a repository, and every object, by git.
std::string everything_in(const std::filesystem::path& repository);

// Names below a folder, sorted.
std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace stet::storage
