#include "api/webhooks/signing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "api/hooks/signature.h"

namespace stet::webhooks {
namespace {

using ::testing::StartsWith;

constexpr char kSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// The vector that the libraries of Standard Webhooks test with.
TEST(Signing, GivesTheSignatureOfTheSpecification) {
  Signed message{"msg_p5jXN8AQM9LWM0D4loKWxJek", Instant{1614265330}, R"({"test": 2432232314})"};
  EXPECT_EQ(signature_of(message, {kSecret}), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signing, GivesOneForEachSecret) {
  Signed message{"a", Instant{100}, "{}"};
  std::string other = "whsec_" + std::string(32, 'A');
  EXPECT_EQ(signature_of(message, {kSecret, other}),
            signature_of(message, {kSecret}) + " " + signature_of(message, {other}));
}

TEST(Signing, IsTakenByTheVerifierOfIncomingHooks) {
  CountingRandom random;
  std::string secret = make_secret(random);
  http::Headers headers;
  headers.add("webhook-id", "a");
  headers.add("webhook-timestamp", "100");
  headers.add("webhook-signature", signature_of({"a", Instant{100}, "body"}, {kSecret, secret}));
  EXPECT_TRUE(hooks::is_standard_webhook(headers, secret, "body", Instant{100}, 300));
  EXPECT_FALSE(hooks::is_standard_webhook(headers, secret, "Body", Instant{100}, 300));
}

TEST(Signing, MakesSecretsOf32Bytes) {
  SystemRandom random;
  std::set<std::string> secrets;
  for (int i = 0; i < 3; ++i) secrets.insert(make_secret(random));
  EXPECT_EQ(secrets.size(), 3u);
  for (const std::string& secret : secrets) {
    EXPECT_THAT(secret, StartsWith("whsec_"));
    EXPECT_EQ(secret.size(), 6u + 44u);
    EXPECT_TRUE(check_secret(secret));
  }
}

TEST(Signing, RefusesSecretsThatAreNone) {
  EXPECT_TRUE(check_secret(kSecret));
  for (const std::string& wrong : {std::string(),
                                   std::string("whsec_"),
                                   std::string("secret"),
                                   std::string("whsec_AAAA"),
                                   "whsec_" + std::string(31, 'A'),
                                   "whsec_" + std::string(92, 'A'),
                                   "whsk_" + std::string(32, 'A'),
                                   "whsec_" + std::string(31, 'A') + "!"}) {
    EXPECT_FALSE(check_secret(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace stet::webhooks
