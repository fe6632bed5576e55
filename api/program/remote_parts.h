// The parts that follow an upstream, as the settings have it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "api/events/event_feed.h"
#include "api/program/settings.h"
#include "api/remote/upstream_follower.h"
#include "storage/base/random.h"
#include "storage/commit/committer.h"

namespace stet::program {

class RemoteParts {
 public:
  // All must outlive it. `moved`: called when the branch was moved.
  struct World {
    const storage::Repository& repository;
    storage::Committer& committer;
    events::EventFeed& events;
    const Clock& clock;
    RandomSource& random;
    std::function<void()> moved;
  };

  // Null where the settings name no remote. kInvalidInput and the like where they are wrong.
  static Result<std::unique_ptr<RemoteParts>> make(const Settings& settings, World world);

  // For a branch that has no commit yet: takes the upstream's, before anything is served.
  Status begin();

  // From now on it is followed; before that follower() is null.
  void start();
  void stop();
  remote::UpstreamFollower* follower() { return follower_.get(); }

 private:
  RemoteParts(const Settings::Remote& settings, World world)
      : settings_(settings), world_(std::move(world)) {}

  const Settings::Remote settings_;
  const World world_;
  std::unique_ptr<storage::Upstream> upstream_;
  std::unique_ptr<remote::UpstreamSync> sync_;
  std::unique_ptr<remote::UpstreamFollower> follower_;
};

}  // namespace stet::program
