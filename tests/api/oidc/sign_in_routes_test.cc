// Signing in by a provider over HTTP, as a browser and the editor in it do.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/one_time_code.h"
#include "tests/api/oidc/fake_provider.h"
#include "tests/api/routes/world.h"

namespace stet::oidc {
namespace {

using api::Json;
using api::Told;
using api::World;
using auth::Role;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using Headers = std::map<std::string, std::string>;

class ProviderRoutes : public ::testing::Test {
 protected:
  ProviderRoutes() {
    federation_ = std::make_unique<Federation>(
        Federation::Parts{*world_.door, world_.clock, world_.random},
        std::vector<ProviderSettings>{fake_.settings()},
        Outside{.filter = storage::AddressFilter({*Network::parse("127.0.0.0/8")}),
                .agent = "stet/test"});
    world_.backend->federation = federation_.get();
    world_.backend->admin_url = "http://cms.test";
  }

  Told ask(const std::string& method,
           const std::string& target,
           Headers headers = {},
           const Json& body = nullptr) {
    headers.emplace("Host", "cms.test");
    if (!body.is_null()) headers.emplace("Content-Type", "application/json");
    return world_.admin({.method = method,
                         .target = "/api/v1" + target,
                         .body = body.is_null() ? "" : body.dump(),
                         .headers = std::move(headers)});
  }

  // The cookie of the sign-in.
  std::string leave(const Json& body = Json::object(), Headers headers = {}) {
    Told told = ask("POST", "/session/providers/fake", std::move(headers), body);
    EXPECT_EQ(told.status, 201) << told.body;
    url_ = told.json().value("url", "");
    std::string cookie = told.header("Set-Cookie");
    return cookie.substr(0, cookie.find(';'));
  }
  std::string way_back() {
    nlohmann::json claims = fake_.claims_for(url_, world_.clock.now().seconds);
    fake_.give(claims);
    return "/session/providers/fake/callback?code=a%20code&extra=1&session_state=x&state=" +
           FakeProvider::query_of(url_)["state"] + "&iss=" + fake_.issuer();
  }
  static Headers of_browser(const std::string& cookie) {
    return {{"Cookie", cookie}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "navigate"}};
  }
  // The cookie of this name that an answer sets.
  static std::string cookie_of(const Told& told, const std::string& name) {
    for (std::size_t i = 0; i < told.headers.size(); ++i) {
      auto field = told.headers.field(i);
      if (field.name == "Set-Cookie" && field.value.starts_with(name + "=")) {
        return std::string(field.value.substr(0, field.value.find(';')));
      }
    }
    return "";
  }

  World world_;
  FakeProvider fake_;
  std::unique_ptr<Federation> federation_;
  std::string url_;
};

TEST_F(ProviderRoutes, TellAnybodyWhichThereAre) {
  EXPECT_EQ(ask("GET", "/session/providers").json()["items"],
            Json::parse(R"([{"id": "fake", "name": "The fake"}])"));
  world_.backend->federation = nullptr;
  EXPECT_EQ(ask("GET", "/session/providers").json()["items"], Json::array());
  EXPECT_EQ(ask("POST", "/session/providers/fake", {}, Json::object()).status, 404);
  EXPECT_EQ(ask("GET", "/session/providers/fake/callback").status, 404);
}

TEST_F(ProviderRoutes, LeadThereAndBackIntoASession) {
  auto jo = world_.person("jo", Role::kEditor);
  Told told = ask("POST", "/session/providers/fake", {}, {{"return_to", "/editor/?a=b&c=d#here"}});
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.header("Cache-Control"), "no-store");
  EXPECT_THAT(told.header("Set-Cookie"),
              MatchesRegex("stet-sign-in=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; "
                           "Max-Age=600"));
  url_ = told.json()["url"];
  EXPECT_EQ(FakeProvider::query_of(url_)["redirect_uri"],
            "http://cms.test/api/v1/session/providers/fake/callback");
  std::string cookie = told.header("Set-Cookie").substr(0, 56);
  Told back = ask("GET", way_back(), of_browser(cookie));
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_THAT(back.header("Content-Type"), HasSubstr("text/html"));
  EXPECT_EQ(back.header("Cache-Control"), "no-store");
  EXPECT_EQ(back.header("Referrer-Policy"), "no-referrer");
  EXPECT_THAT(back.body, HasSubstr("content=\"0; url=/editor/?a=b&amp;c=d#here\""));
  EXPECT_EQ(cookie_of(back, "stet-sign-in"), "stet-sign-in=");
  Told session = ask("GET", "/session", {{"Cookie", cookie_of(back, "stet")}});
  ASSERT_EQ(session.status, 200);
  EXPECT_EQ(session.json()["user"]["id"], jo.id);
  auto rows = *world_.people->audit({.kind = "sign-in"});
  EXPECT_EQ(rows.at(0).detail, "by fake");
  EXPECT_EQ(rows.at(0).actor, "jo");
}

TEST_F(ProviderRoutes, BehindTlsSetACookieThatNoNeighbourSets) {
  api::Asked asked{.method = "POST",
                   .target = "/api/v1/session/providers/fake",
                   .body = "{}",
                   .headers = {{"Host", "cms.test"}, {"Content-Type", "application/json"}}};
  http::Request request = api::request_of(asked);
  request.scheme = "https";
  world_.backend->admin_url = "https://cms.test";
  http::Response response = world_.admin_site->answer(request);
  std::string cookie(response.headers.find("Set-Cookie").value_or(""));
  EXPECT_TRUE(cookie.starts_with("__Host-stet-sign-in=")) << cookie;
  EXPECT_TRUE(cookie.ends_with("; Secure")) << cookie;
  Json told = Json::parse(std::get<std::string>(response.body));
  EXPECT_EQ(FakeProvider::query_of(told["url"])["redirect_uri"],
            "https://cms.test/api/v1/session/providers/fake/callback");
}

TEST_F(ProviderRoutes, LeadNowhereElse) {
  for (const char* bad : {"https://evil.example", "//evil.example", "/\\evil", "x", ""}) {
    Told told = ask("POST", "/session/providers/fake", {}, {{"return_to", bad}});
    EXPECT_EQ(told.status, 422) << bad;
    EXPECT_THAT(told.body, HasSubstr("/return_to")) << bad;
  }
  EXPECT_EQ(ask("POST", "/session/providers/other", {}, Json::object()).status, 404);
  for (const char* host : {"evil.example", "cms.test:81", "a b", ""}) {
    Told told = ask("POST", "/session/providers/fake", {{"Host", host}}, Json::object());
    EXPECT_EQ(told.status, 400) << host;
    EXPECT_THAT(told.body, HasSubstr("http://cms.test")) << host;
  }
  for (const auto& [name, value] :
       {std::pair("Sec-Fetch-Site", "cross-site"), std::pair("Origin", "http://evil.example")}) {
    EXPECT_EQ(ask("POST", "/session/providers/fake", {{name, value}}, Json::object()).status, 403);
  }
}

TEST_F(ProviderRoutes, EndWhatWasThereBeforeAndTakeNoSessionThatWasBrought) {
  world_.person("jo", Role::kEditor);
  world_.person("al", Role::kEditor);
  Headers al = world_.signed_in("al");
  std::string cookie = leave(Json::object(), {{"Cookie", al["Cookie"]}});
  std::string chosen = "stet=" + std::string(43, 'B');
  Told back = ask("GET", way_back(), of_browser(cookie + "; " + chosen));
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_EQ(ask("GET", "/session", {{"Cookie", al["Cookie"]}}).status, 401);
  EXPECT_EQ(ask("GET", "/session", {{"Cookie", chosen}}).status, 401);
  EXPECT_NE(cookie_of(back, "stet"), chosen);
}

TEST_F(ProviderRoutes, SayWhyNobodyWasLetInWithoutSayingWho) {
  std::string cookie = leave({{"return_to", "/editor/"}});
  Told back = ask("GET", way_back(), of_browser(cookie));
  EXPECT_EQ(back.status, 403);
  EXPECT_THAT(back.body, HasSubstr("url=/editor/?sign_in_error=no_account"));
  EXPECT_THAT(back.body, Not(HasSubstr("jo@example.org")));
  EXPECT_EQ(cookie_of(back, "stet"), "");
  auto rows = *world_.people->audit({.kind = "sign-in-failed"});
  EXPECT_THAT(rows.at(0).detail, HasSubstr("jo@example.org"));

  cookie = leave({{"return_to", "/editor/"}});
  back = ask("GET", "/session/providers/fake/callback?code=x&state=wrong", of_browser(cookie));
  EXPECT_EQ(back.status, 400);
  EXPECT_THAT(back.body, HasSubstr("begin again"));
  fake_.discovery["issuer"] = "other";
  world_.clock.advance_seconds(Provider::kKeptSeconds);
  Told told = ask("POST", "/session/providers/fake", {}, Json::object());
  EXPECT_EQ(told.status, 503);
  EXPECT_THAT(told.body, Not(HasSubstr("127.0.0.1")));
}

TEST_F(ProviderRoutes, AskForTheSecondFactorBeforeThereIsASession) {
  auto jo = world_.person("jo", Role::kEditor);
  ASSERT_TRUE(world_.door->factor.begin(jo));
  jo = *world_.people->find(jo.id);
  auto code = [&] {
    return hotp(jo.totp_pending, static_cast<std::uint64_t>(totp_step(world_.clock.now())));
  };
  ASSERT_TRUE(world_.door->factor.finish(jo, code()));
  world_.clock.advance_seconds(60);
  std::string cookie = leave();
  Told back = ask("GET", way_back(), of_browser(cookie));
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_THAT(back.body, HasSubstr("url=/?sign_in=code"));
  EXPECT_EQ(cookie_of(back, "stet"), "");
  Headers pending = {{"Cookie", cookie_of(back, "stet-sign-in")}};
  Json right = {{"code", code()}}, wrong = {{"code", "000000"}};
  EXPECT_EQ(ask("POST", "/session/second-factor", {}, right).status, 400);
  EXPECT_EQ(ask("POST", "/session/second-factor", {{"Cookie", cookie}}, right).status, 400);
  EXPECT_EQ(ask("POST", "/session/second-factor", pending, wrong).status, 401);
  Told told = ask("POST", "/session/second-factor", pending, right);
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.json()["user"]["name"], "jo");
  EXPECT_FALSE(cookie_of(told, "stet").empty());
  EXPECT_EQ(cookie_of(told, "stet-sign-in"), "stet-sign-in=");
  EXPECT_EQ(ask("POST", "/session/second-factor", pending, right).status, 400);
}

// Who has no password proves who they are by having come from the provider just now.
TEST_F(ProviderRoutes, WhoHasNoPasswordSetsUpASecondFactorInAFreshSession) {
  auto jo = *world_.door->accounts.create(
      {.name = "jo", .mail = "jo@example.org", .role = Role::kEditor}, {"test", ""});
  auto come_in = [&] {
    std::string began = leave();
    Told back = ask("GET", way_back(), of_browser(began));
    std::string cookie = cookie_of(back, "stet");
    Told session = ask("GET", "/session", {{"Cookie", cookie}});
    return Headers{{"Cookie", cookie}, {"X-CSRF-Token", session.json().value("csrf", "")}};
  };
  Headers headers = come_in();
  world_.clock.advance_seconds(600);
  Told late = ask("POST", "/account/second-factor", headers, Json::object());
  EXPECT_EQ(late.status, 403) << late.body;
  EXPECT_THAT(late.body, HasSubstr("within ten minutes"));
  EXPECT_EQ(ask("POST", "/account/second-factor", headers, {{"password", ""}}).status, 422);
  headers = come_in();
  Told begun = ask("POST", "/account/second-factor", headers, Json::object());
  ASSERT_EQ(begun.status, 200) << begun.body;
  jo = *world_.people->find(jo.id);
  Json code = {
      {"code", hotp(jo.totp_pending, static_cast<std::uint64_t>(totp_step(world_.clock.now())))}};
  Told on = ask("PUT", "/account/second-factor", headers, code);
  ASSERT_EQ(on.status, 200) << on.body;
  // From now on it is asked for behind the provider's.
  std::string began = leave();
  Told back = ask("GET", way_back(), of_browser(began));
  EXPECT_THAT(back.body, HasSubstr("url=/?sign_in=code"));
  Told bare = ask("POST", "/account/second-factor/removal", headers, Json::object());
  EXPECT_EQ(bare.status, 422) << bare.body;
  EXPECT_THAT(bare.body, HasSubstr("/code"));
  Json proof = {{"code", on.json()["recovery_codes"][0]}};
  EXPECT_EQ(ask("POST", "/account/second-factor/removal", headers, proof).status, 200);
}

TEST_F(ProviderRoutes, IdentitiesAreShownAndUnbound) {
  auto jo = world_.person("jo", Role::kEditor);
  world_.person("root", Role::kAdmin);
  std::string cookie = leave();
  std::string session = cookie_of(ask("GET", way_back(), of_browser(cookie)), "stet");
  Json account = ask("GET", "/account", {{"Cookie", session}}).json();
  ASSERT_EQ(account["identities"].size(), 1u) << account;
  EXPECT_EQ(account["identities"][0]["provider"], "fake");
  EXPECT_EQ(account["identities"][0]["subject"], "subject-1");
  std::string id = account["identities"][0]["id"];

  Headers root = world_.signed_in("root");
  Json listed = ask("GET", "/users/" + jo.id + "/identities", root).json();
  EXPECT_EQ(listed["items"], account["identities"]);
  EXPECT_EQ(ask("DELETE", "/account/identities/" + id, root).status, 404) << "it is another's";
  EXPECT_EQ(ask("DELETE", "/users/" + jo.id + "/identities/" + id, root).status, 200);
  EXPECT_EQ(ask("DELETE", "/users/" + jo.id + "/identities/" + id, root).status, 404);
  EXPECT_EQ(ask("GET", "/session", {{"Cookie", session}}).status, 401);
  EXPECT_EQ(world_.people->audit({.kind = "identity-unbound"})->at(0).actor, "root");

  cookie = leave();
  session = cookie_of(ask("GET", way_back(), of_browser(cookie)), "stet");
  Headers own = {
      {"Cookie", session},
      {"X-CSRF-Token", ask("GET", "/session", {{"Cookie", session}}).json().value("csrf", "")}};
  id = ask("GET", "/account", own).json()["identities"][0]["id"];
  EXPECT_EQ(ask("DELETE", "/account/identities/" + id, own).status, 200);
  EXPECT_EQ(ask("GET", "/session", own).status, 200) << "signed out elsewhere, not here";
}

}  // namespace
}  // namespace stet::oidc
