#include "api/remote/leadership.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "storage/remote/epoch.h"
#include "tests/storage/git/test_repository.h"

namespace stet::remote {
namespace {

using ::testing::HasSubstr;

struct Place {
  std::unique_ptr<Leadership> open(bool has_leader) {
    auto opened = Leadership::open(repository.repository(), state.path(), has_leader);
    EXPECT_TRUE(opened) << opened.error().message;
    return *std::move(opened);
  }
  Epochs epochs() { return *read_epochs(repository.repository(), state.path()); }
  std::uint64_t promoted() {
    auto epoch = promote(repository.repository(), state.path());
    return epoch ? *epoch : 0;
  }

  storage::TestRepository repository;
  storage::TemporaryFolder state;
};

TEST(Leadership, FollowsFromTermEpochAndWhetherALeaderIsNamed) {
  struct Row {
    std::optional<std::uint64_t> term;
    std::uint64_t epoch;
    bool has_leader;
    Role role;
  };
  for (const Row& row : {
           Row{std::nullopt, 1, false, Role::kLeads},
           Row{std::nullopt, 3, false, Role::kLeads},
           Row{1, 1, false, Role::kLeads},
           Row{0, 1, false, Role::kReplaced},
           Row{1, 2, false, Role::kReplaced},
           Row{std::nullopt, 1, true, Role::kFollows},
           Row{0, 1, true, Role::kFollows},
           Row{1, 1, true, Role::kFollows},  // whom the settings tell to follow, does
           Row{1, 2, true, Role::kFollows},
           Row{2, 2, true, Role::kLeads},  // and leads once it was promoted
           Row{2, 3, true, Role::kFollows},
           Row{3, 2, false, Role::kLeads},
       }) {
    EXPECT_EQ(role_of({row.term, row.epoch}, row.has_leader), row.role)
        << row.term.value_or(99) << " " << row.epoch << " " << row.has_leader;
  }
}

TEST(Leadership, OfAServerThatWasNeverToldAnythingIsItsOwnFromTheFirstEpoch) {
  Place place;
  auto leadership = place.open(false);
  EXPECT_EQ(leadership->role(), Role::kLeads);
  EXPECT_TRUE(leadership->may_write());
  EXPECT_EQ(leadership->refusal(), "");
  EXPECT_EQ(place.epochs().term, 1u);
}

TEST(Leadership, EndsAsSoonAsTheRepositoryKnowsALaterEpoch) {
  Place place;
  auto leadership = place.open(false);
  ASSERT_TRUE(leadership->may_write());
  ASSERT_TRUE(storage::raise_epoch(place.repository.repository(), 2));
  EXPECT_FALSE(leadership->may_write());
  EXPECT_TRUE(leadership->has_changed());
  EXPECT_THAT(leadership->refusal(), HasSubstr("leads this site since epoch 2"));
  // It stays so, whatever becomes of the reference.
  place.repository.git({"update-ref", "-d", "refs/stet/epoch"});
  EXPECT_FALSE(leadership->may_write());
  ASSERT_TRUE(storage::raise_epoch(place.repository.repository(), 2));
  auto again = place.open(false);
  EXPECT_EQ(again->role(), Role::kReplaced);
  EXPECT_FALSE(again->may_write());
}

TEST(Leadership, OfAFollowerBeginsWithItsPromotion) {
  Place place;
  auto follower = place.open(true);
  EXPECT_EQ(follower->role(), Role::kFollows);
  EXPECT_FALSE(follower->may_write());
  EXPECT_THAT(follower->refusal(), HasSubstr("stet promote"));
  EXPECT_FALSE(follower->has_changed());
  EXPECT_EQ(place.promoted(), 2u);
  EXPECT_TRUE(follower->has_changed());
  EXPECT_FALSE(follower->may_write()) << "what it was made for, it stays";
  auto leader = place.open(true);
  EXPECT_EQ(leader->role(), Role::kLeads);
  EXPECT_TRUE(leader->may_write());
  EXPECT_EQ(leader->term(), 2u);
  EXPECT_EQ(place.promoted(), 0u) << "it leads already";
}

TEST(Leadership, WithoutALeadersNameAFollowerDoesNotBegin) {
  Place place;
  place.open(true);
  EXPECT_EQ(place.open(false)->role(), Role::kReplaced);
}

TEST(Leadership, IsPromotedBeyondWhatTheLeaderSaidLast) {
  Place place;
  place.open(true);
  place.repository.git({"update-ref", "refs/stet/mirror/epoch", place.repository.blob("5\n")});
  EXPECT_EQ(place.promoted(), 6u);
}

TEST(Leadership, OfTwoThatArePromotedApartOneIsTheLater) {
  Place one, other;
  one.open(true);
  other.open(true);
  EXPECT_EQ(*promote(one.repository.repository(), one.state.path(), 7), 9u);
  EXPECT_EQ(*promote(other.repository.repository(), other.state.path(), 4), 6u);
}

TEST(Leadership, OfWhoWasReplacedAndFollowsCanComeBack) {
  Place place;
  place.open(false);
  ASSERT_TRUE(storage::raise_epoch(place.repository.repository(), 2));
  auto follower = place.open(true);
  ASSERT_EQ(follower->role(), Role::kFollows);
  ASSERT_TRUE(follower->forget_term());
  EXPECT_EQ(place.epochs().term, 0u);
  EXPECT_EQ(place.promoted(), 3u);
  EXPECT_FALSE(follower->forget_term()) << "a round that has begun before that";
  EXPECT_EQ(place.open(true)->role(), Role::kLeads);
}

TEST(Leadership, ATermThatIsNoNumberIsAnErrorThatNamesTheFile) {
  Place place;
  std::ofstream(place.state.path() / "term") << "two\n";
  auto opened = Leadership::open(place.repository.repository(), place.state.path(), false);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("term"));
}

}  // namespace
}  // namespace stet::remote
