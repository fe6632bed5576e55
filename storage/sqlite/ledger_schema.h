// The ledger's tables, version by version.
#pragma once

#include <cstdint>
#include <filesystem>

#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

// PRAGMA application_id of a ledger: "stet" in ASCII.
inline constexpr std::int64_t kLedgerApplicationId = 0x73746574;

// PRAGMA user_version of one that is migrated.
std::int64_t newest_ledger_version();

// A ledger of the newest version: one of an older stet is brought up to it in one transaction, and
// stays beside it as it was, "ledger.sqlite.v7" (where a good one of an earlier upgrade has that
// name, "ledger.sqlite.v7.2"), for who wants to go back. kInvalidInput where a newer stet wrote it,
// or where it is no ledger at all; then nothing is changed.
Result<Database> open_ledger(const std::filesystem::path& path);

}  // namespace stet::storage
