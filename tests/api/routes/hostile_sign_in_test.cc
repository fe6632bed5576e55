// Those who should not come in: storms of passwords, and what was valid once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "storage/base/one_time_code.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using auth::Role;
using Headers = std::map<std::string, std::string>;

Told try_password(World& world, const std::string& login, const std::string& password) {
  Json body = {{"login", login}, {"password", password}};
  return world.admin({.method = "POST",
                      .target = "/api/v1/session",
                      .body = body.dump(),
                      .headers = {{"Content-Type", "application/json"}}});
}

TEST(LoginStorm, TakesNeitherTheMemoryNorTheTurnsOfOthers) {
  World world;
  world.person("jo", Role::kEditor);
  constexpr int kThreads = 24, kTries = 20;
  std::atomic<int> let_in = 0, other = 0;
  std::vector<std::thread> storm;
  for (int i = 0; i < kThreads; ++i) {
    storm.emplace_back([&, i] {
      for (int j = 0; j < kTries; ++j) {
        int status = try_password(world, "jo", "wrong " + std::to_string(i * kTries + j)).status;
        let_in += status == 201 ? 1 : 0;
        other += status != 401 && status != 429 && status != 503 ? 1 : 0;
      }
    });
  }
  int read = 0;
  for (int i = 0; i < 50; ++i) read += world.api({.target = "/posts"}).status == 200 ? 1 : 0;
  for (std::thread& thread : storm) thread.join();
  EXPECT_EQ(read, 50);
  EXPECT_EQ(let_in, 0);
  EXPECT_EQ(other, 0);
  EXPECT_LE(world.door->hasher.running_most(), auth::PasswordHasher::kConcurrentMax);
  // Who has the right password waits a quarter of an hour at most.
  world.clock.advance_seconds(auth::AttemptLimiter::kWaitSecondsMax);
  EXPECT_EQ(try_password(world, "jo", World::kPassword).status, 201);
}

TEST(Replay, ATokenThatWasRevokedIsWorthNothingFromThenOn) {
  World world;
  world.person("jo", Role::kEditor);
  Headers jo = world.signed_in("jo");
  Headers json = jo;
  json["Content-Type"] = "application/json";
  Told made = world.admin({.method = "POST",
                           .target = "/api/v1/account/tokens",
                           .body = R"({"name": "script", "scopes": ["posts:write"]})",
                           .headers = json});
  ASSERT_EQ(made.status, 201) << made.body;
  Headers bearer = {{"Authorization", "Bearer " + made.json()["token"].get<std::string>()}};
  ASSERT_EQ(world.admin({.target = "/api/v1/posts", .headers = bearer}).status, 200);
  std::string id = made.json()["id"];
  ASSERT_EQ(
      world.admin({.method = "DELETE", .target = "/api/v1/account/tokens/" + id, .headers = jo})
          .status,
      200);
  for (const char* method : {"GET", "POST", "GET"}) {
    EXPECT_EQ(world.admin({.method = method, .target = "/api/v1/posts", .headers = bearer}).status,
              401);
  }
}

TEST(Replay, WhoIsDisabledIsOutAtOnceAndStaysOutWhenEnabledAgain) {
  World world;
  auto jo = world.person("jo", Role::kAdmin);
  world.person("root", Role::kAdmin);
  Headers session = world.signed_in("jo"), root = world.signed_in("root");
  Headers bearer = {{"Authorization", "Bearer " + world.token_of(jo)}};
  auto statuses = [&] {
    return std::pair(world.admin({.target = "/api/v1/account", .headers = session}).status,
                     world.admin({.target = "/api/v1/account", .headers = bearer}).status);
  };
  auto disable = [&](const char* is_disabled) {
    root["Content-Type"] = "application/merge-patch+json";
    Told told = world.admin({.method = "PATCH",
                             .target = "/api/v1/users/" + jo.id,
                             .body = std::string(R"({"is_disabled": )") + is_disabled + "}",
                             .headers = root});
    EXPECT_EQ(told.status, 200) << told.body;
  };
  ASSERT_EQ(statuses(), std::pair(200, 200));
  disable("true");
  EXPECT_EQ(statuses(), std::pair(401, 401));
  disable("false");
  EXPECT_EQ(statuses(), std::pair(401, 200)) << "a token is of use again, a session is not";
}

TEST(Replay, ACodeIsGoodOnceHoweverManyShowItAtOnce) {
  World world;
  auto jo = world.person("jo", Role::kEditor);
  ASSERT_TRUE(world.door->factor.begin(jo));
  jo = *world.people->find(jo.id);
  const std::string code =
      hotp(jo.totp_pending, static_cast<std::uint64_t>(totp_step(world.clock.now())));
  auto recovery = *world.door->factor.finish(jo, code);
  jo = *world.people->find(jo.id);
  world.clock.advance_seconds(60);
  const std::string next =
      hotp(jo.totp_secret, static_cast<std::uint64_t>(totp_step(world.clock.now())));
  for (const auto& [shown, good] :
       {std::pair(next, 1), std::pair(recovery.front(), 1), std::pair(code, 0)}) {
    std::atomic<int> taken = 0;
    std::vector<std::thread> many;
    for (int i = 0; i < 8; ++i) {
      many.emplace_back([&, shown = shown] {
        taken += *world.door->factor.use(jo, shown) != auth::SecondFactor::Kind::kNone ? 1 : 0;
      });
    }
    for (std::thread& thread : many) thread.join();
    EXPECT_EQ(taken, good) << shown;
  }
}

TEST(Fixation, WhatTheBrowserBroughtAlongIsNeverTheSession) {
  World world;
  world.person("jo", Role::kEditor);
  const std::string chosen = "stet=" + std::string(43, 'B');
  Json body = {{"login", "jo"}, {"password", World::kPassword}};
  Told told = world.admin({.method = "POST",
                           .target = "/api/v1/session",
                           .body = body.dump(),
                           .headers = {{"Content-Type", "application/json"}, {"Cookie", chosen}}});
  ASSERT_EQ(told.status, 201);
  EXPECT_FALSE(told.header("Set-Cookie").starts_with(chosen));
  EXPECT_EQ(world.admin({.target = "/api/v1/session", .headers = {{"Cookie", chosen}}}).status,
            401);
}

}  // namespace
}  // namespace stet::api
