// Who has what open: as an editor says and asks it, and as those who listen are told.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/http/loopback.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using auth::Role;
using events::Presence;
using ::testing::HasSubstr;

class PresenceTest : public ::testing::Test {
 protected:
  std::string token(const std::string& name, Role role = Role::kEditor) {
    return world_.token_of(world_.person(name, role), "content:read");
  }
  Told say(const std::string& token, const Json& body) {
    return world_.api({.method = "POST",
                       .target = "/presence",
                       .body = body.dump(),
                       .headers = {{"Authorization", "Bearer " + token}}});
  }
  Told leave(const std::string& token, const std::string& lease) {
    return world_.api({.method = "DELETE",
                       .target = "/presence/" + lease,
                       .headers = {{"Authorization", "Bearer " + token}}});
  }
  // Names and modes of those at a path.
  std::string who(const std::string& path) {
    std::string text;
    const Json told = world_.api({.target = "/presence?path=" + path}).json();
    for (const Json& one : told["items"]) {
      text += one["user"].get<std::string>() + " " + one["mode"].get<std::string>() + "; ";
    }
    return text;
  }

  World world_;
  const std::string path_ = "_posts/2020-01-01-first.md";
};

TEST_F(PresenceTest, IsSaidRenewedAndGivenBack) {
  std::string jo = token("jo"), al = token("al", Role::kReader);
  Told first = say(jo, {{"path", path_}, {"mode", "editing"}, {"version", "3c55"}});
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.json()["others"], Json::array());
  EXPECT_EQ(first.json()["renew_seconds"], Presence::kRenewSeconds);
  Told second = say(al, {{"path", path_}, {"mode", "viewing"}});
  ASSERT_EQ(second.json()["others"].size(), 1u) << second.body;
  EXPECT_EQ(second.json()["others"][0]["user"], "jo");
  EXPECT_EQ(second.json()["others"][0]["version"], "3c55");
  EXPECT_EQ(second.json()["others"][0]["is_own"], false);
  EXPECT_EQ(who(path_), "jo editing; al viewing; ");
  EXPECT_EQ(who("about.md"), "");

  std::string lease = second.json()["lease"];
  Told renewed = say(al, {{"path", path_}, {"mode", "editing"}, {"lease", lease}});
  EXPECT_EQ(renewed.json()["lease"], lease);
  EXPECT_EQ(who(path_), "jo editing; al editing; ");
  say(al, {{"path", "about.md"}, {"mode", "editing"}, {"lease", lease}});
  EXPECT_EQ(who(path_), "jo editing; ");
  EXPECT_EQ(who("about.md"), "al editing; ");
  EXPECT_EQ(leave(al, lease).status, 200);
  EXPECT_EQ(leave(al, lease).status, 404);
  EXPECT_EQ(who("about.md"), "");
}

TEST_F(PresenceTest, EndsByItselfWhereItIsNotRenewed) {
  std::string jo = token("jo"), al = token("al");
  std::string lease = say(jo, {{"path", path_}, {"mode", "editing"}}).json()["lease"];
  say(al, {{"path", path_}, {"mode", "editing"}});
  world_.clock.advance_seconds(Presence::kLeaseSeconds - 1);
  say(jo, {{"path", path_}, {"mode", "editing"}, {"lease", lease}});
  world_.clock.advance_seconds(1);
  EXPECT_EQ(who(path_), "jo editing; ");
  world_.clock.advance_seconds(Presence::kLeaseSeconds);
  Told late = say(jo, {{"path", path_}, {"mode", "editing"}, {"lease", lease}});
  EXPECT_NE(late.json()["lease"], lease) << "a new one: the old has ended";
}

TEST_F(PresenceTest, IsOnesOwnToRenewAndToEnd) {
  std::string jo = token("jo"), al = token("al");
  std::string lease = say(jo, {{"path", path_}, {"mode", "editing"}}).json()["lease"];
  EXPECT_EQ(leave(al, lease).status, 404);
  Told other = say(al, {{"path", path_}, {"mode", "viewing"}, {"lease", lease}});
  EXPECT_NE(other.json()["lease"], lease);
  EXPECT_EQ(who(path_).find("jo editing"), 0u);
}

TEST_F(PresenceTest, SaysWhatIsWrong) {
  std::string jo = token("jo");
  struct Row {
    const char *body, *pointer;
  };
  for (const Row& row : {Row{R"({"mode": "editing"})", "/path"},
                         Row{R"({"path": "a.md"})", "/mode"},
                         Row{R"({"path": "../a", "mode": "editing"})", "/path"},
                         Row{R"({"path": ".git/config", "mode": "editing"})", "/path"},
                         Row{R"({"path": "a.md", "mode": "hiding"})", "/mode"},
                         Row{R"({"path": "a.md", "mode": "editing", "more": 1})", "/more"},
                         Row{R"({"path": 1, "mode": "editing"})", "/path"}}) {
    Told told = say(jo, Json::parse(row.body));
    EXPECT_EQ(told.status, 422) << row.body;
    EXPECT_THAT(told.body, HasSubstr(row.pointer)) << row.body;
  }
  Json body = {{"path", path_}, {"mode", "editing"}, {"version", std::string(101, 'a')}};
  EXPECT_EQ(say(jo, body).status, 422);
  EXPECT_EQ(world_.admin({.target = "/api/v1/presence"}).status, 401);
}

TEST_F(PresenceTest, OfOnePersonIsSoMuchAndNoMore) {
  std::string jo = token("jo");
  std::string first = say(jo, {{"path", "p0.md"}, {"mode", "viewing"}}).json()["lease"];
  for (std::size_t i = 1; i <= Presence::kPerPrincipalMax; ++i) {
    world_.clock.advance_seconds(1);
    say(jo, {{"path", "p" + std::to_string(i) + ".md"}, {"mode", "viewing"}});
  }
  Json all = world_.api({.target = "/presence"}).json()["items"];
  EXPECT_EQ(all.size(), Presence::kPerPrincipalMax);
  EXPECT_EQ(who("p0.md"), "") << "the oldest has gone";
}

TEST_F(PresenceTest, IsToldToThoseWhoListenAndGoesOnFromACursor) {
  SystemClock clock;
  auto server = *http::Server::start({}, *world_.admin_site, clock, nullptr);
  auto listen = [&](const std::string& more) {
    auto client = std::make_unique<http::Client>(server->port());
    client->send(http::get("/api/v1/events",
                           "Authorization: Bearer " + world_.token("content:read") +
                               "\r\nAccept: text/event-stream\r\n" + more));
    return client;
  };
  auto until = [](http::Client& client, const std::string& text) {
    std::string all;
    while (all.find(text) == all.npos && !client.is_closed()) all += client.receive_bytes(1);
    EXPECT_THAT(all, HasSubstr(text));
    return all;
  };
  std::string jo = token("jo"), al = token("al");
  std::string lease = say(jo, {{"path", path_}, {"mode", "viewing"}}).json()["lease"];
  auto listener = listen("");
  until(*listener, "event: site.state\n");
  EXPECT_THAT(until(*listener, "\n\n"), HasSubstr("\"presence\":{\"count\":1,\"who\":[{"));
  say(al, {{"path", path_}, {"mode", "editing"}});
  std::string told = until(*listener, "\"count\":2");
  EXPECT_THAT(told, HasSubstr("event: presence\n"));
  std::string id = told.substr(told.rfind("id: ") + 4);
  id = id.substr(0, id.find('\n'));
  until(*listener, "\n\n");
  // A renewal that changes nothing is nobody's news; what comes later tells it.
  say(jo, {{"path", path_}, {"mode", "viewing"}, {"lease", lease}});
  leave(jo, lease);
  told = until(*listener, "\n\n");
  EXPECT_THAT(told, HasSubstr("\"count\":1"));
  world_.clock.advance_seconds(Presence::kLeaseSeconds);
  world_.presence.forget_old();
  EXPECT_THAT(until(*listener, "\n\n"), HasSubstr("\"count\":0,\"who\":[]"));
  // Who comes back with the id of the second event is told the third and the fourth.
  auto again = listen("Last-Event-ID: " + id + "\r\n");
  told = until(*again, "\"count\":0");
  EXPECT_EQ(told.find("site.state"), told.npos);
  EXPECT_THAT(told, HasSubstr("\"count\":1"));
  world_.events.end();
  server.reset();
}

TEST(PresenceRights, WhoeverMayListenMayReadEveryFile) {
  for (const auth::RoleRow& row : auth::role_table()) {
    if (row.area == auth::Area::kServer) continue;
    EXPECT_EQ(row.read, auth::Reach::kAll)
        << auth::name_of(row.role)
        << ": presence is told to all who listen; hold back what this role may not read";
  }
}

}  // namespace
}  // namespace stet::api
