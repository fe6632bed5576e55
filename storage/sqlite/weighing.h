// How well a row of a full-text table (FTS5) answers a query: SQL's weigh(TABLE, ?).
//
// The parameter says which group each phrase of the query is of, and what a hit in each column is
// worth. A group's hits in one column add up less and less, and less in long texts (as in BM25); a
// row's weight is the sum over groups and columns. Unlike bm25() it looks at no other rows, so a
// query that takes the first thousand of a million rows reads a thousand. Threads: as Database.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/sqlite/database.h"

namespace stet::storage {

inline constexpr std::size_t kWeighedGroupsMax = 32, kWeighedColumnsMax = 8;

struct Weighing {
  struct Phrase {
    std::int32_t group = -1;  // below kWeighedGroupsMax; -1: counts nothing
    float factor = 1;
  };
  std::vector<Phrase> phrases;  // in the order in which they stand in the query
  std::array<float, kWeighedColumnsMax> columns{};

  std::string bytes() const;  // what to bind as a blob
};

// Once a connection.
Status add_weighing(Database& database);

}  // namespace stet::storage
