#include "storage/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>

#include <cerrno>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet::storage {
namespace {

constexpr int kBusyMilliseconds = 5000;

Error error_of(int code, std::string message) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM: return unavailable("database: " + std::move(message));
    case SQLITE_CONSTRAINT: return conflict("database: " + std::move(message));
    case SQLITE_READONLY:
    case SQLITE_PERM: return forbidden("database: " + std::move(message));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return internal("database: " + std::move(message) +
                      "; `stet doctor` says how to put a backup back");
    default: return internal("database: " + std::move(message));
  }
}

Error error_of(sqlite3* database, int code) { return error_of(code, sqlite3_errmsg(database)); }

// SQLite would make it readable by all. A file that is there is left alone: to close it would let
// go of the locks that other connections of this process have on it, as POSIX has it.
Status make_private(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  return file || errno == EEXIST ? Status() : error_of_errno("open", path);
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Statement::note(int code) {
  if (bind_code_ == SQLITE_OK) bind_code_ = code;
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  note(sqlite3_bind_int64(statement_.get(), parameter, value));
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  note(sqlite3_bind_text64(statement_.get(),
                           parameter,
                           text.empty() ? "" : text.data(),
                           text.size(),
                           SQLITE_TRANSIENT,
                           SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int parameter, std::optional<std::int64_t> value) {
  return value ? bind(parameter, *value) : bind_null(parameter);
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
  note(sqlite3_bind_blob64(statement_.get(),
                           parameter,
                           bytes.empty() ? "" : bytes.data(),
                           bytes.size(),
                           SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  note(sqlite3_bind_null(statement_.get(), parameter));
  return *this;
}

Result<bool> Statement::step() {
  if (bind_code_ != SQLITE_OK) return error_of(bind_code_, sqlite3_errstr(bind_code_));
  int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_of(sqlite3_db_handle(statement_.get()), code);
}

Status Statement::run() {
  TRY(step());
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  bind_code_ = SQLITE_OK;
}

double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
               : std::string();
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<Database> Database::open(const std::filesystem::path& path, Kind kind) {
  if (kind == Kind::kLedger) TRY(make_private(path));
  sqlite3* opened = nullptr;
  int code = sqlite3_open_v2(
      path.c_str(),
      &opened,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      nullptr);
  Database database(opened);  // also after a failure it must be closed
  if (code != SQLITE_OK) {
    return error_of(opened, code).within("open '" + path.string() + "'");
  }
  sqlite3_busy_timeout(opened, kBusyMilliseconds);
  // A schema that somebody else wrote must not run functions or write to shadow tables.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  Status prepared = database.execute(std::string("PRAGMA journal_mode = WAL;") +
                                     "PRAGMA foreign_keys = ON; PRAGMA synchronous = " +
                                     (kind == Kind::kLedger ? "FULL" : "NORMAL"));
  if (!prepared) return std::move(prepared).error().within("open '" + path.string() + "'");
  return database;
}

Status Database::execute(const std::string& sql) {
  int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : error_of(database_.get(), code);
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(
      database_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) return error_of(database_.get(), code);
  return Statement(statement);
}

std::int64_t Database::changed_rows() const { return sqlite3_changes64(database_.get()); }

Result<std::int64_t> Database::pragma(const std::string& name) {
  Statement statement = TRY(prepare("PRAGMA " + name));
  TRY(statement.step());
  return statement.integer(0);
}

Result<Transaction> Transaction::begin(Database& database) {
  TRY(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_) [[maybe_unused]]
    Status ignored = database_->execute("ROLLBACK");
}

Status Transaction::commit() {
  TRY(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace stet::storage
