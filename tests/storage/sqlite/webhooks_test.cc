#include "storage/sqlite/webhooks.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sqlite/ledger.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

class WebhooksTest : public testing::Test {
 protected:
  WebhooksTest() {
    EXPECT_TRUE(Ledger::open(file()));
    open();
    EXPECT_TRUE(store_->add(endpoint("a")));
  }
  std::filesystem::path file() const { return folder_.path() / "ledger.sqlite"; }
  void open() {
    auto store = Webhooks::open(file());
    ASSERT_TRUE(store) << store.error().message;
    store_ = std::move(*store);
  }
  static WebhookEndpoint endpoint(const std::string& id) {
    WebhookEndpoint endpoint;
    endpoint.id = id;
    endpoint.url = "https://example.org/" + id;
    endpoint.secret = "whsec_x";
    endpoint.created = {100};
    endpoint.events_cursor = "here";
    return endpoint;
  }
  static WebhookDelivery delivery(const std::string& event) {
    WebhookDelivery delivery;
    delivery.endpoint = "a";
    delivery.event = event;
    delivery.type = "entry.updated";
    delivery.body = "{}";
    delivery.created = {100};
    return delivery;
  }
  void enqueue(const std::vector<WebhookDelivery>& deliveries) {
    WebhookEndpoint before = *store_->find("a"), after = before;
    after.events_cursor += "+";
    ASSERT_TRUE(store_->enqueue(before, after, deliveries));
  }

  TemporaryFolder folder_;
  std::unique_ptr<Webhooks> store_;
};

TEST_F(WebhooksTest, KeepEndpointsAcrossAReopeningInAFileOfTheirOwnersAlone) {
  WebhookEndpoint b = endpoint("b");
  b.types = "entry.*";
  b.headers = "A: b";
  b.old_secret = "whsec_y";
  b.old_secret_until = Instant{200};
  b.failing_since = Instant{150};
  b.disabled = "why";
  b.is_active = false;
  ASSERT_TRUE(store_->add(b));
  open();
  EXPECT_EQ(*store_->endpoints(), (std::vector{endpoint("a"), b}));
  EXPECT_EQ(store_->add(b).error().code, ErrorCode::kConflict);
  struct stat found {};
  ASSERT_EQ(::stat(file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

// `stet token create` beside a server, which has the file open twice: were it to believe that it is
// alone, it would take away the log that the server writes to.
TEST_F(WebhooksTest, AnotherProcessThatComesAndGoesTakesNothingAway) {
  auto ledger = Ledger::open(file());
  open();
  ASSERT_TRUE(store_->add(endpoint("b")));
  pid_t child = ::fork();
  if (child == 0) {
    bool is_open = Ledger::open(file()).has_value();
    ::_exit(is_open ? 0 : 1);
  }
  int status = 1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(std::filesystem::exists(file().string() + "-wal"));
}

TEST_F(WebhooksTest, CursorAndDeliveriesGoTogetherOrNotAtAll) {
  WebhookEndpoint before = *store_->find("a"), after = before;
  after.events_cursor = "there";
  ASSERT_TRUE(store_->enqueue(before, after, {delivery("1"), delivery("2")}));
  EXPECT_EQ(store_->enqueue(before, after, {delivery("1")}).error().code, ErrorCode::kConflict);
  EXPECT_EQ(*store_->waiting_of("a"), 2);
  EXPECT_EQ(store_->find("a")->events_cursor, "there");
  WebhookDelivery lost = delivery("3");
  lost.endpoint = "nobody";
  after = before = *store_->find("a");
  after.events_cursor = "beyond";
  EXPECT_FALSE(store_->enqueue(before, after, {delivery("4"), lost}));
  EXPECT_EQ(store_->find("a")->events_cursor, "there");
  EXPECT_EQ(*store_->waiting_of("a"), 2);
}

TEST_F(WebhooksTest, TheFirstThatWaitsIsNextWhateverItsTime) {
  enqueue({delivery("1"), delivery("2")});
  WebhookDelivery first = **store_->next_of("a");
  EXPECT_EQ(first.event, "1");
  ASSERT_TRUE(store_->note(first,
                           {.at = {101}, .status = 500, .took_ms = 3, .failure = "", .answer = "x"},
                           {.state = DeliveryState::kWaiting,
                            .next_ms = 5000,
                            .failing_since = Instant{101},
                            .disabled = ""}));
  first = **store_->next_of("a");
  EXPECT_EQ(first.event, "1");
  EXPECT_EQ(first.attempts, 1);
  EXPECT_EQ(first.next_ms, 5000);
  EXPECT_EQ(store_->find("a")->failing_since, Instant{101});
  ASSERT_TRUE(store_->note(first, {.at = {102}, .status = 204, .failure = "", .answer = ""}, {}));
  EXPECT_EQ((*store_->next_of("a"))->event, "2");
  EXPECT_EQ(store_->find("a")->failing_since, std::nullopt);
  EXPECT_EQ(store_->attempts(first.number)->size(), 2u);
}

TEST_F(WebhooksTest, OneThatIsSwitchedOnAgainIsDueAtOnce) {
  enqueue({delivery("1")});
  ASSERT_TRUE(store_->note(**store_->next_of("a"),
                           {.at = {101}, .status = 410, .failure = "", .answer = ""},
                           {.state = DeliveryState::kWaiting,
                            .next_ms = 9'000'000,
                            .failing_since = Instant{101},
                            .disabled = "410"}));
  WebhookEndpoint off = *store_->find("a");
  EXPECT_FALSE(off.is_active);
  EXPECT_EQ(off.disabled, "410");
  off.description = "still off";
  ASSERT_TRUE(store_->change(off));
  EXPECT_EQ(store_->find("a")->disabled, "410");
  off.is_active = true;
  ASSERT_TRUE(store_->change(off));
  EXPECT_EQ(store_->find("a")->disabled, "");
  EXPECT_EQ(store_->find("a")->failing_since, std::nullopt);
  EXPECT_EQ((*store_->next_of("a"))->next_ms, 0);
}

TEST_F(WebhooksTest, WhatIsDoneIsForgottenAndWhatWaitsIsNot) {
  enqueue({delivery("1"), delivery("2")});
  WebhookDelivery first = **store_->next_of("a");
  ASSERT_TRUE(store_->note(first, {.at = {101}, .failure = "", .answer = ""}, {}));
  EXPECT_EQ(*store_->forget_before({100}), 0);
  EXPECT_EQ(*store_->forget_before({101}), 1);
  EXPECT_EQ(store_->attempts(first.number)->size(), 0u);
  EXPECT_EQ(store_->deliveries("a", std::nullopt, 0, 10)->size(), 1u);
  ASSERT_TRUE(store_->remove("a"));
  EXPECT_EQ(store_->counts()->waiting, 0);
  EXPECT_EQ(store_->remove("a").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet::storage
