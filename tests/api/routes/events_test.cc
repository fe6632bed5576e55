// What those who listen are told, over real sockets; and the server in numbers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/api/routes/listener.h"

namespace stet::api {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Events : public testing::Test {
 protected:
  Events() {
    auto server = http::Server::start({}, *world_.admin_site, clock_, nullptr);
    EXPECT_TRUE(server);
    server_ = std::move(*server);
  }
  ~Events() override { world_.events.end(); }

  static pipeline::PipelineOptions options() {
    pipeline::PipelineOptions options;
    options.eager_pages_max = 0;
    return options;
  }

  World world_{{}, options()};
  SystemClock clock_;
  std::unique_ptr<http::Server> server_;
};

TEST_F(Events, TellPublicationsProgressAndRollbacks) {
  Listener listener(world_, server_->port());
  std::string head = listener.until("\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("Content-Type: text/event-stream"));
  EXPECT_THAT(head, HasSubstr("Content-Security-Policy: default-src 'none'"));
  std::string state = listener.until("\n\n\r\n");
  EXPECT_THAT(state, HasSubstr("event: site.state\ndata: {\"live\":"));
  world_.repository.commit({{"_layouts/default.html", "<html>{{ content }}</html>\n"}});
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  EXPECT_THAT(listener.until("\n\n\r\n"),
              HasSubstr("event: site.published\ndata: {\"commit\":\"" + world_.head()));
  while (*world_.pipeline->fill(1) > 0) continue;
  EXPECT_THAT(listener.until("\"stale\":0"), HasSubstr("event: site.progress\n"));
  EXPECT_EQ(world_.api({.method = "POST", .target = "/rollback", .body = R"({"to": 1})"}).status,
            200);
  EXPECT_THAT(listener.until("\"by\":\"test\""), HasSubstr("event: site.rollback\n"));
}

TEST_F(Events, TellOfAPushToAChangesBranch) {
  Listener listener(world_, server_->port());
  listener.until("event: site.state");
  world_.repository.git({"branch", "change/pushed", "main"});
  world_.repository.commit({{"about.md", "---\ntitle: Us\n---\n"}}, {}, "change/pushed");
  world_.change_work->round();
  EXPECT_THAT(listener.until("\"change\":{\"id\":\"pushed\""),
              HasSubstr("event: change.created\n"));
  world_.repository.commit({{"about.md", "---\ntitle: We\n---\n"}}, {}, "change/pushed");
  world_.change_work->round();
  EXPECT_THAT(listener.until("\"change\":{\"id\":\"pushed\""),
              HasSubstr("event: change.updated\n"));
}

TEST_F(Events, GoOnFromACursor) {
  world_.events.tell("one", "{}");
  world_.events.tell("two", "{}");
  Listener resumed(world_, server_->port(), "Last-Event-ID: run-2\r\n");
  std::string came = resumed.until("event: two");
  EXPECT_THAT(came, ContainsRegex("id: run-3(-n[0-9]+)?(-[0-9a-f]+)?\nevent: two"));
  EXPECT_THAT(came, Not(HasSubstr("event: one")));
  EXPECT_THAT(came, Not(HasSubstr("event: site.state")));
}

// A client of an earlier run of the server has an id of which nothing is left but the commit.
TEST_F(Events, OfCommitsAreToldAgainToWhoNamesACommit) {
  std::string start = world_.head();
  world_.repository.commit({{"about.md", "---\ntitle: Us\n---\nAbout us.\n"}});
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  while (!world_.events.reached() || world_.events.reached()->hex() == start) {
    std::this_thread::yield();
  }
  for (const std::string& id : {start, "other-17-" + start}) {
    Listener back(world_, server_->port(), "Last-Event-ID: " + id + "\r\n");
    std::string told = back.until("event: site.state");
    EXPECT_THAT(told,
                HasSubstr("id: " + world_.head() + "\nevent: entry.updated\ndata: {\"id\":\""));
    EXPECT_THAT(told, HasSubstr("-" + world_.head() + "\nevent: site.state"));
    // What was told beside commits is not known any more to whom it was told in an earlier run.
    bool is_earlier = id != start;
    EXPECT_EQ(told.find("{\"reason\":\"forgotten\"") != told.npos, is_earlier) << told;
  }
  Listener lost(world_, server_->port(), "Last-Event-ID: x-1-" + std::string(40, 'b') + "\r\n");
  EXPECT_THAT(lost.until("event: site.state"), HasSubstr("\"reason\":\"gone\""));
}

TEST_F(Events, OfCommitsAreToldAsTheyBecomeLive) {
  Listener listener(world_, server_->port());
  listener.until("event: site.state");
  world_.repository.commit({{"about.md", "---\ntitle: Us\n---\nAbout us.\n"}});
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  std::string told = listener.until("\"fields\":[\"/front_matter/layout\"");
  EXPECT_THAT(told, HasSubstr("event: entry.updated"));
}

TEST_F(Events, AreForThoseWithAToken) {
  EXPECT_EQ(world_.admin({.target = "/api/v1/events"}).status, 401);
}

TEST_F(Events, EndForThoseWhoMayNotListenAnyMore) {
  world_.person("ada", auth::Role::kReader);
  auto signed_in = world_.signed_in("ada");
  std::string secret = world_.token("content:read");
  Listener by_token(server_->port(), "Authorization: Bearer " + secret + "\r\n");
  Listener by_session(server_->port(), "Cookie: " + signed_in.at("Cookie") + "\r\n");
  Listener other(world_, server_->port());
  for (Listener* listener : {&by_token, &by_session, &other}) listener->until("site.state");
  auto verdict = world_.tokens->verify(secret);
  ASSERT_TRUE(world_.tokens->revoke(verdict.token_id));
  world_.events.tell("x", "1");
  EXPECT_THAT(by_token.until_end(), Not(HasSubstr("event: x")));
  by_session.until("event: x\ndata: 1");
  ASSERT_EQ(
      world_
          .admin({.method = "DELETE", .target = "/api/v1/session", .headers = std::move(signed_in)})
          .status,
      200);
  world_.events.tell("y", "2");
  EXPECT_THAT(by_session.until_end(), Not(HasSubstr("event: y")));
  other.until("event: y\ndata: 2");
}

TEST_F(Events, EndWithTheRightThatWasTakenAwayOrHasExpired) {
  storage::UserRow ada = world_.person("ada", auth::Role::kReader);
  Listener session(server_->port(), "Cookie: " + world_.signed_in("ada").at("Cookie") + "\r\n");
  Listener token(server_->port(), "Authorization: Bearer " + world_.token_of(ada) + "\r\n");
  auto hour = world_.tokens->create(
      {.name = "short", .scopes = {auth::Scope::kContentRead}, .lifetime_seconds = 3600});
  ASSERT_TRUE(hour);
  Listener short_lived(server_->port(), "Authorization: Bearer " + hour->secret + "\r\n");
  Listener other(world_, server_->port());
  for (Listener* one : {&session, &token, &short_lived, &other}) one->until("site.state");
  Told disabled = world_.api(
      {.method = "PATCH", .target = "/users/" + ada.id, .body = R"({"is_disabled": true})"});
  ASSERT_EQ(disabled.status, 200) << disabled.body;
  world_.events.tell("x", "1");
  EXPECT_THAT(session.until_end(), Not(HasSubstr("event: x")));
  EXPECT_THAT(token.until_end(), Not(HasSubstr("event: x")));
  short_lived.until("event: x");
  world_.clock.advance_seconds(3600);
  world_.events.tell("y", "2");
  EXPECT_THAT(short_lived.until_end(), Not(HasSubstr("event: y")));
  other.until("event: y\ndata: 2");
}

TEST_F(Events, AreNotAllForOnePersonWhoeverTheyComeAs) {
  storage::UserRow ada = world_.person("ada", auth::Role::kReader);
  std::vector<std::unique_ptr<Listener>> many;
  for (std::size_t i = 0; i < events::EventFeed::kOfPersonMax; ++i) {
    std::string secret = i % 10 == 0 ? world_.token_of(ada) : "";
    std::string who = secret.empty() ? "Cookie: " + world_.signed_in("ada").at("Cookie")
                                     : "Authorization: Bearer " + secret;
    many.push_back(std::make_unique<Listener>(server_->port(), who + "\r\n"));
    many.back()->until("site.state");
  }
  Listener more(server_->port(), "Authorization: Bearer " + world_.token_of(ada) + "\r\n");
  std::string refused = more.until("end one of them");
  EXPECT_THAT(refused, HasSubstr("429 Too Many Requests"));
  EXPECT_THAT(refused, HasSubstr("may have 30 streams"));
  Listener other(world_, server_->port());
  other.until("event: site.state");
}

// The first edit after a warm start: nothing was published since the server began.
TEST_F(Events, OfAnEarlierRunGoOnByTheCommitThatItsLastPublicationHad) {
  std::string start = world_.head();
  events::EventFeed feed("later");
  events::CommitTeller teller(world_.repository.repository(), feed, [](std::string_view) {});
  teller.reach(world_.publisher->newest()->commit);
  ASSERT_TRUE(feed.reached());
  EXPECT_EQ(feed.reached()->hex(), start);
  world_.repository.commit({{"about.md", "---\ntitle: Us\n---\nAbout us.\n"}});
  teller.reach(*CommitId::parse(world_.head()));
  while (feed.reached()->hex() == start) std::this_thread::yield();
  auto told = teller.events_between(
      events::whole(*CommitId::parse(start)), events::whole(*feed.reached()), 10);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].type, "entry.updated");
}

TEST(EventFeed, RemembersSoManyAndNoMore) {
  World world;
  SystemClock clock;
  auto server = http::Server::start({}, *world.admin_site, clock, nullptr);
  ASSERT_TRUE(server);
  for (std::size_t i = 0; i < events::EventFeed::kRemembered + 10; ++i) {
    world.events.tell("x", std::to_string(i));
  }
  Listener late(world, (*server)->port(), "Last-Event-ID: run-1\r\n");
  std::string first = late.until("event: site.state\ndata: ");
  EXPECT_THAT(first, HasSubstr("event: events.skipped\n"));
  EXPECT_THAT(first, Not(HasSubstr("event: x")));
  world.events.end();
}

TEST(Metrics, AreThereUnderBothNames) {
  World world;
  RequestCounts::note(world.requests.public_site, 304);
  std::string token = "Bearer " + world.token("content:read");
  for (const char* target : {"/metrics", "/api/v1/metrics"}) {
    EXPECT_EQ(world.admin({.target = target}).status, 401);
    Told told = world.admin({.target = target, .headers = {{"Authorization", token}}});
    EXPECT_EQ(told.status, 200);
    EXPECT_THAT(told.header("Content-Type"), StartsWith("text/plain; version=0.0.4"));
    EXPECT_THAT(told.body, HasSubstr("\nstet_publications_total 1\n"));
    EXPECT_THAT(told.body, HasSubstr("# TYPE stet_audit_mismatches_total counter\n"));
    EXPECT_THAT(told.body,
                HasSubstr("stet_http_requests_total{origin=\"public\",status=\"3xx\"} 1\n"));
    // Each line is a comment or a value.
    EXPECT_THAT(
        told.body,
        ::testing::MatchesRegex(
            "((# (HELP|TYPE) [^\n]+|[a-z_]+(\\{[^\n]+\\})? [0-9]+(\\.[0-9]+)?)\n)+"));
  }
}

}  // namespace
}  // namespace stet::api
