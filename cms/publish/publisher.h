// Makes a publication live: one record in a journal, one pointer swapped.
//
// The newest publication is live, unless an older one is held live in its stead (hold()). A
// publication's stale pages become fresh by fills, which extend it and make no new one: so that
// what is kept for looking back are states of the site, not steps of the filling.
//
// Threads: every method from any thread; publications are put in order; live() waits for nothing
// but the copying of a pointer. Cost: publishing k pages costs k, but that the journal is now and
// then rewritten, when it has doubled: a checkpoint
// of the oldest publication kept, and the records of the later ones. Durability: the journal is
// derived, so records are written but not fsynced (checkpoints are). Whatever a crash leaves,
// open() finds the publications up to some moment, each whole: a torn, foreign or spoilt tail is
// cut and reported, never trusted. Failure: a publication that cannot be recorded does not become
// live. One process at a time has the folder (flock).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cms/publish/live.h"
#include "cms/publish/manifest.h"
#include "storage/base/descriptor.h"
#include "storage/base/result.h"

namespace stet::publish {

class RecordFile;

struct Publication {
  CommitId commit;
  Instant instant;
  std::string url;
  // Of everything else that a page depends on: the server's configuration, the program's version.
  // Where it differs from the program's own at start, nothing published may be trusted as fresh.
  Fingerprint settings = {};
  std::vector<Change> changes = {};
  bool replaces_all = false;  // `changes` are the whole manifest, not a difference
  std::string baseurl = {};   // see Live
};

// An older publication is live in place of the newest, until the branch moves on or somebody
// releases it.
struct Hold {
  std::uint64_t number = 0;  // of the publication that is live
  CommitId head;             // of the branch then: another commit's publication ends the hold
  Instant since;
  std::string by;  // who asked for it

  friend bool operator==(const Hold&, const Hold&) = default;
};

// What is to be seen at one moment: asked for one by one, two of these may not belong together.
struct Shown {
  LivePointer live, newest;  // null before the first publication; they differ while one is held
  std::optional<Hold> hold;  // where there is one, `live` is what it holds
};

class Publisher {
 public:
  struct Options {
    std::size_t kept_max = 16;  // publications kept for looking back, the live one among them
    std::uint64_t checkpoint_bytes_min = std::uint64_t{1} << 20;  // of records after a checkpoint
  };

  // Makes the folder where it is missing; its parent must exist. kUnavailable where another process
  // has it.
  static Result<std::unique_ptr<Publisher>> open(std::filesystem::path folder, Options options);
  static Result<std::unique_ptr<Publisher>> open(std::filesystem::path folder) {
    return open(std::move(folder), Options());
  }
  ~Publisher();

  // What open() found wrong and mended, in sentences for the log; mostly empty.
  const std::vector<std::string>& notices() const { return notices_; }

  // Returns the newest publication from now on. A hold ends, unless the commit is the hold's head
  // or that of the newest until now.
  Result<LivePointer> publish(Publication publication);

  // Pages of the newest publication that were stale, or wrong: the same publication, with these.
  // kConflict: `number` is not the newest any more.
  Result<LivePointer> fill(std::uint64_t number, const std::vector<Change>& changes);

  // Makes a kept publication live again, at the cost of a pointer. `head`: of the branch, where
  // that is not published; else the newest's commit. kNotFound: it is kept no more. kConflict: it
  // is the newest.
  Result<LivePointer> hold(std::uint64_t number,
                           Instant since,
                           std::string by,
                           std::optional<CommitId> head = std::nullopt);
  // The newest is live again. kNotFound: nothing is held.
  Result<LivePointer> release();
  std::optional<Hold> held() const;

  // Null before the first publication. They differ while an older one is held.
  LivePointer live() const;
  LivePointer newest() const;

  Shown shown() const;

  // The last publications, the newest first, and what is held. find(): null where it is kept no
  // more.
  std::vector<LivePointer> kept() const;
  LivePointer find(std::uint64_t number) const;

 private:
  // A publication as the journal has it: what made it, then its fills.
  struct Kept {
    LivePointer live;
    std::vector<std::string> records;
  };

  explicit Publisher(Options options);
  Status accept(std::string_view record);
  Status append(std::string_view record);
  void keep(LivePointer next, std::string record);
  void trim(std::size_t more);  // how many more than the options say
  void extend(LivePointer filled, std::string record);
  void set_hold(std::optional<Hold> hold);
  bool is_checkpoint_due() const;
  Status checkpoint();

  const Options options_;
  std::vector<std::string> notices_;
  Descriptor lock_;           // of the folder
  std::mutex publish_mutex_;  // held by whatever writes, all through; guards the journal
  std::unique_ptr<RecordFile> journal_;
  mutable std::mutex live_mutex_;  // held for no more than copying pointers; guards what follows
  LivePointer live_;
  std::deque<Kept> kept_;  // the oldest first; changed under both mutexes, and so is the hold
  std::optional<Hold> hold_;
};

}  // namespace stet::publish
