// Stands at an origin before the site is ready: its port is known, its answer is "in a moment", or
// waits for that moment.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "api/http/server.h"
#include "storage/base/progress.h"

namespace stet::program {

// Threads: expect() and open() once each, from any thread; all else as http::Handler. Limits: a
// request waits kPatience, on a worker.
class WaitingHandler final : public http::Handler {
 public:
  static constexpr std::chrono::seconds kPatience{20};

  // `progress`: of what is waited for; null: nobody knows.
  explicit WaitingHandler(std::shared_ptr<const Progress> progress = {})
      : progress_(std::move(progress)) {}

  // From now on requests are looked at by `handler`, and wait for it; it must outlive the server.
  void expect(http::Handler& handler) { expected_.store(&handler, std::memory_order_release); }
  // From now on `handler` answers.
  void open(http::Handler& handler) {
    expect(handler);
    std::lock_guard lock(mutex_);
    handler_.store(&handler, std::memory_order_release);
    opened_.notify_all();
  }

  void handle(http::Request request, http::Responder responder) override {
    http::Handler* handler = get(handler_);
    if (!handler && get(expected_)) handler = wait();
    if (handler) return handler->handle(std::move(request), responder);
    http::Response response = refusal(503, reason());
    response.headers.set("Retry-After", "1");
    responder.send(std::move(response));
  }
  std::optional<http::Response> answer_at_once(const http::Request& request) override {
    http::Handler* handler = get(handler_);
    return handler ? handler->answer_at_once(request) : std::nullopt;
  }
  bool is_quick(const http::Request& head) const override {
    if (http::Handler* handler = get(handler_)) return handler->is_quick(head);
    return !get(expected_);
  }
  std::optional<http::Response> refuse_early(const http::Request& head) const override {
    http::Handler* handler = get(expected_);
    return handler ? handler->refuse_early(head) : std::nullopt;
  }
  std::uint64_t body_bytes_max(const http::Request& head) const override {
    http::Handler* handler = get(expected_);
    return handler ? handler->body_bytes_max(head) : 64 * 1024;
  }
  http::Response refusal(int status, std::string_view detail) const override {
    http::Handler* handler = get(expected_);
    return handler ? handler->refusal(status, detail) : Handler::refusal(status, detail);
  }

 private:
  std::string reason() const {
    const auto step = progress_ ? progress_->now() : std::nullopt;
    return "the site is being made ready" + (step ? " (" + to_string(*step) + ")" : "");
  }

  using Pointer = std::atomic<http::Handler*>;

  static http::Handler* get(const Pointer& pointer) {
    return pointer.load(std::memory_order_acquire);
  }
  http::Handler* wait() {
    std::unique_lock lock(mutex_);
    opened_.wait_for(lock, kPatience, [this] { return get(handler_) != nullptr; });
    return get(handler_);
  }

  const std::shared_ptr<const Progress> progress_;
  Pointer expected_{nullptr}, handler_{nullptr};
  std::mutex mutex_;
  std::condition_variable opened_;
};

}  // namespace stet::program
