// Search's own file: one row an entry, and the index over their words.
//
// SQLite in the state folder, derived: who deletes it loses the time to make it anew. The rows hold
// the texts, for snippets, and for taking words out again; FTS5 keeps none itself. A row's number
// begins with its day, so that the newest come first where not all are looked at. Threads: one at a
// time a connection. Errors: as storage::Database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/search/record.h"
#include "storage/base/hash.h"
#include "storage/base/object_id.h"
#include "storage/sqlite/database.h"

namespace stet::search {

// The name that the served branch has in rows.
inline constexpr std::string_view kServedBranch = "";

// A row's number: its day, and which of that day's it is.
inline constexpr int kDayShift = 20;

enum RowFlag : std::int64_t { kIsDraft = 1, kIsPublic = 2 };

struct RowKey {
  std::int64_t id = 0;
  Fingerprint stamp;
};

class File {
 public:
  // Empty where it is missing or was made by another program (`identity`).
  static Result<File> open(const std::filesystem::path& path, const Fingerprint& identity);
  // A connection that reads.
  static Result<File> open_to_read(const std::filesystem::path& path);
  static Status remove(const std::filesystem::path& path);

  storage::Database& database() { return database_; }

  Result<std::optional<std::string>> fact(std::string_view key);
  Status set_fact(std::string_view key, std::string_view value);
  // Those whose keys begin so, each with the rest of its key.
  Result<std::vector<std::pair<std::string, std::string>>> facts(std::string_view beginning);
  Status forget_fact(std::string_view key);

  Result<std::optional<RowKey>> find_row(std::string_view path);
  // Each row of the branch.
  Result<std::vector<std::pair<std::string, RowKey>>> rows(std::string_view branch = kServedBranch);
  Result<std::int64_t> count_rows();

  // Many rows come: memory instead of merging; then all is put together.
  Status begin_bulk();
  Status end_bulk();

  Result<Record> read_row(std::int64_t id);
  // Words that begin so, the shortest first; and those that have it inside.
  Result<std::vector<std::string>> words_beginning(std::string_view beginning, std::size_t max);
  Result<std::vector<std::string>> words_with(std::string_view part, std::size_t max);

 private:
  explicit File(storage::Database database) : database_(std::move(database)) {}
  Status make_schema(const Fingerprint& identity);
  Result<storage::Statement> statement(std::string_view sql);

  storage::Database database_;
};

}  // namespace stet::search
