#include "storage/sqlite/target_state.h"

#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

HeldFile held(const std::string& path, std::string_view bytes) {
  return {path, HeldFile::Content{content_hash(bytes), bytes.size(), "text/html", 200}};
}

class TargetStateTest : public testing::Test {
 protected:
  TargetStateTest() { reopen(); }
  void reopen() {
    state_.reset();
    state_ = *TargetState::open(folder_.path() / "targets.sqlite");
  }
  void begin(const std::string& name,
             const std::string& address = "a",
             const std::string& manner = "m") {
    ASSERT_TRUE(state_->begin({name, "s3", "shown", address, manner}));
  }
  // "path" of what is known, "path?" of what nobody knows.
  std::vector<std::string> files(const std::string& name) {
    std::vector<std::string> paths;
    const auto held = state_->files(name);
    for (const HeldFile& file : *held) {
      paths.push_back(file.path + (file.content ? "" : "?"));
    }
    return paths;
  }
  using Paths = std::vector<std::string>;

  TemporaryFolder folder_;
  std::unique_ptr<TargetState> state_;
};

TEST_F(TargetStateTest, RemembersWhatEachTargetHolds) {
  begin("one");
  begin("two");
  ASSERT_TRUE(state_->intend("one", {"a", "b"}));
  ASSERT_TRUE(state_->confirm("one", {.there = {held("a", "1")}, .gone = {}, .purge = {}}));
  ASSERT_TRUE(state_->confirm("two", {.there = {held("z", "2")}, .gone = {}, .purge = {}}));
  reopen();
  EXPECT_EQ(files("one"), (Paths{"a", "b?"}));
  const HeldFile a = state_->files("one")->front();
  EXPECT_EQ(a.content->hash, content_hash("1"));
  EXPECT_EQ(a.content->bytes, 1u);
  EXPECT_EQ(a.content->type, "text/html");
  ASSERT_TRUE(state_->confirm("one", {.there = {}, .gone = {"a", "b"}, .purge = {}}));
  EXPECT_EQ(files("one"), Paths{});
  EXPECT_EQ(files("two"), Paths{"z"});
}

TEST_F(TargetStateTest, DoubtsInAnotherMannerAndForgetsAtAnotherAddress) {
  begin("one");
  ASSERT_TRUE(
      state_->confirm("one", {.there = {held("a", "1")}, .gone = {}, .purge = {"https://x/a"}}));
  ASSERT_TRUE(state_->set_mark("one", "mark"));
  begin("one");
  EXPECT_EQ(files("one"), Paths{"a"});
  begin("one", "a", "other");
  EXPECT_EQ(files("one"), Paths{"a?"});
  EXPECT_EQ(state_->target("one")->mark, "mark");
  begin("one", "b", "other");
  EXPECT_EQ(files("one"), Paths{});
  EXPECT_EQ(state_->target("one")->mark, "");
  EXPECT_TRUE(state_->purges("one", 10)->empty());
}

TEST_F(TargetStateTest, PurgesAreToldInTheOrderTheyCameAndOnce) {
  begin("one");
  ASSERT_TRUE(state_->confirm("one", {.there = {}, .gone = {}, .purge = {"c", "a"}}));
  ASSERT_TRUE(state_->confirm("one", {.there = {}, .gone = {}, .purge = {"b", "a"}}));
  EXPECT_EQ(*state_->purges("one", 2), (Paths{"c", "a"}));
  ASSERT_TRUE(state_->forget_purges("one", {"c", "a"}));
  EXPECT_EQ(*state_->purges("one", 2), Paths{"b"});
}

TEST_F(TargetStateTest, TellsHowTheLastRoundEnded) {
  begin("one");
  ASSERT_TRUE(state_->note_failure("one", "it is away", 7, Instant{5}));
  TargetRow row = *state_->target("one");
  EXPECT_EQ(row.error, "it is away");
  EXPECT_EQ(row.behind, 7u);
  EXPECT_EQ(row.failed, Instant{5});
  EXPECT_FALSE(row.succeeded);
  ASSERT_TRUE(state_->note_success("one", "abc", Instant{6}));
  row = state_->targets()->front();
  EXPECT_EQ(row.error, "");
  EXPECT_EQ(row.behind, 0u);
  EXPECT_EQ(row.commit, "abc");
  EXPECT_EQ(row.failed, Instant{5});
  EXPECT_EQ(state_->target("two").error().code, ErrorCode::kNotFound);
}

TEST_F(TargetStateTest, KeepsHashesOfWhatIsHeld) {
  begin("one");
  ASSERT_TRUE(state_->confirm("one", {.there = {held("a", "1")}, .gone = {}, .purge = {}}));
  ASSERT_TRUE(state_->remember_sha256(content_hash("1"), "of one"));
  ASSERT_TRUE(state_->remember_sha256(content_hash("2"), "of two"));
  EXPECT_EQ(*state_->sha256_of(content_hash("2")), "of two");
  reopen();
  EXPECT_EQ(*state_->sha256_of(content_hash("1")), "of one");
  EXPECT_EQ(*state_->sha256_of(content_hash("2")), std::nullopt);
}

}  // namespace
}  // namespace stet::storage
