#include "api/http/exchange.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace stet::http {
namespace {

thread_local const Exchange* looked_at = nullptr;

}  // namespace

Mailbox::Mailbox() : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
Mailbox::~Mailbox() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Mailbox::post(std::uint64_t connection) {
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    posted_.push_back(connection);
    if (posted_.size() > 1) return;  // the reactor has been told, and has not looked yet
  }
  wake();
}

void Mailbox::wake() { ::eventfd_write(descriptor_, 1); }

std::vector<std::uint64_t> Mailbox::take() {
  // Quiet first: what is posted from here on makes a noise of its own.
  eventfd_t count = 0;
  ::eventfd_read(descriptor_, &count);
  std::vector<std::uint64_t> posted;
  const std::lock_guard lock(mutex_);
  posted.swap(posted_);
  return posted;
}

void Mailbox::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  posted_.clear();
}

Exchange::LookingAnyway::LookingAnyway(const Exchange& exchange) { looked_at = &exchange; }
Exchange::LookingAnyway::~LookingAnyway() { looked_at = nullptr; }

std::shared_ptr<Exchange> Exchange::for_writers(const std::shared_ptr<Exchange>& exchange) {
  return {exchange.get(), [owner = exchange](Exchange* last) { last->abandon(); }};
}

void Exchange::post() {
  if (looked_at != this) mailbox_->post(connection_);
}

bool Exchange::send(Response response) {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != Phase::kOpen || is_gone_) return false;
    phase_ = Phase::kAnswered;
    answer_.emplace(Answer{.response = std::move(response)});
  }
  post();
  return true;
}

bool Exchange::start(Response head, std::optional<std::uint64_t> length) {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != Phase::kOpen || is_gone_) return false;
    phase_ = is_head_ ? Phase::kFinished : Phase::kStreaming;
    length_ = length;
    answer_.emplace(Answer{.response = std::move(head), .is_stream = true, .length = length});
  }
  post();
  return true;
}

Stream::State Exchange::state_locked() const {
  if (phase_ != Phase::kStreaming || is_gone_) return Stream::State::kGone;
  return bytes_waiting_ >= Stream::kBytesWaitingMax ? Stream::State::kFull : Stream::State::kRoom;
}

Stream::State Exchange::write(std::string piece) {
  std::unique_lock lock(mutex_);
  if (state_locked() == Stream::State::kGone) return Stream::State::kGone;
  if (piece.empty()) return state_locked();
  if (length_ && piece.size() > *length_ - bytes_written_) {
    end_locked(Phase::kAborted, std::move(lock));
    return Stream::State::kGone;
  }
  bytes_written_ += piece.size();
  bytes_waiting_ += piece.size();
  pieces_.push_back(std::move(piece));
  const Stream::State state = state_locked();
  lock.unlock();
  post();
  return state;
}

Stream::State Exchange::wait_for_room(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return state_locked() != Stream::State::kFull; });
  return state_locked();
}

Stream::State Exchange::state() {
  const std::lock_guard lock(mutex_);
  return state_locked();
}

void Exchange::when_gone(std::function<void()> callback) {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ == Phase::kStreaming && !is_gone_) {
      when_gone_.push_back(std::move(callback));
      return;
    }
  }
  callback();
}

void Exchange::end_locked(Phase phase, std::unique_lock<std::mutex> lock) {
  phase_ = phase;
  std::vector<std::function<void()>> callbacks;
  callbacks.swap(when_gone_);
  changed_.notify_all();
  lock.unlock();
  post();
  for (const auto& callback : callbacks) callback();
}

void Exchange::finish() {
  std::unique_lock lock(mutex_);
  if (phase_ != Phase::kStreaming) return;
  const bool is_whole = !length_ || bytes_written_ == *length_;
  end_locked(is_whole ? Phase::kFinished : Phase::kAborted, std::move(lock));
}

void Exchange::abort() {
  std::unique_lock lock(mutex_);
  if (phase_ == Phase::kStreaming) end_locked(Phase::kAborted, std::move(lock));
}

void Exchange::abandon() {
  std::unique_lock lock(mutex_);
  if (phase_ == Phase::kStreaming) return end_locked(Phase::kAborted, std::move(lock));
  if (phase_ != Phase::kOpen || is_gone_) return;
  phase_ = Phase::kAnswered;
  answer_.emplace(Answer{.is_fault = true});
  lock.unlock();
  post();
}

std::optional<Exchange::Answer> Exchange::take_answer() {
  const std::lock_guard lock(mutex_);
  std::optional<Answer> taken;
  taken.swap(answer_);
  return taken;
}

Exchange::Next Exchange::take_piece(std::string& piece) {
  const std::lock_guard lock(mutex_);
  if (phase_ == Phase::kAborted) return Next::kAborted;
  if (pieces_taken_ == pieces_.size()) {
    pieces_.clear();
    pieces_taken_ = 0;
    return phase_ == Phase::kFinished ? Next::kEnd : Next::kNothingYet;
  }
  piece = std::move(pieces_[pieces_taken_++]);
  bytes_waiting_ -= piece.size();
  changed_.notify_all();
  return Next::kPiece;
}

void Exchange::client_has_gone() {
  std::vector<std::function<void()>> callbacks;
  {
    const std::lock_guard lock(mutex_);
    is_gone_ = true;
    pieces_.clear();
    pieces_taken_ = 0;
    bytes_waiting_ = 0;
    answer_.reset();
    callbacks.swap(when_gone_);
    changed_.notify_all();
  }
  for (const auto& callback : callbacks) callback();
}

}  // namespace stet::http
