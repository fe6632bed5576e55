// What has been told of unpublished work, and what is to be told.
//
// Tables of the ledger's file, through a connection of their own. Whoever tells compares what there
// is with what was told, and puts the news behind the older ones in the transaction that notes how
// far they go: wherever the process ends, nothing is lost and nothing is there twice. Webhooks read
// them by a cursor of their own (webhooks.h), and forget them when they are old. Threads: every
// method from any thread, one at a time inside. Durability: as the ledger's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

// Of each change the newest commit that was told of, in hex; and of what people say the numbers.
struct ChangeTold {
  std::map<std::string, std::string, std::less<>> heads;
  std::int64_t review = 0, comment = 0, dismissal = 0;
};

struct NewsRow {
  std::string id;  // of one that is there already nothing is put
  std::string type, body;
};

// How far it is told then.
struct NewsStep {
  std::string change = {};  // "": of none
  std::string head = {};    // "": there is no such change any more
  std::int64_t review = 0, comment = 0, dismissal = 0;
};

struct NumberedNews {
  std::int64_t number = 0;
  std::string type, body;
};

class ChangeNews {
 public:
  // The ledger's file, which Ledger::open() has made.
  static Result<std::unique_ptr<ChangeNews>> open(const std::filesystem::path& ledger);

  // None: nobody has looked yet.
  Result<std::optional<ChangeTold>> told();
  // What is there already is not told of.
  Status begin(const std::map<std::string, std::string, std::less<>>& heads);

  // The numbers of those that were not there: as many as there are rows.
  Result<std::vector<std::optional<std::int64_t>>> tell(const std::vector<NewsRow>& rows,
                                                        const NewsStep& step,
                                                        Instant now);

  Result<std::int64_t> newest();  // number; 0: there was never any
  // Those behind `after`, up to `until`, the oldest first.
  Result<std::vector<NumberedNews>> between(std::int64_t after,
                                            std::int64_t until,
                                            std::int64_t rows_max);

 private:
  explicit ChangeNews(Database database) : database_(std::move(database)) {}
  Status set_head(const std::string& change, const std::string& head);

  std::mutex mutex_;
  Database database_;
};

}  // namespace stet::storage
