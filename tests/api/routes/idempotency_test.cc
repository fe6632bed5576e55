// A request that is sent again is done once, also when the server ended in between.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "storage/base/hash.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

constexpr char kNewPost[] =
    R"({"front_matter": {"title": "Once", "layout": "default", "date": "2020-11-01"}})";

Told create(World& world, const std::string& key, const std::string& body = kNewPost) {
  return world.api(
      {.method = "POST", .target = "/posts", .body = body, .headers = {{"Idempotency-Key", key}}});
}

TEST(Idempotency, TheSameRequestIsAnsweredTheSameAndDoneOnce) {
  World world;
  Told first = create(world, "\"k1\"");
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(first.header("Idempotency-Replayed"), "");
  for (const char* key : {"\"k1\"", "k1"}) {
    Told again = create(world, key);
    EXPECT_EQ(again.status, 201) << again.body;
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.header("ETag"), first.header("ETag"));
    EXPECT_EQ(again.header("Location"), first.header("Location"));
  }
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_EQ(create(world, "\"k2\"").status, 201);
  EXPECT_EQ(world.commits(), 3u);
}

TEST(Idempotency, AnotherRequestWithTheKeyIsRefused) {
  World world;
  ASSERT_EQ(create(world, "k").status, 201);
  Told other = create(world, "k", R"({"front_matter": {"title": "Other"}})");
  EXPECT_EQ(other.status, 422) << other.body;
  Told patch = world.api({.method = "PATCH",
                          .target = "/posts/2020-01-01-first",
                          .body = R"({"body": "x"})",
                          .headers = {{"Idempotency-Key", "k"}, {"If-Match", "*"}}});
  EXPECT_EQ(patch.status, 422) << patch.body;
  EXPECT_EQ(world.commits(), 2u);
}

TEST(Idempotency, KeysBelongToTheirToken) {
  World world;
  ASSERT_EQ(create(world, "k").status, 201);
  Told other = world.api({.method = "POST",
                          .target = "/posts",
                          .body = kNewPost,
                          .headers = {{"Idempotency-Key", "k"},
                                      {"Authorization", "Bearer " + world.token("posts:write")}}});
  EXPECT_EQ(other.status, 201) << other.body;
  EXPECT_EQ(world.commits(), 3u);
}

TEST(Idempotency, ARefusalIsAnAnswerToo) {
  World world;
  Told first = create(world, "k", R"({"body": "no title"})");
  ASSERT_EQ(first.status, 422);
  Told again = create(world, "k", R"({"body": "no title"})");
  EXPECT_EQ(again.status, 422);
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(again.header("Content-Type"), "application/problem+json");
}

TEST(Idempotency, ARestartForgetsNothing) {
  World world;
  Told first = create(world, "k");
  ASSERT_EQ(first.status, 201);
  world.restart();
  EXPECT_EQ(create(world, "k").body, first.body);
  EXPECT_EQ(world.commits(), 2u);
}

TEST(Idempotency, ACommitWhoseRecordIsLostIsNotMadeAgain) {
  World world;
  Told first = create(world, "k");
  ASSERT_EQ(first.status, 201);
  // As if the server had been killed between the commit and the record.
  ASSERT_TRUE(world.ledger->forget_keys_before({world.clock.now().seconds + 1}));
  world.restart();
  Told again = create(world, "k");
  ASSERT_EQ(again.status, 201) << again.body;
  EXPECT_EQ(world.commits(), 2u);
  Json json = again.json();
  EXPECT_EQ(json["is_recovered"], true);
  for (const char* member : {"commit", "entry", "diff"}) {
    EXPECT_EQ(json[member], first.json()[member]) << member;
  }
  EXPECT_EQ(again.header("ETag"), first.header("ETag"));
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  ASSERT_TRUE(world.ledger->forget_keys_before({world.clock.now().seconds + 1}));
  world.restart();
  EXPECT_EQ(create(world, "k", R"({"front_matter": {"title": "Other"}})").status, 422);
  EXPECT_EQ(create(world, "k").json()["commit"], json["commit"]);
}

TEST(Idempotency, AClientsOwnMessageSaysNothingOfKeys) {
  World world;
  auto tokens = world.ledger->tokens();
  ASSERT_TRUE(tokens);
  std::string hash = Fingerprinter().add(tokens->front().id).add("k").finish().hex();
  std::string line = "Idempotency-Key: " + hash + " " + std::string(32, '0');
  for (const std::string& message : {"Mine\n\n" + line, "Mine\n\n" + line + "\n\nIndeed."}) {
    Told told = world.api({.method = "PATCH",
                           .target = "/posts/2020-01-01-first",
                           .body = Json{{"body", message}, {"message", message}}.dump(),
                           .headers = {{"If-Match", "*"}}});
    ASSERT_EQ(told.status, 200) << told.body;
  }
  std::string tree = world.head() + "^{tree}", pushed = "Pushed\n\n" + line + "\n";
  std::string commit =
      world.repository.git({"commit-tree", tree, "-p", world.head(), "-m", pushed});
  world.repository.git({"update-ref", "refs/heads/main", commit.substr(0, 40)});
  EXPECT_EQ(create(world, "k").status, 201);
}

TEST(Idempotency, KeysAreForgottenInTheEnd) {
  World world;
  ASSERT_EQ(create(world, "k").status, 201);
  world.clock.advance_seconds(IdempotencyKeys::kSeconds + 1000);
  world.restart();
  EXPECT_EQ(create(world, "k").status, 201);
  EXPECT_EQ(world.commits(), 3u);
}

TEST(Idempotency, OfManyAtOnceOneIsDone) {
  World world;
  std::atomic<int> made{0}, replayed{0}, busy{0};
  std::vector<std::thread> senders;
  for (int i = 0; i < 6; ++i) {
    senders.emplace_back([&] {
      Told answer = create(world, "k");
      bool is_again = answer.header("Idempotency-Replayed") == "true";
      made += answer.status == 201 && !is_again;
      replayed += answer.status == 201 && is_again;
      busy += answer.status == 409;
    });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(made + replayed + busy, 6);
  EXPECT_EQ(world.commits(), 2u);
}

TEST(Idempotency, WhatIsStillAtWorkIsToldSo) {
  World world;
  ASSERT_EQ(create(world, "other").status, 201);
  auto tokens = world.ledger->tokens();
  ASSERT_TRUE(tokens);
  // A claim that nobody completes, by a request that is not this one's and by one that is.
  storage::IdempotencyKey key{tokens->front().id, "k", {}};
  ASSERT_TRUE(world.ledger->claim_key(key, world.clock.now()));
  EXPECT_EQ(create(world, "k").status, 422);
  world.restart();  // which releases it
  EXPECT_EQ(create(world, "k").status, 201);
}

TEST(Idempotency, KeysThatAreNoneAreRefused) {
  World world;
  for (const std::string& key : {std::string("\"\""),
                                 std::string("a b"),
                                 std::string("\"a\"b\""),
                                 std::string(256, 'x'),
                                 std::string("\xc3\xa4")}) {
    EXPECT_EQ(create(world, key).status, 400) << key;
  }
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Idempotency, ADryRunNeedsNoKeyAndTakesNone) {
  World world;
  Told dry = world.api({.method = "POST",
                        .target = "/posts?dry_run=1",
                        .body = kNewPost,
                        .headers = {{"Idempotency-Key", "k"}}});
  EXPECT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(create(world, "k").status, 201);
}

TEST(Idempotency, SeveralFilesInOneCommitTakeAKeyToo) {
  World world;
  Asked asked{.method = "POST",
              .target = "/commits",
              .body = R"({"actions": [{"action": "create", "path": "a.txt", "content": "a"},
                                      {"action": "create", "path": "b.txt", "content": "b"}]})",
              .headers = {{"Idempotency-Key", "k"}}};
  Told first = world.api(asked);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(world.api(asked).body, first.body);
  ASSERT_TRUE(world.ledger->forget_keys_before({world.clock.now().seconds + 1}));
  world.restart();
  Json again = world.api(asked).json();
  EXPECT_EQ(again["commit"], first.json()["commit"]);
  EXPECT_EQ(again["actions"], first.json()["actions"]);
  EXPECT_EQ(world.commits(), 2u);
}

}  // namespace
}  // namespace stet::api
