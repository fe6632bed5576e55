#include "api/program/keeper.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>

#include "api/program/log.h"
#include "cms/publish/unused.h"

namespace stet::program {
namespace {

constexpr std::chrono::milliseconds kPause{200};
constexpr int kNice = 5;
// Of pages that nobody waits for: short, so that what comes between never waits long.
constexpr std::size_t kPagesPerBatch = 256;
constexpr std::size_t kWritesPerCollectionMin = 10'000;
constexpr std::int64_t kBatchNs = 20'000'000;
constexpr std::int64_t kQuietNs = 500'000'000;  // without a publication
constexpr std::int64_t kNsPerCompressionWhileBusy = 1'000'000'000;
constexpr std::int64_t kNsPerHead = 2'000'000'000;        // the branch is looked at this often
constexpr std::int64_t kNsPerReview = 5'000'000'000;      // whether who listens still may
constexpr std::int64_t kNsPerFetch = 10'000'000'000;      // whether Git LFS has brought something
constexpr std::uintmax_t kRoomMin = 64 << 20;             // bytes on the disk
constexpr std::int64_t kNsPerKeepAlive = 15'000'000'000;  // and who listens is told that we live

}  // namespace

Keeper::Keeper(Kept kept, std::string branch, std::filesystem::path state)
    : kept_(kept),
      branch_(std::move(branch)),
      state_(std::move(state)),
      thread_([this] { work(); }) {}

Keeper::~Keeper() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

// What fails each time is told once.
void Keeper::pass_time() {
  auto timed = kept_.pipeline.pass_time();
  std::string trouble = timed ? "" : timed.error().message;
  if (!trouble.empty() && trouble != trouble_of_time_) {
    log_error("publish what time changed: " + trouble);
  }
  trouble_of_time_ = std::move(trouble);
}

// Of Git LFS, which says nothing when it has fetched something.
void Keeper::take_late_files() {
  auto taken = kept_.pipeline.take_late_files();
  if (!taken) {
    log_error("publish what Git LFS has brought: " + taken.error().message);
  } else if (*taken > 0) {
    log_note(std::to_string(*taken) + " files of Git LFS have come, and are published");
  }
}

// As many renditions as the site has pages, for looking through the store costs what the site does.
bool Keeper::has_written_much() const {
  auto newest = kept_.publisher.newest();
  std::size_t pages = newest ? newest->manifest.size() : 0;
  return kept_.store.counts().writes - written_ >= std::max(kWritesPerCollectionMin, pages);
}

void Keeper::take_away_unused() {
  written_ = kept_.store.counts().writes;
  auto taken = publish::take_away_unused(kept_.store, kept_.publisher);
  if (!taken) {
    log_error("take away unused renditions: " + taken.error().message);
  } else if (*taken > 0) {
    log_note(std::to_string(*taken) + " unused renditions were taken away");
  }
}

// On a disk that is nearly full what nothing shows gives way at once to what is written next, which
// cannot be made again. A collection spares what is younger than the one before the last, so two
// more follow the last rendition. A twentieth of the time goes into looking, where sites are large.
void Keeper::make_room(std::int64_t now) {
  if (now - room_looked_at_ < room_pause_ns_) return;
  room_looked_at_ = now;
  room_pause_ns_ = kNsPerHead;
  std::error_code failure;
  auto space = std::filesystem::space(state_, failure);
  if (failure || space.available >= kRoomMin) return;
  bool has_news = kept_.store.counts().writes != written_;
  if (!has_news && idle_collections_ >= 2) return;
  idle_collections_ = has_news ? 0 : idle_collections_ + 1;
  take_away_unused();
  room_pause_ns_ = std::max(kNsPerHead, 20 * (kept_.clock.monotonic_ns() - now));
}

void Keeper::work() {
  // Readers and writers come first where there is not enough of the machine for all.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  take_away_unused();
  if (auto live = kept_.publisher.newest()) kept_.compressor.add_all(live->manifest);
  std::int64_t looked = kept_.clock.monotonic_ns() - kNsPerHead, told = looked, asked = looked,
               fetched = looked;
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    lock.unlock();
    pass_time();
    if (has_written_much()) take_away_unused();
    bool has_more = fill();
    std::int64_t now = kept_.clock.monotonic_ns();
    make_room(now);
    if (now - looked >= kNsPerHead) look(), looked = now;
    if (now - fetched >= kNsPerFetch) take_late_files(), fetched = now;
    if (now - asked >= kNsPerReview) kept_.events.review(), asked = now;
    if (now - told >= kNsPerKeepAlive) {
      kept_.presence.forget_old();
      kept_.events.keep_alive();
      told = now;
    }
    lock.lock();
    if (!has_more) stopped_.wait_for(lock, kPause, [this] { return is_stopped_; });
  }
}

bool Keeper::fill() {
  auto stale = kept_.pipeline.fill(kPagesPerBatch, kBatchNs);
  if (!stale) {
    log_error("fill stale pages: " + stale.error().message);
    return false;
  }
  if (*stale > 0) return true;
  auto newest = kept_.publisher.newest();
  std::int64_t begin = kept_.clock.monotonic_ns();
  if (!newest || !is_time_to_compress(newest->number, begin)) return false;
  auto is_over = [&] {
    return kept_.pipeline.is_busy() || kept_.clock.monotonic_ns() - begin > kBatchNs;
  };
  return kept_.compressor.work(*newest, is_over) > 0 && !kept_.pipeline.is_busy();
}

// While one change follows another, what is compressed is soon out of date: a little now and then.
bool Keeper::is_time_to_compress(std::uint64_t publication, std::int64_t now) {
  if (publication == compressed_for_) return true;
  if (publication != seen_) seen_ = publication, seen_at_ = now;
  if (now - seen_at_ < kQuietNs && now - compressed_at_ < kNsPerCompressionWhileBusy) return false;
  if (now - seen_at_ >= kQuietNs) compressed_for_ = publication;
  compressed_at_ = now;
  return true;
}

// Commits of other programs: a push that could not call us, a commit made by hand. And a branch
// that is gone: the follower says so.
void Keeper::look() {
  auto head = kept_.repository.head_of(branch_);
  if (!head || *head != kept_.pipeline.commit()) kept_.follower.wake();
}

}  // namespace stet::program
