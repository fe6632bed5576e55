// Variants made before anybody asks for them, of what is new first.
//
// Threads: add() from any thread, and it is quick; work() from one at a time. Limits: at most
// kWaitingMax pages wait; those beyond are compressed when they are asked for.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>

#include "cms/publish/live.h"
#include "cms/publish/variants.h"

namespace stet::publish {

class Compressor {
 public:
  static constexpr std::size_t kWaitingMax = 200'000;

  // `variants` must outlive it.
  explicit Compressor(Variants& variants) : variants_(variants) {}

  // What has become fresh, in the order of its use.
  void add(std::span<const Change> changes);
  // All of a manifest, behind all that is new.
  void add_all(const Manifest& manifest);

  // Compresses pages that are still shown in `live` until `is_over` says so; how many wait. What
  // cannot be read or written is passed over.
  std::size_t work(const Live& live, const std::function<bool()>& is_over);

 private:
  struct Waiting {
    OutputPath path;
    Page page;
  };

  std::optional<Waiting> next();

  Variants& variants_;
  mutable std::mutex mutex_;
  std::deque<Waiting> fresh_, rest_;
};

}  // namespace stet::publish
