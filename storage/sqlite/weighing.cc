#include "storage/sqlite/weighing.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace stet::storage {
namespace {

using Phrase = Weighing::Phrase;
using Columns = std::array<float, kWeighedColumnsMax>;

constexpr double kSaturation = 1.2, kLengthShare = 0.75;  // k1 and b of BM25

struct Hits {
  std::array<std::array<double, kWeighedColumnsMax>, kWeighedGroupsMax> counts{};
  std::array<double, kWeighedGroupsMax> factors{};
};

// What a number of hits has to be compared with in a text of this length.
double half_of(const Fts5ExtensionApi* api, Fts5Context* context, int column) {
  int own = 0;
  sqlite3_int64 all = 0, rows = 0;
  bool is_known = api->xColumnSize(context, column, &own) == SQLITE_OK &&
                  api->xColumnTotalSize(context, column, &all) == SQLITE_OK &&
                  api->xRowCount(context, &rows) == SQLITE_OK;
  if (!is_known || rows == 0 || all == 0) return kSaturation;
  double mean = static_cast<double>(all) / static_cast<double>(rows);
  return kSaturation * (1 - kLengthShare + kLengthShare * own / mean);
}

int count_hits(const Fts5ExtensionApi* api,
               Fts5Context* context,
               const std::vector<Phrase>& phrases,
               Hits& hits) {
  int count = 0;
  int code = api->xInstCount(context, &count);
  for (int i = 0; i < count && code == SQLITE_OK; ++i) {
    int phrase = 0, column = 0, offset = 0;
    code = api->xInst(context, i, &phrase, &column, &offset);
    if (code != SQLITE_OK || static_cast<std::size_t>(phrase) >= phrases.size()) continue;
    const Phrase& hit = phrases[static_cast<std::size_t>(phrase)];
    bool is_counted = hit.group >= 0 && hit.group < static_cast<int>(kWeighedGroupsMax) &&
                      column < static_cast<int>(kWeighedColumnsMax);
    if (!is_counted) continue;
    auto group = static_cast<std::size_t>(hit.group);
    hits.counts[group][static_cast<std::size_t>(column)] += 1;
    hits.factors[group] = std::max<double>(hits.factors[group], hit.factor);
  }
  return code;
}

void weigh(const Fts5ExtensionApi* api,
           Fts5Context* context,
           sqlite3_context* answer,
           int count,
           sqlite3_value** values) {
  Columns columns{};
  std::size_t size = count == 1 ? static_cast<std::size_t>(sqlite3_value_bytes(values[0])) : 0;
  if (size < sizeof columns) return sqlite3_result_error(answer, "weigh() takes a Weighing", -1);
  const char* bytes = static_cast<const char*>(sqlite3_value_blob(values[0]));
  std::memcpy(&columns, bytes, sizeof columns);
  std::vector<Phrase> phrases((size - sizeof columns) / sizeof(Phrase));
  if (!phrases.empty()) {
    std::memcpy(phrases.data(), bytes + sizeof columns, phrases.size() * sizeof(Phrase));
  }
  Hits hits;
  int code = count_hits(api, context, phrases, hits);
  if (code != SQLITE_OK) return sqlite3_result_error_code(answer, code);
  Columns halves{};
  double weight = 0;
  for (std::size_t group = 0; group < kWeighedGroupsMax; ++group) {
    if (hits.factors[group] <= 0) continue;
    for (std::size_t column = 0; column < kWeighedColumnsMax; ++column) {
      double found = hits.counts[group][column];
      if (found <= 0) continue;
      if (halves[column] <= 0) {
        halves[column] = static_cast<float>(half_of(api, context, static_cast<int>(column)));
      }
      weight += hits.factors[group] * columns[column] * found * (kSaturation + 1) /
                (found + halves[column]);
    }
  }
  sqlite3_result_double(answer, weight);
}

// https://www.sqlite.org/fts5.html, "Extending FTS5".
fts5_api* api_of(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) {
    return nullptr;
  }
  sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

std::string Weighing::bytes() const {
  std::string made(sizeof columns + phrases.size() * sizeof(Phrase), '\0');
  std::memcpy(made.data(), columns.data(), sizeof columns);
  if (!phrases.empty()) {
    std::memcpy(made.data() + sizeof columns, phrases.data(), phrases.size() * sizeof(Phrase));
  }
  return made;
}

Status add_weighing(Database& database) {
  fts5_api* api = api_of(database.handle());
  if (!api || api->iVersion < 2) {
    return internal("this SQLite has no FTS5; Debian's libsqlite3-0 has it");
  }
  int code = api->xCreateFunction(api, "weigh", nullptr, weigh, nullptr);
  return code == SQLITE_OK ? Status() : internal("database: weigh() cannot be added");
}

}  // namespace stet::storage
