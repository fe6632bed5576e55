// A site in a store, and what is known of targets, in a folder that goes with the test.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/targets/round.h"
#include "cms/publish/variants.h"
#include "storage/base/durable_file.h"
#include "tests/cms/publish/make.h"
#include "tests/cms/publish/scratch.h"

namespace stet::targets {

using Files = std::map<std::string, std::string>;

class TargetWorld {
 public:
  TargetWorld()
      : store(*publish::Store::open(scratch.path() / "pages")),
        variants(std::make_unique<publish::Variants>(*store)) {
    restart();
  }

  // As another process would find it.
  void restart() {
    state.reset();
    state = *storage::TargetState::open(scratch.path() / "targets.sqlite");
  }

  publish::Live live(const Files& files) {
    std::vector<Change> changes;
    for (const auto& [path, bytes] : files) {
      (void)store->put(bytes);
      changes.push_back(publish::set(path, bytes));
    }
    return live_of(publish::manifest_of(changes));
  }
  publish::Live live_of(Manifest manifest) {
    return {.commit = *CommitId::parse(std::string(39, 'a') + std::to_string(++number_ % 10)),
            .instant = clock.now(),
            .url = "https://example.org",
            .baseurl = "",
            .settings = {},
            .manifest = std::move(manifest),
            .number = number_};
  }

  RoundParts parts(Target& target) {
    return {.name = "one",
            .kind = "test",
            .target = target,
            .state = *state,
            .store = *store,
            .clock = clock};
  }
  // One round by a process that knows what the state knows.
  Result<RoundOutcome> run(Target& target, const publish::Live& live) {
    auto round = Round::open(parts(target));
    if (!round) return round.error();
    return (*round)->run(live);
  }

  std::filesystem::path folder(const std::string& name = "out") const {
    return scratch.path() / name;
  }

  publish::Scratch scratch;
  ManualClock clock{Instant{1'700'000'000}};
  std::unique_ptr<publish::Store> store;
  std::unique_ptr<publish::Variants> variants;
  std::unique_ptr<storage::TargetState> state;

 private:
  std::uint64_t number_ = 0;
};

// A target that notes what it is to do, and fails when it is told to.
class RecordingTarget final : public Target {
 public:
  std::string place() const override { return where; }
  std::string manner() const override { return how; }
  Status apply(Work& work) override {
    resumed = work.resumes;
    const Plan& plan = work.plan;
    for (const auto* phase :
         {&plan.clearings, &plan.assets, &plan.pages, &plan.deletions, &plan.seals}) {
      for (const Change& change : *phase) {
        if (failing_at == static_cast<int>(done.size())) return unavailable("the disk is full");
        if (change.entry) {
          auto bytes = work.bytes_of(change.path, *change.entry->page());
          if (!bytes) return bytes.error();
        }
        done.push_back((change.entry ? "+" : "-") + change.path.string());
        if (auto noted = work.confirm(std::span(&change, 1)); !noted) return noted;
      }
    }
    return {};
  }
  std::vector<std::string> take() { return std::exchange(done, {}); }

  std::string where = "there", how = "so";
  std::vector<std::string> done;
  int failing_at = -1;
  bool resumed = false;
};

}  // namespace stet::targets
