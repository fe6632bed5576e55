// The server's second hand: publishes what time changes, fills stale pages, compresses fresh ones,
// notices foreign commits, takes renditions away that nothing shows any more: now and then, and at
// once where the disk is nearly full.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "api/events/event_feed.h"
#include "api/events/presence.h"
#include "api/hooks/head_follower.h"
#include "cms/pipeline/pipeline.h"
#include "cms/publish/compressor.h"
#include "cms/publish/publisher.h"
#include "cms/publish/store.h"
#include "storage/git/repository.h"

namespace stet::program {

// One thread, from construction to destruction.
class Keeper {
 public:
  // All must outlive it.
  struct Kept {
    const storage::Repository& repository;
    pipeline::Pipeline& pipeline;
    hooks::HeadFollower& follower;
    publish::Publisher& publisher;
    publish::Store& store;
    publish::Compressor& compressor;
    events::EventFeed& events;
    events::Presence& presence;
    const Clock& clock;
  };
  // `state`: the folder of the renditions, whose disk is watched.
  Keeper(Kept kept, std::string branch, std::filesystem::path state);
  ~Keeper();

 private:
  void work();
  void look();
  bool fill();  // true: there is more to do
  void pass_time();
  void take_late_files();
  bool has_written_much() const;
  bool is_time_to_compress(std::uint64_t publication, std::int64_t now);
  void take_away_unused();
  void make_room(std::int64_t now);

  const Kept kept_;
  const std::string branch_;
  const std::filesystem::path state_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopped_ = false;
  std::uint64_t compressed_for_ = 0, seen_ = 0;  // numbers of publications; of the thread alone
  std::int64_t seen_at_ = 0, compressed_at_ = 0;
  std::uint64_t written_ = 0;  // the store's count when unused renditions were last taken away
  std::int64_t room_looked_at_ = 0, room_pause_ns_ = 0;
  int idle_collections_ = 0;  // for want of room, without a rendition written meanwhile
  std::string trouble_of_time_;
  std::thread thread_;
};

}  // namespace stet::program
