#include "api/program/repacker.h"

#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <system_error>

#include "api/program/log.h"
#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::chrono::seconds kPause{2};
constexpr int kNice = 15, kNiceQuick = 5;
constexpr std::size_t kLooseObjects = 2048;
constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::int64_t kPatienceNsMin = 30 * kNsPerSecond, kPatienceNsMax = 3600 * kNsPerSecond;

// What a child inherits: of the processor little, of the disk what nobody else wants. What is to
// keep up with writers stands only a little behind them: where they take all there is, it would
// come to nothing.
void become_humble(storage::RepackKind kind) {
  constexpr int kOfProcess = 1, kIdleClass = 3, kClassShift = 13;  // linux/ioprio.h
  bool is_quick = kind == storage::RepackKind::kQuick;
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), is_quick ? kNiceQuick : kNice);
  if (!is_quick) ::syscall(SYS_ioprio_set, kOfProcess, 0, kIdleClass << kClassShift);
}

}  // namespace

std::optional<storage::RepackKind> due(const RepackDue& state, const RepackSettings& settings) {
  const storage::PackCounts& counts = state.counts;
  if (settings.packs == 0) return std::nullopt;
  bool is_quiet =
      state.quiet_ns >= static_cast<std::int64_t>(settings.quiet_seconds) * kNsPerSecond;
  if (!is_quiet) {
    if (counts.packs > settings.packs_busy) return storage::RepackKind::kQuick;
    return std::nullopt;
  }
  if (state.is_whole_due && counts.packs + counts.loose_objects > 1) {
    return storage::RepackKind::kWhole;
  }
  bool is_much = counts.packs > settings.packs || counts.loose_objects > kLooseObjects;
  return is_much ? std::optional(storage::RepackKind::kUsual) : std::nullopt;
}

Repacker::Repacker(Kept kept, RepackSettings settings, std::filesystem::path state)
    : kept_(kept),
      settings_(settings),
      last_whole_(state / "last-whole-repack"),
      stop_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { work(); }) {}

Repacker::~Repacker() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  stopped_.notify_all();
  const std::uint64_t one = 1;
  if (::write(stop_.get(), &one, sizeof one) < 0) log_error("end a repack");
  thread_.join();
}

void Repacker::work() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, kPause, [this] { return is_stopped_; })) {
    const RepackSettings settings = settings_;
    lock.unlock();
    look(settings);
    lock.lock();
  }
}

void Repacker::follow(const RepackSettings& settings) {
  std::lock_guard lock(mutex_);
  settings_ = settings;
}

void Repacker::look(const RepackSettings& settings) {
  auto counts = storage::count_packs(kept_.repository);
  if (!counts) return log_error("count packs: " + counts.error().message);
  kept_.counts.packs = counts->packs;
  kept_.counts.pack_bytes = counts->bytes;
  kept_.counts.loose_objects = counts->loose_objects;
  if (counts->packs < packs_) {
    // Another program has repacked: what is gone need not be kept open.
    auto refreshed = kept_.repository.refresh();
    if (!refreshed) log_error("refresh: " + refreshed.error().message);
  }
  packs_ = counts->packs;
  std::int64_t now = kept_.clock.monotonic_ns();
  auto newest = kept_.publisher.newest();
  std::uint64_t number = newest ? newest->number : 0;
  if (number != seen_ || seen_at_ == 0) seen_ = number, seen_at_ = now;
  bool has_failed = packs_at_failure_ > 0 && counts->packs < packs_at_failure_ + settings.packs;
  if (has_failed && now - failed_at_ < patience_ns_) return;
  auto kind = due({*counts, now - seen_at_, is_whole_due(settings)}, settings);
  if (kind) repack(*kind);
}

bool Repacker::is_stopping() {
  std::lock_guard lock(mutex_);
  return is_stopped_;
}

bool Repacker::is_whole_due(const RepackSettings& settings) {
  if (settings.whole_hours == 0) return false;
  std::int64_t now = kept_.clock.now().seconds, last = 0;
  auto text = read_file(last_whole_, 64);
  if (text) std::from_chars(text->data(), text->data() + text->size(), last);
  if (last > 0 && last <= now) {
    return now - last >= static_cast<std::int64_t>(settings.whole_hours) * 3600;
  }
  // A new server waits a day, too: what it serves has been tended by whoever brought it.
  Status written = write_atomically(last_whole_, std::to_string(now) + "\n");
  if (!written) log_error("note the time: " + written.error().message);
  return false;
}

void Repacker::repack(storage::RepackKind kind) {
  std::int64_t begin = kept_.clock.monotonic_ns();
  kept_.counts.is_running = true;
  storage::RepackLimits limits;
  limits.stop_fd = stop_.get();
  Status done;
  try {
    // A thread of its own: who has become humble stays so.
    std::thread([&] {
      become_humble(kind);
      done = storage::repack(kept_.repository, kind, kept_.clock, limits);
    }).join();
  } catch (const std::system_error& error) {
    done = unavailable(std::string("start a thread: ") + error.what());
  }
  kept_.counts.is_running = false;
  std::int64_t took_ms = (kept_.clock.monotonic_ns() - begin) / 1'000'000;
  packs_at_failure_ = 0;
  if (!done && done.error().code == ErrorCode::kConflict) return;  // somebody else is at it
  if (!done && is_stopping()) return;
  if (!done) {
    ++kept_.counts.failures;
    packs_at_failure_ = packs_ + 1;
    failed_at_ = kept_.clock.monotonic_ns();
    patience_ns_ = std::clamp(2 * patience_ns_, kPatienceNsMin, kPatienceNsMax);
    return log_error("tend the repository: " + done.error().message);
  }
  ++kept_.counts.repacks;
  patience_ns_ = 0;
  kept_.counts.took_ms += static_cast<std::uint64_t>(took_ms);
  if (kind == storage::RepackKind::kWhole) {
    Status written =
        write_atomically(last_whole_, std::to_string(kept_.clock.now().seconds) + "\n");
    if (!written) log_error("note the time: " + written.error().message);
  }
  auto counts = storage::count_packs(kept_.repository);
  packs_ = counts ? counts->packs : 0;
  log_note("git has joined packs, " + std::to_string(took_ms) + " ms; there are " +
           std::to_string(packs_));
}

}  // namespace stet::program
