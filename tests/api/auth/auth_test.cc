#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <set>

#include "api/auth/authenticate.h"
#include "api/auth/tokens.h"
#include "storage/base/base64.h"
#include "storage/base/durable_file.h"

namespace stet::auth {
namespace {

namespace fs = std::filesystem;

class AuthTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stet-auth-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    ledger_ = *storage::Ledger::open(folder_ / "ledger");
    tokens_ = std::make_unique<Tokens>(*ledger_, clock_, random_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  CreatedToken create(std::optional<std::int64_t> lifetime_seconds = std::nullopt) {
    return *tokens_->create({"Jo", {Scope::kPostsWrite}, lifetime_seconds});
  }
  Outcome outcome_of(std::string_view header) { return authenticate(*tokens_, header).outcome; }

  fs::path folder_;
  ManualClock clock_{{1'600'000'000}};
  CountingRandom random_;
  std::unique_ptr<storage::Ledger> ledger_;
  std::unique_ptr<Tokens> tokens_;
};

TEST(ScopeSet, ReadsNamesPartedByBlanksOrCommas) {
  ScopeSet both{Scope::kContentRead, Scope::kThemeWrite};
  for (const char* text : {"content:read theme:write",
                           "theme:write,content:read",
                           " content:read , theme:write content:read "}) {
    EXPECT_EQ(*ScopeSet::parse(text), both) << text;
  }
  EXPECT_EQ(both.string(), "content:read theme:write");
  EXPECT_EQ(*ScopeSet::parse(both.string()), both);
}

TEST(ScopeSet, SaysWhatIsWrongAndWhatThereIs) {
  for (const char* text : {"", " , ", "content", "Admin", "admin\n", "posts:write;admin"}) {
    auto scopes = ScopeSet::parse(text);
    ASSERT_FALSE(scopes) << text;
    EXPECT_EQ(scopes.error().code, ErrorCode::kInvalidInput);
    EXPECT_NE(scopes.error().message.find("schedule:write"), std::string::npos);
  }
}

TEST(ScopeSet, AllowsWhatItHoldsAndAdminAllowsAll) {
  constexpr Scope kAll[] = {Scope::kContentRead,
                            Scope::kPostsWrite,
                            Scope::kScheduleWrite,
                            Scope::kThemeWrite,
                            Scope::kAdmin};
  for (Scope held : kAll) {
    for (Scope asked : kAll) {
      bool expected = held == asked || held == Scope::kAdmin || asked == Scope::kContentRead;
      EXPECT_EQ(ScopeSet{held}.allows(asked), expected) << name_of(held) << " " << name_of(asked);
    }
  }
  EXPECT_FALSE(ScopeSet().allows(Scope::kContentRead));
}

TEST_F(AuthTest, ATokenGivesItsPrincipal) {
  CreatedToken token = create();
  EXPECT_EQ(token.secret, "stet_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  EXPECT_EQ(token.id, "2021222324252627");
  Verdict verdict = authenticate(*tokens_, "Bearer " + token.secret);
  ASSERT_EQ(verdict.outcome, Outcome::kGranted);
  EXPECT_EQ(
      *verdict.principal,
      (Principal{token.id, "Jo", {{Scope::kPostsWrite}}, "Jo", "2021222324252627@token.invalid"}));
  EXPECT_TRUE(verdict.principal->rights.may(Area::kContent, Action::kWrite));
  EXPECT_FALSE(verdict.principal->rights.may(Area::kServer, Action::kRead));
}

TEST_F(AuthTest, TheLedgerNeverHoldsTheSecret) {
  CreatedToken token = create();
  (void)tokens_->verify(token.secret);
  std::string secret_part = token.secret.substr(5);
  for (const auto& item : fs::directory_iterator(folder_)) {
    EXPECT_EQ(read_file(item.path(), 1 << 24)->find(secret_part), std::string::npos) << item.path();
  }
}

TEST_F(AuthTest, TellsFailuresApartForTheLogAndGivesOneAnswer) {
  CreatedToken good = create(), revoked = create(), expiring = create(60);
  ASSERT_TRUE(tokens_->revoke(revoked.id));
  clock_.advance_seconds(60);
  std::string unknown = good.secret;
  unknown.back() = unknown.back() == 'A' ? 'B' : 'A';
  struct {
    std::string header;
    Outcome outcome;
  } cases[] = {
      {"Bearer " + good.secret, Outcome::kGranted},
      {"bearer   " + good.secret, Outcome::kGranted},
      {"Bearer " + unknown, Outcome::kUnknown},
      {"Bearer " + revoked.secret, Outcome::kRevoked},
      {"Bearer " + expiring.secret, Outcome::kExpired},
      {"", Outcome::kMalformed},
      {"Bearer", Outcome::kMalformed},
      {"Bearer ", Outcome::kMalformed},
      {"Bearer  ", Outcome::kMalformed},
      {"Basic " + good.secret, Outcome::kMalformed},
      {"Bearers " + good.secret, Outcome::kMalformed},
      {good.secret, Outcome::kMalformed},
      {"Bearer " + good.secret + " ", Outcome::kMalformed},
      {"Bearer " + good.secret + "x", Outcome::kMalformed},
      {"Bearer " + good.secret.substr(0, 20), Outcome::kMalformed},
      {"Bearer stet_" + std::string(42, 'A') + "'", Outcome::kMalformed},
      {"Bearer stet_" + std::string(43, '\0'), Outcome::kMalformed},
      {"Bearer " + std::string(100'000, 'x'), Outcome::kMalformed},
      {" Bearer " + good.secret, Outcome::kMalformed},
  };
  std::set<std::string_view> answers;
  for (const auto& c : cases) {
    Verdict verdict = authenticate(*tokens_, c.header);
    EXPECT_EQ(verdict.outcome, c.outcome) << c.header.substr(0, 80);
    EXPECT_EQ(verdict.principal.has_value(), c.outcome == Outcome::kGranted);
    if (c.outcome != Outcome::kGranted) answers.insert(challenge_of(verdict.outcome));
  }
  EXPECT_EQ(answers,
            (std::set<std::string_view>{"Bearer realm=\"stet\", error=\"invalid_token\", "
                                        "error_description=\"the token is not valid\""}));
}

TEST_F(AuthTest, AProgramThatKnowsPasswordsAloneSendsTheTokenAsOne) {
  CreatedToken good = create();
  struct {
    std::string header;
    Outcome outcome;
  } cases[] = {
      {"Basic " + encode_base64("anybody:" + good.secret), Outcome::kGranted},
      {"basic  " + encode_base64(":" + good.secret), Outcome::kGranted},
      {"Bearer " + good.secret, Outcome::kGranted},
      {"Basic " + encode_base64(good.secret), Outcome::kMalformed},
      {"Basic " + encode_base64("a:b:" + good.secret), Outcome::kMalformed},
      {"Basic " + encode_base64("anybody:"), Outcome::kMalformed},
      {"Basic " + good.secret, Outcome::kMalformed},
      {"Basic !!!", Outcome::kMalformed},
      {"Basic ", Outcome::kMalformed},
      {"Basic", Outcome::kMalformed},
      {"Digest x", Outcome::kMalformed},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(authenticate_basic(*tokens_, c.header).outcome, c.outcome) << c.header;
  }
  EXPECT_EQ(authenticate_basic(*tokens_, std::nullopt).outcome, Outcome::kMissing);
}

TEST_F(AuthTest, AMissingHeaderIsAChallengeWithoutAnError) {
  EXPECT_EQ(authenticate(*tokens_, std::nullopt).outcome, Outcome::kMissing);
  EXPECT_EQ(challenge_of(Outcome::kMissing), "Bearer realm=\"stet\"");
  EXPECT_EQ(challenge_of(Scope::kPostsWrite),
            "Bearer realm=\"stet\", error=\"insufficient_scope\", scope=\"posts:write\"");
}

TEST_F(AuthTest, RevokingHoldsAtOnceHereAndSoonInOtherProcesses) {
  CreatedToken token = create(), other = create();
  std::string header = "Bearer " + token.secret;
  ASSERT_EQ(outcome_of(header), Outcome::kGranted);
  ASSERT_TRUE(tokens_->revoke(token.id));
  EXPECT_EQ(outcome_of(header), Outcome::kRevoked);

  header = "Bearer " + other.secret;
  ASSERT_EQ(outcome_of(header), Outcome::kGranted);
  auto elsewhere = *storage::Ledger::open(folder_ / "ledger");
  ASSERT_TRUE(elsewhere->revoke_token(other.id, clock_.now()));
  clock_.advance_seconds(Tokens::kCacheSeconds);
  EXPECT_EQ(outcome_of(header), Outcome::kRevoked);
  EXPECT_EQ(tokens_->revoke("nobody").error().code, ErrorCode::kNotFound);
}

TEST_F(AuthTest, ACachedTokenExpiresOnTime) {
  std::string header = "Bearer " + create(2).secret;
  EXPECT_EQ(outcome_of(header), Outcome::kGranted);
  clock_.advance_seconds(1);
  EXPECT_EQ(outcome_of(header), Outcome::kGranted);
  clock_.advance_seconds(1);
  EXPECT_EQ(outcome_of(header), Outcome::kExpired);
}

TEST_F(AuthTest, NotesTheLastUseNowAndThen) {
  CreatedToken token = create();
  auto last_used = [&] { return tokens_->list()->at(0).last_used->seconds - 1'600'000'000; };
  (void)tokens_->verify(token.secret);
  EXPECT_EQ(last_used(), 0);
  clock_.advance_seconds(Tokens::kTouchSeconds - 1);
  (void)tokens_->verify(token.secret);
  EXPECT_EQ(last_used(), 0);
  clock_.advance_seconds(1);
  (void)tokens_->verify(token.secret);
  EXPECT_EQ(last_used(), Tokens::kTouchSeconds);
}

TEST_F(AuthTest, RefusesTokensThatCouldNotSignACommitOrWouldNeverEnd) {
  ScopeSet scopes{Scope::kAdmin};
  for (std::string name : {std::string(),
                           std::string("a<b"),
                           std::string("a>b"),
                           std::string("a\nb"),
                           std::string("a\0b", 3),
                           std::string("\xff"),
                           std::string(101, 'x'),
                           std::string(" .,"),
                           std::string("\x7f")}) {
    auto refused = tokens_->create({name, scopes, std::nullopt});
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidInput);
  }
  EXPECT_FALSE(tokens_->create({"Jo", {}, std::nullopt}));
  EXPECT_FALSE(tokens_->create({"Jo", scopes, 0}));
  EXPECT_FALSE(tokens_->create({"Jo", scopes, INT64_MAX}));
  EXPECT_TRUE(tokens_->create({"J\xc3\xb3 P\xc3\xa9", scopes, 1}));
}

TEST(SystemRandom, NeverGivesTheSameSecretTwice) {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    seen.insert(encode_hex(bytes));
  }
  EXPECT_EQ(seen.size(), 100u);
}

}  // namespace
}  // namespace stet::auth
