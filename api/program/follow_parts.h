// The parts that follow a leader, or look at other servers of the site, as the settings have it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/program/settings.h"
#include "api/remote/epoch_exchange.h"
#include "api/remote/leader_sync.h"
#include "api/remote/rounds.h"
#include "storage/base/random.h"

namespace stet::program {

class FollowParts {
 public:
  // All must outlive it. `moved`: called when there is something else to show.
  struct World {
    const storage::Repository& repository;
    remote::Leadership& leadership;
    remote::LeaderClock& site_clock;
    const Clock& clock;
    RandomSource& random;
    std::string branch;
    std::function<void()> moved;
    std::function<std::string()> settings;  // a fingerprint of how pages are rendered here
  };

  // Null where nobody is to be looked at. kInvalidInput and the like where the settings are wrong.
  static Result<std::unique_ptr<FollowParts>> make(const Settings& settings, World world);

  // Before anything is served: of a follower that has nothing yet, all that the leader has; of a
  // leader, whether it is one still, as far as that can be known within seconds.
  Status begin();

  // From now on it looks by itself.
  void start();
  void hear();  // the leader may have moved
  void stop();

 private:
  FollowParts(const Settings::Follow& settings, World world)
      : settings_(settings), world_(std::move(world)) {}
  Status follow();
  Status lead();
  Status round();
  const remote::LeaderReport& report() const;

  const Settings::Follow settings_;
  const World world_;
  std::vector<std::unique_ptr<storage::Upstream>> others_;  // the leader, or the former one, first
  std::unique_ptr<remote::LeaderSync> sync_;                // null: this one leads
  std::unique_ptr<remote::EpochExchange> exchange_;         // null: this one follows
  std::unique_ptr<remote::Rounds> rounds_;
  int looks_again_ = 0;  // since it was in step
};

// A repository for what the leader has, where there is none yet: empty, with its default branch and
// our hooks. `state`: as the command line names it.
Status make_mirror(const Settings& settings,
                   const std::filesystem::path& repository,
                   const std::string& state);

}  // namespace stet::program
