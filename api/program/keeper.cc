#include "api/program/keeper.h"

#include <chrono>

#include "api/program/log.h"
#include "cms/publish/unused.h"

namespace stet::program {
namespace {

constexpr std::chrono::milliseconds kPause{200};
constexpr std::size_t kPagesPerLook = 16;  // few, so that a new change never waits long behind them
constexpr int kLooksPerHead = 10;          // the branch is looked at every two seconds

}  // namespace

Keeper::Keeper(Kept kept, std::string branch)
    : kept_(kept), branch_(std::move(branch)), thread_([this] { work(); }) {}

Keeper::~Keeper() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void Keeper::take_away_unused() {
  auto taken = publish::take_away_unused(kept_.store, kept_.publisher);
  if (!taken) {
    log_error("take away unused renditions: " + taken.error().message);
  } else if (*taken > 0) {
    log_note(std::to_string(*taken) + " unused renditions were taken away");
  }
}

void Keeper::work() {
  take_away_unused();
  std::unique_lock lock(mutex_);
  for (int look_number = 0; !is_stopped_; ++look_number) {
    lock.unlock();
    auto timed = kept_.pipeline.pass_time();
    if (!timed) log_error("publish what time changed: " + timed.error().message);
    auto stale = kept_.pipeline.fill(kPagesPerLook);
    if (!stale) log_error("fill stale pages: " + stale.error().message);
    if (look_number % kLooksPerHead == 0) look();
    lock.lock();
    bool has_more = stale && *stale > 0;
    if (!has_more) stopped_.wait_for(lock, kPause, [this] { return is_stopped_; });
  }
}

// Commits of other programs: a push that could not call us, a commit made by hand.
void Keeper::look() {
  auto head = kept_.repository.head_of(branch_);
  if (head && *head && *head != kept_.pipeline.commit()) kept_.follower.wake(false);
}

}  // namespace stet::program
