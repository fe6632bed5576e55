#include "storage/sqlite/ledger_file.h"

#include <fcntl.h>
#include <sqlite3.h>

#include <chrono>
#include <memory>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"
#include "storage/sqlite/ledger_schema.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kPauseMs = 20;
constexpr std::size_t kFaultsMax = 10;
constexpr std::size_t kFaultBytesMax = 200;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

Error error_of(sqlite3* database, int code, const fs::path& path) {
  std::string message = "'" + path.string() + "': " + sqlite3_errmsg(database);
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT: return internal(std::move(message));
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH: return forbidden(std::move(message));
    default: return unavailable(std::move(message));
  }
}

// Of a file that is there. As the ledger's own connections, it trusts no schema.
Result<Connection> connect(const fs::path& path, int patience_ms = kLedgerPatienceMs) {
  std::error_code failure;
  if (!fs::is_regular_file(path, failure)) {
    return not_found("there is no ledger '" + path.string() + "'");
  }
  sqlite3* opened = nullptr;
  int code = sqlite3_open_v2(path.c_str(),
                             &opened,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             nullptr);
  Connection connection(opened);
  if (code != SQLITE_OK) return error_of(opened, code, path);
  sqlite3_busy_timeout(opened, patience_ms);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return connection;
}

bool is_held(int code) { return (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED; }

// The columns of each row as text, one after the other.
using Row = std::vector<std::string>;

int take_row(void* rows, int columns, char** values, char**) {
  Row row;
  for (int i = 0; i < columns; ++i) row.emplace_back(values[i] ? values[i] : "");
  static_cast<std::vector<Row>*>(rows)->push_back(std::move(row));
  return 0;
}

Result<std::vector<Row>> rows_of(sqlite3* database, const fs::path& path, const std::string& sql) {
  std::vector<Row> rows;
  int code = sqlite3_exec(database, sql.c_str(), take_row, &rows, nullptr);
  if (code != SQLITE_OK) return error_of(database, code, path);
  return rows;
}

Result<std::int64_t> pragma(sqlite3* database, const fs::path& path, const std::string& name) {
  auto rows = TRY(rows_of(database, path, "PRAGMA " + name));
  return rows.empty() || rows[0].empty() ? 0 : std::int64_t{std::atoll(rows[0][0].c_str())};
}

Status copy_pages(sqlite3* from, sqlite3* to, const fs::path& path, int patience_ms) {
  using SteadyClock = std::chrono::steady_clock;
  const auto until = SteadyClock::now() + std::chrono::milliseconds(patience_ms);
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (!backup) return error_of(to, sqlite3_errcode(to), path);
  // All pages at once are one read transaction: of one moment, and in nobody's way.
  int step = sqlite3_backup_step(backup, -1);
  while ((step == SQLITE_OK || is_held(step)) && SteadyClock::now() < until) {
    sqlite3_sleep(kPauseMs);
    step = sqlite3_backup_step(backup, -1);
  }
  // By its manual this one ends well where others hold the ledger, and nothing was copied.
  int code = sqlite3_backup_finish(backup);
  if (step == SQLITE_DONE && code == SQLITE_OK) return {};
  if (code != SQLITE_OK) return error_of(to, code, path);
  return unavailable("'" + path.string() + "' was not made: others held the ledger for too long");
}

Status check_is_ledger(sqlite3* database, const fs::path& path) {
  auto application = pragma(database, path, "application_id");
  bool is_other = application && *application != kLedgerApplicationId;
  bool is_none = !application && application.error().code == ErrorCode::kInternal;
  if (is_other || is_none) {
    return invalid_input("'" + path.string() + "' is no ledger of stet");
  }
  if (!application) return std::move(application).error();
  // Its tables and their version are made in one transaction.
  std::int64_t version = TRY(pragma(database, path, "user_version"));
  if (version > 0) return {};
  return invalid_input("'" + path.string() +
                       "' is no ledger of stet: it says that it is of version " +
                       std::to_string(version));
}

Status add_faults(sqlite3* database, const fs::path& path, LedgerLook& look) {
  const std::string most = std::to_string(kFaultsMax);
  for (const Row& row : TRY(rows_of(database, path, "PRAGMA integrity_check(" + most + ")"))) {
    if (!row.empty() && row[0] != "ok") look.faults.push_back(printable(row[0], kFaultBytesMax));
  }
  for (const Row& row : TRY(rows_of(database, path, "PRAGMA foreign_key_check"))) {
    if (look.faults.size() >= kFaultsMax || row.size() < 3) break;
    look.faults.push_back("a row of " + printable(row[0], 60) + " names one of " +
                          printable(row[2], 60) + " that is not there");
  }
  return {};
}

}  // namespace

Status copy_ledger(const fs::path& ledger, const fs::path& copy, int patience_ms) {
  Connection from = TRY(connect(ledger, patience_ms));
  TRY(check_is_ledger(from.get(), ledger));
  Descriptor made(::open(copy.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!made) return error_of_errno("make", copy);
  made.reset();
  Connection to = TRY(connect(copy, patience_ms));
  TRY(copy_pages(from.get(), to.get(), copy, patience_ms));
  // Else it would want a log beside it as soon as somebody looks into it.
  TRY(rows_of(to.get(), copy, "PRAGMA journal_mode = DELETE"));
  return {};
}

Result<LedgerLook> look_at_ledger(const fs::path& ledger) {
  Connection connection = TRY(connect(ledger));
  TRY(check_is_ledger(connection.get(), ledger));
  LedgerLook look;
  look.version = TRY(pragma(connection.get(), ledger, "user_version"));
  Status looked = add_faults(connection.get(), ledger, look);
  if (looked) return look;
  if (looked.error().code != ErrorCode::kInternal) return std::move(looked).error();
  look.faults.push_back(printable(looked.error().message, kFaultBytesMax));
  return look;
}

std::string how_to_put_back(const fs::path& ledger) {
  const std::string name = ledger.filename();
  return "stop the server; as the user that serves, `cd '" +
         fs::absolute(ledger).parent_path().string() + "' && mkdir aside && mv " + name +
         "* aside` (" + name + "-wal and " + name +
         "-shm too: SQLite would write what they hold over the one that is put back); then "
         "`tar -xf ARCHIVE " +
         name + "`, of the newest backup, or `cp aside/" + name + ".vN " + name +
         "`, of one that an upgrade has kept";
}

}  // namespace stet::storage
