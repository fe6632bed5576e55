// For any site and any edits: what is live equals a build from nothing, byte for byte, and so do
// the problems.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "cms/site/schedule_releases.h"
#include "tests/cms/pipeline/random_site.h"

namespace stet::pipeline {
namespace {

std::vector<std::uint32_t> numbers(int count_max) {
  return *rc::gen::resize(
      count_max,
      rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 1U << 30)));
}

// What a story begins with, and goes on with.
struct Plot {
  LiveSite::Files (*start)();
  LiveSite::Files (*edit)(std::uint32_t number, const LiveSite::Files& known);
};

// The titles that random_program_edit gives, in a text.
void find_words(const std::string& text, std::set<std::string>& words) {
  constexpr std::string_view kWord = "word";
  for (std::size_t at = text.find(kWord); at != text.npos; at = text.find(kWord, at + 1)) {
    std::size_t end = text.find_first_not_of("0123456789", at + kWord.size());
    bool is_one = end != text.npos && end > at + kWord.size() && text[end] == 'x';
    if (is_one) words.insert(text.substr(at, end + 1 - at));
  }
}

// A site under a story of edits, each followed by the comparison.
class Story {
 public:
  Story(Plot plot, const std::vector<std::uint32_t>& drawn) : plot_(plot), known_(plot.start()) {
    for (std::uint32_t number : drawn) carry_out(plot_.edit(number, known_), known_);
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
    LiveSite::Files edit = plot_.edit(number, known_);
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
    check_words(step);
  }

  // Where work is held back, nothing that is live tells the title of a session that no release had.
  void check_words(const std::string& step) {
    site::SitePtr site = site_->pipeline().site();
    if (site_->pipeline().public_site() == site) return;
    std::set<std::string> told;
    for (const site::ReleasePtr& release : site->schedule_history().releases) {
      release->sessions.for_each([&](const std::string&, const site::SessionRecordPtr& record) {
        told.insert(record->title);
      });
    }
    for (const auto& [path, bytes] : site_->pages()) {
      std::set<std::string> words;
      find_words(bytes, words);
      for (const std::string& word : words) {
        if (!told.contains(word)) RC_LOG() << step << "\n" << path << " tells " << word;
        RC_ASSERT(told.contains(word));
      }
    }
  }

  const Plot plot_;
  LiveSite::Files known_;  // of the branch's newest commit
  std::optional<LiveSite> site_;
  std::vector<CommitId> commits_;
};

RC_GTEST_PROP(Incremental, EqualsABuildFromNothingAfterEveryEdit, ()) {
  Story story({random_start, random_edit}, numbers(8));
  for (std::uint32_t number : numbers(8)) story.tell(number);
}

RC_GTEST_PROP(Incremental, EqualsABuildFromNothingWhereWorkOnTheScheduleIsHeldBack, ()) {
  Story story({random_held_back_start, random_program_edit}, numbers(8));
  for (std::uint32_t number : numbers(8)) story.tell(number);
}

}  // namespace
}  // namespace stet::pipeline
