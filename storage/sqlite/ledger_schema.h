// The ledger's tables, version by version.
#pragma once

#include <cstdint>

#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

// PRAGMA application_id of a ledger: "stet" in ASCII.
inline constexpr std::int64_t kLedgerApplicationId = 0x73746574;

// PRAGMA user_version of one that is migrated.
std::int64_t newest_ledger_version();

// Brings the database up to the newest version in one transaction. kInvalidInput where a newer stet
// wrote it, or where it is no ledger at all; then nothing is changed.
Status migrate_ledger(Database& database);

}  // namespace stet::storage
