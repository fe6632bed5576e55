// Stale pages, rendered for those who ask: each by one thread, however many ask, and without the
// pipeline's lock.
//
// A page is rendered of its ground: the site of the publication that the reader sees. What comes
// out is shown at once; the pipeline takes it in when it has time (take_finished), and drops what
// a newer site has overtaken. Threads: every method from any thread. Memory: pages that wait to be
// taken in.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "cms/pipeline/made_page.h"

namespace stet::pipeline {

class Freshener {
 public:
  struct Ground {
    std::uint64_t number = 0;  // of the publication
    site::SitePtr site = nullptr;
    std::set<std::string> linking = {};  // output paths of pages that link to what was edited
  };
  using GroundPtr = std::shared_ptr<const Ground>;

  // Called without any lock, by several threads at once.
  using Make = std::function<Result<MadePage>(const site::SitePtr& site, const std::string& path)>;
  explicit Freshener(Make make) : make_(std::move(make)) {}

  // Before the publication of that number is made: so its first reader finds the ground there.
  void prepare(Ground next);
  // It is live. What flies of the last ground is finished for those who wait, and not taken in.
  void promote();
  // It was not made.
  void withdraw();

  GroundPtr current() const;
  // Null: the publication is not, or no longer, the one whose pages are rendered.
  GroundPtr ground_of(std::uint64_t number);

  struct Outcome {
    std::optional<publish::Page> page;  // none: it cannot be rendered
    std::optional<Error> error;         // of the store; the next one who asks tries again
  };
  // Waits where another thread is at it already.
  Outcome freshen(const GroundPtr& ground, const std::string& path);
  // True where somebody is at it, or was.
  bool is_taken(const GroundPtr& ground, const std::string& path) const;

  // Pages of the current ground. Once they are in the manifest, or cannot be, forget() them.
  std::vector<MadePage> take_finished();
  bool has_finished() const;
  void forget(const std::vector<std::string>& paths);

 private:
  struct Flight {
    std::optional<Outcome> outcome;
  };
  class Landing;

  void promote_locked();

  const Make make_;
  mutable std::mutex mutex_;
  std::condition_variable landed_;
  GroundPtr current_, next_;
  std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;  // of current_
  std::vector<MadePage> finished_;
};

}  // namespace stet::pipeline
