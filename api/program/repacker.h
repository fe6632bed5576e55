// The server's broom: has git join packs when they pile up, and tidy the whole once a day.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "api/routes/upkeep_counts.h"
#include "cms/publish/publisher.h"
#include "storage/base/clock.h"
#include "storage/base/descriptor.h"
#include "storage/git/repository.h"
#include "storage/repack/repack.h"

namespace stet::program {

struct RepackSettings {
  std::uint64_t packs = 50;         // beyond these they are joined, once nobody writes; 0: never
  std::uint64_t packs_busy = 300;   // beyond these also while somebody does
  std::uint64_t quiet_seconds = 5;  // without a publication: nobody writes
  std::uint64_t whole_hours = 24;   // between repacks of the whole; 0: never
};

// Which repack is due, if any.
struct RepackDue {
  storage::PackCounts counts;
  std::int64_t quiet_ns = 0;
  bool is_whole_due = false;
};
std::optional<storage::RepackKind> due(const RepackDue& state, const RepackSettings& settings);

// One thread, from construction to destruction, that does little itself: git is its child, at the
// lowest priority of processor and disk, but for the quick repack while somebody writes, which must
// keep up with them. One repack at a time; where another program tends the repository, later.
// Failures are logged, and tried again when as many packs have come once more, or after a while,
// which is longer after each.
class Repacker {
 public:
  // All must outlive it. `state`: where the time of the last whole one is kept.
  struct Kept {
    const storage::Repository& repository;
    const publish::Publisher& publisher;
    api::UpkeepCounts& counts;
    const Clock& clock;
  };
  Repacker(Kept kept, RepackSettings settings, std::filesystem::path state);
  ~Repacker();

  void follow(const RepackSettings& settings);  // from the next look on

 private:
  void work();
  void look(const RepackSettings& settings);
  void repack(storage::RepackKind kind);
  bool is_whole_due(const RepackSettings& settings);
  bool is_stopping();

  const Kept kept_;
  RepackSettings settings_;  // under mutex_
  const std::filesystem::path last_whole_;
  const Descriptor stop_;  // an eventfd
  std::size_t packs_ = 0, packs_at_failure_ = 0;
  std::int64_t failed_at_ = 0, patience_ns_ = 0;  // after failures in a row
  std::uint64_t seen_ = 0;  // the number of the newest publication, and since when
  std::int64_t seen_at_ = 0;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::program
