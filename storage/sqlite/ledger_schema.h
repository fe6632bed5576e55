// The ledger's tables, version by version.
#pragma once

#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

// Brings the database up to the newest version in one transaction. kInvalidInput where a newer stet
// wrote it, or where it is no ledger at all; then nothing is changed.
Status migrate_ledger(Database& database);

}  // namespace stet::storage
