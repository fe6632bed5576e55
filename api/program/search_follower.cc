#include "api/program/search_follower.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace stet::program {
namespace {

using Watch = std::chrono::steady_clock;

constexpr int kNice = 5;
constexpr std::chrono::seconds kPatience{10};  // after a failure
constexpr std::size_t kNotedEntriesMin = 5000;
// While one publication follows another, most of what is indexed is soon out of date, and the
// processor is writers': a rest as long as so many times the work, but never for long.
constexpr int kRests = 19;
constexpr std::chrono::seconds kRestMax{10};

}  // namespace

SearchFollower::SearchFollower(search::Index& index,
                               search::Index& held_back,
                               const pipeline::Pipeline& pipeline,
                               Note note)
    : index_(index),
      held_back_(held_back),
      pipeline_(pipeline),
      note_(std::move(note)),
      thread_([this] { work(); }) {}

SearchFollower::~SearchFollower() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SearchFollower::wake() {
  {
    std::lock_guard lock(mutex_);
    is_wanted_ = true;
  }
  changed_.notify_all();
}

bool SearchFollower::is_over() {
  std::lock_guard lock(mutex_);
  return is_stopped_;
}

Status SearchFollower::follow(const site::SitePtr& site,
                              const site::SitePtr& shown,
                              const CommitId& commit) {
  auto is_enough = [this] { return is_over(); };
  if (shown != site) TRY(held_back_.follow(shown, commit, is_enough));
  return index_.follow(site, commit, is_enough);
}

bool SearchFollower::follow() {
  auto standing = pipeline_.standing();
  auto shown = pipeline_.public_standing();
  if (!standing || !shown) return true;
  // Another was published between the two: who published it has woken us.
  if (standing->commit != shown->commit) return true;
  const std::size_t before = index_.entries();
  Status done = follow(standing->site, shown->site, standing->commit);
  std::string trouble = done ? "" : done.error().message;
  if (!trouble.empty() && trouble != trouble_) note_(trouble);
  trouble_ = std::move(trouble);
  if (done && index_.entries() >= before + kNotedEntriesMin) {
    note_("search: " + std::to_string(index_.entries()) + " entries are indexed");
  }
  return done.has_value();
}

void SearchFollower::work() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    if (!is_wanted_) {
      changed_.wait(lock, [this] { return is_stopped_ || is_wanted_; });
      continue;
    }
    is_wanted_ = false;
    lock.unlock();
    const auto begin = Watch::now();
    bool is_done = follow();
    const auto rest = std::min<Watch::duration>(kRests * (Watch::now() - begin), kRestMax);
    lock.lock();
    changed_.wait_for(
        lock, is_done ? rest : Watch::duration(kPatience), [this] { return is_stopped_; });
    if (!is_done) is_wanted_ = true;
  }
}

}  // namespace stet::program
