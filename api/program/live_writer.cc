#include "api/program/live_writer.h"

#include <chrono>
#include <utility>

#include "api/program/log.h"

namespace stet::program {
namespace {

constexpr std::chrono::milliseconds kPatience{500}, kPause{100};

}  // namespace

LiveWriter::LiveWriter(Parts parts) : parts_(std::move(parts)), thread_([this] { work(); }) {}

LiveWriter::~LiveWriter() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LiveWriter::wake() {
  std::lock_guard lock(mutex_);
  is_wanted_ = true;
  changed_.notify_all();
}

void LiveWriter::work() {
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    is_wanted_ = false;
    lock.unlock();
    Status written = write();
    std::string trouble = written ? "" : written.error().message;
    if (!trouble.empty() && trouble != trouble_) {
      log_error("what is live could not be written down for followers: " + trouble);
    }
    trouble_ = std::move(trouble);
    lock.lock();
    changed_.wait_for(lock, kPause, [this] { return is_stopped_; });
    changed_.wait_for(lock, kPatience, [this] { return is_stopped_ || is_wanted_; });
  }
}

Status LiveWriter::write() {
  const publish::LivePointer live = parts_.publisher.live();
  if (!live) return {};
  auto [admin, term] = parts_.leader();
  remote::SiteFacts facts{
      .url = live->url, .admin = std::move(admin), .settings = live->settings.hex(), .term = term};
  if (facts != facts_) {
    const auto there = TRY(remote::read_facts(parts_.repository));
    if (there != facts) TRY(remote::write_facts(parts_.repository, facts));
    facts_ = std::move(facts);
  }
  const remote::LiveMark mark{live->commit, live->instant};
  if (mark == mark_) return {};
  TRY(remote::write_live(parts_.repository, mark));
  mark_ = mark;
  return {};
}

}  // namespace stet::program
