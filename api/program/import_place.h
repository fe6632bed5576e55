// Where an import goes: a repository, by one commit; a folder, by files; or nowhere, to look first.
//
// Threads: one. Failure leaves all as it was in a repository; in a folder, what was written by
// then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cms/schedule_import/plan.h"
#include "storage/base/result.h"
#include "storage/commit/change_set.h"
#include "storage/git/repository.h"
#include "storage/snapshot/snapshot.h"

namespace CLI {
class App;
}

namespace stet::program {

// What every import is told.
struct ImportFlags {
  std::string repository, into, branch, message, author = "stet <stet@localhost>";
  bool is_dry = false, accepts_doubts = false;
};

void add_import_flags(CLI::App& command, ImportFlags& flags);

// What is there now, and how it changes.
struct ImportPlace {
  storage::SnapshotPtr snapshot;  // nothing, where there is no place yet
  std::optional<storage::Repository> repository;
  std::string branch;
};

// kInvalidInput: neither a place nor --dry-run.
Result<ImportPlace> open_import_place(const ImportFlags& flags);

struct Imported {
  std::vector<schedule_import::PlannedFile> files;  // those that change
  // Contents that a place has already been given (`stored`), or files' bytes.
  std::vector<storage::FileEdit> media = {};
  std::string message;  // of the commit, unless the flags have one
};

// Says on standard output what it did. Doubts are refused unless they are accepted.
Status write_import(const ImportPlace& place,
                    const ImportFlags& flags,
                    std::size_t doubts,
                    Imported imported);

}  // namespace stet::program
