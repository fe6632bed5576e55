// SQLite behind two handles: a database and its statements.
//
// Threads: a Database and its Statements are one thread's at a time. Durability: what a committed
// transaction wrote survives a power cut (WAL, synchronous=FULL) unless opened as kDerived. A
// statement must not outlive its database. Errors: kUnavailable for a held lock or a full disk,
// kConflict for a broken constraint, kInternal for a damaged file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace stet::storage {

class Statement {
 public:
  // Parameters from 1, in the order of the question marks.
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::optional<std::int64_t> value);
  Statement& bind_blob(int parameter, std::string_view bytes);
  Statement& bind_null(int parameter);

  // To the next row; false when there is none. Reports what a bind before it was refused.
  Result<bool> step();
  // For what gives no rows.
  Status run();
  // Ready to be bound and run once more.
  void reset();

  // Of the row that step() came to, from 0.
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;  // a blob's bytes likewise
  bool is_null(int column) const;
  std::optional<std::int64_t> integer_or_null(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  void note(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bind_code_ = 0;  // the first refusal
};

class Database {
 public:
  enum class Kind {
    kLedger,   // cannot be had again: synchronous=FULL, readable by its owner alone
    kDerived,  // can be made again: synchronous=NORMAL
  };

  // Makes the file where it is missing; its folder must exist. Waits up to five seconds for locks.
  static Result<Database> open(const std::filesystem::path& path, Kind kind);

  // Any number of statements without parameters.
  Status execute(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);

  // Rows that the last INSERT, UPDATE or DELETE touched.
  std::int64_t changed_rows() const;

  // A PRAGMA's integer, such as "user_version".
  Result<std::int64_t> pragma(const std::string& name);

  // Of this folder's own sources.
  sqlite3* handle() const { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;
};

// Rolls back unless committed. Takes the write lock at once, so that it never fails half way for
// somebody else's.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;  // null once committed
};

}  // namespace stet::storage
