// The targets that the site is published to, as the settings have them, each with its thread.
//
// Threads: wake() and reports() from any, once start() has been called; all else from one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/program/target_settings.h"
#include "api/targets/site_manifest.h"
#include "api/targets/target_follower.h"
#include "cms/publish/publisher.h"
#include "cms/publish/variants.h"
#include "storage/base/random.h"

namespace stet::program {

// What targets are made of. All must outlive them.
struct TargetWorld {
  std::filesystem::path repository;  // the one that is served
  std::filesystem::path state;       // the server's folder
  std::string branch;                // that is served, and is no target
  std::string name, email;           // of commits
  storage::TargetState& known;
  publish::Store& store;
  publish::Variants& variants;
  const Clock& clock;
  RandomSource& random;
};

// One target, with what belongs to it.
struct TargetPart {
  std::string name, kind;
  targets::TargetPtr target;
  std::unique_ptr<targets::Purger> purger;  // null: no cache is told
  std::unique_ptr<targets::Sealer> sealer;  // null: nothing is signed
};

// kInvalidInput and the like where the settings are wrong; the section is named.
Result<TargetPart> make_target(const TargetSettings& settings,
                               const TargetsSettings& all,
                               const TargetWorld& world);

Result<std::unique_ptr<storage::TargetState>> open_target_state(const std::filesystem::path& state);

class TargetParts {
 public:
  using Note = std::function<void(std::string_view)>;
  struct Site {
    const publish::Publisher& publisher;
    std::function<Status(const targets::OutputPath&)> mend;
    Note note;
  };

  // `known` is that of the world.
  static Result<std::unique_ptr<TargetParts>> make(const TargetsSettings& settings,
                                                   std::unique_ptr<storage::TargetState> known,
                                                   const TargetWorld& world);

  void start(const Site& site);
  // False: there is none of that name.
  bool run_now(std::string_view name);
  void wake();
  void stop();
  std::vector<targets::TargetReport> reports() const;  // by name

 private:
  TargetParts(std::unique_ptr<storage::TargetState> known, const TargetWorld& world)
      : known_(std::move(known)), world_(world) {}

  const std::unique_ptr<storage::TargetState> known_;
  const TargetWorld world_;
  std::vector<TargetPart> parts_;
  std::vector<std::unique_ptr<targets::TargetFollower>> followers_;
};

}  // namespace stet::program
