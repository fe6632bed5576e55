// Signing in by a provider that lies, errs, dawdles or says nothing, and who is let in.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/base64.h"
#include "storage/base/one_time_code.h"
#include "tests/api/oidc/fake_provider.h"
#include "tests/api/routes/world.h"

namespace stet::oidc {
namespace {

using api::World;
using auth::Role;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Outside loopback(std::int64_t total_ms_max = 10'000) {
  return {.filter = storage::AddressFilter({*Network::parse("127.0.0.0/8")}),
          .agent = "stet/test",
          .limits = {.connect_ms_max = total_ms_max,
                     .total_ms_max = total_ms_max,
                     .answer_bytes_kept = 256 * 1024,
                     .answer_bytes_max = 256 * 1024}};
}

class FederationTest : public ::testing::Test {
 protected:
  void begin_with(ProviderSettings settings, Outside outside = loopback()) {
    federation_ =
        std::make_unique<Federation>(Federation::Parts{*world_.door, world_.clock, world_.random},
                                     std::vector<ProviderSettings>{std::move(settings)},
                                     std::move(outside));
  }
  Federation& federation() {
    if (!federation_) begin_with(fake_.settings());
    return *federation_;
  }

  void leave() {
    auto begun = federation().begin(
        "fake",
        {.redirect = "http://cms.test/back", .return_to = "/editor/", .address = "192.0.2.1"});
    ASSERT_TRUE(begun) << begun.error().message;
    url_ = begun->url;
    cookie_ = begun->cookie;
  }
  nlohmann::json honest() { return fake_.claims_for(url_, world_.clock.now().seconds); }
  http::Query answer() {
    return {{"state", fake_.query_of(url_)["state"]}, {"code", "a code"}, {"iss", fake_.issuer()}};
  }
  Arrival come_back(const http::Query& query) {
    return federation().finish(
        {.provider = "fake", .cookie = cookie_, .query = query, .address = "192.0.2.1"});
  }
  // All of it, with claims that differ from honest ones by this merge patch.
  Arrival sign_in(const std::string& patch = "{}") {
    leave();
    nlohmann::json claims = honest();
    claims.merge_patch(nlohmann::json::parse(patch));
    fake_.give(claims);
    return come_back(answer());
  }
  std::string last_failure() {
    auto rows = world_.people->audit({.kind = "sign-in-failed", .rows_max = 1});
    return rows->empty() ? "" : rows->front().detail;
  }

  World world_;
  FakeProvider fake_;
  std::unique_ptr<Federation> federation_;
  std::string url_, cookie_;
};

TEST_F(FederationTest, AsksByTheCodeFlowWithProofOfPossession) {
  leave();
  EXPECT_TRUE(url_.starts_with(fake_.issuer() + "/authorize?")) << url_;
  auto query = fake_.query_of(url_);
  EXPECT_EQ(query["response_type"], "code");
  EXPECT_EQ(query["client_id"], "stet");
  EXPECT_EQ(query["redirect_uri"], "http://cms.test/back");
  EXPECT_EQ(query["scope"], "openid email profile");
  EXPECT_EQ(query["code_challenge_method"], "S256");
  for (const char* secret : {"state", "nonce", "code_challenge"}) {
    EXPECT_EQ(query[secret].size(), 43u) << secret;
  }
  auto first = query;
  leave();
  auto second = fake_.query_of(url_);
  for (const char* fresh : {"state", "nonce", "code_challenge"}) {
    EXPECT_NE(first[fresh], second[fresh]) << fresh;
  }
  EXPECT_EQ(fake_.asked("/.well-known/openid-configuration").size(), 1u) << "kept for an hour";
}

TEST_F(FederationTest, TradesTheCodeWithItsSecretAndTheVerifier) {
  auto jo = world_.person("jo", Role::kEditor);
  Arrival arrival = sign_in();
  ASSERT_EQ(arrival.refusal, Refusal::kNone) << arrival.cause;
  EXPECT_EQ(arrival.user->id, jo.id);
  EXPECT_EQ(arrival.return_to, "/editor/");
  auto asked = fake_.asked("/token");
  ASSERT_EQ(asked.size(), 1u);
  auto form = fake_.query_of("?" + asked[0].body);
  EXPECT_EQ(form["grant_type"], "authorization_code");
  EXPECT_EQ(form["code"], "a code");
  EXPECT_EQ(form["redirect_uri"], "http://cms.test/back");
  EXPECT_EQ(form.count("client_secret"), 0u);
  EXPECT_EQ(asked[0].headers.find("Authorization"),
            "Basic " + encode_base64("stet:a%20secret%3A%20%26%20more"));
  std::string hash = [&] {
    auto digest = sha256_hex(form["code_verifier"]);
    std::string bytes;
    for (std::size_t i = 0; i < digest.size(); i += 2) {
      bytes += static_cast<char>(std::stoi(digest.substr(i, 2), nullptr, 16));
    }
    return base64url(bytes);
  }();
  EXPECT_EQ(hash, fake_.query_of(url_)["code_challenge"]);
}

TEST_F(FederationTest, SendsTheSecretInTheBodyWhereTheProviderKnowsNoOtherWay) {
  world_.person("jo", Role::kEditor);
  fake_.discovery["token_endpoint_auth_methods_supported"] =
      nlohmann::json::array({"client_secret_post"});
  EXPECT_EQ(sign_in().refusal, Refusal::kNone);
  auto asked = fake_.asked("/token");
  EXPECT_EQ(fake_.query_of("?" + asked[0].body)["client_secret"], "a secret: & more");
  EXPECT_FALSE(asked[0].headers.find("Authorization"));
}

TEST_F(FederationTest, TokensThatDoNotHoldLetNobodyIn) {
  world_.person("jo", Role::kEditor);
  struct Row {
    const char* patch;
    const char* why;
  };
  const Row kRows[] = {{R"({"nonce": "another"})", "nonce"},
                       {R"({"aud": "another"})", "aud"},
                       {R"({"aud": ["stet", "another"]})", "azp"},
                       {R"({"iss": "http://127.0.0.1:1"})", "iss"},
                       {R"({"exp": 1699999000})", "exp"},
                       {R"({"iat": 1800000000})", "iat"},
                       {R"({"sub": null})", "sub"}};
  for (const Row& row : kRows) {
    Arrival arrival = sign_in(row.patch);
    EXPECT_EQ(arrival.refusal, Refusal::kInvalid) << row.patch;
    EXPECT_FALSE(arrival.user) << row.patch;
    EXPECT_THAT(last_failure(), HasSubstr(row.why)) << row.patch;
  }
  EXPECT_THAT(*world_.people->identities(world_.people->find_login("jo")->id), IsEmpty());
}

TEST_F(FederationTest, TokensThatAreNotSignedByTheProviderLetNobodyIn) {
  world_.person("jo", Role::kEditor);
  SigningKey stranger("ES256"), rsa("RS256");
  fake_.keys["keys"].push_back(rsa.jwk("rsa"));
  auto try_token = [&](const std::function<std::string()>& token) {
    leave();
    fake_.give_token(token());
    Arrival arrival = come_back(answer());
    EXPECT_FALSE(arrival.user);
    return arrival.refusal;
  };
  auto head = [](const char* algorithm, const char* kid) {
    return nlohmann::json{{"alg", algorithm}, {"kid", kid}};
  };
  EXPECT_EQ(try_token([&] { return token_of(head("ES256", "one"), honest(), stranger); }),
            Refusal::kInvalid);
  EXPECT_EQ(try_token([&] { return token_of(head("ES256", "none"), honest(), stranger); }),
            Refusal::kInvalid);
  EXPECT_EQ(try_token([&] {
              return base64url(R"({"alg":"none"})") + "." + base64url(honest().dump()) + ".";
            }),
            Refusal::kInvalid);
  for (const std::string& secret : {rsa.pem(), fake_.settings().client_secret}) {
    EXPECT_EQ(try_token([&] {
                std::string message =
                    base64url(head("HS256", "rsa").dump()) + "." + base64url(honest().dump());
                return message + "." + base64url(hmac_sha256_of(secret, message));
              }),
              Refusal::kInvalid);
  }
  EXPECT_EQ(try_token([&] { return std::string("nonsense"); }), Refusal::kInvalid);
  EXPECT_EQ(try_token([&] { return std::string(); }), Refusal::kInvalid);
}

TEST_F(FederationTest, ReturnsOnceToTheBrowserThatLeft) {
  world_.person("jo", Role::kEditor);
  leave();
  fake_.give(honest());
  const http::Query query = answer();
  // Another browser, or none, with the right answer; and this browser with another's.
  for (const std::string& other : {std::string(), std::string(43, 'A'), cookie_ + "x"}) {
    EXPECT_EQ(
        federation()
            .finish({.provider = "fake", .cookie = other, .query = query, .address = "192.0.2.1"})
            .refusal,
        Refusal::kExpired);
  }
  for (const http::Query& other : {http::Query{},
                                   http::Query{{"code", "a code"}},
                                   http::Query{{"state", ""}, {"code", "a code"}},
                                   http::Query{{"state", "x"}, {"code", "a code"}},
                                   http::Query{query[0], query[0], query[1], query[2]}}) {
    EXPECT_EQ(come_back(other).refusal, Refusal::kExpired);
  }
  EXPECT_THAT(fake_.asked("/token"), IsEmpty());
  EXPECT_EQ(come_back(query).refusal, Refusal::kNone);
  EXPECT_EQ(come_back(query).refusal, Refusal::kExpired);
  EXPECT_EQ(fake_.asked("/token").size(), 1u);
}

TEST_F(FederationTest, ReturnsWithinTenMinutes) {
  world_.person("jo", Role::kEditor);
  leave();
  fake_.give(honest());
  world_.clock.advance_seconds(Flows::kSeconds);
  EXPECT_EQ(come_back(answer()).refusal, Refusal::kExpired);
  EXPECT_THAT(fake_.asked("/token"), IsEmpty());
}

TEST_F(FederationTest, TakesTheAnswerOfTheProviderThatWasAskedAndOfNoOther) {
  world_.person("jo", Role::kEditor);
  struct Row {
    std::optional<std::string> issuer;
    Refusal refusal;
  };
  for (const Row& row : {Row{"http://mixed.up", Refusal::kInvalid},
                         Row{std::nullopt, Refusal::kInvalid},  // it says that it tells
                         Row{fake_.issuer(), Refusal::kNone}}) {
    leave();
    fake_.give(honest());
    http::Query query = answer();
    query.pop_back();
    if (row.issuer) query.emplace_back("iss", *row.issuer);
    EXPECT_EQ(come_back(query).refusal, row.refusal) << row.issuer.value_or("none");
  }
  leave();
  http::Query query = answer();
  query.emplace_back("iss", fake_.issuer());
  EXPECT_EQ(come_back(query).refusal, Refusal::kInvalid) << "twice";
}

TEST_F(FederationTest, OfTwoProvidersEachHasItsOwnWayBack) {
  world_.person("jo", Role::kEditor);
  federation_ = std::make_unique<Federation>(
      Federation::Parts{*world_.door, world_.clock, world_.random},
      std::vector<ProviderSettings>{fake_.settings("fake"), fake_.settings("other")},
      loopback());
  leave();
  fake_.give(honest());
  Arrival arrival = federation_->finish(
      {.provider = "other", .cookie = cookie_, .query = answer(), .address = ""});
  EXPECT_EQ(arrival.refusal, Refusal::kInvalid);
  EXPECT_THAT(fake_.asked("/token"), IsEmpty());
}

TEST_F(FederationTest, SaysWhatTheProviderSays) {
  leave();
  http::Query denied = {{"state", fake_.query_of(url_)["state"]},
                        {"error", "access_denied"},
                        {"error_description", "<script>"},
                        {"iss", fake_.issuer()}};
  EXPECT_EQ(come_back(denied).refusal, Refusal::kDenied);
  EXPECT_EQ(last_failure(), "fake: the provider says access_denied");
  leave();
  denied = {{"state", fake_.query_of(url_)["state"]},
            {"error", "temporarily_unavailable"},
            {"iss", fake_.issuer()}};
  EXPECT_EQ(come_back(denied).refusal, Refusal::kUnavailable);
  leave();
  fake_.token_status = 400;
  fake_.token_answer = {{"error", "invalid_grant"}};
  EXPECT_EQ(come_back(answer()).refusal, Refusal::kDenied);
  EXPECT_THAT(last_failure(), HasSubstr("400 invalid_grant"));
  EXPECT_THAT(last_failure(), Not(HasSubstr("a code")));
}

TEST_F(FederationTest, KeysAreKeptAndAskedForAnewWhereOneIsUnknown) {
  world_.person("jo", Role::kEditor);
  ASSERT_EQ(sign_in().refusal, Refusal::kNone);
  ASSERT_EQ(sign_in().refusal, Refusal::kNone);
  EXPECT_EQ(fake_.asked("/keys").size(), 1u);
  // The provider goes over to another key.
  fake_.key = SigningKey("EdDSA");
  fake_.kid = "two";
  fake_.keys["keys"].push_back(fake_.key.jwk("two"));
  EXPECT_EQ(sign_in().refusal, Refusal::kInvalid) << "not twice in half a minute";
  EXPECT_EQ(fake_.asked("/keys").size(), 1u);
  world_.clock.advance_seconds(Provider::kRefetchSeconds);
  EXPECT_EQ(sign_in().refusal, Refusal::kNone);
  EXPECT_EQ(fake_.asked("/keys").size(), 2u);
  // One that was taken back is good for an hour at most.
  fake_.keys["keys"] = nlohmann::json::array({SigningKey("ES256").jwk("three")});
  world_.clock.advance_seconds(Provider::kKeptSeconds);
  EXPECT_EQ(sign_in().refusal, Refusal::kInvalid);
}

TEST_F(FederationTest, AnAnswerWithoutAnEndIsNone) {
  world_.person("jo", Role::kEditor);
  fake_.raw_keys = R"({"keys": [")" + std::string(10 << 20, 'x') + R"("]})";
  EXPECT_EQ(sign_in().refusal, Refusal::kUnavailable);
  EXPECT_THAT(last_failure(), HasSubstr("more than 262144 bytes"));
}

TEST_F(FederationTest, WhatIsNoJsonIsNone) {
  world_.person("jo", Role::kEditor);
  fake_.raw_keys = "<html>";
  EXPECT_EQ(sign_in().refusal, Refusal::kInvalid);
  fake_.raw_keys = "";
  leave();
  fake_.token_answer = nlohmann::json::array({1});
  EXPECT_EQ(come_back(answer()).refusal, Refusal::kInvalid);
}

TEST_F(FederationTest, AProviderThatDawdlesIsNotWaitedForLong) {
  world_.person("jo", Role::kEditor);
  begin_with(fake_.settings(), loopback(300));
  leave();
  fake_.give(honest());
  fake_.held_path = "/token";
  Arrival arrival = come_back(answer());
  EXPECT_EQ(arrival.refusal, Refusal::kUnavailable);
  EXPECT_EQ(arrival.return_to, "/editor/");
}

TEST_F(FederationTest, AProviderThatSaysNothingIsAskedAgainAfterAPause) {
  begin_with(fake_.settings(), loopback(300));
  fake_.held_path = "/.well-known/openid-configuration";
  const Federation::Beginning beginning{.redirect = "http://cms.test/back", .return_to = "/"};
  for (int i = 0; i < 5; ++i) {
    auto begun = federation().begin("fake", beginning);
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, ErrorCode::kUnavailable);
  }
  EXPECT_EQ(fake_.asked(fake_.held_path).size(), 1u);
  fake_.held_path.clear();
  world_.clock.advance_seconds(Provider::kPauseSeconds);
  EXPECT_TRUE(federation().begin("fake", beginning));
}

TEST_F(FederationTest, AProviderOnAPrivateNetworkIsCalledWhereTheSettingsAllowIt) {
  begin_with(fake_.settings(), {.agent = "stet/test"});
  auto begun = federation().begin("fake", {.redirect = "http://cms.test/back", .return_to = "/"});
  ASSERT_FALSE(begun);
  EXPECT_THAT(fake_.asked("/.well-known/openid-configuration"), IsEmpty());
}

TEST_F(FederationTest, TakesNoAddressesThatAreNotGoodEnough) {
  for (const auto& [name, value] :
       std::map<std::string, nlohmann::json>{{"issuer", "http://127.0.0.1:1"},
                                             {"token_endpoint", "http://provider.example/token"},
                                             {"jwks_uri", "file:///etc/passwd"},
                                             {"authorization_endpoint", "javascript:alert(1)"},
                                             {"userinfo_endpoint", "http://10.0.0.1/"},
                                             {"jwks_uri", nullptr}}) {
    FakeProvider fake;
    fake.discovery[name] = value;
    begin_with(fake.settings());
    auto begun = federation().begin("fake", {.redirect = "http://cms.test/back", .return_to = "/"});
    ASSERT_FALSE(begun) << name;
    EXPECT_EQ(begun.error().code, ErrorCode::kInvalidInput) << begun.error().message;
  }
}

TEST_F(FederationTest, NobodyComesInByAMailThatIsNotVerified) {
  world_.person("jo", Role::kEditor);
  for (const char* patch : {R"({"email_verified": false})",
                            R"({"email_verified": null})",
                            R"({"email": null})",
                            R"({"email": null, "email_verified": null})"}) {
    fake_.userinfo = {{"sub", "subject-1"}};
    EXPECT_EQ(sign_in(patch).refusal, Refusal::kMailUnverified) << patch;
  }
}

TEST_F(FederationTest, AMailThatTheTokenLacksIsAskedFor) {
  auto jo = world_.person("jo", Role::kEditor);
  const char* no_mail = R"({"email": null, "email_verified": null})";
  fake_.userinfo = {{"sub", "another"}, {"email", "jo@example.org"}, {"email_verified", true}};
  EXPECT_EQ(sign_in(no_mail).refusal, Refusal::kInvalid) << "it is about another";
  fake_.userinfo["sub"] = "subject-1";
  Arrival arrival = sign_in(no_mail);
  ASSERT_EQ(arrival.refusal, Refusal::kNone) << arrival.cause;
  EXPECT_EQ(arrival.user->id, jo.id);
  EXPECT_EQ(fake_.asked("/user").back().headers.find("Authorization"), "Bearer access");
  // Nothing of a token's comes to stand in our headers.
  leave();
  nlohmann::json claims = honest();
  claims.erase("email");
  fake_.give(claims);
  fake_.token_answer["access_token"] = "x\r\nInjected: yes";
  std::size_t asked = fake_.asked("/user").size();
  come_back(answer());
  EXPECT_EQ(fake_.asked("/user").size(), asked);
}

TEST_F(FederationTest, AMailThatHasChangedHandsOpensNothing) {
  auto jo = world_.person("jo", Role::kEditor);
  world_.person("al", Role::kAdmin);
  ASSERT_EQ(sign_in().refusal, Refusal::kNone);
  // The same person under another mail, be it somebody else's here, is who they were.
  Arrival moved = sign_in(R"({"email": "al@example.org"})");
  ASSERT_EQ(moved.refusal, Refusal::kNone);
  EXPECT_EQ(moved.user->id, jo.id);
  EXPECT_EQ(sign_in(R"({"email": null, "email_verified": null})").refusal, Refusal::kNone);
  // Another person, to whom the provider has given that mail, is nobody.
  Arrival other = sign_in(R"({"sub": "subject-2"})");
  EXPECT_EQ(other.refusal, Refusal::kOtherIdentity);
  EXPECT_FALSE(other.user);
  // Until an admin says so.
  auto bound = *world_.people->identities(jo.id);
  ASSERT_EQ(bound.size(), 1u);
  EXPECT_EQ(bound[0].subject, "subject-1");
  EXPECT_EQ(bound[0].mail, "jo@example.org");
  ASSERT_TRUE(world_.people->unbind_identity(jo.id, bound[0].id, ""));
  EXPECT_EQ(sign_in(R"({"sub": "subject-2"})").user->id, jo.id);
}

TEST_F(FederationTest, WhoIsUnknownOrDisabledHasNoAccount) {
  EXPECT_EQ(sign_in().refusal, Refusal::kNoAccount);
  EXPECT_THAT(*world_.people->users(), IsEmpty());
  auto jo = world_.person("jo", Role::kEditor);
  world_.person("root", Role::kAdmin);
  jo = *world_.door->accounts.change(jo, {.is_disabled = true}, {"test", ""});
  EXPECT_EQ(sign_in().refusal, Refusal::kNoAccount);
  EXPECT_THAT(*world_.people->identities(jo.id), IsEmpty());
  jo = *world_.door->accounts.change(jo, {.is_disabled = false}, {"test", ""});
  ASSERT_EQ(sign_in().refusal, Refusal::kNone);
  jo = *world_.door->accounts.change(jo, {.is_disabled = true}, {"test", ""});
  EXPECT_EQ(sign_in().refusal, Refusal::kNoAccount);
}

TEST_F(FederationTest, MailsOfOtherDomainsAreNotTaken) {
  auto settings = fake_.settings();
  settings.mail_domains = {"example.com"};
  begin_with(settings);
  world_.person("jo", Role::kEditor);
  EXPECT_EQ(sign_in().refusal, Refusal::kNoAccount);
  settings.mail_domains = {"example.com", "example.org"};
  begin_with(settings);
  EXPECT_EQ(sign_in().refusal, Refusal::kNone);
}

TEST_F(FederationTest, UsersAreMadeWhereTheSettingsSaySo) {
  auto settings = fake_.settings();
  settings.created_role = Role::kAuthor;
  begin_with(settings);
  world_.person("jo", Role::kEditor);
  Arrival made = sign_in(
      R"({"sub": "s2", "email": "Jo.Doe@example.com", "name": "Jo Doe",
          "preferred_username": "jo"})");
  ASSERT_EQ(made.refusal, Refusal::kNone) << made.cause;
  EXPECT_EQ(made.user->name, "jo-2");
  EXPECT_EQ(made.user->role, "author");
  EXPECT_EQ(made.user->commit_name, "Jo Doe");
  EXPECT_EQ(made.user->mail, "Jo.Doe@example.com");
  EXPECT_EQ(made.user->password, "");
  EXPECT_EQ(sign_in(R"({"sub": "s2"})").user->id, made.user->id);
  Arrival odd = sign_in(R"({"sub": "s3", "email": "Ä+ö@example.com", "name": "<x>"})");
  EXPECT_EQ(odd.user->name, "user") << odd.cause;
  EXPECT_EQ(sign_in(R"({"sub": "s4", "email": "no mail"})").refusal, Refusal::kInvalid);
}

TEST_F(FederationTest, TheSecondFactorIsAskedForUnlessTheProvidersSuffices) {
  auto jo = world_.person("jo", Role::kEditor);
  auto enrolment = *world_.door->factor.begin(jo);
  jo = *world_.people->find(jo.id);
  auto code = [&] {
    return hotp(jo.totp_pending, static_cast<std::uint64_t>(totp_step(world_.clock.now())));
  };
  ASSERT_TRUE(world_.door->factor.finish(jo, code()));
  world_.clock.advance_seconds(60);
  Arrival arrival = sign_in();
  ASSERT_FALSE(arrival.code_cookie.empty());
  // The cookie is of no use for anything else.
  cookie_ = arrival.code_cookie;
  EXPECT_EQ(come_back({{"state", ""}, {"code", "x"}}).refusal, Refusal::kExpired);
  auto wrong = federation().prove_code(cookie_, "000000", "192.0.2.1");
  EXPECT_EQ(wrong->answer.outcome, auth::SignInOutcome::kWrong);
  auto right = federation().prove_code(cookie_, code(), "192.0.2.1");
  ASSERT_TRUE(right);
  EXPECT_EQ(right->answer.outcome, auth::SignInOutcome::kRight);
  EXPECT_EQ(right->answer.user->id, jo.id);
  EXPECT_EQ(federation().prove_code(cookie_, code(), "192.0.2.1")->arrival.refusal,
            Refusal::kExpired);

  auto settings = fake_.settings();
  settings.asks_second_factor = false;
  begin_with(settings);
  EXPECT_EQ(sign_in().code_cookie, "");
}

TEST_F(FederationTest, ASecondFactorIsGuessedAFewTimesAtMost) {
  auto jo = world_.person("jo", Role::kEditor);
  ASSERT_TRUE(world_.door->factor.begin(jo));
  jo = *world_.people->find(jo.id);
  ASSERT_TRUE(world_.people->take_pending_totp(jo.id, 1, {}));
  Arrival arrival = sign_in();
  for (int i = 0; i < Federation::kCodeTriesMax; ++i) {
    auto tried = federation().prove_code(arrival.code_cookie, "000000", "192.0.2.1");
    EXPECT_EQ(tried->arrival.refusal, Refusal::kNone) << i;
    EXPECT_EQ(tried->answer.outcome, auth::SignInOutcome::kWrong) << i;
  }
  EXPECT_EQ(federation().prove_code(arrival.code_cookie, "000000", "192.0.2.1")->arrival.refusal,
            Refusal::kExpired);
}

TEST(LocalPath, IsOfThisOriginWhateverABrowserMakesOfIt) {
  for (const char* good : {"/", "/editor/", "/a?b=c&d=%20#e", "/a//b", "/a:b"}) {
    EXPECT_TRUE(is_local_path(good)) << good;
  }
  for (const char* bad : {"",
                          "editor",
                          "//evil.example",
                          "/\\evil.example",
                          "\\\\evil.example",
                          "https://evil.example",
                          "/\t/evil.example",
                          "/a b",
                          "/a\"b",
                          "/<script>",
                          "/a\r\nSet-Cookie: x",
                          "/\xc3\xa4"}) {
    EXPECT_FALSE(is_local_path(bad)) << bad;
  }
  EXPECT_FALSE(is_local_path("/" + std::string(500, 'a')));
  EXPECT_EQ(with_parameter("/a", "x", "y"), "/a?x=y");
  EXPECT_EQ(with_parameter("/a?b#/c?d", "x", "y"), "/a?b&x=y#/c?d");
}

}  // namespace
}  // namespace stet::oidc
