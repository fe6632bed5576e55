// Webhooks by API: made, changed, tried, sent again; and who may not be called.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"
#include "tests/api/webhooks/receiver.h"

namespace stet::webhooks {
namespace {

using api::Json;
using api::Told;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class WebhookRoutes : public testing::Test {
 protected:
  Told post(const std::string& target, const std::string& json) {
    return world_.api({.method = "POST", .target = "/webhooks" + target, .body = json});
  }
  Told get(const std::string& target) { return world_.api({.target = "/webhooks" + target}); }
  std::string add(const std::string& more = "") {
    Told told = post("", R"({"url": ")" + receiver_.url() + "\"" + more + "}");
    EXPECT_EQ(told.status, 201) << told.body;
    return told.json()["id"];
  }
  void edit(const std::string& title) {
    world_.repository.commit({{"about.md", "---\ntitle: " + title + "\n---\nText.\n"}});
    ASSERT_TRUE(world_.pipeline->publish_head("main"));
    for (int i = 0; i < 20; ++i) world_.webhooks->round(10);
  }

  Receiver receiver_;
  api::World world_;
};

TEST_F(WebhookRoutes, AreMadeReadChangedAndDeleted) {
  Told made = post("", R"({"url": ")" + receiver_.url("/in") + R"(", "description": "Search",
      "types": ["entry.*", "site.published"], "resources": ["posts"],
      "headers": {"Authorization": "Bearer hush"}})");
  ASSERT_EQ(made.status, 201) << made.body;
  Json json = made.json();
  std::string id = json["id"];
  EXPECT_EQ(made.header("Location"), "/api/v1/webhooks/" + id);
  EXPECT_THAT(json["secret"].get<std::string>(), ::testing::StartsWith("whsec_"));
  for (const std::string& target : {"/" + id, std::string()}) {
    Told shown = get(target);
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body, Not(HasSubstr("whsec_")));
    EXPECT_THAT(shown.body, Not(HasSubstr("hush")));
    EXPECT_THAT(shown.body, HasSubstr(R"("header_names":["Authorization"])"));
  }
  Told changed = world_.api({.method = "PATCH",
                             .target = "/webhooks/" + id,
                             .body = R"({"types": [], "headers": null, "is_active": false})"});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.json()["types"], Json::array());
  EXPECT_EQ(changed.json()["header_names"], Json::array());
  EXPECT_EQ(changed.json()["is_active"], false);
  EXPECT_EQ(changed.json()["description"], "Search");
  EXPECT_EQ(world_.api({.method = "DELETE", .target = "/webhooks/" + id}).status, 200);
  EXPECT_EQ(get("/" + id).status, 404);
  EXPECT_EQ(get("/" + id + "/deliveries").status, 404);
}

TEST_F(WebhookRoutes, AreRefusedWithThePointerToWhatIsWrong) {
  std::string url = R"("url": "https://example.org/")";
  struct Row {
    std::string body;
    const char* pointer;
  };
  for (const Row& row : {
           Row{"{}", "/url"},
           Row{R"({"url": 7})", "/url"},
           Row{R"({"url": "ftp://example.org/"})", "/url"},
           Row{R"({"url": "https://u:p@example.org/"})", "/url"},
           Row{R"({"url": "http://10.0.0.1/"})", "/url"},
           Row{R"({"url": "http://169.254.169.254/latest"})", "/url"},
           Row{R"({"url": "http://[::1]/"})", "/url"},
           Row{R"({"url": "https://example.org:22/"})", "/url"},
           Row{"{" + url + R"(, "types": ["post.updated"]})", "/types/0"},
           Row{"{" + url + R"(, "types": "entry.*"})", "/types"},
           Row{"{" + url + R"(, "resources": ["posts", 7]})", "/resources/1"},
           Row{"{" + url + R"(, "headers": {"Host": "x"}})", "/headers/Host"},
           Row{"{" + url + R"(, "headers": {"webhook-id": "x"}})", "/headers/webhook-id"},
           Row{"{" + url + R"(, "headers": {"A": "x\r\nB: y"}})", "/headers/A"},
           Row{"{" + url + R"(, "headers": {"A/b": "x"}})", "/headers/A~1b"},
           Row{"{" + url + R"(, "is_active": 1})", "/is_active"},
           Row{"{" + url + R"(, "secret": "short"})", "/secret"},
           Row{"{" + url + R"(, "since": "main"})", "/since"},
           Row{"{" + url + R"(, "since": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})", "/since"},
           Row{"{" + url + R"(, "nonsense": 1})", "/nonsense"},
       }) {
    Told told = post("", row.body);
    EXPECT_EQ(told.status, 422) << row.body;
    EXPECT_EQ(told.json()["errors"][0]["pointer"], row.pointer) << told.body;
  }
  EXPECT_EQ(get("").json()["items"].size(), 0u);
}

TEST_F(WebhookRoutes, AreForAdministrators) {
  std::string token = "Bearer " + world_.token("content:read posts:write theme:write");
  for (const char* target : {"/api/v1/webhooks", "/api/v1/webhooks/x/deliveries"}) {
    EXPECT_EQ(world_.admin({.target = target, .headers = {{"Authorization", token}}}).status, 403);
  }
}

TEST_F(WebhookRoutes, APingTellsWhatTheReceiverAnswers) {
  std::string id = add();
  receiver_.answer({418});
  Told told = post("/" + id + "/ping", "");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["state"], "failed");
  EXPECT_EQ(told.json()["log"][0]["status"], 418);
  EXPECT_EQ(told.json()["log"][0]["answer"], "an answer");
  ASSERT_EQ(receiver_.calls().size(), 1u);
  EXPECT_EQ(receiver_.calls()[0].what(), "webhook.ping");
  EXPECT_TRUE(is_signed(receiver_.calls()[0], world_.webhook_store->find(id)->secret));
  EXPECT_EQ(post("/" + id + "/ping", "").json()["state"], "delivered");
  EXPECT_EQ(get("/" + id).json()["failing_since"], nullptr);
}

TEST_F(WebhookRoutes, ADeliveryIsSentAgainWithItsId) {
  std::string id = add(R"(, "types": ["entry.*"])");
  edit("One");
  world_.clock.advance_seconds(1000);
  std::string between = iso_instant(world_.clock.now());
  edit("Two");
  auto first = receiver_.calls();
  ASSERT_EQ(first.size(), 2u);
  int number = get("/" + id + "/deliveries").json()["items"][1]["number"];
  receiver_.forget();
  EXPECT_EQ(post("/" + id + "/replay", R"({"delivery": )" + std::to_string(number) + "}").json(),
            Json({{"queued", 1}}));
  edit("Three");
  auto again = receiver_.calls();
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(again[0].id, first[0].id);
  receiver_.forget();
  EXPECT_EQ(post("/" + id + "/replay", R"({"since": ")" + between + "\"}").json(),
            Json({{"queued", 2}}));
  for (int i = 0; i < 20; ++i) world_.webhooks->round(10);
  ASSERT_EQ(receiver_.calls().size(), 2u);
  EXPECT_EQ(receiver_.calls()[0].id, first[1].id);
  EXPECT_EQ(receiver_.calls()[1].id, again[1].id);
  EXPECT_EQ(post("/" + id + "/replay", R"({"delivery": 999})").status, 404);
  for (const char* wrong : {"{}", R"({"since": "today"})", R"({"delivery": "1"})", "[]"}) {
    EXPECT_EQ(post("/" + id + "/replay", wrong).status, 422) << wrong;
  }
}

TEST_F(WebhookRoutes, DeliveriesComeInPages) {
  std::string id = add(R"(, "types": ["entry.*"])");
  for (const char* title : {"1", "2", "3"}) edit(title);
  Told first = get("/" + id + "/deliveries?limit=2");
  EXPECT_EQ(first.json()["items"].size(), 2u);
  std::string next = first.json()["next"];
  EXPECT_THAT(first.header("Link"), HasSubstr("rel=\"next\""));
  Json rest = get("/" + id + "/deliveries?limit=2&cursor=" + next).json();
  EXPECT_EQ(rest["items"].size(), 1u);
  EXPECT_TRUE(rest["next"].is_null());
  EXPECT_EQ(get("/" + id + "/deliveries?state=odd").status, 400);
  EXPECT_EQ(get("/" + id + "/deliveries?cursor=odd").status, 400);
  EXPECT_EQ(get("/" + id + "/deliveries/odd").status, 404);
}

TEST_F(WebhookRoutes, BeginAtACommitOfTheBranch) {
  std::string start = world_.head();
  edit("One");
  add(R"(, "types": ["entry.*"], "since": ")" + start + "\"");
  edit("Two");
  EXPECT_THAT(receiver_.told(),
              ElementsAre("entry.updated pages about", "entry.updated pages about"));
}

TEST_F(WebhookRoutes, AreInTheMetrics) {
  add();
  edit("One");
  std::string metrics = world_.api({.target = "/metrics"}).body;
  EXPECT_THAT(metrics, HasSubstr("stet_webhook_attempts_total{outcome=\"delivered\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr("\nstet_webhooks 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nstet_webhook_deliveries_waiting 0\n"));
}

}  // namespace
}  // namespace stet::webhooks
