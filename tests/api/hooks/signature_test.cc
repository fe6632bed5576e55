#include "api/hooks/signature.h"

#include <gtest/gtest.h>

namespace stet::hooks {
namespace {

constexpr char kSecret[] = "It's a Secret to Everybody";
constexpr char kHello[] = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
constexpr char kHelloPlain[] = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";

TEST(Signatures, AreWhatTheForgesPublish) {
  EXPECT_TRUE(is_hmac_of("sha256=" + std::string(kHello), "sha256=", kSecret, "Hello, World!"));
  EXPECT_TRUE(is_hmac_of("sha256=" + std::string(kHelloPlain), "sha256=", kSecret, "Hello World!"));
  EXPECT_TRUE(is_hmac_of(kHello, "", kSecret, "Hello, World!"));
}

TEST(Signatures, MustBeWholeAndOfTheBody) {
  std::string good = "sha256=" + std::string(kHello);
  struct Row {
    std::string signature;
    const char *secret, *body;
  };
  for (const Row& row : {
           Row{good, kSecret, "Hello, World"},
           Row{good, "another", "Hello, World!"},
           Row{good, "", "Hello, World!"},
           Row{"sha256=", kSecret, "Hello, World!"},
           Row{"", kSecret, "Hello, World!"},
           Row{kHello, kSecret, "Hello, World!"},
           Row{good.substr(0, good.size() - 2), kSecret, "Hello, World!"},
           Row{good + "00", kSecret, "Hello, World!"},
           Row{"sha256=" + std::string(64, 'g'), kSecret, "Hello, World!"},
           Row{"sha256=" + std::string(64, '0'), kSecret, "Hello, World!"},
           Row{"sha1=" + std::string(kHello), kSecret, "Hello, World!"},
           Row{"SHA256=" + std::string(kHello), kSecret, "Hello, World!"},
           Row{"sha256=757107EA" + std::string(kHello).substr(8), kSecret, "Hello, World!"},
           Row{" " + good, kSecret, "Hello, World!"},
           Row{good + ", " + good, kSecret, "Hello, World!"},
       }) {
    EXPECT_FALSE(is_hmac_of(row.signature, "sha256=", row.secret, row.body)) << row.signature;
  }
}

http::Headers standard(std::string_view signature, std::string_view timestamp = "1614265330") {
  http::Headers headers;
  headers.add("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek");
  headers.add("webhook-timestamp", timestamp);
  headers.add("webhook-signature", signature);
  return headers;
}

constexpr char kStandardSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr char kStandardBody[] = R"({"test": 2432232314})";
constexpr char kStandardGood[] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
constexpr char kStandardBad[] = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
constexpr Instant kSigned{1614265330};

TEST(Signatures, OfStandardWebhooksAreAListOfWhichOneMustFit) {
  auto check = [](const http::Headers& headers,
                  const char* secret = kStandardSecret,
                  std::int64_t late = 0) {
    return is_standard_webhook(
        headers, secret, kStandardBody, Instant{kSigned.seconds + late}, 300);
  };
  std::string good = kStandardGood, bad = kStandardBad;
  EXPECT_TRUE(check(standard(good)));
  EXPECT_TRUE(check(standard(bad + " v1a,xyz v2,abc " + good)));
  EXPECT_TRUE(check(standard(good), kStandardSecret, 300));
  EXPECT_TRUE(check(standard(good), kStandardSecret, -300));
  EXPECT_FALSE(check(standard(good), kStandardSecret, 301));
  EXPECT_FALSE(check(standard(good), kStandardSecret, -301));
  EXPECT_FALSE(check(standard(bad)));
  EXPECT_FALSE(check(standard("v1,")));
  EXPECT_FALSE(check(standard("")));
  EXPECT_FALSE(check(standard(good, "")));
  EXPECT_FALSE(check(standard(good, "1614265330x")));
  EXPECT_FALSE(check(standard(good, "1614265331")));
  EXPECT_FALSE(check(standard(good), "whsec_"));
  EXPECT_FALSE(check(standard(good), ""));
  EXPECT_FALSE(check(http::Headers()));
}

TEST(Forges, AreToldByTheHeadersThatTheirCopiersLack) {
  auto name_of = [](std::string_view provider, std::vector<std::string> names) {
    http::Headers headers;
    for (const std::string& name : names) headers.add(name, "push");
    std::vector<const Forge*> ways = detect_forge(provider, headers);
    return std::string(ways.empty() ? "" : ways.front()->name);
  };
  std::vector<std::string> github = {"X-GitHub-Event"};
  std::vector<std::string> gitea = {"X-GitHub-Event", "X-Gogs-Event", "X-Gitea-Event"};
  std::vector<std::string> forgejo = {"X-GitHub-Event", "X-Gitea-Event", "X-Forgejo-Event"};
  EXPECT_EQ(name_of("generic", github), "github");
  EXPECT_EQ(name_of("generic", gitea), "gitea");
  EXPECT_EQ(name_of("generic", forgejo), "forgejo");
  EXPECT_EQ(name_of("gitea", forgejo), "forgejo");
  EXPECT_EQ(name_of("gitea", github), "");
  EXPECT_EQ(name_of("github", forgejo), "github");
  EXPECT_EQ(name_of("gitlab", {"X-Gitlab-Event"}), "gitlab");
  EXPECT_EQ(name_of("bitbucket", {"X-Event-Key"}), "bitbucket");
  EXPECT_EQ(name_of("generic", {"X-Hub-Signature-256"}), "generic");
  EXPECT_EQ(name_of("generic", {}), "");
}

}  // namespace
}  // namespace stet::hooks
