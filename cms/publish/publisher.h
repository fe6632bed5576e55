// Makes a publication live: one record in a journal, one pointer swapped.
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
  // Where given, kConflict unless this publication is live: for pages that were rendered for it.
  std::optional<std::uint64_t> onto = std::nullopt;
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

  // Returns what is live from now on.
  Result<LivePointer> publish(Publication publication);

  // Null before the first publication.
  LivePointer live() const;

  // The last publications, the live one first. find(): null where it is kept no more.
  std::vector<LivePointer> kept() const;
  LivePointer find(std::uint64_t number) const;

 private:
  explicit Publisher(Options options);
  void keep(LivePointer next, std::string record);
  bool is_checkpoint_due() const;
  Status checkpoint();

  const Options options_;
  std::vector<std::string> notices_;
  Descriptor lock_;           // of the folder
  std::mutex publish_mutex_;  // held by publish(), all through; guards the journal and its records
  std::unique_ptr<RecordFile> journal_;
  std::deque<std::string> records_;  // of the kept publications, as the journal has them
  mutable std::mutex live_mutex_;    // held for no more than copying pointers
  LivePointer live_;
  std::deque<LivePointer> kept_;  // the oldest first; changed under both mutexes
};

}  // namespace stet::publish
