// GET /status: what the API says of the site, for people.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/routes/slow_writes.h"
#include "api/targets/target_follower.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kBrowser[] = "text/html,application/xhtml+xml,*/*;q=0.8";

Told look(World& world, const std::string& token, const std::string& method = "GET") {
  Asked asked{.method = method, .target = "/status", .headers = {{"Accept", kBrowser}}};
  if (!token.empty()) asked.headers["Authorization"] = "Bearer " + token;
  return world.admin(asked);
}

TEST(StatusPage, SaysToAdminsHowTheSiteStands) {
  World world;
  SlowWrites slow;
  world.backend->slow_writes = &slow;
  world.backend->process = [] { return ProcessNumbers{.resident_bytes = 300 << 20}; };
  Progress progress;
  progress.begin("rendering pages", 4000);
  progress.add(17);
  world.backend->progress = &progress;
  world.patch(kFirst, R"({"front_matter": {"title": "New"}})");
  Told told = look(world, world.token("admin"));
  EXPECT_EQ(told.status, 200);
  EXPECT_THAT(told.header("Content-Type"), HasSubstr("text/html"));
  EXPECT_THAT(told.body,
              AllOf(HasSubstr("commit " + world.head().substr(0, 10)),
                    HasSubstr("rendering pages: 17 of 4000"),
                    HasSubstr("300 MiB"),
                    HasSubstr("slowest writes"),
                    HasSubstr("PATCH /api/v1" + std::string(kFirst))));
  EXPECT_THAT(told.header("Content-Security-Policy"), HasSubstr("style-src 'sha256-"));
  EXPECT_EQ(look(world, world.token("admin"), "HEAD").status, 200);
}

TEST(StatusPage, WhoMayOnlyReadSeesNoPathsOfWrites) {
  World world;
  SlowWrites slow;
  world.backend->slow_writes = &slow;
  world.patch(kFirst, R"({"front_matter": {"title": "New"}})");
  Told told = look(world, world.token("content:read"));
  EXPECT_THAT(told.body, AllOf(HasSubstr("publication 2"), Not(HasSubstr(kFirst))));
}

TEST(StatusPage, WhoIsUnknownHearsWhetherTheSiteIsServed) {
  World world;
  for (const std::string& token : {std::string(), std::string("stet_wrong")}) {
    Told told = look(world, token);
    EXPECT_EQ(told.status, 200);
    EXPECT_THAT(
        told.body,
        AllOf(HasSubstr("The site is served."), Not(HasSubstr(world.head().substr(0, 10)))));
  }
}

TEST(StatusPage, WhatComesFromOutsideIsText) {
  World world;
  world.backend->trouble = [] { return "<script>alert(1)</script>"; };
  world.backend->targets = [] {
    return std::vector{targets::TargetReport{
        .name = "one", .kind = "git", .place = "a & b", .commit = "", .error = "<b>no</b>"}};
  };
  const std::string page = look(world, world.token("admin")).body;
  EXPECT_THAT(page,
              AllOf(HasSubstr("&lt;script&gt;"), HasSubstr("a &amp; b"), HasSubstr("&lt;b&gt;no")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>")), Not(HasSubstr("<b>"))));
}

TEST(StatusPage, ProgramsGetTheApisAnswer) {
  World world;
  const std::map<std::string, std::string> headers = {
      {"Authorization", "Bearer " + world.token("content:read")}};
  Told told = world.admin({.target = "/status", .headers = headers});
  EXPECT_EQ(told.json(), world.admin({.target = "/api/v1/status", .headers = headers}).json());
  EXPECT_EQ(told.header("Vary"), "Accept");
  EXPECT_EQ(world.admin({.target = "/status"}).status, 401);
}

}  // namespace
}  // namespace stet::api
