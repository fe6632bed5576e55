// Every route of the table refuses who may not; what is not in the table is not there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/routes/route.h"
#include "api/routes/write_path.h"
#include "tests/api/routes/sample_path.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

TEST(Reports, SayOfAFullDiskThatItIsFull) {
  EXPECT_EQ(report_of(unavailable("write 'a': No space left on device")).status, 507);
  EXPECT_EQ(report_of(unavailable("write 'a': Input/output error")).status, 503);
  CommitId commit = *CommitId::parse(std::string(40, '1'));
  EXPECT_EQ(unpublished_report(unavailable("write 'a': No space left on device"), commit).status,
            507);
  EXPECT_EQ(unpublished_report(internal("a bug"), commit).status, 503);
}

using ::testing::HasSubstr;

TEST(Routes, EachIsFoundByItsMethodAndPath) {
  ASSERT_GT(routes().size(), 40u);
  for (const Route& route : routes()) {
    Match match = match_route(route.method, sample_path(route));
    EXPECT_EQ(match.route, &route) << route.method << " " << route.pattern;
    EXPECT_NE(route.run, nullptr) << route.pattern;
    EXPECT_FALSE(route.id.empty()) << route.pattern;
  }
}

TEST(Routes, EachRefusesAnonymousCallersAndForeignTokens) {
  World world;
  std::string unknown = "stet_" + std::string(43, 'x');
  std::vector<std::string> open;
  for (const Route& route : routes()) {
    if (route.is_anonymous) {
      open.push_back(route.id);
      continue;
    }
    Asked asked{.method = route.method, .target = sample_path(route)};
    Told anonymous = world.admin(asked);
    EXPECT_EQ(anonymous.status, 401) << route.method << " " << route.pattern;
    EXPECT_EQ(anonymous.header("WWW-Authenticate"), "Bearer realm=\"stet\"");
    for (const std::string& value : {"Bearer " + unknown,
                                     std::string("Basic eDp5"),
                                     std::string("Bearer "),
                                     std::string("Bearer x y")}) {
      asked.headers["Authorization"] = value;
      Told foreign = world.admin(asked);
      EXPECT_EQ(foreign.status, 401) << route.method << " " << route.pattern << " " << value;
      EXPECT_THAT(foreign.header("WWW-Authenticate"), HasSubstr("invalid_token"));
      EXPECT_EQ(foreign.header("Content-Type"), "application/problem+json");
    }
    asked.headers = {{"Cookie", "stet=" + std::string(43, 'x')}};
    EXPECT_EQ(world.admin(asked).status, 401) << route.method << " " << route.pattern;
  }
  // Who these let in they ask themselves.
  EXPECT_EQ(open,
            (std::vector<std::string>{"sign_in",
                                      "list_providers",
                                      "begin_at_provider",
                                      "finish_at_provider",
                                      "prove_second_factor",
                                      "use_reset"}));
}

TEST(Routes, EachRefusesATokenOfAnotherScope) {
  World world;
  std::map<auth::Scope, std::string> other = {
      {auth::Scope::kPostsWrite, world.token("content:read schedule:write theme:write")},
      {auth::Scope::kScheduleWrite, world.token("content:read posts:write theme:write")},
      {auth::Scope::kThemeWrite, world.token("content:read posts:write schedule:write")},
      {auth::Scope::kAdmin, world.token("content:read posts:write schedule:write theme:write")},
  };
  int writes = 0;
  for (const Route& route : routes()) {
    // Any token may read: writing implies reading.
    if (route.needs_some_write) {
      std::string reader = world.token("content:read");
      Told told = world.admin({.method = route.method,
                               .target = sample_path(route),
                               .headers = {{"Authorization", "Bearer " + reader}}});
      EXPECT_EQ(told.status, 403) << route.method << " " << route.pattern;
      continue;
    }
    if (route.is_anonymous) continue;
    if (route.needs_session) {
      Told told = world.api({.method = route.method, .target = sample_path(route).substr(7)});
      EXPECT_EQ(told.status, 403) << route.method << " " << route.pattern << ": a token's";
      continue;
    }
    if (!route.scope || *route.scope == auth::Scope::kContentRead) {
      // What these make is gone in a minute, or in an hour, and no part of the site.
      bool only_shows = route.id == "make_preview" || route.id == "preview_change" ||
                        route.id == "say_presence" || route.id == "end_presence";
      EXPECT_TRUE(route.method == "GET" || only_shows) << route.pattern;
      continue;
    }
    ++writes;
    // What anybody's token may not even read is the administrator's.
    bool is_admins = *route.scope == auth::Scope::kAdmin;
    EXPECT_TRUE(route.method != "GET" || is_admins) << route.pattern;
    Told told = world.admin({.method = route.method,
                             .target = sample_path(route),
                             .headers = {{"Authorization", "Bearer " + other.at(*route.scope)}}});
    EXPECT_EQ(told.status, 403) << route.method << " " << route.pattern;
    EXPECT_THAT(told.header("WWW-Authenticate"), HasSubstr(auth::name_of(*route.scope)));
  }
  EXPECT_GT(writes, 20);
}

TEST(Routes, AWayAroundAScopeThroughAnotherResourceIsClosed) {
  World world;
  std::string writer = world.token("posts:write");
  // A page's own path may be anything that is a page; a layout is none.
  Told told =
      world.api({.method = "POST",
                 .target = "/pages",
                 .body = R"({"path": "_layouts/evil.html", "front_matter": {"title": "x"}})",
                 .headers = {{"Authorization", "Bearer " + writer}}});
  EXPECT_TRUE(told.status == 403 || told.status == 422) << told.body;
  Told config = world.api({.method = "PUT",
                           .target = "/pages/_config.yml",
                           .body = R"({"body": "x"})",
                           .headers = {{"Authorization", "Bearer " + writer}, {"If-Match", "*"}}});
  EXPECT_GE(config.status, 403) << config.body;
  EXPECT_LT(config.status, 500) << config.body;
  EXPECT_EQ(world.commits(), 1u);
}

TEST(Routes, ARevokedTokenOpensNothing) {
  World world;
  auto created = world.tokens->create({.name = "gone", .scopes = {auth::Scope::kContentRead}});
  ASSERT_TRUE(created);
  std::map<std::string, std::string> headers = {{"Authorization", "Bearer " + created->secret}};
  EXPECT_EQ(world.api({.target = "/posts", .headers = headers}).status, 200);
  ASSERT_TRUE(world.tokens->revoke(created->id));
  EXPECT_EQ(world.api({.target = "/posts", .headers = headers}).status, 401);
}

TEST(Routes, WhatIsNotThereIsToldOnlyToThoseWhoMayKnow) {
  World world;
  for (const char* target : {"/nothing",
                             "/posts/",
                             "/posts/a/",
                             "/versions",
                             "/versions/a/b",
                             "/collections",
                             "/schedule"}) {
    EXPECT_EQ(world.admin({.target = "/api/v1" + std::string(target)}).status, 401) << target;
    EXPECT_EQ(world.api({.target = target}).status, 404) << target;
  }
  EXPECT_EQ(world.admin({.target = "/api/v2/posts"}).status, 401);
}

TEST(Routes, AnotherMethodIsToldWhichThereAre) {
  World world;
  struct Row {
    const char *method, *target, *allow;
  };
  for (const Row& row : {Row{"POST", "/status", "GET, HEAD"},
                         Row{"DELETE", "/posts", "GET, HEAD, PATCH, POST"},
                         Row{"POST", "/posts/x", "GET, HEAD, PUT, PATCH, DELETE"},
                         Row{"PATCH", "/files/x", "GET, HEAD, PUT, DELETE"},
                         Row{"DELETE", "/config", "GET, HEAD, PUT, PATCH"}}) {
    Told told = world.api({.method = row.method, .target = row.target});
    EXPECT_EQ(told.status, 405) << row.target;
    EXPECT_EQ(told.header("Allow"), row.allow) << row.target;
  }
}

TEST(Routes, ABodyOfSomebodyWithoutATokenIsNotReadIfItIsLarge) {
  World world;
  auto early = [&](std::map<std::string, std::string> headers) {
    return world.admin_site->refuse_early(
        request_of({.method = "POST", .target = "/api/v1/posts", .headers = std::move(headers)}));
  };
  EXPECT_FALSE(early({{"Content-Length", "65536"}}));
  auto status_of = [&](std::map<std::string, std::string> headers) {
    auto refused = early(std::move(headers));
    return refused ? refused->status : 0;
  };
  auto bearer = [&](const std::string& scopes) { return "Bearer " + world.token(scopes); };
  const std::string large = "9999999";
  EXPECT_EQ(status_of({{"Content-Length", "65537"}}), 401);
  EXPECT_EQ(world.admin_site->body_bytes_max(request_of({.target = "/api/v1/posts"})), 65536u);
  // Nor of who makes one up, or has no right to what is asked; of unknown length least of all.
  EXPECT_EQ(status_of({{"Authorization", "Bearer x"}, {"Content-Length", large}}), 401);
  EXPECT_EQ(status_of({{"Authorization", "Bearer x"}, {"Transfer-Encoding", "chunked"}}), 401);
  EXPECT_EQ(status_of({{"Cookie", "stet=x"}, {"Content-Length", large}}), 401);
  EXPECT_EQ(status_of({{"Authorization", bearer("content:read")}, {"Content-Length", large}}), 403);
  EXPECT_EQ(status_of({{"Authorization", bearer("posts:write")}, {"Content-Length", large}}), 0);
}

TEST(Routes, WhoSignsInHearsThatTheBodyIsTooLarge) {
  World world;
  Asked asked{.method = "POST",
              .target = "/api/v1/session",
              .headers = {{"Authorization", "Bearer x"}, {"Content-Length", "9999999"}}};
  EXPECT_FALSE(world.admin_site->refuse_early(request_of(asked)));
  EXPECT_EQ(world.admin_site->body_bytes_max(request_of(asked)), 65536u);
}

}  // namespace
}  // namespace stet::api
