// Writes down in the repository what is shown, for those who follow (live_mark.h).
//
// One thread, from construction to destruction: it is told of publications, and looks twice a
// second besides, for what was rolled back is no publication. Of publications that come faster than
// ten a second, the last is written. Failure: noted once, and tried again.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "api/remote/live_mark.h"
#include "cms/publish/publisher.h"
#include "storage/base/result.h"

namespace stet::program {

class LiveWriter {
 public:
  // All must outlive it. `leader`: where writers go, and the epoch in which whoever is there leads.
  struct Parts {
    const storage::Repository& repository;
    const publish::Publisher& publisher;
    std::function<std::pair<std::string, std::uint64_t>()> leader;
  };
  explicit LiveWriter(Parts parts);
  ~LiveWriter();
  LiveWriter(const LiveWriter&) = delete;
  LiveWriter& operator=(const LiveWriter&) = delete;

  void wake();

 private:
  void work();
  Status write();

  const Parts parts_;
  std::optional<remote::LiveMark> mark_;  // that was written last
  std::optional<remote::SiteFacts> facts_;
  std::string trouble_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_wanted_ = false, is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::program
