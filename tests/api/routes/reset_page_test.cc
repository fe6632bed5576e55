// A password is set by the link that an admin hands over: with a browser, and without a script.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ResetPageTest : public ::testing::Test {
 protected:
  ResetPageTest() {
    storage::UserRow user = world_.person("jo", auth::Role::kAuthor);
    Told made = world_.api({.method = "POST",
                            .target = "/users/" + user.id + "/reset",
                            .headers = {{"Host", "evil.example"}}});
    EXPECT_EQ(made.status, 201) << made.body;
    link_ = made.json().value("link", "");
    EXPECT_THAT(link_, StartsWith("http://cms.example:4001/reset/stetr_"));
    path_ = link_.substr(link_.find("/reset/"));
  }

  Told send(const std::string& form,
            const std::string& type = "application/x-www-form-urlencoded") {
    return world_.admin(
        {.method = "POST", .target = path_, .body = form, .headers = {{"Content-Type", type}}});
  }
  int signs_in(const std::string& password) {
    Json body = {{"login", "jo"}, {"password", password}};
    return world_
        .admin({.method = "POST",
                .target = "/api/v1/session",
                .body = body.dump(),
                .headers = {{"Content-Type", "application/json"}}})
        .status;
  }

  World world_;
  std::string link_, path_;
};

TEST_F(ResetPageTest, SetsAPasswordOnce) {
  for (int i = 0; i < 2; ++i) {
    Told shown = world_.admin({.target = path_});
    EXPECT_EQ(shown.status, 200) << "to look at it uses nothing up";
    EXPECT_THAT(shown.body, HasSubstr("<form method=\"post\">"));
    EXPECT_THAT(shown.body, Not(HasSubstr("<script")));
    EXPECT_THAT(shown.header("Content-Security-Policy"),
                HasSubstr("default-src 'none'; frame-ancestors 'none'"));
    EXPECT_EQ(shown.header("Cache-Control"), "no-store");
    EXPECT_EQ(shown.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(shown.header("X-Frame-Options"), "DENY");
  }
  Told set = send("password=an+entirely+new+one&again=an+entirely+new+one");
  EXPECT_EQ(set.status, 200) << set.body;
  EXPECT_THAT(set.body, HasSubstr("The password is set"));
  EXPECT_THAT(set.body, HasSubstr("<a href=\"/\">Sign in</a>"));
  EXPECT_EQ(signs_in("an entirely new one"), 201);
  EXPECT_EQ(signs_in(World::kPassword), 401);
  EXPECT_EQ(send("password=another+new+one&again=another+new+one").status, 404);
  EXPECT_EQ(world_.admin({.target = path_}).status, 404);
}

TEST_F(ResetPageTest, RefusesWhatIsNoGoodPasswordAndKeepsTheLink) {
  for (const char* form : {"password=short&again=short",
                           "password=an+entirely+new+one&again=another",
                           "password=&again=",
                           "%zz",
                           ""}) {
    Told told = send(form);
    EXPECT_EQ(told.status, 422) << form << told.body;
    EXPECT_THAT(told.body, HasSubstr("<form")) << form;
  }
  EXPECT_EQ(send("{}", "application/json").status, 415);
  EXPECT_EQ(world_.admin({.method = "PUT", .target = path_}).status, 405);
  EXPECT_EQ(signs_in(World::kPassword), 201) << "nothing has changed";
  EXPECT_EQ(world_.admin({.target = path_}).status, 200);
}

TEST_F(ResetPageTest, ExpiresAndCannotBeGuessed) {
  EXPECT_EQ(world_.admin({.target = "/reset/stetr_x"}).status, 404);
  EXPECT_EQ(world_.admin({.target = "/reset/"}).status, 404);
  EXPECT_EQ(world_.admin({.target = "/reset/%3Cscript%3E"}).status, 404);
  world_.clock.advance_seconds(auth::Accounts::kResetSeconds + 1);
  EXPECT_EQ(world_.admin({.target = path_}).status, 404);
  EXPECT_EQ(send("password=an+entirely+new+one&again=an+entirely+new+one").status, 404);
}

}  // namespace
}  // namespace stet::api
