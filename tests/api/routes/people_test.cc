// Signing in, one's own account, other people's: by HTTP, as an editor in a browser does it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/one_time_code.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using auth::Role;
using ::testing::HasSubstr;
using ::testing::Not;
using Headers = std::map<std::string, std::string>;

Told ask(World& world,
         const std::string& method,
         const std::string& target,
         Headers headers,
         const Json& body = nullptr) {
  if (!body.is_null()) {
    headers.emplace("Content-Type",
                    method == "PATCH" ? "application/merge-patch+json" : "application/json");
  }
  return world.admin({.method = method,
                      .target = "/api/v1" + target,
                      .body = body.is_null() ? "" : body.dump(),
                      .headers = std::move(headers)});
}

Json credentials(const std::string& login, const std::string& password = World::kPassword) {
  return {{"login", login}, {"password", password}};
}

TEST(Session, BeginsWithACookieThatNoScriptReads) {
  World world;
  world.person("jo", Role::kEditor);
  Told told = ask(world, "POST", "/session", {{"User-Agent", "a browser"}}, credentials("jo"));
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_THAT(told.header("Set-Cookie"),
              ::testing::MatchesRegex(
                  "stet=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=1209600"));
  EXPECT_EQ(told.header("Cache-Control"), "no-store");
  EXPECT_EQ(told.json()["user"]["name"], "jo");
  EXPECT_THAT(told.body, Not(HasSubstr("argon2")));
  std::string secret = told.header("Set-Cookie").substr(5, 43);
  EXPECT_THAT(told.body, Not(HasSubstr(secret)));
}

TEST(Session, BehindTlsHasACookieThatNoNeighbourSets) {
  World world;
  world.person("jo", Role::kEditor);
  http::Request request = request_of({.method = "POST",
                                      .target = "/api/v1/session",
                                      .body = credentials("jo").dump(),
                                      .headers = {{"Content-Type", "application/json"}}});
  request.scheme = "https";
  http::Response response = world.admin_site->answer(request);
  std::string cookie(response.headers.find("Set-Cookie").value_or(""));
  EXPECT_TRUE(cookie.starts_with("__Host-stet=")) << cookie;
  EXPECT_TRUE(cookie.ends_with("; Secure")) << cookie;
  // By its own name alone: what a page without TLS has set is none.
  http::Request next = request_of(
      {.target = "/api/v1/session", .headers = {{"Cookie", "stet=" + cookie.substr(12, 43)}}});
  next.scheme = "https";
  EXPECT_EQ(world.admin_site->answer(next).status, 401);
}

TEST(Session, IsANewOneWithEachSignInAndTheOldOneEnds) {
  World world;
  world.person("jo", Role::kEditor);
  // Somebody has put a session of their choice there beforehand.
  Headers fixed = {{"Cookie", "stet=" + std::string(43, 'A')}};
  Told first = ask(world, "POST", "/session", fixed, credentials("jo"));
  ASSERT_EQ(first.status, 201);
  EXPECT_EQ(ask(world, "GET", "/session", fixed).status, 401);
  std::string cookie = first.header("Set-Cookie").substr(0, 48);
  Told second = ask(world, "POST", "/session", {{"Cookie", cookie}}, credentials("jo"));
  ASSERT_EQ(second.status, 201);
  EXPECT_NE(second.header("Set-Cookie").substr(0, 48), cookie);
  EXPECT_EQ(ask(world, "GET", "/session", {{"Cookie", cookie}}).status, 401);
}

TEST(Session, EndsWhenItIsSignedOutAndIsNotTakenAgain) {
  World world;
  world.person("jo", Role::kEditor);
  Headers here = world.signed_in("jo"), there = world.signed_in("jo");
  Told sessions = ask(world, "GET", "/account/sessions", here);
  ASSERT_EQ(sessions.json()["items"].size(), 2u) << sessions.body;
  Told ended = ask(world, "DELETE", "/session", here);
  EXPECT_EQ(ended.status, 200);
  EXPECT_THAT(ended.header("Set-Cookie"), HasSubstr("stet=; Path=/"));
  EXPECT_EQ(ask(world, "GET", "/session", here).status, 401);
  EXPECT_EQ(ask(world, "GET", "/session", there).status, 200);
  Headers third = world.signed_in("jo");
  std::string id = ask(world, "GET", "/session", there).json()["id"];
  EXPECT_EQ(ask(world, "DELETE", "/account/sessions/" + id, third).status, 200);
  EXPECT_EQ(ask(world, "GET", "/session", there).status, 401);
  EXPECT_EQ(ask(world, "DELETE", "/account/sessions", third).json()["ended"], 1);
  EXPECT_EQ(ask(world, "GET", "/session", third).status, 401);
}

TEST(Session, IsOnesOwnToEnd) {
  World world;
  world.person("jo", Role::kAdmin);
  world.person("al", Role::kAdmin);
  Headers jo = world.signed_in("jo"), al = world.signed_in("al");
  std::string id = ask(world, "GET", "/session", jo).json()["id"];
  EXPECT_EQ(ask(world, "DELETE", "/account/sessions/" + id, al).status, 404);
  EXPECT_EQ(ask(world, "GET", "/session", jo).status, 200);
}

TEST(Session, IsNoneWhereTwoCookiesHaveItsName) {
  World world;
  world.person("jo", Role::kEditor);
  std::string cookie = world.signed_in("jo")["Cookie"];
  EXPECT_EQ(ask(world, "GET", "/session", {{"Cookie", "a=b; " + cookie + "; c=d"}}).status, 200);
  EXPECT_EQ(ask(world, "GET", "/session", {{"Cookie", cookie + "; stet=x"}}).status, 401);
  EXPECT_EQ(ask(world, "GET", "/session", {{"Cookie", "x" + cookie}}).status, 401);
}

TEST(SignIn, SaysTheSameWhateverWasWrong) {
  World world;
  world.person("jo", Role::kEditor);
  auto gone = world.person("gone", Role::kEditor);
  ASSERT_TRUE(world.door->accounts.change(gone, {.is_disabled = true}, {"test", ""}));
  std::set<std::string> bodies;
  for (const Json& body : {credentials("nobody"),
                           credentials("jo", "wrong horse battery"),
                           credentials("gone"),
                           credentials("jo", "")}) {
    Told told = ask(world, "POST", "/session", {}, body);
    EXPECT_EQ(told.status, 401);
    EXPECT_FALSE(told.header("WWW-Authenticate").empty());
    EXPECT_TRUE(told.header("Set-Cookie").empty());
    bodies.insert(told.body);
  }
  EXPECT_EQ(bodies.size(), 1u);
}

TEST(SignIn, TellsWhoTriesTooOftenToWait) {
  World world;
  world.person("jo", Role::kEditor);
  for (int i = 0; i < 5; ++i) ask(world, "POST", "/session", {}, credentials("jo", "wrong"));
  Told told = ask(world, "POST", "/session", {}, credentials("jo"));
  EXPECT_EQ(told.status, 429) << told.body;
  EXPECT_EQ(told.header("Retry-After"), "1");
  world.clock.advance_seconds(1);
  EXPECT_EQ(ask(world, "POST", "/session", {}, credentials("jo")).status, 201);
}

TEST(SignIn, IsForPagesOfThisOriginAndForJson) {
  World world;
  world.person("jo", Role::kEditor);
  Headers own = {{"Host", "a:1"}, {"Origin", "http://a:1"}, {"Sec-Fetch-Site", "same-origin"}};
  EXPECT_EQ(ask(world, "POST", "/session", own, credentials("jo")).status, 201);
  for (const Headers& headers : {Headers{{"Host", "a:1"}, {"Origin", "http://b:1"}},
                                 Headers{{"Host", "a:1"}, {"Origin", "https://a:1"}},
                                 Headers{{"Sec-Fetch-Site", "cross-site"}}}) {
    EXPECT_EQ(ask(world, "POST", "/session", headers, credentials("jo")).status, 403);
  }
  // Of a proxy that leaves out the port the settings know better.
  own = {{"Host", "cms.example"}, {"Origin", "https://cms.example:8443"}};
  EXPECT_EQ(ask(world, "POST", "/session", own, credentials("jo")).status, 403);
  world.backend->admin_url = "https://cms.example:8443";
  EXPECT_EQ(ask(world, "POST", "/session", own, credentials("jo")).status, 201);
  Told form = ask(world,
                  "POST",
                  "/session",
                  {{"Content-Type", "application/x-www-form-urlencoded"}},
                  credentials("jo"));
  EXPECT_EQ(form.status, 415);
  Told keyed = ask(world, "POST", "/session", {{"Idempotency-Key", "\"k\""}}, credentials("jo"));
  EXPECT_EQ(keyed.status, 400) << "a secret is kept nowhere";
  EXPECT_EQ(ask(world, "POST", "/session", {}, {{"login", "jo"}}).status, 422);
}

TEST(Account, SaysWhoAsksAndWhatTheyMay) {
  World world;
  world.backend->media.file_bytes_max = 1000;
  auto jo = world.person("jo", Role::kAuthor);
  auto reach = [](const Json& account, const std::string& area) {
    for (const Json& right : account["rights"]) {
      if (right["area"] == area && right["action"] == "write") return right["reach"];
    }
    return Json("missing");
  };
  Json person = ask(world, "GET", "/account", world.signed_in("jo")).json();
  EXPECT_EQ(person["kind"], "session");
  EXPECT_EQ(person["role"], "author");
  EXPECT_EQ(reach(person, "drafts"), "own");
  EXPECT_EQ(reach(person, "content"), "none");
  EXPECT_EQ(person["limits"]["upload_bytes"], 1000) << "of the server's settings";
  std::string token = world.token_of(jo, "content:read");
  Json reader = ask(world, "GET", "/account", {{"Authorization", "Bearer " + token}}).json();
  EXPECT_EQ(reader["user"]["name"], "jo");
  EXPECT_EQ(reach(reader, "drafts"), "none");
  Json servers = world.api({.target = "/account"}).json();
  EXPECT_EQ(servers["user"], nullptr);
  EXPECT_EQ(servers["role"], nullptr);
  EXPECT_EQ(reach(servers, "server"), "all");
}

TEST(Account, CommitsAreSignedAsTheirPersonSays) {
  World world;
  world.person("jo", Role::kEditor);
  Headers headers = world.signed_in("jo");
  Told changed = ask(world,
                     "PATCH",
                     "/account",
                     headers,
                     {{"commit_name", "Jo Doe"}, {"commit_mail", "jo@doe.example"}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  headers["If-Match"] = "*";
  Told told = ask(world,
                  "PATCH",
                  "/posts/2020-01-01-first",
                  headers,
                  {{"front_matter", {{"title", "Changed"}}}});
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.repository.git({"log", "-1", "--format=%an <%ae>|%(trailers:only,separator=|)"}),
            "Jo Doe <jo@doe.example>|Stet-User: jo\n");
  EXPECT_EQ(ask(world, "PATCH", "/account", headers, {{"commit_name", "Jo\n<x>"}}).status, 422);
  EXPECT_EQ(ask(world, "PATCH", "/account", headers, {{"role", "admin"}}).status, 422);
}

TEST(Account, AnotherPasswordNeedsTheOldOneAndSignsOutElsewhere) {
  World world;
  world.person("jo", Role::kEditor);
  Headers here = world.signed_in("jo"), there = world.signed_in("jo");
  auto change = [&](const char* before, const char* after) {
    return ask(world, "PUT", "/account/password", here, {{"old", before}, {"new", after}});
  };
  EXPECT_THAT(change("wrong", "another good one").body, HasSubstr("/old"));
  EXPECT_THAT(change(World::kPassword, "short").body, HasSubstr("/new"));
  EXPECT_EQ(change(World::kPassword, "another good one").status, 200);
  EXPECT_EQ(ask(world, "GET", "/session", here).status, 200);
  EXPECT_EQ(ask(world, "GET", "/session", there).status, 401);
  EXPECT_EQ(ask(world, "POST", "/session", {}, credentials("jo")).status, 401);
  EXPECT_EQ(ask(world, "POST", "/session", {}, credentials("jo", "another good one")).status, 201);
}

TEST(Account, ASecondFactorIsSetUpUsedAndRemoved) {
  World world;
  auto jo = world.person("jo", Role::kEditor);
  Headers headers = world.signed_in("jo");
  Json proof = {{"password", World::kPassword}};
  Told begun = ask(world, "POST", "/account/second-factor", headers, proof);
  ASSERT_EQ(begun.status, 200) << begun.body;
  auto code = [&](int steps) {
    storage::UserRow now = *world.people->find(jo.id);
    const std::string& key = now.totp_secret.empty() ? now.totp_pending : now.totp_secret;
    return hotp(key, static_cast<std::uint64_t>(totp_step(world.clock.now()) + steps));
  };
  EXPECT_EQ(ask(world, "PUT", "/account/second-factor", headers, {{"code", "12"}}).status, 422);
  Told on = ask(world, "PUT", "/account/second-factor", headers, {{"code", code(0)}});
  ASSERT_EQ(on.status, 200) << on.body;
  EXPECT_EQ(on.json()["recovery_codes"].size(), 10u);
  Told half = ask(world, "POST", "/session", {}, credentials("jo"));
  EXPECT_EQ(half.status, 401);
  EXPECT_EQ(half.json()["needs"], "code");
  Json whole = credentials("jo");
  whole["code"] = code(1);
  EXPECT_EQ(ask(world, "POST", "/session", {}, whole).status, 201);
  EXPECT_EQ(ask(world, "POST", "/session", {}, whole).status, 401) << "used already";
  whole["code"] = on.json()["recovery_codes"][0];
  EXPECT_EQ(ask(world, "POST", "/session", {}, whole).status, 201);
  EXPECT_EQ(ask(world, "GET", "/account", headers).json()["recovery_codes"], 9);
  Json wrong = {{"password", "wrong"}};
  EXPECT_EQ(ask(world, "POST", "/account/second-factor/removal", headers, wrong).status, 422);
  // The password alone is what a thief of the session may know as well.
  for (const char* target : {"/account/second-factor/removal", "/account/recovery-codes"}) {
    Told asked = ask(world, "POST", target, headers, proof);
    EXPECT_EQ(asked.status, 422) << asked.body;
    EXPECT_THAT(asked.body, HasSubstr("/code"));
    Json guess = {{"password", World::kPassword}, {"code", "000000"}};
    EXPECT_EQ(ask(world, "POST", target, headers, guess).status, 422);
  }
  Json renewal = {{"password", World::kPassword}, {"code", on.json()["recovery_codes"][1]}};
  Told renewed = ask(world, "POST", "/account/recovery-codes", headers, renewal);
  ASSERT_EQ(renewed.status, 200) << renewed.body;
  proof["code"] = renewed.json()["recovery_codes"][0];
  EXPECT_EQ(ask(world, "POST", "/account/second-factor/removal", headers, proof).status, 200);
  EXPECT_EQ(ask(world, "POST", "/session", {}, credentials("jo")).status, 201);
}

TEST(OwnTokens, AreMadeWithinTheRoleAndRevoked) {
  World world;
  world.person("jo", Role::kAuthor);
  Headers headers = world.signed_in("jo");
  auto make = [&](Json scopes) {
    return ask(world,
               "POST",
               "/account/tokens",
               headers,
               {{"name", "script"}, {"scopes", scopes}, {"days", 7}});
  };
  EXPECT_EQ(make({"theme:write"}).status, 422);
  EXPECT_EQ(make({"admin"}).status, 422);
  EXPECT_EQ(make({"posts:write theme:write"}).status, 422);
  EXPECT_EQ(make(Json::array()).status, 422);
  Told made = make({"posts:write"});
  ASSERT_EQ(made.status, 201) << made.body;
  Headers token = {{"Authorization", "Bearer " + made.json()["token"].get<std::string>()}};
  EXPECT_EQ(ask(world, "GET", "/posts", token).status, 200);
  EXPECT_EQ(ask(world, "GET", "/account/tokens", token).status, 403) << "a token makes no tokens";
  Told listed = ask(world, "GET", "/account/tokens", headers);
  ASSERT_EQ(listed.json()["items"].size(), 1u);
  EXPECT_FALSE(listed.json()["items"][0].contains("token"));
  std::string id = made.json()["id"];
  EXPECT_EQ(ask(world, "DELETE", "/account/tokens/" + id, headers).status, 200);
  EXPECT_EQ(ask(world, "GET", "/posts", token).status, 401);
  world.person("al", Role::kAdmin);
  Headers al = world.signed_in("al");
  Told again = make({"posts:write"});
  std::string other = again.json()["id"];
  EXPECT_EQ(ask(world, "DELETE", "/account/tokens/" + other, al).status, 404);
  EXPECT_EQ(ask(world, "DELETE", "/tokens/" + other, al).status, 200);
}

TEST(Users, AreMadeChangedAndLetInByAnAdmin) {
  World world;
  Json made = {{"name", "jo"}, {"mail", "jo@example.org"}, {"role", "author"}};
  Told created = world.api({.method = "POST", .target = "/users", .body = made.dump()});
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(world.api({.method = "POST", .target = "/users", .body = made.dump()}).status, 409);
  std::string user = created.header("Location").substr(7);
  EXPECT_EQ(user, "/users/" + created.json()["id"].get<std::string>());
  Told reset = world.api({.method = "POST", .target = user + "/reset"});
  ASSERT_EQ(reset.status, 201) << reset.body;
  Json use = {{"secret", reset.json()["secret"]}, {"password", World::kPassword}};
  EXPECT_EQ(ask(world, "POST", "/password-reset", {}, use).status, 200);
  EXPECT_EQ(ask(world, "POST", "/password-reset", {}, use).status, 422) << "once";
  Headers jo = world.signed_in("jo");
  EXPECT_EQ(ask(world, "GET", "/users", jo).status, 403);
  Told raised = world.api({.method = "PATCH", .target = user, .body = R"({"role": "admin"})"});
  EXPECT_EQ(raised.status, 200) << raised.body;
  EXPECT_EQ(ask(world, "GET", "/users", jo).status, 200) << "at once";
  for (const char* change : {R"({"role": "reader"})", R"({"is_disabled": true})"}) {
    Told last = ask(world, "PATCH", user, jo, Json::parse(change));
    EXPECT_EQ(last.status, 409) << "the last admin: " << last.body;
  }
  world.person("root", Role::kAdmin);
  std::string token = world.token_of(*world.people->find_login("jo"), "admin");
  EXPECT_EQ(ask(world, "GET", "/users", {{"Authorization", "Bearer " + token}}).status, 200);
  EXPECT_EQ(
      world.api({.method = "PATCH", .target = user, .body = R"({"is_disabled": true})"}).status,
      200);
  EXPECT_EQ(ask(world, "GET", "/session", jo).status, 401);
  EXPECT_EQ(ask(world, "GET", "/users", {{"Authorization", "Bearer " + token}}).status, 401);
  EXPECT_EQ(world.api({.method = "POST", .target = user + "/reset"}).status, 409);
}

TEST(Audit, SaysWhoDidWhatAndIsReadInPages) {
  World world;
  world.person("root", Role::kAdmin);
  Headers root = world.signed_in("root");
  ask(world, "POST", "/session", {}, credentials("root", "wrong"));
  Json made = {{"name", "jo"}, {"mail", "jo@example.org"}, {"role", "author"}};
  ask(world, "POST", "/users", root, made);
  Json all = ask(world, "GET", "/audit", root).json();
  ASSERT_GE(all["items"].size(), 5u);
  EXPECT_EQ(all["items"][0]["kind"], "user-created");
  EXPECT_EQ(all["items"][0]["actor"], "root");
  EXPECT_EQ(all["items"][1]["kind"], "sign-in-failed");
  EXPECT_EQ(all["items"][1]["subject"], "root");
  Told first = ask(world, "GET", "/audit?limit=2", root);
  EXPECT_THAT(first.header("Link"), HasSubstr("rel=\"next\""));
  std::string next = first.json()["next"];
  Json second = ask(world, "GET", "/audit?limit=2&cursor=" + next, root).json();
  EXPECT_EQ(second["items"][0], all["items"][2]);
  EXPECT_EQ(ask(world, "GET", "/audit?kind=sign-in", root).json()["items"].size(), 1u);
  EXPECT_EQ(ask(world, "GET", "/audit?cursor=x", root).status, 400);
}

// Each is answered by its own route, with the object that the document promises.
TEST(People, KeysOfASessionsWritesAreItsUsers) {
  World world;
  world.person("jo", Role::kEditor);
  Headers here = world.signed_in("jo");
  here["If-Match"] = "*";
  here["Idempotency-Key"] = "\"one\"";
  Json change = {{"body", "New."}};
  Told first = ask(world, "PATCH", "/posts/2020-01-01-first", here, change);
  ASSERT_EQ(first.status, 200) << first.body;
  Headers there = world.signed_in("jo");
  there["If-Match"] = "*";
  there["Idempotency-Key"] = "\"one\"";
  Told again = ask(world, "PATCH", "/posts/2020-01-01-first", there, change);
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true") << again.body;
  EXPECT_EQ(world.commits(), 2u);
}

TEST(Account, AResetEndsTheTokensThatThePasswordMayHaveGivenAway) {
  World world;
  auto jo = world.person("jo", Role::kEditor);
  auto reset = [&](const std::string& password, const Json& more) {
    Told made = world.api({.method = "POST", .target = "/users/" + jo.id + "/reset"});
    Json use = {{"secret", made.json()["secret"]}, {"password", password}};
    use.update(more);
    return ask(world, "POST", "/password-reset", {}, use).status;
  };
  auto works = [&](const std::string& token) {
    return ask(world, "GET", "/account", {{"Authorization", "Bearer " + token}}).status == 200;
  };
  std::string token = world.token_of(jo);
  EXPECT_TRUE(works(token));
  EXPECT_EQ(reset("another good one", {{"revoke_tokens", false}}), 200);
  EXPECT_TRUE(works(token));
  EXPECT_EQ(reset("a third good one", {{"revoke_tokens", "no"}}), 422);
  EXPECT_EQ(reset("a third good one", Json::object()), 200);
  EXPECT_FALSE(works(token));
}

TEST(Account, NobodySignsCommitsAsSomebodyElse) {
  World world;
  world.person("ada", Role::kEditor);
  world.person("jo", Role::kAuthor);
  Headers headers = world.signed_in("jo");
  for (const Json& body : {Json({{"commit_mail", "ada@example.org"}}),
                           Json({{"commit_name", "ada"}}),
                           Json({{"commit_name", "Ada"}, {"commit_mail", "jo@example.org"}})}) {
    Told told = ask(world, "PATCH", "/account", headers, body);
    EXPECT_EQ(told.status, 409) << body << told.body;
    EXPECT_THAT(told.body, HasSubstr("'ada'"));
  }
  EXPECT_EQ(world.api({.target = "/audit?kind=user-change-refused"}).json()["items"].size(), 3u);
  EXPECT_EQ(ask(world, "PATCH", "/account", headers, {{"commit_name", "Jo Doe"}}).status, 200);
}

}  // namespace
}  // namespace stet::api
