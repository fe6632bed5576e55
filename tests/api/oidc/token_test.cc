// Tokens and keys as they come from outside: what is taken, and what never is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/oidc/claims.h"
#include "api/oidc/key_set.h"
#include "tests/api/oidc/signing_key.h"

namespace stet::oidc {
namespace {

using Check = KeySet::Check;
using ::testing::HasSubstr;

KeySet set_of(const std::vector<Json>& keys) {
  Json json = Json::object();
  json["keys"] = keys;
  return *KeySet::parse(json.dump());
}

Check check(const KeySet& keys, const std::string& text) {
  auto token = SignedToken::parse(text);
  EXPECT_TRUE(token) << (token ? "" : token.error().message);
  return token ? keys.check(*token) : Check::kBad;
}

TEST(SignedToken, IsCheckedByTheKeyOfItsKind) {
  for (const char* algorithm : {"RS256", "PS256", "ES256", "EdDSA"}) {
    SigningKey key(algorithm), other(algorithm);
    std::string text = token_of({{"alg", algorithm}, {"kid", "a"}}, {{"sub", "x"}}, key);
    EXPECT_EQ(check(set_of({other.jwk("b"), key.jwk("a")}), text), Check::kGood) << algorithm;
    EXPECT_EQ(check(set_of({other.jwk("a")}), text), Check::kBad) << algorithm;
    EXPECT_EQ(check(set_of({key.jwk("b")}), text), Check::kNoKey) << algorithm;
    std::string spoilt = text;
    spoilt[text.find('.') + 1] = 'f';  // "{" begins with e
    auto token = SignedToken::parse(spoilt);
    EXPECT_TRUE(!token || set_of({key.jwk("a")}).check(*token) == Check::kBad) << algorithm;
    std::string unnamed = token_of({{"alg", algorithm}}, {{"sub", "x"}}, key);
    EXPECT_EQ(check(set_of({key.jwk("a")}), unnamed), Check::kGood) << algorithm;
    EXPECT_EQ(check(set_of({key.jwk("a"), other.jwk("b")}), unnamed), Check::kNoKey) << algorithm;
  }
}

TEST(SignedToken, OfOneAlgorithmIsNotCheckedByAKeyForAnother) {
  SigningKey key("RS256");
  std::string text = token_of({{"alg", "PS256"}, {"kid", "a"}}, {{"sub", "x"}}, key);
  EXPECT_EQ(check(set_of({key.jwk("a")}), text), Check::kNoKey);
  Json unbound = key.jwk("a");
  unbound.erase("alg");
  EXPECT_EQ(check(set_of({unbound}), text), Check::kBad);
}

TEST(SignedToken, IsRefusedWhereItNamesNoAlgorithmOrOneWithASharedSecret) {
  SigningKey key("RS256");
  const Json claims = {{"sub", "x"}};
  for (const char* algorithm : {"none", "None", "", "HS256", "HS512", "RS1", "ES384", "rs256"}) {
    auto token = SignedToken::parse(token_of({{"alg", algorithm}}, claims, key));
    ASSERT_FALSE(token) << algorithm;
    EXPECT_THAT(token.error().message, HasSubstr("signed by none of")) << algorithm;
  }
  std::string unsigned_text = base64url(R"({"alg":"none"})") + "." + base64url("{}") + ".";
  EXPECT_FALSE(SignedToken::parse(unsigned_text));
  // The public key as the secret of a MAC.
  std::string message = base64url(R"({"alg":"HS256"})") + "." + base64url("{}");
  EXPECT_FALSE(SignedToken::parse(message + "." + base64url(hmac_sha256_of(key.pem(), message))));
}

TEST(SignedToken, IsRefusedWhereItIsSomethingElse) {
  SigningKey key("ES256");
  const Json claims = {{"sub", "x"}};
  std::string good = token_of({{"alg", "ES256"}, {"typ", "jwt"}}, claims, key);
  EXPECT_TRUE(SignedToken::parse(good));
  EXPECT_FALSE(SignedToken::parse(token_of({{"alg", "ES256"}, {"typ", "at+jwt"}}, claims, key)));
  EXPECT_FALSE(SignedToken::parse(token_of({{"alg", "ES256"}, {"crit", {"b64"}}}, claims, key)));
  EXPECT_FALSE(SignedToken::parse(token_of({{"alg", "ES256"}}, Json::array({1}), key)));
  for (const std::string& text : {std::string(),
                                  std::string("."),
                                  std::string(".."),
                                  std::string("a.b"),
                                  good + ".",
                                  good + ".x",
                                  good + "=",
                                  " " + good,
                                  good + std::string(kTokenBytesMax, 'A')}) {
    EXPECT_FALSE(SignedToken::parse(text)) << text.substr(0, 40);
  }
}

TEST(KeySet, LeavesOutWhatCannotSign) {
  SigningKey key("ES256");
  std::string text = token_of({{"alg", "ES256"}, {"kid", "a"}}, {{"sub", "x"}}, key);
  Json good = key.jwk("a");
  auto with = [&](const char* name, const Json& value) {
    Json changed = good;
    changed[name] = value;
    return changed;
  };
  EXPECT_EQ(check(set_of({with("key_ops", {"verify"})}), text), Check::kGood);
  for (const Json& bad : {with("use", "enc"),
                          with("key_ops", {"encrypt"}),
                          with("key_ops", "verify"),
                          with("kty", "oct"),
                          with("crv", "P-384"),
                          with("x", good["y"]),  // on no curve
                          with("x", "AA"),
                          with("y", 7),
                          with("alg", "HS256"),
                          Json("text"),
                          Json(nullptr)}) {
    EXPECT_EQ(check(set_of({bad}), text), Check::kNoKey) << bad;
  }
  EXPECT_EQ(check(set_of({with("use", "enc"), good}), text), Check::kGood);
  for (const char* none : {"", "[]", "{}", R"({"keys": {}})", "\xff", "{\"keys\": [}"}) {
    EXPECT_FALSE(KeySet::parse(none)) << none;
  }
  std::vector<Json> many;
  for (int i = 0; i < 1000; ++i) many.push_back(with("kid", std::to_string(i)));
  EXPECT_EQ(set_of(many).size(), KeySet::kKeysMax);
}

TEST(PublicKey, OfRsaIsNeitherWeakNorHuge) {
  SigningKey key("RS256");
  Json jwk = key.jwk("a");
  auto size_with = [&](const char* name, const std::string& bytes) {
    Json changed = jwk;
    changed[name] = base64url(bytes);
    return set_of({changed}).size();
  };
  EXPECT_EQ(size_with("n", "\xff" + std::string(126, '\x11') + "\x13"), 0u);   // 1024 bits
  EXPECT_EQ(size_with("n", "\xff" + std::string(4095, '\x11') + "\x13"), 0u);  // 32768 bits
  EXPECT_EQ(size_with("n", "\xff" + std::string(254, '\x11') + "\x12"), 0u);   // even
  EXPECT_EQ(size_with("e", "\x01"), 0u);
  EXPECT_EQ(size_with("e", std::string(1, '\0')), 0u);
  EXPECT_EQ(size_with("e", std::string(64, '\x11')), 0u);
  EXPECT_EQ(size_with("e", "\x03"), 1u);
}

TEST(Claims, HoldByTheBookOrAreRefusedByTheirName) {
  const Json good = {{"iss", "https://issuer"},
                     {"sub", "s"},
                     {"aud", "stet"},
                     {"exp", 1300},
                     {"iat", 1000},
                     {"nonce", "n"}};
  const Expected expected{
      .issuer = "https://issuer", .client = "stet", .nonce = "n", .asked = {990}, .now = {1010}};
  struct Row {
    const char* patch;  // RFC 7396
    const char* refused;
  };
  const Row kRows[] = {
      {"{}", ""},
      {R"({"iss": "https://issuer/"})", "(iss)"},
      {R"({"iss": null})", "(iss)"},
      {R"({"aud": "other"})", "(aud)"},
      {R"({"aud": null})", "(aud)"},
      {R"({"aud": []})", "(aud)"},
      {R"({"aud": ["other"]})", "(aud)"},
      {R"({"aud": {"stet": 1}})", "(aud)"},
      {R"({"aud": ["stet"]})", ""},
      {R"({"aud": ["stet", "other"]})", "(azp)"},
      {R"({"aud": ["stet", "other"], "azp": "stet"})", ""},
      {R"({"aud": ["stet", "other"], "azp": "other"})", "(azp)"},
      {R"({"azp": "other"})", "(azp)"},
      {R"({"exp": 950})", "(exp)"},
      {R"({"exp": 951})", ""},  // a minute, by which clocks may differ
      {R"({"exp": null})", "times"},
      {R"({"exp": "2000"})", "times"},
      {R"({"iat": null})", "times"},
      {R"({"iat": 1071})", "(iat)"},
      {R"({"iat": 1070})", ""},
      {R"({"iat": 929})", "(iat)"},
      {R"({"iat": 930.5})", ""},
      {R"({"nbf": 1071})", "(nbf)"},
      {R"({"nbf": 1000})", ""},
      {R"({"nonce": "other"})", "(nonce)"},
      {R"({"nonce": null})", "(nonce)"},
      {R"({"nonce": ["n"]})", "(nonce)"},
      {R"({"sub": null})", "(sub)"},
      {R"({"sub": ""})", "(sub)"},
      {R"({"sub": 7})", "(sub)"},
  };
  for (const Row& row : kRows) {
    Json token = good;
    token.merge_patch(Json::parse(row.patch));
    auto claims = check_claims(token, expected);
    EXPECT_EQ(claims.has_value(), !*row.refused) << row.patch;
    std::string why = claims ? "" : claims.error().message;
    EXPECT_THAT(why, HasSubstr(row.refused)) << row.patch;
  }
  Json token = good;
  token["sub"] = std::string(256, 'x');
  EXPECT_FALSE(check_claims(token, expected));
}

TEST(Claims, OfAMailAreWhatIsSaidOfItInTheSamePlace) {
  struct Row {
    const char *token, *user;
    const char* mail;
    bool is_verified;
  };
  const Row kRows[] = {
      {R"({"email": "a@b.c", "email_verified": true})", "{}", "a@b.c", true},
      {R"({"email": "a@b.c", "email_verified": "true"})", "{}", "a@b.c", true},
      {R"({"email": "a@b.c", "email_verified": 1})", "{}", "a@b.c", false},
      {R"({"email": "a@b.c", "email_verified": "yes"})", "{}", "a@b.c", false},
      {R"({"email": "a@b.c"})", "{}", "a@b.c", false},
      {R"({"email": "a@b.c"})", R"({"email_verified": true})", "a@b.c", false},
      {R"({"email_verified": true})", R"({"email": "a@b.c"})", "a@b.c", false},
      {"{}", R"({"email": "a@b.c", "email_verified": true})", "a@b.c", true},
      {R"({"email": "a@b.c", "email_verified": false})",
       R"({"email": "x@y.z", "email_verified": true})",
       "a@b.c",
       false},
  };
  for (const Row& row : kRows) {
    Claims claims;
    take_profile(Json::parse(row.token), claims);
    take_profile(Json::parse(row.user), claims);
    EXPECT_EQ(claims.mail, row.mail) << row.token << row.user;
    EXPECT_EQ(claims.is_mail_verified, row.is_verified) << row.token << row.user;
  }
}

}  // namespace
}  // namespace stet::oidc
