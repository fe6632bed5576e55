// The admin origin as a whole, in-process and over real sockets.

#include "api/routes/admin_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/http/loopback.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

TEST(AdminSite, HealthAndReadinessNeedNoToken) {
  World world;
  EXPECT_EQ(world.admin({.target = "/health"}).json()["status"], "ok");
  EXPECT_EQ(world.admin({.target = "/ready"}).status, 200);
  EXPECT_EQ(world.admin({.method = "POST", .target = "/health"}).status, 405);
  EXPECT_EQ(world.admin({.target = "/nothing"}).status, 404);
  EXPECT_EQ(world.admin({.target = "/"}).header("Content-Type"), "text/html; charset=utf-8");
}

TEST(AdminSite, EveryAnswerTellsBrowsersToKeepOut) {
  World world;
  for (const char* target : {"/", "/health", "/nothing", "/api/v1/posts", "/hooks/github"}) {
    Told told = world.admin({.target = target});
    EXPECT_EQ(told.header("X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(told.header("X-Frame-Options"), "DENY") << target;
    EXPECT_THAT(told.header("Content-Security-Policy"), HasSubstr("default-src 'none'")) << target;
    EXPECT_EQ(told.header("Cache-Control"), "no-store") << target;
    EXPECT_EQ(told.header("Access-Control-Allow-Origin"), "") << target;
  }
}

TEST(AdminSite, OtherOriginsReadOnlyWhereTheSettingsNameThem) {
  World world({}, {}, {.allowed_origins = {"https://editor.example"}});
  std::map<std::string, std::string> ask = {{"Origin", "https://editor.example"},
                                            {"Access-Control-Request-Method", "PATCH"}};
  Told preflight = world.admin({.method = "OPTIONS", .target = "/api/v1/posts", .headers = ask});
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.header("Access-Control-Allow-Origin"), "https://editor.example");
  EXPECT_THAT(preflight.header("Access-Control-Allow-Methods"), HasSubstr("PATCH"));
  EXPECT_EQ(preflight.header("Access-Control-Allow-Credentials"), "");
  ask["Origin"] = "https://evil.example";
  Told evil = world.admin({.method = "OPTIONS", .target = "/api/v1/posts", .headers = ask});
  EXPECT_EQ(evil.status, 401);
  EXPECT_EQ(evil.header("Access-Control-Allow-Origin"), "");
  Told read = world.api({.target = "/posts", .headers = {{"Origin", "https://editor.example"}}});
  EXPECT_EQ(read.header("Access-Control-Allow-Origin"), "https://editor.example");
  EXPECT_EQ(read.headers.joined("Vary"), "Origin");
  EXPECT_EQ(world.admin({.target = "/", .headers = {{"Origin", "https://editor.example"}}})
                .header("Access-Control-Allow-Origin"),
            "");
}

TEST(AdminSite, OriginsThatTheSiteNamesReadWithTokens) {
  auto files = World::small_site();
  files["_config.yml"] += "stet: {api: {cors: ['https://ok.example']}}\n";
  World world(files);
  std::string token = "Bearer " + world.token("content:read");
  std::map<std::string, std::string> ask = {{"Origin", "https://ok.example"},
                                            {"Access-Control-Request-Method", "GET"},
                                            {"Access-Control-Request-Headers", "authorization"}};
  auto preflight = [&] {
    return world.admin({.method = "OPTIONS", .target = "/api/v1/posts", .headers = ask});
  };
  Told told = preflight();
  EXPECT_EQ(told.status, 204) << told.body;
  EXPECT_EQ(told.header("Access-Control-Allow-Origin"), "https://ok.example");
  EXPECT_THAT(told.header("Access-Control-Allow-Headers"), HasSubstr("Authorization"));
  EXPECT_EQ(told.header("Access-Control-Allow-Methods"), "GET, HEAD");
  EXPECT_EQ(told.header("Access-Control-Allow-Credentials"), "");
  Told read =
      world.admin({.target = "/api/v1/posts",
                   .headers = {{"Origin", "https://ok.example"}, {"Authorization", token}}});
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.header("Access-Control-Allow-Origin"), "https://ok.example");
  // Not to write, not from elsewhere, and not by a cookie.
  ask["Access-Control-Request-Method"] = "PATCH";
  EXPECT_EQ(preflight().header("Access-Control-Allow-Origin"), "");
  ask["Access-Control-Request-Method"] = "GET";
  ask["Origin"] = "https://evil.example";
  EXPECT_EQ(preflight().header("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(world.admin({.target = "/api/v1/posts", .headers = {{"Origin", "https://ok.example"}}})
                .header("Access-Control-Allow-Origin"),
            "");
}

TEST(AdminSite, AnEditTravelsOverRealSocketsToAPublicPage) {
  World world;
  SystemClock clock;
  auto admin = http::Server::start({}, *world.admin_site, clock, nullptr);
  auto site = http::Server::start({}, *world.public_site, clock, nullptr);
  ASSERT_TRUE(admin && site);
  std::string token = "Authorization: Bearer " + world.token("posts:write") + "\r\n";
  http::Client editor((*admin)->port()), reader((*site)->port());

  editor.send(http::get("/api/v1/posts/2020-01-01-first", token));
  http::Received got = editor.receive();
  ASSERT_EQ(got.status, 200) << got.body;
  std::string body = R"({"front_matter": {"title": "By wire"}})";
  editor.send("PATCH /api/v1/posts/2020-01-01-first HTTP/1.1\r\nHost: x\r\n" + token +
              "If-Match: " + got.field("ETag") +
              "\r\nContent-Type: application/merge-patch+json\r\nPrefer: wait\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  http::Received patched = editor.receive();
  ASSERT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(patched.field("Preference-Applied"), "wait");

  reader.send(http::get("/first/"));
  http::Received page = reader.receive();
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<h1>By wire</h1>"));
  reader.send("HEAD /first/ HTTP/1.1\r\nHost: x\r\n\r\n");
  http::Received head = reader.receive(true);
  EXPECT_EQ(head.field("ETag"), page.field("ETag"));
  EXPECT_EQ(head.field("Content-Length"), std::to_string(page.body.size()));
  reader.send(http::get("/first/", "If-None-Match: " + page.field("ETag") + "\r\n"));
  EXPECT_EQ(reader.receive().status, 304);
  reader.send(http::get("/first/", "Range: bytes=0-5\r\n"));
  EXPECT_EQ(reader.receive().body, page.body.substr(0, 6));
}

}  // namespace
}  // namespace stet::api
