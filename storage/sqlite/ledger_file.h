// A ledger as a file: copied while servers write to it, and looked over without being opened as
// one.
//
// Nothing is migrated and nothing made. Threads: any. Processes: others may have it open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/base/result.h"

namespace stet::storage {

// What SQLite's online backup makes of it: the state of one moment, in one file that is new, its
// owner's alone, and not fsynced. kNotFound where there is no ledger; kUnavailable where others
// held it for longer than our patience, and then the copy is of no use.
inline constexpr int kLedgerPatienceMs = 30'000;
Status copy_ledger(const std::filesystem::path& ledger,
                   const std::filesystem::path& copy,
                   int patience_ms = kLedgerPatienceMs);

struct LedgerLook {
  std::int64_t version = 0;              // of its tables
  std::vector<std::string> faults = {};  // as SQLite says them, the first few; none: it is whole
};

// Every page and index, and that rows that name others have them. kNotFound: there is none.
// kInvalidInput: a database of another program, or no database, or of no version of ours.
Result<LedgerLook> look_at_ledger(const std::filesystem::path& ledger);

// For people, in one line: how the ledger of a backup, or one that an upgrade has kept, takes this
// one's place. What SQLite has left beside it must go first, or it is written over the new one.
std::string how_to_put_back(const std::filesystem::path& ledger);

}  // namespace stet::storage
