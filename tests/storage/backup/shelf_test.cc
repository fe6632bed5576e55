#include "storage/backup/shelf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// An archive of that minute that goes on from another; the name is its digest too.
Shelved archive(const std::string& name, std::int64_t minute, const std::string& previous = "") {
  return {name, {.version = "0.0.1", .taken = {minute * 60}, .previous = previous}, name};
}

std::vector<std::string> names_of(const Result<Chain>& chain) {
  std::vector<std::string> names;
  if (!chain) return names;
  for (const Shelved& one : *chain) names.push_back(one.path);
  return names;
}

constexpr Instant kLate{1'000'000};

std::vector<std::string> gone(const Shelf& shelf, std::size_t keep, const std::string& spared) {
  std::vector<std::string> names;
  for (const auto& path : beyond(shelf, keep, spared)) names.push_back(path);
  return names;
}

const Shelf kTwo{{archive("a", 1),
                  archive("a1", 2, "a"),
                  archive("a2", 3, "a1"),
                  archive("b", 4),
                  archive("b1", 5, "b")}};

TEST(Shelf, AChainBeginsWithAWholeArchive) {
  EXPECT_THAT(names_of(chain_of(kTwo, kTwo.archives[2])), ElementsAre("a", "a1", "a2"));
  EXPECT_THAT(names_of(newest_chain(kTwo, kLate)), ElementsAre("b", "b1"));
}

TEST(Shelf, WhatHasLostItsBeginningIsPassedOver) {
  Shelf shelf = kTwo;
  shelf.archives.erase(shelf.archives.begin() + 3);  // b
  EXPECT_THAT(names_of(newest_chain(shelf, kLate)), ElementsAre("a", "a1", "a2"));
  EXPECT_THAT(names_of(chain_of(shelf, shelf.archives.back())), IsEmpty());
  EXPECT_THAT(gone(shelf, 1, "a2"), IsEmpty());
}

TEST(Shelf, TheNewestIsWhatNothingGoesOnFromWhateverTheClocksSay) {
  Shelf shelf{{archive("a1", 1, "a"), archive("a", 9)}};
  EXPECT_THAT(names_of(newest_chain(shelf, kLate)), ElementsAre("a", "a1"));
}

TEST(Shelf, WhatWasTakenInTheFutureIsTheLastChoice) {
  EXPECT_THAT(names_of(newest_chain(kTwo, {4 * 60})), ElementsAre("a", "a1", "a2"));
  EXPECT_THAT(names_of(newest_chain(kTwo, {60})), ElementsAre("b", "b1"));
}

TEST(Shelf, ItsOwnNamesAreThoseThatItGives) {
  const Instant taken{1'700'000'000};
  EXPECT_EQ(shelf_name(taken, true), "stet-20231114T221320Z-full.tar");
  EXPECT_EQ(shelf_name(taken, false, 12), "stet-20231114T221320Z.12-more.tar");
  for (int serial : {0, 1, 12}) {
    EXPECT_TRUE(is_shelf_name(shelf_name(taken, true, serial)));
    EXPECT_TRUE(is_shelf_name(shelf_name(taken, false, serial)));
  }
  for (const char* other : {"",
                            "before-upgrade.tar",
                            "stet-20231114T221320Z-full.tar.gpg",
                            "stet-20231114T221320Z-full-copy.tar",
                            "stet-20231114T221320Z.-full.tar",
                            "stet-20231114T221320Z.1x-full.tar",
                            "stet-20231114T221320Z.1",
                            "stet-20231114T22132-full.tar",
                            "stet-2023111xT221320Z-full.tar",
                            ".stet-20231114T221320Z-full.tar"}) {
    EXPECT_FALSE(is_shelf_name(other)) << other;
  }
  EXPECT_TRUE(is_later_name(shelf_name(taken, true), {taken.seconds - 1}));
  EXPECT_TRUE(is_later_name(shelf_name(taken, true, 1), taken));
  EXPECT_FALSE(is_later_name(shelf_name(taken, true), {taken.seconds + 1}));
}

TEST(Shelf, AChainIsKnownByWhatItBeginsWithThereOrNot) {
  EXPECT_EQ(root_of(kTwo, kTwo.archives[2]), "a");
  Shelf shelf{{archive("a1", 2, "a"), archive("a2", 3, "a1")}};
  EXPECT_EQ(root_of(shelf, shelf.archives[1]), "a");
}

TEST(Shelf, OlderChainsGoTheNewestArchiveFirst) {
  EXPECT_THAT(gone(kTwo, 1, "b1"), ElementsAre("a2", "a1", "a"));
  EXPECT_THAT(gone(kTwo, 2, "b1"), IsEmpty());
  EXPECT_THAT(gone(kTwo, 5, "b1"), IsEmpty());
  // However late what another goes on from says that it was made.
  Shelf shelf{{archive("a1", 1, "a"), archive("a", 2), archive("b", 3)}};
  EXPECT_THAT(gone(shelf, 1, "b"), ElementsAre("a1", "a"));
}

TEST(Shelf, TheChainThatWasJustWrittenStays) { EXPECT_THAT(gone(kTwo, 1, "a2"), IsEmpty()); }

TEST(Shelf, AnEmptyOneHasNoChain) {
  auto chain = newest_chain({}, kLate);
  ASSERT_FALSE(chain);
  EXPECT_EQ(chain.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet::storage
