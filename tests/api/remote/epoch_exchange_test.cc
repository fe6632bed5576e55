#include "api/remote/epoch_exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/remote/epoch.h"
#include "tests/storage/git/test_repository.h"

namespace stet::remote {
namespace {

using storage::TestRepository;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// One that was promoted, the one that it had followed, and another.
class Three {
 public:
  Three() {
    EXPECT_TRUE(write_term(state.path(), 0));
    EXPECT_TRUE(promote(ours.repository(), state.path()));
    leadership = *Leadership::open(ours.repository(), state.path(), true);
    EXPECT_EQ(leadership->role(), Role::kLeads);
    at_former = open(former);
    at_peer = open(peer);
    exchange = std::make_unique<EpochExchange>(
        EpochExchange::Parts{ours.repository(),
                             *leadership,
                             clock,
                             [this](std::string_view note) { notes.emplace_back(note); }},
        at_former.get(),
        std::vector<storage::Upstream*>{at_peer.get()});
  }
  std::unique_ptr<storage::Upstream> open(const TestRepository& other) {
    return *storage::Upstream::open({.repository = ours.path(), .url = other.path().string()});
  }

  TestRepository ours, former, peer;
  storage::TemporaryFolder state;
  ManualClock clock{Instant{1'700'000'000}};
  std::unique_ptr<Leadership> leadership;
  std::unique_ptr<storage::Upstream> at_former, at_peer;
  std::unique_ptr<EpochExchange> exchange;
  std::vector<std::string> notes;
};

TEST(EpochExchange, TheFormerLeaderIsToldAndPeersAreLookedAt) {
  Three three;
  ASSERT_TRUE(three.exchange->round());
  EXPECT_EQ(*storage::read_epoch(three.former.repository()), 2u);
  EXPECT_EQ(*storage::read_epoch(three.peer.repository()), 1u);
  EXPECT_TRUE(three.leadership->may_write());
  EXPECT_THAT(three.notes, ElementsAre(HasSubstr("was told that it leads no more")));
  ASSERT_TRUE(three.exchange->round());
  EXPECT_EQ(three.notes.size(), 1u) << "once";
}

TEST(EpochExchange, ALaterEpochOfAnyOfThemEndsTheLeadership) {
  for (bool is_former : {true, false}) {
    Three three;
    TestRepository& other = is_former ? three.former : three.peer;
    ASSERT_TRUE(storage::raise_epoch(other.repository(), 5));
    ASSERT_TRUE(three.exchange->round());
    EXPECT_FALSE(three.leadership->may_write());
    EXPECT_EQ(three.leadership->epoch(), 5u);
    EXPECT_TRUE(three.leadership->has_changed());
  }
}

TEST(EpochExchange, OneThatCannotBeReachedHindersNoOther) {
  Three three;
  std::filesystem::rename(three.former.path(), three.former.folder() / "away");
  ASSERT_TRUE(storage::raise_epoch(three.peer.repository(), 3));
  Status done = three.exchange->round();
  ASSERT_FALSE(done);
  EXPECT_EQ(three.exchange->report().state, LeaderState::kFailing);
  EXPECT_FALSE(three.leadership->may_write());
}

}  // namespace
}  // namespace stet::remote
