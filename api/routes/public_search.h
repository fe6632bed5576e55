// /search?q= on the public origin: what of the site's pages says this, for visitors.
//
// There where the site wants it: `stet: {search: true}` in its configuration. The answer stands in
// the site's own page at /search/, at its `<!--stet:search-->`; a page without that mark is left as
// it is, and where there is no page a plain one is made. Who accepts JSON rather than HTML has
// JSON. Nothing but what is public is found, and answers tell robots to stay away. Limits:
// kResultsShown a page, kPagesMax pages, kBurst questions of one address at once and kPerSecond
// from then on (429), kTogetherMax at a time (503). Threads: any.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/http/message.h"
#include "cms/pipeline/pipeline.h"
#include "cms/publish/live.h"
#include "cms/search/index.h"
#include "storage/base/bounded_cache.h"
#include "storage/base/clock.h"

namespace stet::api {

class PublicSearch {
 public:
  static constexpr std::string_view kMark = "<!--stet:search-->";
  static constexpr std::size_t kResultsShown = 20, kPagesMax = 10;
  static constexpr unsigned kBurst = 30, kPerSecond = 5, kTogetherMax = 4;
  static constexpr std::size_t kAddressesMax = 4096;

  // All must outlive it. `held_back` is asked where the site shows the public less than there is.
  PublicSearch(search::Index& index,
               search::Index& held_back,
               const pipeline::Pipeline& pipeline,
               const Clock& clock)
      : index_(index), held_back_(held_back), pipeline_(pipeline), clock_(clock) {}

  // It asks for what is here. Costs next to nothing for all that does not.
  bool is_asked(const http::Request& request, const publish::Live& live) const;

  // `page`: the site's own, with the mark; none: it has none.
  http::Response answer(const http::Request& request,
                        const publish::Live& live,
                        const std::optional<std::string>& page);

 private:
  struct Asked {
    std::string text;
    std::size_t page = 1;
    bool is_json = false;
  };
  struct Allowance {
    double left = kBurst;
    std::int64_t at_ns = 0;
  };
  using Text = std::shared_ptr<const std::string>;

  bool may_ask(const std::string& address);
  void forget_some(std::int64_t now);  // under mutex_
  Result<Text> make(const Asked& asked,
                    const publish::Live& live,
                    const std::optional<std::string>& page);

  search::Index& index() const;

  search::Index& index_;
  search::Index& held_back_;
  const pipeline::Pipeline& pipeline_;
  const Clock& clock_;
  std::atomic<unsigned> together_ = 0;
  std::mutex mutex_;
  std::unordered_map<std::string, Allowance> allowances_;  // by address_group()
  BoundedCache<std::string, Text> answers_{std::uint64_t{4} << 20};
};

}  // namespace stet::api
