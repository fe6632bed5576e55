// Puts entries into search's file and takes them out, within one transaction of the caller's.
//
// FTS5 writes what it has gathered whenever a row comes that stands before the last one: so rows
// are taken out in the order of their ids, and then put in by their days. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "cms/search/file.h"

namespace stet::search {

class RowWriter {
 public:
  // `file` outlives it.
  static Result<RowWriter> open(File& file);

  Status remove(std::int64_t id);
  Status add(const Record& record, const Fingerprint& stamp);

 private:
  RowWriter(File& file,
            storage::Statement last_of_day,
            storage::Statement insert,
            storage::Statement index,
            storage::Statement spell)
      : file_(file),
        last_of_day_(std::move(last_of_day)),
        insert_(std::move(insert)),
        index_(std::move(index)),
        spell_(std::move(spell)) {}

  Result<std::int64_t> free_id(std::int64_t day);
  Status spell(const std::string& word);

  File& file_;
  storage::Statement last_of_day_, insert_, index_, spell_;
  std::unordered_set<std::string> spelt_;  // in this transaction
};

}  // namespace stet::search
