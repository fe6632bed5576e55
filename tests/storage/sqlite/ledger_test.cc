#include "storage/sqlite/ledger.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "storage/base/durable_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using State = IdempotencyClaim::State;

class LedgerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stet-ledger-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path file() const { return folder_ / "ledger.sqlite"; }
  std::unique_ptr<Ledger> open() {
    auto ledger = Ledger::open(file());
    EXPECT_TRUE(ledger) << ledger.error().message;
    return std::move(*ledger);
  }
  fs::path folder_;
};

TokenRow token(const std::string& id) {
  return {.id = id,
          .name = "Tok " + id,
          .hash = content_hash(id),
          .scopes = "content:read",
          .created = {100},
          .expires = Instant{200},
          .last_used = std::nullopt,
          .revoked = std::nullopt};
}

const IdempotencyKey kKey{"token a", "key 1", fingerprint("POST /posts {}")};

TEST_F(LedgerTest, KeepsTokensAcrossAReopening) {
  TokenRow a = token("a"), b = token("b");
  b.expires.reset();
  ASSERT_TRUE(open()->add_token(a));
  ASSERT_TRUE(open()->add_token(b));
  auto ledger = open();
  EXPECT_EQ(*ledger->tokens(), (std::vector<TokenRow>{a, b}));
  EXPECT_EQ(*ledger->find_token(a.hash), a);
  EXPECT_EQ(ledger->find_token(content_hash("c")).error().code, ErrorCode::kNotFound);
}

TEST_F(LedgerTest, RefusesASecondTokenOfTheSameIdOrHash) {
  auto ledger = open();
  ASSERT_TRUE(ledger->add_token(token("a")));
  TokenRow same_hash = token("b");
  same_hash.hash = token("a").hash;
  for (const TokenRow& row : {token("a"), same_hash}) {
    Status refused = ledger->add_token(row);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  }
}

TEST_F(LedgerTest, TextIsDataWhateverItSays) {
  TokenRow odd = token("a");
  odd.name = "Robert'); DROP TABLE tokens;-- \xc3\xbc";
  auto ledger = open();
  ASSERT_TRUE(ledger->add_token(odd));
  EXPECT_EQ(ledger->tokens()->at(0).name, odd.name);
}

TEST_F(LedgerTest, ARevokedTokenKeepsItsFirstMoment) {
  auto ledger = open();
  ASSERT_TRUE(ledger->add_token(token("a")));
  ASSERT_TRUE(ledger->revoke_token("a", {150}));
  ASSERT_TRUE(ledger->revoke_token("a", {160}));
  EXPECT_EQ(ledger->find_token(token("a").hash)->revoked, Instant{150});
  EXPECT_EQ(ledger->revoke_token("b", {150}).error().code, ErrorCode::kNotFound);
}

TEST_F(LedgerTest, LastUsedNeverGoesBack) {
  auto ledger = open();
  ASSERT_TRUE(ledger->add_token(token("a")));
  ASSERT_TRUE(ledger->touch_token("a", {150}));
  ASSERT_TRUE(ledger->touch_token("a", {140}));
  EXPECT_EQ(ledger->find_token(token("a").hash)->last_used, Instant{150});
}

TEST_F(LedgerTest, AnIdempotencyKeyIsWorkedOnOnce) {
  auto ledger = open();
  EXPECT_EQ(ledger->claim_key(kKey, {1})->state, State::kClaimed);
  EXPECT_EQ(ledger->claim_key(kKey, {2})->state, State::kRunning);
  ASSERT_TRUE(ledger->complete_key(kKey, "201 made"));
  auto claim = *open()->claim_key(kKey, {3});
  EXPECT_EQ(claim.state, State::kDone);
  EXPECT_EQ(claim.response, "201 made");
  IdempotencyKey other = kKey;
  other.request = fingerprint("another request");
  EXPECT_EQ(ledger->claim_key(other, {4})->state, State::kOther);
  other = kKey;
  other.principal = "token b";
  EXPECT_EQ(ledger->claim_key(other, {4})->state, State::kClaimed);
}

TEST_F(LedgerTest, AnEmptyAnswerIsAnAnswer) {
  auto ledger = open();
  (void)ledger->claim_key(kKey, {1});
  ASSERT_TRUE(ledger->complete_key(kKey, ""));
  EXPECT_EQ(ledger->claim_key(kKey, {2})->state, State::kDone);
}

TEST_F(LedgerTest, AReleasedKeyMayBeTriedAgainButAnAnswerStays) {
  auto ledger = open();
  (void)ledger->claim_key(kKey, {1});
  ASSERT_TRUE(ledger->release_key(kKey));
  EXPECT_EQ(ledger->claim_key(kKey, {2})->state, State::kClaimed);
  ASSERT_TRUE(ledger->release_unfinished_keys());
  EXPECT_EQ(ledger->claim_key(kKey, {3})->state, State::kClaimed);
  ASSERT_TRUE(ledger->complete_key(kKey, "done"));
  ASSERT_TRUE(ledger->release_key(kKey));
  ASSERT_TRUE(ledger->release_unfinished_keys());
  EXPECT_EQ(ledger->claim_key(kKey, {4})->state, State::kDone);
  EXPECT_EQ(*ledger->forget_keys_before({3}), 0);
  EXPECT_EQ(*ledger->forget_keys_before({4}), 1);
  EXPECT_EQ(ledger->complete_key(kKey, "late").error().code, ErrorCode::kNotFound);
}

TEST_F(LedgerTest, ADeliveryIsSeenOnce) {
  auto ledger = open();
  EXPECT_TRUE(*ledger->see_delivery("github", "1", {10}));
  EXPECT_FALSE(*ledger->see_delivery("github", "1", {11}));
  EXPECT_FALSE(*open()->see_delivery("github", "1", {11}));
  EXPECT_TRUE(*ledger->see_delivery("gitea", "1", {12}));
  ASSERT_TRUE(ledger->unsee_delivery("gitea", "1"));
  EXPECT_TRUE(*ledger->see_delivery("gitea", "1", {13}));
  EXPECT_EQ(*ledger->forget_deliveries_before({11}), 1);
  EXPECT_TRUE(*ledger->see_delivery("github", "1", {14}));
}

TEST_F(LedgerTest, OnlyOneOfManyThreadsAndProcessesClaimsAKey) {
  auto first = open(), second = open();
  std::atomic<int> claimed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Ledger& ledger = t % 2 ? *first : *second;
      for (int i = 0; i < 10; ++i) {
        IdempotencyKey key{"p", std::to_string(i), fingerprint("r")};
        auto claim = ledger.claim_key(key, {1});
        if (claim && claim->state == State::kClaimed) ++claimed;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(claimed, 10);
}

TEST_F(LedgerTest, IsReadableByItsOwnerAlone) {
  auto ledger = open();
  struct stat found;
  ASSERT_EQ(::stat(file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(LedgerTest, RefusesWhatANewerStetWrote) {
  (void)open();
  {
    auto database = *Database::open(file(), Database::Kind::kLedger);
    ASSERT_TRUE(database.execute("PRAGMA user_version = 999"));
  }
  auto refused = Ledger::open(file());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidInput);
  EXPECT_NE(refused.error().message.find("version 999"), std::string::npos)
      << refused.error().message;
  auto database = *Database::open(file(), Database::Kind::kLedger);
  EXPECT_EQ(*database.pragma("user_version"), 999);
}

TEST_F(LedgerTest, RefusesADatabaseOfAnotherProgramAndLeavesItAlone) {
  {
    auto database = *Database::open(file(), Database::Kind::kLedger);
    ASSERT_TRUE(database.execute("CREATE TABLE recipes (soup TEXT)"));
  }
  auto refused = Ledger::open(file());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidInput);
  auto database = *Database::open(file(), Database::Kind::kLedger);
  EXPECT_TRUE(database.execute("SELECT soup FROM recipes"));
  EXPECT_FALSE(database.execute("SELECT id FROM tokens"));
}

TEST_F(LedgerTest, SaysWhenTheFileIsNoDatabase) {
  ASSERT_TRUE(write_atomically(file(), std::string(5000, 'x')));
  auto refused = Ledger::open(file());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInternal);
  EXPECT_NE(refused.error().message.find("backup"), std::string::npos);
  EXPECT_EQ(Ledger::open(folder_ / "missing" / "x").error().code, ErrorCode::kNotFound);
}

TEST_F(LedgerTest, ATransactionThatIsNotCommittedNeverWas) {
  auto database = *Database::open(file(), Database::Kind::kDerived);
  ASSERT_TRUE(database.execute("CREATE TABLE t (x INTEGER)"));
  {
    auto transaction = *Transaction::begin(database);
    ASSERT_TRUE(database.execute("INSERT INTO t VALUES (1)"));
  }
  {
    auto transaction = *Transaction::begin(database);
    ASSERT_TRUE(database.execute("INSERT INTO t VALUES (2)"));
    ASSERT_TRUE(transaction.commit());
  }
  auto rows = *database.prepare("SELECT x FROM t");
  ASSERT_TRUE(*rows.step());
  EXPECT_EQ(rows.integer(0), 2);
  EXPECT_FALSE(*rows.step());
}

TEST_F(LedgerTest, ABindThatIsRefusedIsReportedByTheStep) {
  auto database = *Database::open(file(), Database::Kind::kDerived);
  auto statement = *database.prepare("SELECT ?");
  EXPECT_FALSE(statement.bind(2, std::int64_t{1}).step());
}

}  // namespace
}  // namespace stet::storage
