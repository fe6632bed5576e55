#include "api/program/auditor.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "api/program/log.h"

namespace stet::program {
namespace {

using std::chrono::nanoseconds;

constexpr int kNice = 10;
constexpr nanoseconds kPauseMin = std::chrono::milliseconds(50);
constexpr nanoseconds kPauseWhileBusy = std::chrono::seconds(1);

}  // namespace

Auditor::Auditor(pipeline::Pipeline& pipeline,
                 const publish::Publisher& publisher,
                 const Clock& clock,
                 RandomSource& random,
                 double share)
    : pipeline_(pipeline),
      publisher_(publisher),
      clock_(clock),
      random_(random),
      share_(share),
      thread_([this] { work(); }) {}

Auditor::~Auditor() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

bool Auditor::is_idle() const {
  publish::LivePointer newest = publisher_.newest();
  return newest && newest->manifest.stale_count() == 0 && !pipeline_.is_busy();
}

void Auditor::work() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  std::unique_lock lock(mutex_);
  nanoseconds pause = kPauseWhileBusy;
  while (!stopped_.wait_for(lock, pause, [this] { return is_stopped_; })) {
    pause = kPauseWhileBusy;
    if (!is_idle()) continue;
    lock.unlock();
    std::int64_t begin = clock_.monotonic_ns();
    audit();
    auto took = static_cast<double>(clock_.monotonic_ns() - begin);
    pause = std::max(kPauseMin, nanoseconds(static_cast<std::int64_t>(took * (1 / share_ - 1))));
    lock.lock();
  }
}

void Auditor::audit() {
  std::array<std::uint8_t, 8> bytes{};
  random_.fill(bytes);
  std::uint64_t random = 0;
  std::memcpy(&random, bytes.data(), sizeof random);
  auto audit = pipeline_.audit(random);
  if (!audit) return log_error("audit: " + audit.error().message);
  if (!*audit || (!(*audit)->is_mismatch && (*audit)->missed.empty())) return;
  const pipeline::Audit& found = **audit;
  std::string text = "audit: " + found.url +
                     (found.is_mismatch ? " was wrong, and has been mended" : " is right") +
                     "; this is a bug of stet, please report it";
  if (!found.missed.empty()) text += "; reads that nobody had recorded:";
  for (const std::string& read : found.missed) text += " " + read + ";";
  log_error(text);
}

}  // namespace stet::program
