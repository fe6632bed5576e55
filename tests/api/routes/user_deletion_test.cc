// Somebody who is deleted is gone with all by which they came in, and stays who they were in what
// they have done.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/oidc/new_user.h"
#include "storage/base/base64.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using auth::Role;
using ::testing::HasSubstr;
using Headers = std::map<std::string, std::string>;

class UserDeletion : public ::testing::Test {
 protected:
  Told remove(const storage::UserRow& user, Headers headers = {}) {
    return world_.api({.method = "DELETE",
                       .target = "/users/" + user.id,
                       .headers = headers.empty() ? root_ : std::move(headers)});
  }

  World world_;
  storage::UserRow admin_ = world_.person("root", Role::kAdmin);
  Headers root_ = world_.signed_in("root");
};

TEST_F(UserDeletion, TakesAllByWhichTheyCameIn) {
  storage::UserRow jo = world_.person("jo", Role::kEditor);
  Headers session = world_.signed_in("jo");
  std::string token = world_.token_of(jo);
  Headers by_token = {{"Authorization", "Bearer " + token}};
  auto reset = world_.door->accounts.make_reset(jo, {"test", ""});
  ASSERT_TRUE(reset);
  ASSERT_TRUE(world_.people->set_pending_totp(jo.id, "secret"));
  ASSERT_TRUE(world_.people->take_pending_totp(jo.id, 1, {content_hash("code")}));
  ASSERT_TRUE(world_.people->bind_identity({.id = "i",
                                            .user = jo.id,
                                            .provider = "p",
                                            .issuer = "https://p.example",
                                            .subject = "jo",
                                            .mail = jo.mail,
                                            .bound = {1},
                                            .last_used = {1}}));
  Json opens = {{"path", "about.md"}, {"mode", "editing"}};
  ASSERT_EQ(
      world_
          .api({.method = "POST", .target = "/presence", .body = opens.dump(), .headers = session})
          .status,
      200);

  Told gone = remove(jo);
  ASSERT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(world_.api({.target = "/account", .headers = session}).status, 401);
  EXPECT_EQ(world_.api({.target = "/account", .headers = by_token}).status, 401);
  EXPECT_EQ(world_.door->accounts
                .use_reset(reset->secret, "an entirely new one", "", auth::Accounts::Tokens::kStay)
                .error()
                .code,
            ErrorCode::kNotFound);
  EXPECT_EQ(world_.people->recovery_codes(jo.id).value(), 0);
  EXPECT_FALSE(world_.people->find_identity("https://p.example", "jo"));
  EXPECT_TRUE(world_.ledger->tokens_of(jo.id).value().empty());
  EXPECT_TRUE(world_.api({.target = "/presence"}).json()["items"].empty());
  EXPECT_EQ(world_.api({.target = "/users/" + jo.id}).status, 404);
  EXPECT_EQ(remove(jo).status, 404);
}

TEST_F(UserDeletion, LeavesTheNameToNobodyAndTheMailToWhoComesAgain) {
  storage::UserRow jo = world_.person("jo", Role::kAuthor);
  Headers session = world_.signed_in("jo");
  Json draft = {{"front_matter", {{"title", "Mine"}}}, {"body", "x"}};
  ASSERT_EQ(
      world_.api({.method = "POST", .target = "/drafts", .body = draft.dump(), .headers = session})
          .status,
      201);
  ASSERT_EQ(remove(jo).status, 200);
  Json anew = {{"name", "jo"}, {"mail", "jo@example.org"}, {"role", "author"}};
  auto create = [&] {
    return world_.api(
        {.method = "POST", .target = "/users", .body = anew.dump(), .headers = root_});
  };
  Told taken = create();
  EXPECT_EQ(taken.status, 409) << taken.body;
  EXPECT_THAT(taken.body, HasSubstr("somebody who is no user any more was called 'jo'"));
  anew["name"] = "jo-2";
  EXPECT_EQ(create().status, 201);
  // A provider's person is not called so either.
  oidc::Claims claims;
  claims.mail = "jo@other.example";
  auto user = oidc::new_user_of(*world_.people, claims);
  ASSERT_TRUE(user);
  EXPECT_EQ(user->name, "jo-3");
  // What was written is theirs for good.
  EXPECT_THAT(world_.repository.git({"log", "-1", "--format=%an <%ae>%n%B"}),
              HasSubstr("jo <jo@example.org>"));
  Json audit = world_.api({.target = "/audit?kind=user-deleted", .headers = root_}).json()["items"];
  ASSERT_EQ(audit.size(), 1u);
  EXPECT_EQ(audit[0]["subject"], "jo");
  EXPECT_EQ(audit[0]["actor"], "root");
}

TEST_F(UserDeletion, IsNotForOneselfNorForTheLastAdmin) {
  Told self = remove(admin_);
  EXPECT_EQ(self.status, 409);
  EXPECT_THAT(self.body, HasSubstr("nobody deletes themselves"));
  Headers token = {{"Authorization", "Bearer " + world_.token("admin")}};
  Told last = remove(admin_, token);
  EXPECT_EQ(last.status, 409);
  EXPECT_THAT(last.body, HasSubstr("no admin would be left"));
  EXPECT_EQ(world_.api({.target = "/account", .headers = root_}).status, 200) << "nothing is gone";
  storage::UserRow other = world_.person("other", Role::kAdmin);
  EXPECT_EQ(remove(other).status, 200);
}

TEST_F(UserDeletion, IsForAdminsAlone) {
  storage::UserRow jo = world_.person("jo", Role::kEditor);
  world_.person("al", Role::kMaintainer);
  EXPECT_EQ(remove(jo, world_.signed_in("al")).status, 403);
}

TEST(Audit, OfAKindThatThereIsNotSaysWhichThereAre) {
  World world;
  Told told = world.api({.target = "/audit?kind=nosuch"});
  EXPECT_EQ(told.status, 400) << told.body;
  EXPECT_EQ(told.json()["parameter"], "kind");
  EXPECT_THAT(told.body, HasSubstr("sign-in-failed"));
  EXPECT_EQ(world.api({.target = "/audit?kind=user-deleted"}).status, 200);
}

}  // namespace
}  // namespace stet::api
