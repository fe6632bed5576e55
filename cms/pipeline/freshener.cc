#include "cms/pipeline/freshener.h"

#include <utility>

namespace stet::pipeline {

// However a flight ends, those who wait for it are told.
class Freshener::Landing {
 public:
  Landing(Freshener& freshener, Flight& flight) : freshener_(freshener), flight_(flight) {}
  ~Landing() {
    std::lock_guard lock(freshener_.mutex_);
    flight_.outcome = std::move(outcome);
    freshener_.landed_.notify_all();
  }

  Outcome outcome{std::nullopt, internal("the page could not be rendered")};

 private:
  Freshener& freshener_;
  Flight& flight_;
};

void Freshener::prepare(Ground next) {
  auto ground = std::make_shared<const Ground>(std::move(next));
  std::lock_guard lock(mutex_);
  next_ = std::move(ground);
}

void Freshener::promote() {
  std::lock_guard lock(mutex_);
  promote_locked();
}

void Freshener::promote_locked() {
  if (!next_) return;
  current_ = std::exchange(next_, nullptr);
  flights_.clear();
  finished_.clear();
}

void Freshener::withdraw() {
  std::lock_guard lock(mutex_);
  next_.reset();
}

Freshener::GroundPtr Freshener::current() const {
  std::lock_guard lock(mutex_);
  return current_;
}

Freshener::GroundPtr Freshener::ground_of(std::uint64_t number) {
  std::lock_guard lock(mutex_);
  if (next_ && next_->number == number) promote_locked();
  return current_ && current_->number == number ? current_ : nullptr;
}

bool Freshener::is_taken(const GroundPtr& ground, const std::string& path) const {
  std::lock_guard lock(mutex_);
  return ground != current_ || flights_.contains(path);
}

Freshener::Outcome Freshener::freshen(const GroundPtr& ground, const std::string& path) {
  auto flight = std::make_shared<Flight>();
  {
    std::unique_lock lock(mutex_);
    if (ground == current_) {
      auto [known, is_mine] = flights_.try_emplace(path, flight);
      if (!is_mine) {
        flight = known->second;
        landed_.wait(lock, [&] { return flight->outcome.has_value(); });
        return *flight->outcome;
      }
    }
  }
  Landing landing(*this, *flight);
  Result<MadePage> made = make_(ground->site, path);
  std::lock_guard lock(mutex_);
  if (made) {
    landing.outcome = {made->stored, std::nullopt};
    if (ground == current_) finished_.push_back(std::move(*made));
  } else {
    landing.outcome = {std::nullopt, made.error()};
    auto known = flights_.find(path);
    if (known != flights_.end() && known->second == flight) flights_.erase(known);
  }
  return landing.outcome;
}

std::vector<MadePage> Freshener::take_finished() {
  std::lock_guard lock(mutex_);
  return std::exchange(finished_, {});
}

bool Freshener::has_finished() const {
  std::lock_guard lock(mutex_);
  return !finished_.empty();
}

void Freshener::forget(const std::vector<std::string>& paths) {
  std::lock_guard lock(mutex_);
  for (const std::string& path : paths) flights_.erase(path);
}

}  // namespace stet::pipeline
