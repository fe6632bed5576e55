// For any site and any edits: what is live equals a build from nothing, byte for byte, and so do
// the problems.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/cms/pipeline/random_site.h"

namespace stet::pipeline {
namespace {

std::vector<std::uint32_t> numbers(int count_max) {
  return *rc::gen::resize(
      count_max,
      rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 1U << 30)));
}

// A site under a story of edits, each followed by the comparison.
class Story {
 public:
  explicit Story(const std::vector<std::uint32_t>& drawn) : known_(random_start()) {
    for (std::uint32_t number : drawn) carry_out(random_edit(number, known_), known_);
    site_.emplace(known_, *rc::gen::element<std::size_t>(1, 1000));
    commits_.push_back(site_->last()->live->commit);
    check("at first\n" + described(known_));
  }

  void tell(std::uint32_t number) {
    site_->clock().advance_seconds(random_seconds(number));
    switch (number % 10) {
      case 0: return pass_time();
      case 1: return go_back(commits_[number % commits_.size()]);
      default: break;
    }
    LiveSite::Files edit = random_edit(number, known_);
    carry_out(edit, known_);
    site_->set_text_bytes_max(number % 4 < 2 ? 0 : site::Texts::kBytesMax);
    // Now and then the process ends: before the edit, or after it with pages that are stale.
    if (number % 9 == 3) {
      site_->restart([&] { site_->commit(edit); });
      RC_ASSERT(site_->pipeline().start()->is_warm);
      commits_.push_back(*site_->pipeline().commit());
      return check(described(edit));
    }
    PublishedPtr published = site_->edit(edit);
    RC_ASSERT(published != nullptr);
    commits_.push_back(published->live->commit);
    if (number % 9 == 6) {
      site_->restart();
      RC_ASSERT(site_->pipeline().start()->is_warm);
    }
    check(described(edit));
  }

 private:
  void pass_time() {
    RC_ASSERT(site_->pipeline().pass_time().has_value());
    check("time passed");
  }

  // As a forced push does; what is committed next grows from the branch, not from here.
  void go_back(const CommitId& commit) {
    RC_ASSERT(site_->publish(commit) != nullptr);
    check("back to another commit");
  }

  void check(const std::string& step) {
    auto stale = site_->pipeline().fill(100'000);
    RC_ASSERT(stale && *stale == 0U);
    std::string differences = site_->differences();
    if (!differences.empty()) RC_LOG() << step << "\n" << differences;
    RC_ASSERT(differences.empty());
  }

  LiveSite::Files known_;  // of the branch's newest commit
  std::optional<LiveSite> site_;
  std::vector<CommitId> commits_;
};

RC_GTEST_PROP(Incremental, EqualsABuildFromNothingAfterEveryEdit, ()) {
  Story story(numbers(8));
  for (std::uint32_t number : numbers(8)) story.tell(number);
}

}  // namespace
}  // namespace stet::pipeline
