#include "storage/sqlite/target_state.h"

#include <algorithm>

namespace stet::storage {
namespace {

// Another number: the tables are made anew, for all in them is derived.
constexpr std::int64_t kVersion = 1;

constexpr char kTables[] = R"(
DROP TABLE IF EXISTS targets;
DROP TABLE IF EXISTS files;
DROP TABLE IF EXISTS purges;
DROP TABLE IF EXISTS hashes;
CREATE TABLE targets (name TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL,
  address TEXT NOT NULL, manner TEXT NOT NULL, mark TEXT NOT NULL DEFAULT '',
  site_commit TEXT NOT NULL DEFAULT '', behind INTEGER NOT NULL DEFAULT 0, succeeded INTEGER,
  failed INTEGER, error TEXT NOT NULL DEFAULT '');
CREATE TABLE files (target TEXT NOT NULL, path TEXT NOT NULL, content BLOB, bytes INTEGER,
  type TEXT, status INTEGER, PRIMARY KEY (target, path)) WITHOUT ROWID;
CREATE TABLE purges (number INTEGER PRIMARY KEY, target TEXT NOT NULL, url TEXT NOT NULL,
  UNIQUE (target, url));
CREATE TABLE hashes (content BLOB PRIMARY KEY, sha256 BLOB NOT NULL) WITHOUT ROWID;
)";

std::string_view bytes_of(const ContentHash& hash) {
  return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}

Result<ContentHash> hash_of(const std::string& bytes) {
  ContentHash hash;
  if (bytes.size() != hash.bytes.size()) return internal("targets: a hash of another length");
  std::copy(bytes.begin(), bytes.end(), hash.bytes.begin());
  return hash;
}

TargetRow row_of(const Statement& row) {
  auto instant = [&](int column) {
    auto seconds = row.integer_or_null(column);
    return seconds ? std::optional(Instant{*seconds}) : std::nullopt;
  };
  return {.name = row.text(0),
          .kind = row.text(1),
          .place = row.text(2),
          .mark = row.text(3),
          .commit = row.text(4),
          .files = static_cast<std::uint64_t>(row.integer(5)),
          .behind = static_cast<std::uint64_t>(row.integer(6)),
          .succeeded = instant(7),
          .failed = instant(8),
          .error = row.text(9)};
}

constexpr char kRows[] =
    "SELECT name, kind, place, mark, site_commit, (SELECT count(*) FROM files WHERE target = name),"
    " behind, succeeded, failed, error FROM targets ";

Status run_for_each(Database& database,
                    std::string_view sql,
                    const std::string& target,
                    const std::vector<std::string>& texts) {
  Statement statement = TRY(database.prepare(sql));
  for (const std::string& text : texts) {
    TRY(statement.bind(1, target).bind(2, text).run());
    statement.reset();
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<TargetState>> TargetState::open(const std::filesystem::path& file) {
  Database database = TRY(Database::open(file, Database::Kind::kDerived));
  Transaction transaction = TRY(Transaction::begin(database));
  if (TRY(database.pragma("user_version")) != kVersion) {
    TRY(database.execute(kTables));
    TRY(database.execute("PRAGMA user_version = " + std::to_string(kVersion)));
  }
  TRY(
      database.execute("DELETE FROM hashes WHERE content NOT IN (SELECT content FROM files WHERE "
                       "content NOT NULL)"));
  TRY(transaction.commit());
  return std::unique_ptr<TargetState>(new TargetState(std::move(database)));
}

Status TargetState::begin(const Begun& target) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement known = TRY(database_.prepare("SELECT address, manner FROM targets WHERE name = ?"));
  known.bind(1, target.name);
  const bool is_known = TRY(known.step());
  if (is_known && known.text(0) == target.address) {
    if (known.text(1) != target.manner) {
      Statement doubt = TRY(database_.prepare("UPDATE files SET content = NULL WHERE target = ?"));
      TRY(doubt.bind(1, target.name).run());
    }
    Statement update =
        TRY(database_.prepare("UPDATE targets SET kind = ?, place = ?, manner = ? WHERE name = ?"));
    TRY(update.bind(1, target.kind)
            .bind(2, target.place)
            .bind(3, target.manner)
            .bind(4, target.name)
            .run());
  } else {
    for (const char* sql : {"DELETE FROM targets WHERE name = ?",
                            "DELETE FROM files WHERE target = ?",
                            "DELETE FROM purges WHERE target = ?"}) {
      Statement forget = TRY(database_.prepare(sql));
      TRY(forget.bind(1, target.name).run());
    }
    Statement insert = TRY(database_.prepare(
        "INSERT INTO targets (name, kind, place, address, manner) VALUES (?, ?, ?, ?, ?)"));
    TRY(insert.bind(1, target.name)
            .bind(2, target.kind)
            .bind(3, target.place)
            .bind(4, target.address)
            .bind(5, target.manner)
            .run());
  }
  known.reset();
  return transaction.commit();
}

Result<std::vector<HeldFile>> TargetState::files(const std::string& target) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(
      "SELECT path, content, bytes, type, status FROM files WHERE target = ? ORDER BY path"));
  rows.bind(1, target);
  std::vector<HeldFile> files;
  while (TRY(rows.step())) {
    HeldFile file{rows.text(0), std::nullopt};
    if (!rows.is_null(1)) {
      file.content = HeldFile::Content{TRY(hash_of(rows.text(1))),
                                       static_cast<std::uint64_t>(rows.integer(2)),
                                       rows.text(3),
                                       static_cast<int>(rows.integer(4))};
    }
    files.push_back(std::move(file));
  }
  return files;
}

Status TargetState::intend(const std::string& target, const std::vector<std::string>& paths) {
  std::lock_guard lock(mutex_);
  // What is ours must be known to be, whatever happens to the machine.
  TRY(database_.execute("PRAGMA synchronous = FULL"));
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(run_for_each(
      database_, "INSERT OR REPLACE INTO files (target, path) VALUES (?, ?)", target, paths));
  TRY(transaction.commit());
  return database_.execute("PRAGMA synchronous = NORMAL");
}

Status TargetState::confirm(const std::string& target, const Confirmed& confirmed) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  Statement there = TRY(
      database_.prepare("INSERT OR REPLACE INTO files (target, path, content, bytes, type, status)"
                        " VALUES (?, ?, ?, ?, ?, ?)"));
  for (const HeldFile& file : confirmed.there) {
    if (!file.content) continue;
    there.bind(1, target).bind(2, file.path).bind_blob(3, bytes_of(file.content->hash));
    there.bind(4, static_cast<std::int64_t>(file.content->bytes)).bind(5, file.content->type);
    TRY(there.bind(6, std::int64_t{file.content->status}).run());
    there.reset();
  }
  TRY(run_for_each(
      database_, "DELETE FROM files WHERE target = ? AND path = ?", target, confirmed.gone));
  TRY(run_for_each(database_,
                   "INSERT OR IGNORE INTO purges (target, url) VALUES (?, ?)",
                   target,
                   confirmed.purge));
  return transaction.commit();
}

Result<std::vector<std::string>> TargetState::purges(const std::string& target,
                                                     std::int64_t rows_max) {
  std::lock_guard lock(mutex_);
  Statement rows =
      TRY(database_.prepare("SELECT url FROM purges WHERE target = ? ORDER BY number LIMIT ?"));
  rows.bind(1, target).bind(2, rows_max);
  std::vector<std::string> urls;
  while (TRY(rows.step())) urls.push_back(rows.text(0));
  return urls;
}

Result<std::string> TargetState::newest_purge(const std::string& target) {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(
      database_.prepare("SELECT url FROM purges WHERE target = ? ORDER BY number DESC LIMIT 1"));
  rows.bind(1, target);
  return TRY(rows.step()) ? rows.text(0) : std::string();
}

Status TargetState::forget_purges(const std::string& target, const std::vector<std::string>& urls) {
  std::lock_guard lock(mutex_);
  Transaction transaction = TRY(Transaction::begin(database_));
  TRY(run_for_each(database_, "DELETE FROM purges WHERE target = ? AND url = ?", target, urls));
  return transaction.commit();
}

Status TargetState::set_mark(const std::string& target, const std::string& mark) {
  std::lock_guard lock(mutex_);
  Statement set = TRY(database_.prepare("UPDATE targets SET mark = ? WHERE name = ?"));
  return set.bind(1, mark).bind(2, target).run();
}

Status TargetState::note_success(const std::string& target,
                                 const std::string& commit,
                                 Instant now) {
  std::lock_guard lock(mutex_);
  Statement set = TRY(
      database_.prepare("UPDATE targets SET site_commit = ?, succeeded = ?, behind = 0, error = ''"
                        " WHERE name = ?"));
  return set.bind(1, commit).bind(2, now.seconds).bind(3, target).run();
}

Status TargetState::note_failure(const std::string& target,
                                 const std::string& error,
                                 std::uint64_t behind,
                                 Instant now) {
  std::lock_guard lock(mutex_);
  Statement set =
      TRY(database_.prepare("UPDATE targets SET error = ?, behind = ?, failed = ? WHERE name = ?"));
  set.bind(1, error).bind(2, static_cast<std::int64_t>(behind));
  return set.bind(3, now.seconds).bind(4, target).run();
}

Result<TargetRow> TargetState::target(const std::string& name) {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare(std::string(kRows) + "WHERE name = ?"));
  row.bind(1, name);
  if (TRY(row.step())) return row_of(row);
  return not_found("nothing is known of a target '" + name + "'");
}

Result<std::vector<TargetRow>> TargetState::targets() {
  std::lock_guard lock(mutex_);
  Statement rows = TRY(database_.prepare(std::string(kRows) + "ORDER BY name"));
  std::vector<TargetRow> targets;
  while (TRY(rows.step())) targets.push_back(row_of(rows));
  return targets;
}

Result<std::optional<std::string>> TargetState::sha256_of(const ContentHash& content) {
  std::lock_guard lock(mutex_);
  Statement row = TRY(database_.prepare("SELECT sha256 FROM hashes WHERE content = ?"));
  row.bind_blob(1, bytes_of(content));
  return TRY(row.step()) ? std::optional(row.text(0)) : std::nullopt;
}

Status TargetState::remember_sha256(const ContentHash& content, std::string_view sha256) {
  std::lock_guard lock(mutex_);
  Statement row =
      TRY(database_.prepare("INSERT OR REPLACE INTO hashes (content, sha256) VALUES (?, ?)"));
  return row.bind_blob(1, bytes_of(content)).bind_blob(2, sha256).run();
}

}  // namespace stet::storage
