#include "cms/search/file.h"

#include <algorithm>
#include <system_error>

#include "storage/sqlite/weighing.h"

namespace stet::search {
namespace {

using storage::Database;
using storage::Statement;

// FTS5's words in memory before it writes a segment.
constexpr std::string_view kBulkBytes = "67108864", kUsualBytes = "1048576";

constexpr const char* kSchema =
    "CREATE TABLE facts(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE entries(id INTEGER PRIMARY KEY, branch TEXT NOT NULL, path TEXT NOT NULL,"
    " stamp BLOB NOT NULL, blob BLOB NOT NULL, label TEXT NOT NULL, flags INTEGER NOT NULL,"
    " tags TEXT NOT NULL, categories TEXT NOT NULL, title TEXT NOT NULL, terms TEXT NOT NULL,"
    " fields TEXT NOT NULL, headings TEXT NOT NULL, body TEXT NOT NULL);"
    "CREATE UNIQUE INDEX entries_by_path ON entries(branch, path, stamp);"
    "CREATE TABLE spellings(word TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE words USING fts5(title, headings, terms, fields, body, marks,"
    " content='', tokenize=\"ascii tokenchars '.:=~!+#'\");";

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Fingerprint stamp_in(std::string_view bytes) {
  Fingerprint stamp;
  std::copy_n(bytes.begin(), std::min(bytes.size(), stamp.bytes.size()), stamp.bytes.begin());
  return stamp;
}

// The first text that begins with none of `beginning`.
std::string behind(std::string_view beginning) {
  return std::string(beginning) + "\xf4\x8f\xbf\xbf";
}

Result<std::vector<std::string>> texts_of(Statement statement) {
  std::vector<std::string> texts;
  while (TRY(statement.step())) texts.push_back(statement.text(0));
  return texts;
}

}  // namespace

Result<Statement> File::statement(std::string_view sql) { return database_.prepare(sql); }

Result<File> File::open(const std::filesystem::path& path, const Fingerprint& identity) {
  {
    auto database = Database::open(path, Database::Kind::kDerived);
    if (!database && database.error().code != ErrorCode::kInternal) return database.error();
    if (database) {
      File file(std::move(*database));
      auto known = file.fact("identity");
      if (known && *known == identity.hex()) return file;
    }
  }
  TRY(File::remove(path));
  File empty(TRY(Database::open(path, Database::Kind::kDerived)));
  TRY(empty.make_schema(identity));
  return empty;
}

Result<File> File::open_to_read(const std::filesystem::path& path) {
  File file(TRY(Database::open(path, Database::Kind::kDerived)));
  TRY(file.database_.execute("PRAGMA query_only = 1; PRAGMA cache_size = -8192"));
  TRY(storage::add_weighing(file.database_));
  return file;
}

Status File::remove(const std::filesystem::path& path) {
  for (const char* end : {"", "-wal", "-shm"}) {
    std::error_code failure;
    std::filesystem::remove(path.string() + end, failure);
    if (failure) return unavailable("remove '" + path.string() + end + "': " + failure.message());
  }
  return {};
}

Status File::make_schema(const Fingerprint& identity) {
  auto transaction = TRY(storage::Transaction::begin(database_));
  TRY(database_.execute(kSchema));
  TRY(set_fact("identity", identity.hex()));
  return transaction.commit();
}

Result<std::optional<std::string>> File::fact(std::string_view key) {
  Statement select = TRY(statement("SELECT value FROM facts WHERE key = ?"));
  select.bind(1, key);
  if (!TRY(select.step())) return std::optional<std::string>();
  return std::optional(select.text(0));
}

Status File::set_fact(std::string_view key, std::string_view value) {
  Statement insert = TRY(statement("INSERT OR REPLACE INTO facts VALUES(?, ?)"));
  return insert.bind(1, key).bind(2, value).run();
}

Result<std::vector<std::pair<std::string, std::string>>> File::facts(std::string_view beginning) {
  std::vector<std::pair<std::string, std::string>> facts;
  Statement select = TRY(statement("SELECT key, value FROM facts WHERE key >= ? AND key < ?"));
  select.bind(1, beginning).bind(2, behind(beginning));
  while (TRY(select.step())) {
    facts.emplace_back(select.text(0).substr(beginning.size()), select.text(1));
  }
  return facts;
}

Status File::forget_fact(std::string_view key) {
  Statement erase = TRY(statement("DELETE FROM facts WHERE key = ?"));
  return erase.bind(1, key).run();
}

Result<std::optional<RowKey>> File::find_row(std::string_view path) {
  Statement select = TRY(statement("SELECT id, stamp FROM entries WHERE branch = ? AND path = ?"));
  select.bind(1, kServedBranch).bind(2, path);
  if (!TRY(select.step())) return std::optional<RowKey>();
  return std::optional(RowKey{select.integer(0), stamp_in(select.text(1))});
}

Result<std::vector<std::pair<std::string, RowKey>>> File::rows(std::string_view branch) {
  std::vector<std::pair<std::string, RowKey>> rows;
  Statement select = TRY(statement("SELECT path, id, stamp FROM entries WHERE branch = ?"));
  select.bind(1, branch);
  while (TRY(select.step())) {
    rows.emplace_back(select.text(0), RowKey{select.integer(1), stamp_in(select.text(2))});
  }
  return rows;
}

Result<std::int64_t> File::count_rows() {
  Statement select = TRY(statement("SELECT count(*) FROM entries"));
  TRY(select.step());
  return select.integer(0);
}

Status File::begin_bulk() {
  TRY(database_.execute("INSERT INTO words(words, rank) VALUES('hashsize', " +
                        std::string(kBulkBytes) + ")"));
  return database_.execute("INSERT INTO words(words, rank) VALUES('automerge', 0)");
}

Status File::end_bulk() {
  TRY(database_.execute("INSERT INTO words(words, rank) VALUES('hashsize', " +
                        std::string(kUsualBytes) + ")"));
  TRY(database_.execute("INSERT INTO words(words, rank) VALUES('automerge', 4)"));
  TRY(database_.execute("INSERT INTO words(words) VALUES('optimize')"));
  return database_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<Record> File::read_row(std::int64_t id) {
  Statement select =
      TRY(statement("SELECT path, blob, label, flags, tags, categories, title, terms, fields,"
                    " headings, body, branch FROM entries WHERE id = ?"));
  select.bind(1, id);
  if (!TRY(select.step())) return internal("search: the index and its rows differ");
  Record record;
  record.path = select.text(0);
  std::string blob = select.text(1);
  std::array<std::uint8_t, BlobId::kBytes> bytes{};
  std::copy_n(blob.begin(), std::min(blob.size(), bytes.size()), bytes.begin());
  record.blob = BlobId(bytes);
  record.label = select.text(2);
  record.is_draft = (select.integer(3) & kIsDraft) != 0;
  record.is_public = (select.integer(3) & kIsPublic) != 0;
  record.day = id >> kDayShift;
  record.tags = split(select.text(4));
  record.categories = split(select.text(5));
  record.title = select.text(6);
  record.terms = select.text(7);
  record.fields = select.text(8);
  record.headings = select.text(9);
  record.body = select.text(10);
  record.branch = select.text(11);
  return record;
}

Result<std::vector<std::string>> File::words_beginning(std::string_view beginning,
                                                       std::size_t max) {
  constexpr std::int64_t kLookedAtMax = 4000;
  Statement select = TRY(
      statement("SELECT word FROM (SELECT word FROM spellings WHERE word >= ? AND word < ? LIMIT ?)"
                " ORDER BY length(word), word LIMIT ?"));
  select.bind(1, beginning).bind(2, behind(beginning)).bind(3, kLookedAtMax);
  select.bind(4, static_cast<std::int64_t>(max));
  return texts_of(std::move(select));
}

Result<std::vector<std::string>> File::words_with(std::string_view part, std::size_t max) {
  constexpr std::int64_t kLookedAtMax = 100'000;
  Statement select =
      TRY(statement("SELECT word FROM (SELECT word FROM spellings LIMIT ?) WHERE instr(word, ?) > 0"
                    " ORDER BY length(word), word LIMIT ?"));
  select.bind(1, kLookedAtMax).bind(2, part).bind(3, static_cast<std::int64_t>(max));
  return texts_of(std::move(select));
}

}  // namespace stet::search
