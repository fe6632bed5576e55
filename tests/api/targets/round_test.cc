#include "api/targets/round.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Files kSite = {{"a.css", "a"}, {"index.html", "home"}, {"x/index.html", "x"}};

TEST(Round, DoesWhatDiffersAndNoMore) {
  TargetWorld world;
  RecordingTarget target;
  EXPECT_TRUE(world.run(target, world.live(kSite)));
  EXPECT_THAT(target.take(), ElementsAre("+a.css", "+index.html", "+x/index.html"));
  EXPECT_TRUE(world.run(target, world.live(kSite)));
  EXPECT_THAT(target.take(), IsEmpty());
  auto outcome =
      world.run(target, world.live({{"a.css", "b"}, {"index.html", "home"}, {"n.html", "n"}}));
  ASSERT_TRUE(outcome);
  EXPECT_THAT(target.take(), ElementsAre("+a.css", "+n.html", "-x/index.html"));
  EXPECT_EQ(outcome->written, 2u);
  EXPECT_EQ(outcome->deleted, 1u);
  auto row = world.state->target("one");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->files, 3u);
  EXPECT_EQ(row->error, "");
  EXPECT_EQ(row->succeeded, world.clock.now());
}

TEST(Round, GoesOnWhereTheLastOneWasBrokenOff) {
  TargetWorld world;
  RecordingTarget target;
  target.failing_at = 2;
  auto failed = world.run(target, world.live(kSite));
  ASSERT_FALSE(failed);
  EXPECT_THAT(target.take(), ElementsAre("+a.css", "+index.html"));
  EXPECT_EQ(world.state->target("one")->error, "the disk is full");
  EXPECT_EQ(world.state->target("one")->behind, 1u);
  world.restart();
  target.failing_at = -1;
  ASSERT_TRUE(world.run(target, world.live(kSite)));
  EXPECT_TRUE(target.resumed);
  EXPECT_THAT(target.take(), ElementsAre("+x/index.html"));
  EXPECT_EQ(world.state->target("one")->error, "");
}

TEST(Round, DeletesWhatABrokenOffRoundMayHaveWritten) {
  TargetWorld world;
  RecordingTarget target;
  target.failing_at = 1;
  ASSERT_FALSE(world.run(target, world.live(kSite)));
  target.failing_at = -1;
  target.take();
  // Nobody knows whether it came to be there; the site has it no more.
  ASSERT_TRUE(world.run(target, world.live({{"a.css", "a"}})));
  EXPECT_THAT(target.take(), ElementsAre("-index.html", "-x/index.html"));
  EXPECT_EQ(world.state->target("one")->files, 1u);
}

TEST(Round, WritesAgainWhatABrokenOffRoundMayHaveDeleted) {
  TargetWorld world;
  RecordingTarget target;
  ASSERT_TRUE(world.run(target, world.live(kSite)));
  target.take();
  target.failing_at = 0;
  ASSERT_FALSE(world.run(target, world.live({{"a.css", "a"}, {"index.html", "home"}})));
  world.restart();
  target.failing_at = -1;
  // Nobody knows whether it has gone; somebody has brought it back.
  ASSERT_TRUE(world.run(target, world.live(kSite)));
  EXPECT_THAT(target.take(), ElementsAre("+x/index.html"));
}

TEST(Round, KnowsNothingOfAnotherPlaceAndWritesAgainInAnotherManner) {
  TargetWorld world;
  RecordingTarget target;
  ASSERT_TRUE(world.run(target, world.live(kSite)));
  target.take();
  target.how = "otherwise";
  ASSERT_TRUE(world.run(target, world.live({{"a.css", "a"}})));
  EXPECT_THAT(target.take(), ElementsAre("+a.css", "-index.html", "-x/index.html"));
  target.where = "elsewhere";
  ASSERT_TRUE(world.run(target, world.live({{"b.css", "b"}})));
  EXPECT_THAT(target.take(), ElementsAre("+b.css")) << "a.css lies in another place";
}

TEST(Round, WaitsForStalePagesWithWhatIsThere) {
  TargetWorld world;
  RecordingTarget target;
  ASSERT_TRUE(world.run(target, world.live(kSite)));
  target.take();
  publish::Live live = world.live({{"a.css", "new"}, {"x/index.html", "x"}});
  live.manifest = live.manifest.with(std::vector{publish::stale("index.html")});
  auto outcome = world.run(target, live);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->waiting, 1u);
  EXPECT_THAT(target.take(), ElementsAre("+a.css"));
  EXPECT_EQ(world.state->target("one")->files, 3u) << "the old index.html is still there";
}

TEST(Round, RendersAgainWhatTheStoreHasLostAndEndsWhereItIsNoLongerLive) {
  TargetWorld world;
  RecordingTarget target;
  publish::Live live = world.live(kSite);
  std::filesystem::remove_all(world.scratch.path() / "pages");
  world.store = *publish::Store::open(world.scratch.path() / "pages");
  auto parts = world.parts(target);
  std::vector<std::string> mended;
  parts.mend = [&](const OutputPath& path) -> Status {
    mended.push_back(path.string());
    if (path == "index.html") return not_found("it is not live");
    (void)world.store->put(kSite.at(path.string()));
    return {};
  };
  auto round = *Round::open(parts);
  auto outcome = round->run(live);
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("it is not live"));
  EXPECT_THAT(mended, ElementsAre("a.css", "index.html"));
  EXPECT_THAT(target.take(), ElementsAre("+a.css"));
  EXPECT_EQ(round->behind(), 2u);
}

TEST(Round, SealsWhenAllElseIsThere) {
  TargetWorld world;
  RecordingTarget target;
  ASSERT_TRUE(world.run(target, world.live(kSite)));
  target.take();
  auto parts = world.parts(target);
  std::size_t sealed = 0;
  parts.seal = [&](auto&, const Manifest& expected, auto&) -> Result<std::vector<Change>> {
    sealed = expected.size();
    (void)world.store->put("sealed");
    return std::vector{publish::set("aaa.txt", "sealed")};
  };
  auto round = *Round::open(parts);
  ASSERT_TRUE(round->run(world.live({{"index.html", "new"}, {"zzz.css", "z"}})));
  EXPECT_EQ(sealed, 2u);
  EXPECT_THAT(target.take(),
              ElementsAre("+zzz.css", "+index.html", "-a.css", "-x/index.html", "+aaa.txt"));
}

}  // namespace
}  // namespace stet::targets
