// Deliveries as forges send them, and as others would like to.

#include "api/hooks/incoming.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/http/url.h"
#include "storage/base/hash.h"
#include "tests/api/routes/world.h"

namespace stet::hooks {
namespace {

using api::Asked;
using api::World;
using ::testing::HasSubstr;

constexpr char kSecret[] = "a secret of the settings";
constexpr char kBody[] = R"({"ref":"refs/heads/main"})";

class CountingRemote final : public RemoteSync {
 public:
  Status fetch() override {
    ++fetches;
    return {};
  }
  std::atomic<int> fetches{0};
};

class Hooked {
 public:
  Hooked()
      : follower("main", *world.pipeline, &remote, nullptr),
        hooks({.secrets = {{"github", {"old secret", kSecret}},
                           {"gitea", {kSecret}},
                           {"gitlab", {kSecret}},
                           {"generic", {kSecret}},
                           {"bitbucket", {""}}},
               .local_secret = "local"},
              follower,
              *world.ledger,
              world.clock) {}

  http::Response send(const Asked& asked) { return hooks.answer(api::request_of(asked)); }

  World world;
  CountingRemote remote;
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
  EXPECT_GE(hooked.remote.fetches, 1);
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

TEST(IncomingHooks, APingIsAnsweredAndDoesNothing) {
  Hooked hooked;
  Asked ping = github();
  ping.headers["X-GitHub-Event"] = "ping";
  EXPECT_THAT(text_of(hooked.send(ping)), HasSubstr("pong"));
  EXPECT_EQ(hooked.follower.runs(), 0u);
}

TEST(IncomingHooks, GiteaSignsThePayloadOfAForm) {
  Hooked hooked;
  std::string form = "payload=" + http::percent_encode(kBody);
  Asked asked{.method = "POST",
              .target = "/hooks/gitea",
              .body = form,
              .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                          {"X-Gitea-Event", "push"},
                          {"X-GitHub-Event", "push"},
                          {"X-Gitea-Signature", sign(kBody)}}};
  EXPECT_EQ(hooked.send(asked).status, 202);
  asked.headers["X-Gitea-Signature"] = sign(form);
  EXPECT_EQ(hooked.send(asked).status, 403);
  asked.body = "other=1";
  EXPECT_EQ(hooked.send(asked).status, 403);
}

TEST(IncomingHooks, GithubSignsTheWholeForm) {
  Hooked hooked;
  Asked asked = github();
  asked.body = "payload=" + http::percent_encode(kBody);
  asked.headers["Content-Type"] = "application/x-www-form-urlencoded";
  asked.headers["X-Hub-Signature-256"] = "sha256=" + sign(asked.body);
  EXPECT_EQ(hooked.send(asked).status, 202);
}

TEST(IncomingHooks, GitlabSendsItsTokenAndOthersSignGenerically) {
  Hooked hooked;
  Asked gitlab{.method = "POST",
               .target = "/hooks/gitlab",
               .body = kBody,
               .headers = {{"Content-Type", "application/json; charset=utf-8"},
                           {"X-Gitlab-Event", "Push Hook"},
                           {"X-Gitlab-Token", kSecret}}};
  EXPECT_EQ(hooked.send(gitlab).status, 202);
  gitlab.headers["X-Gitlab-Token"] = "another";
  EXPECT_EQ(hooked.send(gitlab).status, 403);
  Asked generic{.method = "POST",
                .target = "/hooks/generic",
                .body = kBody,
                .headers = {{"Content-Type", "application/json"},
                            {"X-Hub-Signature-256", "sha256=" + sign(kBody)}}};
  EXPECT_EQ(hooked.send(generic).status, 202);
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
           {"no signature", [](Asked& a) { a.headers.erase("X-Hub-Signature-256"); }, 403},
           {"an empty digest", [](Asked& a) { a.headers["X-Hub-Signature-256"] = "sha256="; }, 403},
           {"the legacy signature alone",
            [](Asked& a) {
              a.headers["X-Hub-Signature"] = a.headers["X-Hub-Signature-256"];
              a.headers.erase("X-Hub-Signature-256");
            },
            403},
           {"an empty secret's signature",
            [](Asked& a) { a.headers["X-Hub-Signature-256"] = "sha256=" + sign(kBody, ""); },
            403},
           {"no event", [](Asked& a) { a.headers.erase("X-GitHub-Event"); }, 403},
           {"text", [](Asked& a) { a.headers["Content-Type"] = "text/plain"; }, 415},
           {"no type", [](Asked& a) { a.headers.erase("Content-Type"); }, 415},
           {"a provider without a secret", [](Asked& a) { a.target = "/hooks/forgejo"; }, 404},
           {"a provider with an empty secret",
            [](Asked& a) { a.target = "/hooks/bitbucket"; },
            403},
           {"no provider", [](Asked& a) { a.target = "/hooks/"; }, 404},
           {"another provider", [](Asked& a) { a.target = "/hooks/nobody"; }, 404},
           {"below a provider", [](Asked& a) { a.target = "/hooks/github/x"; }, 404},
       }) {
    Asked asked = github();
    row.change(asked);
    EXPECT_EQ(hooked.send(asked).status, row.status) << row.what;
  }
  EXPECT_EQ(hooked.follower.runs(), 0u);
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
  EXPECT_EQ(hooked.remote.fetches, 0);
  asked.headers["Authorization"] = "Bearer other";
  EXPECT_EQ(hooked.send(asked).status, 403);
  asked.headers.clear();
  EXPECT_EQ(hooked.send(asked).status, 403);
}

}  // namespace
}  // namespace stet::hooks
