#include "storage/sqlite/ledger_schema.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "storage/base/durable_file.h"
#include "storage/sqlite/ledger_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

// The n-th makes version n out of version n - 1. Released ones are never edited.
constexpr const char* kMigrations[] = {
    R"(
    CREATE TABLE tokens (
      id        TEXT PRIMARY KEY,
      name      TEXT NOT NULL,
      hash      BLOB NOT NULL UNIQUE,
      scopes    TEXT NOT NULL,
      created   INTEGER NOT NULL,
      expires   INTEGER,
      last_used INTEGER,
      revoked   INTEGER
    ) STRICT;
    CREATE TABLE idempotency_keys (
      principal TEXT NOT NULL,
      key       TEXT NOT NULL,
      request   BLOB NOT NULL,
      response  BLOB,
      created   INTEGER NOT NULL,
      PRIMARY KEY (principal, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created);
    CREATE TABLE incoming_deliveries (
      source TEXT NOT NULL,
      id     TEXT NOT NULL,
      seen   INTEGER NOT NULL,
      PRIMARY KEY (source, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incoming_deliveries_by_age ON incoming_deliveries (seen);
    )",
    R"(
    CREATE TABLE webhook_endpoints (
      id                  TEXT PRIMARY KEY,
      url                 TEXT NOT NULL,
      description         TEXT NOT NULL,
      types               TEXT NOT NULL,
      resources           TEXT NOT NULL,
      headers             TEXT NOT NULL,
      is_active           INTEGER NOT NULL,
      secret              TEXT NOT NULL,
      old_secret          TEXT NOT NULL,
      old_secret_until    INTEGER,
      created             INTEGER NOT NULL,
      events_cursor       TEXT NOT NULL,
      publications_cursor TEXT NOT NULL,
      told                INTEGER NOT NULL,
      failing_since       INTEGER,
      disabled            TEXT NOT NULL
    ) STRICT;
    CREATE TABLE webhook_deliveries (
      number   INTEGER PRIMARY KEY AUTOINCREMENT,
      endpoint TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
      event    TEXT NOT NULL,
      type     TEXT NOT NULL,
      body     TEXT NOT NULL,
      created  INTEGER NOT NULL,
      state    INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      next_ms  INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (endpoint, number);
    CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (endpoint, number)
      WHERE state = 0;
    CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created);
    CREATE TABLE webhook_attempts (
      number   INTEGER PRIMARY KEY,
      delivery INTEGER NOT NULL REFERENCES webhook_deliveries (number) ON DELETE CASCADE,
      at       INTEGER NOT NULL,
      status   INTEGER NOT NULL,
      took_ms  INTEGER NOT NULL,
      failure  TEXT NOT NULL,
      answer   BLOB NOT NULL
    ) STRICT;
    CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery, number);
    )",
    R"(
    CREATE TABLE users (
      id           TEXT PRIMARY KEY,
      name         TEXT NOT NULL UNIQUE COLLATE NOCASE,
      mail         TEXT NOT NULL UNIQUE COLLATE NOCASE,
      commit_name  TEXT NOT NULL,
      commit_mail  TEXT NOT NULL,
      role         TEXT NOT NULL,
      password     TEXT NOT NULL,
      disabled     INTEGER,
      totp_secret  BLOB NOT NULL,
      totp_pending BLOB NOT NULL,
      totp_step    INTEGER NOT NULL,
      created      INTEGER NOT NULL,
      last_sign_in INTEGER
    ) STRICT;
    ALTER TABLE tokens ADD COLUMN owner TEXT REFERENCES users (id);
    CREATE INDEX tokens_by_owner ON tokens (owner);
    CREATE TABLE sessions (
      id        TEXT PRIMARY KEY,
      hash      BLOB NOT NULL UNIQUE,
      user      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      created   INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      expires   INTEGER NOT NULL,
      address   TEXT NOT NULL,
      agent     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sessions_by_user ON sessions (user, created);
    CREATE INDEX sessions_by_end ON sessions (expires);
    CREATE TABLE recovery_codes (
      user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      hash BLOB NOT NULL,
      PRIMARY KEY (user, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE password_resets (
      hash    BLOB PRIMARY KEY,
      user    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX password_resets_by_user ON password_resets (user);
    CREATE TABLE wrong_passwords (
      subject  TEXT PRIMARY KEY,
      failures INTEGER NOT NULL,
      last     INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX wrong_passwords_by_age ON wrong_passwords (last);
    CREATE TABLE audit (
      number  INTEGER PRIMARY KEY AUTOINCREMENT,
      at      INTEGER NOT NULL,
      kind    TEXT NOT NULL,
      actor   TEXT NOT NULL,
      subject TEXT NOT NULL,
      address TEXT NOT NULL,
      detail  TEXT NOT NULL
    ) STRICT;
    )",
    R"(
    CREATE TABLE change_reviews (
      number    INTEGER PRIMARY KEY AUTOINCREMENT,
      change    TEXT NOT NULL,
      commit_id TEXT NOT NULL,
      tree      TEXT NOT NULL,
      user      TEXT NOT NULL,
      name      TEXT NOT NULL,
      mail      TEXT NOT NULL,
      verdict   INTEGER NOT NULL,
      body      TEXT NOT NULL,
      at        INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX change_reviews_by_change ON change_reviews (change, number);
    CREATE TABLE change_comments (
      number      INTEGER PRIMARY KEY AUTOINCREMENT,
      change      TEXT NOT NULL,
      commit_id   TEXT NOT NULL,
      path        TEXT NOT NULL,
      line        INTEGER NOT NULL,
      user        TEXT NOT NULL,
      name        TEXT NOT NULL,
      body        TEXT NOT NULL,
      created     INTEGER NOT NULL,
      edited      INTEGER,
      resolved_by TEXT NOT NULL
    ) STRICT;
    CREATE INDEX change_comments_by_change ON change_comments (change, number);
    )",
    R"(
    CREATE TABLE identities (
      issuer    TEXT NOT NULL,
      subject   TEXT NOT NULL,
      id        TEXT NOT NULL UNIQUE,
      user      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      provider  TEXT NOT NULL,
      mail      TEXT NOT NULL,
      bound     INTEGER NOT NULL,
      last_used INTEGER NOT NULL,
      PRIMARY KEY (issuer, subject),
      UNIQUE (user, issuer)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX audit_of_failures ON audit (number) WHERE kind = 'sign-in-failed';
    CREATE INDEX audit_of_others ON audit (number) WHERE kind <> 'sign-in-failed';
    )",
    R"(
    CREATE TABLE news (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id     TEXT NOT NULL UNIQUE,
      type   TEXT NOT NULL,
      body   TEXT NOT NULL,
      told   INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX news_by_age ON news (told);
    CREATE TABLE change_heads (
      change TEXT PRIMARY KEY,
      head   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE change_told (
      review  INTEGER NOT NULL,
      comment INTEGER NOT NULL
    ) STRICT;
    ALTER TABLE webhook_endpoints ADD COLUMN news_cursor INTEGER NOT NULL DEFAULT 0;
    )",
    R"(
    CREATE TABLE change_pushers (
      change    TEXT NOT NULL,
      actor     TEXT NOT NULL,
      commit_id TEXT NOT NULL,
      PRIMARY KEY (change, actor)
    ) STRICT, WITHOUT ROWID;
    )",
    R"(
    ALTER TABLE change_reviews ADD COLUMN dismissed_by TEXT NOT NULL DEFAULT '';
    )",
    R"(
    CREATE TABLE former_users (
      name    TEXT PRIMARY KEY COLLATE NOCASE,
      deleted INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE change_dismissals (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      review INTEGER NOT NULL UNIQUE
    ) STRICT;
    ALTER TABLE change_told ADD COLUMN dismissal INTEGER NOT NULL DEFAULT 0;
    )",
};
constexpr std::int64_t kNewest = std::size(kMigrations);

Status check_is_ledger(Database& database, const fs::path& path, std::int64_t version) {
  std::int64_t application = TRY(database.pragma("application_id"));
  auto tables = TRY(database.prepare("SELECT count(*) FROM sqlite_schema"));
  TRY(tables.step());
  bool is_new = application == 0 && version == 0 && tables.integer(0) == 0;
  if (!is_new && application != kLedgerApplicationId) {
    return invalid_input("the file is a database of another program; name another --state");
  }
  if (!is_new && version < 1) {
    return invalid_input("the ledger is of version " + std::to_string(version) +
                         ", which there is not; " + how_to_put_back(path));
  }
  if (version <= kNewest) return {};
  return invalid_input("the ledger is of version " + std::to_string(version) +
                       ", written by a newer stet; this one knows versions up to " +
                       std::to_string(kNewest) +
                       ": run the newer stet; or go back to a backup: " + how_to_put_back(path));
}

bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code failure;
  if (fs::file_size(a, failure) != fs::file_size(b, failure) || failure) return false;
  std::ifstream first(a, std::ios::binary), second(b, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return first && second && std::equal(Bytes(first), Bytes(), Bytes(second));
}

bool is_good(const fs::path& kept, std::int64_t version) {
  auto look = look_at_ledger(kept);
  return look && look->version == version && look->faults.empty();
}

// Gives what was made a name beside those that earlier upgrades have kept: "ledger.sqlite.v7", then
// "ledger.sqlite.v7.2". The newest of them again is not kept twice.
Status keep(const fs::path& made, const std::string& name, std::int64_t version) {
  fs::path kept = name, last;
  for (int serial = 2; is_good(kept, version); ++serial) {
    last = std::exchange(kept, name + "." + std::to_string(serial));
  }
  if (!last.empty() && is_same_file(made, last)) return {};
  TRY(sync_file(made));
  std::error_code failure;
  fs::rename(made, kept, failure);
  if (failure) return unavailable("keep '" + kept.string() + "': " + failure.message());
  return sync_folder(kept.parent_path());
}

// As it is before it is migrated. Where somebody else was faster, they have kept it.
Status keep_old(Database& database, const fs::path& path) {
  const std::int64_t version = TRY(database.pragma("user_version"));
  if (version < 1 || version >= kNewest) return {};
  const std::string name = path.string() + ".v" + std::to_string(version);
  const fs::path made = name + "-" + std::to_string(::getpid());
  std::error_code failure;
  fs::remove(made, failure);
  Status done = copy_ledger(path, made);
  if (done) {
    auto look = look_at_ledger(made);
    done = look ? Status() : Status(std::move(look).error());
    if (look && look->version == version) done = keep(made, name, version);
  }
  fs::remove(made, failure);
  return done;
}

Status migrate(Database& database, const fs::path& path) {
  Transaction transaction = TRY(Transaction::begin(database));
  std::int64_t version = TRY(database.pragma("user_version"));
  TRY(check_is_ledger(database, path, version));
  if (version == kNewest) return {};
  for (; version < kNewest; ++version) TRY(database.execute(kMigrations[version]));
  TRY(database.execute("PRAGMA application_id = " + std::to_string(kLedgerApplicationId) +
                       "; PRAGMA user_version = " + std::to_string(kNewest)));
  return transaction.commit();
}

}  // namespace

std::int64_t newest_ledger_version() { return kNewest; }

Result<Database> open_ledger(const fs::path& path) {
  Database database = TRY(Database::open(path, Database::Kind::kLedger));
  Status done = keep_old(database, path);
  if (done) done = migrate(database, path);
  if (!done) return std::move(done).error().within("open '" + path.string() + "'");
  return database;
}

}  // namespace stet::storage
