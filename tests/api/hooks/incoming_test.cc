// Deliveries as forges send them, and as others would like to.

#include "api/hooks/incoming.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iostream>

#include "storage/base/hash.h"
#include "tests/api/routes/world.h"

namespace stet::hooks {
namespace {

using api::Asked;
using api::World;
using ::testing::HasSubstr;

constexpr char kSecret[] = "a secret of the settings";
constexpr char kBody[] = R"({"ref":"refs/heads/main"})";

class Hooked {
 public:
  Hooked()
      : follower("main", {*world.pipeline, world.repository.repository(), world.clock}, nullptr),
        hooks(
            {.secrets = {{"github", {"old secret", kSecret}}}, .local_secret = "local"},
            follower,
            [this] { ++pushed, follower.wake(); },
            *world.ledger,
            world.clock) {}

  http::Response send(const Asked& asked) { return hooks.answer(api::request_of(asked)); }

  World world;
  std::atomic<int> pushed{0};
  HeadFollower follower;
  IncomingHooks hooks;
};

std::string sign(std::string_view body, std::string_view secret = kSecret) {
  return encode_hex(hmac_sha256(secret, body));
}

std::string text_of(const http::Response& response) { return std::get<std::string>(response.body); }

Asked github(std::string delivery = "d1") {
  return {.method = "POST",
          .target = "/hooks/github",
          .body = kBody,
          .headers = {{"Content-Type", "application/json"},
                      {"X-GitHub-Event", "push"},
                      {"X-GitHub-Delivery", std::move(delivery)},
                      {"X-Hub-Signature-256", "sha256=" + sign(kBody)}}};
}

TEST(IncomingHooks, AVerifiedDeliveryIsAcceptedAndFollowed) {
  Hooked hooked;
  hooked.world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  http::Response response = hooked.send(github());
  EXPECT_EQ(response.status, 202);
  EXPECT_THAT(text_of(response), HasSubstr("queued"));
  ASSERT_TRUE(hooked.follower.follow());
  EXPECT_EQ(hooked.pushed, 1);
  EXPECT_THAT(hooked.world.page("/about/"), HasSubstr("Pushed."));
}

TEST(IncomingHooks, ADeliveryThatWasSeenIsNotFollowedAgain) {
  Hooked hooked;
  EXPECT_THAT(text_of(hooked.send(github("same"))), HasSubstr("queued"));
  http::Response again = hooked.send(github("same"));
  EXPECT_EQ(again.status, 202);
  EXPECT_THAT(text_of(again), HasSubstr("seen before"));
  EXPECT_THAT(text_of(hooked.send(github("other"))), HasSubstr("queued"));
}

TEST(IncomingHooks, ASecondDeliveryOfTheSameBodyIsFollowedWhereNoneHasAnId) {
  Hooked hooked;
  Asked asked = github();
  asked.headers.erase("X-GitHub-Delivery");
  EXPECT_THAT(text_of(hooked.send(asked)), HasSubstr("queued"));
  EXPECT_THAT(text_of(hooked.send(asked)), HasSubstr("queued"));
}

TEST(IncomingHooks, APingIsAnsweredAndDoesNothing) {
  Hooked hooked;
  Asked ping = github();
  ping.headers["X-GitHub-Event"] = "ping";
  EXPECT_THAT(text_of(hooked.send(ping)), HasSubstr("pong"));
  EXPECT_EQ(hooked.pushed, 0);
}

struct Refused {
  const char* what;
  std::function<void(Asked&)> change;
  int status;
};

TEST(IncomingHooks, WhatCannotBeVerifiedIsRefused) {
  Hooked hooked;
  for (const Refused& row : std::vector<Refused>{
           {"GET with the payload in the query", [](Asked& a) { a.method = "GET"; }, 405},
           {"another body", [](Asked& a) { a.body += " "; }, 403},
           {"text", [](Asked& a) { a.headers["Content-Type"] = "text/plain"; }, 415},
           {"no type", [](Asked& a) { a.headers.erase("Content-Type"); }, 415},
           {"a provider without a secret", [](Asked& a) { a.target = "/hooks/forgejo"; }, 404},
           {"no provider", [](Asked& a) { a.target = "/hooks/"; }, 404},
           {"another provider", [](Asked& a) { a.target = "/hooks/nobody"; }, 404},
           {"below a provider", [](Asked& a) { a.target = "/hooks/github/x"; }, 404},
       }) {
    Asked asked = github();
    row.change(asked);
    EXPECT_EQ(hooked.send(asked).status, row.status) << row.what;
  }
  EXPECT_EQ(hooked.pushed, 0);
}

TEST(IncomingHooks, ASecretThatIsBeingReplacedStillCounts) {
  Hooked hooked;
  Asked asked = github();
  asked.headers["X-Hub-Signature-256"] = "sha256=" + sign(kBody, "old secret");
  EXPECT_EQ(hooked.send(asked).status, 202);
}

TEST(IncomingHooks, OurOwnHookWaitsUntilThePushIsLive) {
  Hooked hooked;
  hooked.world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  Asked asked{
      .method = "POST", .target = "/hooks/local", .headers = {{"Authorization", "Bearer local"}}};
  EXPECT_EQ(hooked.send(asked).status, 204);
  EXPECT_THAT(hooked.world.page("/about/"), HasSubstr("Pushed."));
  EXPECT_EQ(hooked.pushed, 0);
  asked.headers["Authorization"] = "Bearer other";
  EXPECT_EQ(hooked.send(asked).status, 403);
  asked.headers.clear();
  EXPECT_EQ(hooked.send(asked).status, 403);
}

TEST(IncomingHooks, OurOwnHookIsToldWhatCannotBePublished) {
  Hooked hooked;
  hooked.world.repository.git({"update-ref", "-d", "refs/heads/main"});
  http::Response answer = hooked.send(
      {.method = "POST", .target = "/hooks/local", .headers = {{"Authorization", "Bearer local"}}});
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(text_of(answer), AllOf(HasSubstr("goes live when it can"), HasSubstr("main")));
}

TEST(IncomingHooks, OurOwnHookNeedNotWait) {
  Hooked hooked;
  Asked asked{.method = "POST",
              .target = "/hooks/local?wait=0",
              .headers = {{"Authorization", "Bearer local"}}};
  hooked.world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  EXPECT_EQ(hooked.send(asked).status, 202);
  ASSERT_TRUE(hooked.follower.follow());
  EXPECT_THAT(hooked.world.page("/about/"), HasSubstr("Pushed."));
  asked.headers["Authorization"] = "Bearer other";
  EXPECT_EQ(hooked.send(asked).status, 403);
}

TEST(IncomingHooks, DeliveriesAreForgottenAfterAMonth) {
  Hooked hooked;
  EXPECT_THAT(text_of(hooked.send(github("old"))), HasSubstr("queued"));
  hooked.world.clock.advance_seconds(IncomingHooks::kRememberedSeconds - 86'400);
  EXPECT_THAT(text_of(hooked.send(github("old"))), HasSubstr("seen before"));
  hooked.world.clock.advance_seconds(2 * 86'400);
  EXPECT_THAT(text_of(hooked.send(github("old"))), HasSubstr("queued"));
}

// Printed, and never asserted: what else the machine does is not this test's to know.
TEST(IncomingHooks, HowLongAnAnswerTakes) {
  Hooked hooked;
  SystemClock clock;
  std::vector<std::int64_t> took;
  for (int i = 0; i < 500; ++i) {
    http::Request request = api::request_of(github("d" + std::to_string(i)));
    std::int64_t begin = clock.monotonic_ns();
    EXPECT_EQ(hooked.hooks.answer(request).status, 202);
    took.push_back(clock.monotonic_ns() - begin);
  }
  std::sort(took.begin(), took.end());
  auto us = [&](std::size_t at) { return std::to_string(took[at] / 1000) + " us"; };
  std::cout << "an answer to a delivery: p50 " << us(250) << ", p99 " << us(495) << ", most "
            << us(499) << "\n";
  EXPECT_EQ(hooked.pushed, 500);
}

}  // namespace
}  // namespace stet::hooks
