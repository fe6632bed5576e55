#include "cms/publish/publisher.h"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <random>
#include <thread>

#include "storage/base/durable_file.h"
#include "tests/cms/publish/make.h"
#include "tests/cms/publish/scratch.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

Publication publication(std::uint8_t serial, std::vector<Change> changes) {
  std::array<std::uint8_t, 20> id{};
  id[0] = serial;
  return {.commit = CommitId(id),
          .instant = {1'600'000'000 + serial},
          .url = "http://localhost:4000",
          .settings = fingerprint("settings"),
          .changes = std::move(changes),
          .replaces_all = false};
}

class PublisherTest : public testing::Test {
 protected:
  std::unique_ptr<Publisher> open(Publisher::Options options = {}) {
    auto publisher = Publisher::open(folder(), options);
    EXPECT_TRUE(publisher) << publisher.error().message;
    return std::move(*publisher);
  }
  fs::path folder() const { return scratch_.path() / "live"; }
  fs::path journal() const { return folder() / "journal"; }
  std::string journal_bytes() const { return *read_file(journal(), 1 << 24); }

  // What is live, and every notice, when the journal has these bytes.
  LivePointer live_from(std::string_view bytes, std::vector<std::string>* notices = nullptr) {
    EXPECT_TRUE(write_atomically(journal(), bytes));
    auto publisher = open();
    if (notices) *notices = publisher->notices();
    return publisher->live();
  }

  Scratch scratch_;
};

TEST_F(PublisherTest, NothingIsLiveAtFirst) {
  auto publisher = open();
  EXPECT_FALSE(publisher->live());
  EXPECT_TRUE(publisher->kept().empty());
  EXPECT_FALSE(publisher->find(0));
  EXPECT_TRUE(publisher->notices().empty());
}

TEST_F(PublisherTest, EachPublicationChangesWhatItNames) {
  auto publisher = open();
  LivePointer first = *publisher->publish(publication(1, {set("a", "1"), set("b", "1")}));
  LivePointer second = *publisher->publish(publication(2, {set("a", "2"), gone("b"), stale("c")}));
  EXPECT_EQ(publisher->live(), second);
  EXPECT_EQ(second->manifest, manifest_of({set("a", "2"), stale("c")}));
  EXPECT_EQ(second->number, 2u);
  EXPECT_EQ(second->instant.seconds, 1'600'000'002);
  EXPECT_EQ(first->manifest, manifest_of({set("a", "1"), set("b", "1")})) << "for its readers";
  EXPECT_EQ(publisher->find(1), first);
  EXPECT_EQ(publisher->kept(), (std::vector<LivePointer>{second, first}));
}

TEST_F(PublisherTest, AFullReplacementLeavesNothingOld) {
  auto publisher = open();
  (void)publisher->publish(publication(1, {set("a", "1")}));
  Publication whole = publication(2, {set("b", "1")});
  whole.replaces_all = true;
  EXPECT_EQ((*publisher->publish(whole))->manifest, manifest_of({set("b", "1")}));
  publisher.reset();
  EXPECT_EQ(open()->live()->manifest, manifest_of({set("b", "1")}));
}

TEST_F(PublisherTest, RefusesPagesRenderedForWhatIsNoLongerTheNewest) {
  auto publisher = open();
  (void)publisher->publish(publication(1, {stale("a")}));
  (void)publisher->publish(publication(2, {set("b", "1")}));
  auto late = publisher->fill(1, {set("a", "1")});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::kConflict);
  EXPECT_EQ(publisher->live()->manifest, manifest_of({stale("a"), set("b", "1")}));
}

TEST_F(PublisherTest, AFillIsTheSamePublicationAndCostsNoneThatIsKept) {
  auto publisher = open({.kept_max = 2});
  (void)publisher->publish(publication(1, {set("x", "1")}));
  LivePointer unfilled = *publisher->publish(publication(2, {stale("a"), stale("b")}));
  ASSERT_TRUE(publisher->fill(2, {set("a", "1")}));
  LivePointer filled = *publisher->fill(2, {set("b", "1")});
  EXPECT_EQ(publisher->live(), filled);
  EXPECT_EQ(filled->number, 2u);
  EXPECT_EQ(unfilled->manifest.stale_count(), 2u) << "for its readers";
  ASSERT_EQ(publisher->kept().size(), 2u);
  EXPECT_EQ(publisher->kept()[0], filled);
  EXPECT_EQ(publisher->kept()[1]->number, 1u);
  publisher.reset();
  auto again = open({.kept_max = 2});
  EXPECT_EQ(*again->live(), *filled);
  EXPECT_EQ(again->kept().size(), 2u);
  EXPECT_TRUE(again->notices().empty());
}

// Whoever asks while rollbacks come and go never sees a hold beside what it does not hold.
TEST_F(PublisherTest, WhatIsShownBelongsTogether) {
  auto publisher = open();
  EXPECT_FALSE(publisher->shown().live);
  ASSERT_TRUE(publisher->publish(publication(1, {set("a", "1")})));
  ASSERT_TRUE(publisher->publish(publication(2, {set("a", "2")})));
  std::atomic<bool> is_over = false;
  std::thread others([&] {
    for (int i = 0; i < 200; ++i) {
      EXPECT_TRUE(publisher->hold(1, {5}, "Ann"));
      EXPECT_TRUE(publisher->release());
    }
    is_over = true;
  });
  int torn = 0;
  while (!is_over) {
    const Shown shown = publisher->shown();
    torn += shown.live->number != (shown.hold ? shown.hold->number : shown.newest->number);
  }
  others.join();
  EXPECT_EQ(torn, 0);
}

TEST_F(PublisherTest, AKeptPublicationIsHeldLiveUntilItIsReleased) {
  auto publisher = open();
  LivePointer first = *publisher->publish(publication(1, {set("a", "1")}));
  LivePointer second = *publisher->publish(publication(2, {set("a", "2")}));
  EXPECT_EQ(publisher->hold(2, {5}, "Ann").error().code, ErrorCode::kConflict);
  EXPECT_EQ(publisher->hold(9, {5}, "Ann").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(publisher->release().error().code, ErrorCode::kNotFound);
  EXPECT_EQ(*publisher->hold(1, {5}, "Ann"), first);
  EXPECT_EQ(publisher->live(), first);
  EXPECT_EQ(publisher->newest(), second);
  EXPECT_EQ(publisher->held(), (Hold{1, second->commit, {5}, "Ann"}));
  const Shown shown = publisher->shown();
  EXPECT_EQ(shown.live, first);
  EXPECT_EQ(shown.newest, second);
  EXPECT_EQ(shown.hold, publisher->held());
  // Time passes, and pages are filled; neither is seen.
  Publication later = publication(2, {stale("a")});
  ASSERT_TRUE(publisher->publish(later));
  ASSERT_TRUE(publisher->fill(3, {set("a", "3")}));
  EXPECT_EQ(publisher->live(), first);
  publisher.reset();
  publisher = open();
  EXPECT_EQ(*publisher->live(), *first);
  EXPECT_EQ(publisher->held()->by, "Ann");
  EXPECT_EQ((*publisher->release())->manifest, manifest_of({set("a", "3")}));
  EXPECT_FALSE(publisher->held());
  publisher.reset();
  EXPECT_EQ(open()->live()->number, 3u);
}

TEST_F(PublisherTest, AnotherCommitEndsAHold) {
  auto publisher = open();
  (void)publisher->publish(publication(1, {set("a", "1")}));
  (void)publisher->publish(publication(2, {set("a", "2")}));
  ASSERT_TRUE(publisher->hold(1, {5}, ""));
  LivePointer third = *publisher->publish(publication(3, {set("a", "3")}));
  EXPECT_EQ(publisher->live(), third);
  EXPECT_FALSE(publisher->held());
  publisher.reset();
  EXPECT_EQ(*open()->live(), *third);
}

TEST_F(PublisherTest, AHoldIsNotEndedByACommitThatWasThereBeforeItAndCameLate) {
  auto publisher = open();
  LivePointer first = *publisher->publish(publication(1, {set("a", "1")}));
  (void)publisher->publish(publication(2, {set("a", "2")}));
  CommitId late = publication(3, {}).commit;
  ASSERT_TRUE(publisher->hold(1, {5}, "Ann", late));
  ASSERT_TRUE(publisher->publish(publication(2, {set("a", "later")})));
  EXPECT_EQ(publisher->live(), first) << "time has passed, and nothing else";
  ASSERT_TRUE(publisher->publish(publication(3, {set("a", "3")})));
  EXPECT_EQ(publisher->live(), first);
  publisher.reset();
  publisher = open();
  EXPECT_EQ(*publisher->live(), *first);
  ASSERT_TRUE(publisher->publish(publication(4, {set("a", "4")})));
  EXPECT_FALSE(publisher->held());
}

TEST_F(PublisherTest, WhatIsHeldIsKeptHoweverManyComeAfter) {
  const Publisher::Options options{.kept_max = 3, .checkpoint_bytes_min = 500};
  auto publisher = open(options);
  LivePointer first = *publisher->publish(publication(1, {set("a", "1"), set("z", "1")}));
  (void)publisher->publish(publication(2, {set("a", "2")}));
  ASSERT_TRUE(publisher->hold(1, {5}, "Ann"));
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(publisher->publish(publication(2, {set("b", std::to_string(i))})));
  }
  EXPECT_EQ(publisher->live(), first);
  EXPECT_EQ(publisher->kept().size(), 4u);
  EXPECT_EQ(publisher->find(1), first);
  EXPECT_EQ(publisher->find(2), nullptr);
  publisher.reset();
  publisher = open(options);
  EXPECT_TRUE(publisher->notices().empty());
  EXPECT_EQ(*publisher->live(), *first);
  EXPECT_EQ(publisher->newest()->manifest,
            manifest_of({set("a", "2"), set("b", "49"), set("z", "1")}));
  ASSERT_TRUE(publisher->release());
  ASSERT_TRUE(publisher->publish(publication(2, {gone("b")})));
  EXPECT_EQ(publisher->kept().size(), 3u);
}

TEST_F(PublisherTest, KeepsTheLastOnesAcrossAReopening) {
  auto publisher = open({.kept_max = 3});
  for (int i = 1; i <= 5; ++i) {
    (void)publisher->publish(publication(i, {set("a", std::to_string(i))}));
  }
  std::vector<LivePointer> kept = publisher->kept();
  ASSERT_EQ(kept.size(), 3u);
  EXPECT_FALSE(publisher->find(2));
  EXPECT_EQ(publisher->find(3), kept[2]);
  publisher.reset();
  std::vector<LivePointer> again = open({.kept_max = 3})->kept();
  ASSERT_EQ(again.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(*again[i], *kept[i]);
}

TEST_F(PublisherTest, OneProcessHasTheFolder) {
  auto publisher = open();
  auto second = Publisher::open(folder());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
}

TEST_F(PublisherTest, TheJournalStaysInProportionToTheSite) {
  auto publisher = open({.kept_max = 2, .checkpoint_bytes_min = 1000});
  for (int i = 0; i < 2000; ++i) {
    (void)publisher->publish(publication(i % 200, {set("a", std::to_string(i))}));
  }
  EXPECT_LT(fs::file_size(journal()), 3000u);
  LivePointer live = publisher->live();
  publisher.reset();
  auto again = open({.kept_max = 2});
  EXPECT_EQ(*again->live(), *live);
  EXPECT_TRUE(again->notices().empty());
}

TEST_F(PublisherTest, APublicationThatCannotBeRecordedDoesNotBecomeLive) {
  auto publisher = open();
  LivePointer first = *publisher->publish(publication(1, {set("a", "1")}));
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit tight{fs::file_size(journal()) + 40, before.rlim_max};
  auto old_handler = ::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  auto refused = publisher->publish(publication(2, {set("a", "2")}));
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, old_handler);
  EXPECT_FALSE(refused);
  EXPECT_EQ(publisher->live(), first);
  LivePointer third = *publisher->publish(publication(3, {set("b", "3")}));
  publisher.reset();
  auto again = open();
  EXPECT_EQ(*again->live(), *third);
  EXPECT_TRUE(again->notices().empty());
}

// After any sequence of publications and reopenings, whatever the journal loses at its end: what is
// live is what was live after some number of publications, whole, and the next one goes on from it.
TEST_F(PublisherTest, AJournalCutAnywhereGivesAPrefixOfThePublications) {
  std::mt19937 random(20200907);
  std::vector<Manifest> history = {Manifest()};
  std::vector<std::size_t> ends;
  for (int i = 1; i <= 12; ++i) {
    auto publisher = open();
    if (ends.empty()) ends.push_back(journal_bytes().size());
    std::vector<Change> changes;
    for (std::uint32_t left = 1 + random() % 4; left > 0; --left) {
      std::string path(1, static_cast<char>('a' + random() % 5));
      changes.push_back(random() % 3 ? set(path, std::to_string(random() % 9)) : gone(path));
    }
    Publication next = publication(i, changes);
    next.replaces_all = random() % 5 == 0;
    history.push_back((*publisher->publish(next))->manifest);
    ends.push_back(journal_bytes().size());
  }
  const std::string whole = journal_bytes();
  ASSERT_EQ(ends.back(), whole.size());
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    std::vector<std::string> notices;
    LivePointer live = live_from(whole.substr(0, size), &notices);
    auto end = std::upper_bound(ends.begin(), ends.end(), size);
    std::size_t survivors = end == ends.begin() ? 0 : std::distance(ends.begin(), end) - 1;
    ASSERT_EQ(live ? live->number : 0, survivors) << "cut at " << size;
    EXPECT_EQ(live ? live->manifest : Manifest(), history[survivors]) << "cut at " << size;
    bool is_clean = size == 0 || (end != ends.begin() && *std::prev(end) == size);
    EXPECT_EQ(notices.empty(), is_clean) << "cut at " << size;
  }
}

TEST_F(PublisherTest, NoSpoiltByteIsEverTrusted) {
  std::vector<LivePointer> history = {nullptr};
  {
    auto publisher = open();
    for (int i = 1; i <= 4; ++i) {
      history.push_back(*publisher->publish(publication(i, {set("a", std::to_string(i))})));
    }
  }
  const std::string whole = journal_bytes();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string spoilt = whole;
    spoilt[at] = static_cast<char>(spoilt[at] ^ 0x41);
    std::vector<std::string> notices;
    LivePointer live = live_from(spoilt, &notices);
    ASSERT_FALSE(notices.empty()) << at;
    ASSERT_LT(live ? live->number : 0, 4u) << at;
    if (live) {
      EXPECT_EQ(*live, *history[live->number]) << at;
    }
  }
}

TEST_F(PublisherTest, RecordsOfAnotherJournalAreForeign) {
  {
    auto publisher = open();
    (void)publisher->publish(publication(1, {set("a", "1")}));
  }
  const std::string first = journal_bytes();
  fs::remove_all(folder());
  std::size_t first_end = 0;
  {
    auto publisher = open();
    (void)publisher->publish(publication(7, {set("z", "1")}));
    first_end = journal_bytes().size();
    (void)publisher->publish(publication(8, {set("y", "1")}));
  }
  const std::string tail = journal_bytes().substr(first_end);
  std::vector<std::string> notices;
  LivePointer live = live_from(first + tail, &notices);
  ASSERT_TRUE(live);
  EXPECT_EQ(live->manifest, manifest_of({set("a", "1")}));
  EXPECT_EQ(notices.size(), 1u);
}

TEST_F(PublisherTest, GoesOnFromWhatACutLeft) {
  {
    auto publisher = open();
    (void)publisher->publish(publication(1, {set("a", "1")}));
    (void)publisher->publish(publication(2, {set("b", "1")}));
  }
  std::string bytes = journal_bytes();
  EXPECT_EQ(live_from(bytes.substr(0, bytes.size() - 3))->number, 1u);
  (void)open()->publish(publication(3, {set("c", "1")}));
  auto publisher = open();
  EXPECT_TRUE(publisher->notices().empty());
  EXPECT_EQ(publisher->live()->number, 2u);
  EXPECT_EQ(publisher->live()->manifest, manifest_of({set("a", "1"), set("c", "1")}));
}

TEST_F(PublisherTest, ReadersNeverSeeHalfOfAPublication) {
  auto publisher = open();
  (void)publisher->publish(publication(0, {set("a", "0"), set("b", "0")}));
  std::atomic<bool> is_over{false};
  std::atomic<int> torn{0};
  std::vector<std::thread> readers;
  for (int t = 0; t < 3; ++t) {
    readers.emplace_back([&] {
      while (!is_over) {
        LivePointer live = publisher->live();
        const Page& a = *live->manifest.find("a")->page();
        const Page& b = *live->manifest.find("b")->page();
        if (a.content != b.content) ++torn;
      }
    });
  }
  for (int i = 1; i <= 200; ++i) {
    std::string text = std::to_string(i);
    (void)publisher->publish(publication(i, {set("a", text), set("b", text)}));
  }
  is_over = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace stet::publish
