#include "storage/sqlite/people.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "storage/sqlite/ledger.h"
#include "storage/sqlite/ledger_file.h"
#include "storage/sqlite/webhooks.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

class PeopleTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stet-people-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    people_ = open();
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<People> open() { return *People::open(folder_ / "ledger.sqlite"); }
  UserRow add(const std::string& name, const std::string& role = "editor") {
    UserRow user{.id = "id-" + name,
                 .name = name,
                 .mail = name + "@example.org",
                 .commit_name = name,
                 .commit_mail = name + "@example.org",
                 .role = role,
                 .password = "hash",
                 .totp_secret = {},
                 .totp_pending = {},
                 .created = {100}};
    EXPECT_TRUE(people_->add(user));
    return user;
  }
  SessionRow session(const UserRow& user, const std::string& id, std::int64_t created = 100) {
    SessionRow row{.id = id,
                   .hash = content_hash(id),
                   .user = user.id,
                   .created = {created},
                   .last_seen = {created},
                   .expires = {created + 1000},
                   .address = "::1",
                   .agent = "a"};
    EXPECT_TRUE(people_->add_session(row));
    return row;
  }

  fs::path folder_;
  std::unique_ptr<People> people_;
};

TEST_F(PeopleTest, KeepsUsersAcrossAReopening) {
  UserRow jo = add("jo"), al = add("al");
  people_ = open();
  EXPECT_EQ(*people_->users(), (std::vector<UserRow>{al, jo}));
  EXPECT_EQ(*people_->find("id-jo"), jo);
  EXPECT_EQ(people_->find("jo").error().code, ErrorCode::kNotFound);
}

TEST_F(PeopleTest, FindsThemByNameAndMailWithoutRegardToCase) {
  UserRow jo = add("jo");
  for (const char* login : {"jo", "JO", "jo@example.org", "Jo@Example.ORG"}) {
    EXPECT_EQ(*people_->find_login(login), jo) << login;
  }
  for (const char* login : {"", "j", "jo@", "jo@example.com", "%", "jo' OR '1'='1"}) {
    EXPECT_FALSE(people_->find_login(login)) << login;
  }
}

TEST_F(PeopleTest, RefusesASecondUserOfTheSameNameOrMail) {
  UserRow jo = add("jo"), al = add("al");
  UserRow same = jo;
  same.id = "other";
  same.name = "JO";
  same.mail = "other@example.org";
  EXPECT_EQ(people_->add(same).error().code, ErrorCode::kConflict);
  al.mail = "JO@example.org";
  EXPECT_EQ(people_->change(al).error().code, ErrorCode::kConflict);
}

TEST_F(PeopleTest, TheLastAdminStays) {
  UserRow root = add("root", "admin"), jo = add("jo");
  UserRow demoted = root, disabled = root;
  demoted.role = "editor";
  disabled.disabled = Instant{200};
  EXPECT_EQ(people_->change(demoted).error().code, ErrorCode::kConflict);
  EXPECT_EQ(people_->change(disabled).error().code, ErrorCode::kConflict);
  EXPECT_EQ(*people_->find(root.id), root);
  jo.role = "admin";
  ASSERT_TRUE(people_->change(jo));
  EXPECT_TRUE(people_->change(demoted));
  jo.role = "editor";
  EXPECT_EQ(people_->change(jo).error().code, ErrorCode::kConflict);
}

TEST_F(PeopleTest, WhoIsRemovedLeavesNothingButTheName) {
  UserRow root = add("root", "admin"), jo = add("jo");
  SessionRow signed_in = session(jo, "s");
  std::uint64_t before = people_->revocations();
  EXPECT_FALSE(people_->is_former("jo").value());
  ASSERT_TRUE(people_->remove(jo.id, {200}));
  EXPECT_GT(people_->revocations(), before);
  EXPECT_EQ(people_->find(jo.id).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(people_->remove(jo.id, {200}).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(people_->find_session(signed_in.hash));
  people_ = open();
  EXPECT_TRUE(people_->is_former("JO").value());
  jo.id = "another";
  EXPECT_EQ(people_->add(jo).error().code, ErrorCode::kConflict);
  jo.name = "jo-2";
  EXPECT_TRUE(people_->add(jo));
  EXPECT_EQ(people_->remove(root.id, {200}).error().code, ErrorCode::kConflict);
  EXPECT_TRUE(people_->find(root.id)) << "nothing was done";
}

TEST_F(PeopleTest, WhoIsDisabledIsSignedOutAndCannotBeSignedInAgain) {
  UserRow jo = add("jo");
  session(jo, "a");
  ASSERT_TRUE(people_->add_reset(jo.id, content_hash("link"), {999}));
  jo.disabled = Instant{200};
  ASSERT_TRUE(people_->change(jo));
  EXPECT_FALSE(people_->find_session(content_hash("a")));
  EXPECT_FALSE(people_->find_reset(content_hash("link"), {201}));
  SessionRow late{.id = "b",
                  .hash = content_hash("b"),
                  .user = jo.id,
                  .created = {},
                  .last_seen = {},
                  .expires = {},
                  .address = {},
                  .agent = {}};
  EXPECT_EQ(people_->add_session(late).error().code, ErrorCode::kNotFound);
}

TEST_F(PeopleTest, AnotherPasswordSignsOutEverywhereElse) {
  UserRow jo = add("jo"), al = add("al");
  session(jo, "kept");
  session(jo, "other");
  session(al, "als");
  ASSERT_TRUE(people_->set_password(jo.id, "new", "kept"));
  EXPECT_TRUE(people_->find_session(content_hash("kept")));
  EXPECT_FALSE(people_->find_session(content_hash("other")));
  EXPECT_TRUE(people_->find_session(content_hash("als")));
  EXPECT_EQ(people_->find(jo.id)->password, "new");
}

TEST_F(PeopleTest, OneUserHasSoManySessionsAndTheOldestGo) {
  UserRow jo = add("jo");
  for (int i = 0; i <= People::kSessionsMax; ++i) session(jo, "s" + std::to_string(i), 100 + i);
  EXPECT_EQ(people_->sessions(jo.id, {101})->size(),
            static_cast<std::size_t>(People::kSessionsMax));
  EXPECT_FALSE(people_->find_session(content_hash("s0")));
  EXPECT_TRUE(people_->find_session(content_hash("s1")));
}

TEST_F(PeopleTest, ASessionIsEndedByItsUserAlone) {
  UserRow jo = add("jo"), al = add("al");
  session(jo, "a");
  EXPECT_EQ(people_->end_session(al.id, "a").error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(people_->end_session(jo.id, "a"));
  EXPECT_FALSE(people_->find_session(content_hash("a")));
}

TEST_F(PeopleTest, AStepAndACodeAreUsedOnce) {
  UserRow jo = add("jo");
  EXPECT_TRUE(*people_->use_totp_step(jo.id, 7));
  EXPECT_FALSE(*people_->use_totp_step(jo.id, 7));
  EXPECT_FALSE(*people_->use_totp_step(jo.id, 6));
  EXPECT_TRUE(*people_->use_totp_step(jo.id, 8));
  ASSERT_TRUE(people_->set_recovery_codes(jo.id, {content_hash("a"), content_hash("b")}));
  EXPECT_TRUE(*people_->use_recovery_code(jo.id, content_hash("a")));
  EXPECT_FALSE(*people_->use_recovery_code(jo.id, content_hash("a")));
  EXPECT_EQ(*people_->recovery_codes(jo.id), 1);
  EXPECT_FALSE(*people_->use_recovery_code(add("al").id, content_hash("b")));
}

TEST_F(PeopleTest, AResetIsGoodOnceUntilItExpiresAndInPlaceOfTheOneBefore) {
  UserRow jo = add("jo");
  ASSERT_TRUE(people_->add_reset(jo.id, content_hash("first"), {200}));
  ASSERT_TRUE(people_->add_reset(jo.id, content_hash("second"), {200}));
  EXPECT_FALSE(*people_->use_reset(content_hash("first"), {150}, "new", true));
  EXPECT_FALSE(*people_->use_reset(content_hash("second"), {200}, "new", true));
  session(jo, "a");
  EXPECT_TRUE(*people_->use_reset(content_hash("second"), {199}, "new", true));
  EXPECT_FALSE(*people_->use_reset(content_hash("second"), {199}, "newer", true));
  EXPECT_EQ(people_->find(jo.id)->password, "new");
  EXPECT_FALSE(people_->find_session(content_hash("a")));
}

TEST_F(PeopleTest, CountsWrongPasswordsAndForgetsThem) {
  EXPECT_EQ(people_->count_attempt("x", {100})->failures, 0);
  EXPECT_EQ(people_->count_attempt("x", {101})->failures, 1);
  people_ = open();
  EXPECT_EQ(people_->attempts("x")->failures, 2);
  EXPECT_EQ(people_->attempts("x")->last, Instant{101});
  ASSERT_TRUE(people_->uncount_attempt("x"));
  EXPECT_EQ(people_->attempts("x")->failures, 1);
  ASSERT_TRUE(people_->forget_attempts_before({102}));
  EXPECT_EQ(people_->attempts("x")->failures, 0);
}

TEST_F(PeopleTest, TheLogIsReadBackwardsInPages) {
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(people_->note({.number = 0,
                               .at = {i},
                               .kind = i % 2 ? "odd" : "even",
                               .actor = "jo",
                               .subject = "al",
                               .address = "",
                               .detail = ""}));
  }
  auto page = *people_->audit({.rows_max = 2});
  ASSERT_EQ(page.size(), 2u);
  EXPECT_EQ(page[0].number, 5);
  EXPECT_EQ(people_->audit({.before = page[1].number, .rows_max = 10})->size(), 3u);
  EXPECT_EQ(people_->audit({.kind = "even"})->size(), 2u);
  EXPECT_EQ(people_->audit({.actor = "al"})->size(), 0u);
  EXPECT_EQ(people_->audit({.subject = "al"})->size(), 5u);
}

TEST_F(PeopleTest, FailedSignInsPushNothingElseOutOfTheLog) {
  auto note = [&](const char* kind) {
    ASSERT_TRUE(people_->note({.number = 0,
                               .at = {1},
                               .kind = kind,
                               .actor = "",
                               .subject = "",
                               .address = "",
                               .detail = ""}));
  };
  for (const char* kind : {"role", "role", "sign-in", "role"}) note(kind);
  for (int i = 0; i < 20; ++i) note("sign-in-failed");
  ASSERT_TRUE(people_->forget_audit(3, 5));
  EXPECT_EQ(people_->audit({.kind = "sign-in-failed"})->size(), 5u);
  auto rest = *people_->audit({.kind = "role"});
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[1].number, 2) << "the oldest is gone";
  ASSERT_TRUE(people_->forget_audit(3, 5));
  EXPECT_EQ(people_->audit({})->size(), 8u);
}

TEST_F(PeopleTest, AnIdentityIsOnePersonsAndAPersonHasOneOfAnIssuer) {
  UserRow jo = add("jo"), al = add("al");
  auto identity = [](const UserRow& user, const char* issuer, const char* subject) {
    return IdentityRow{.id = std::string(issuer) + subject,
                       .user = user.id,
                       .provider = "example",
                       .issuer = issuer,
                       .subject = subject,
                       .mail = user.mail,
                       .bound = {100},
                       .last_used = {100}};
  };
  ASSERT_TRUE(people_->bind_identity(identity(jo, "i", "1")));
  for (const IdentityRow& taken :
       {identity(al, "i", "1"), identity(jo, "i", "2"), identity(jo, "i", "1")}) {
    Status bound = people_->bind_identity(taken);
    ASSERT_FALSE(bound);
    EXPECT_EQ(bound.error().code, ErrorCode::kConflict);
  }
  ASSERT_TRUE(people_->bind_identity(identity(jo, "other", "1")));
  EXPECT_EQ(people_->find_identity("i", "1")->id, jo.id);
  EXPECT_EQ(people_->find_identity("i", "2").error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(people_->touch_identity("i", "1", {200}));
  auto all = *people_->identities(jo.id);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].last_used, Instant{200});
  EXPECT_FALSE(people_->unbind_identity(al.id, all[0].id, ""));
  EXPECT_TRUE(people_->unbind_identity(jo.id, all[0].id, ""));
  EXPECT_EQ(people_->find_identity("i", "1").error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(people_->bind_identity(identity(al, "i", "1")));
  jo.disabled = Instant{300};
  ASSERT_TRUE(people_->change(jo));
  EXPECT_EQ(people_->bind_identity(identity(jo, "third", "1")).error().code, ErrorCode::kNotFound);
}

TEST_F(PeopleTest, ATokenKnowsItsOwnerAsTheyAreNow) {
  auto ledger = *Ledger::open(folder_ / "ledger.sqlite");
  UserRow jo = add("jo");
  TokenRow token{.id = "t",
                 .name = "T",
                 .hash = content_hash("t"),
                 .scopes = "admin",
                 .created = {1},
                 .expires = {},
                 .last_used = {},
                 .revoked = {},
                 .user = jo.id};
  ASSERT_TRUE(ledger->add_token(token));
  jo.role = "reader";
  jo.disabled = Instant{5};
  ASSERT_TRUE(people_->change(jo));
  TokenOwner owner{"jo", "reader", "jo", "jo@example.org", true};
  EXPECT_EQ(ledger->find_token(token.hash)->owner, owner);
  EXPECT_EQ(ledger->tokens_of(jo.id)->size(), 1u);
  EXPECT_EQ(ledger->tokens_of("other")->size(), 0u);
  EXPECT_FALSE(ledger->revoke_token_of("other", "t", {9}));
  EXPECT_TRUE(ledger->revoke_token_of(jo.id, "t", {9}));
}

// A ledger of before there were people.
TEST(Ledger, OfVersionTwoIsTakenOver) {
  std::string pattern = (fs::temp_directory_path() / "stet-old-XXXXXX").string();
  fs::path folder = ::mkdtemp(pattern.data());
  {
    Database old = *Database::open(folder / "ledger.sqlite", Database::Kind::kLedger);
    ASSERT_TRUE(old.execute(
        "CREATE TABLE tokens (id TEXT PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, "
        "scopes TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER, last_used INTEGER, "
        "revoked INTEGER) STRICT; "
        "CREATE TABLE webhook_endpoints (id TEXT PRIMARY KEY, url TEXT NOT NULL, "
        "description TEXT NOT NULL, types TEXT NOT NULL, resources TEXT NOT NULL, "
        "headers TEXT NOT NULL, is_active INTEGER NOT NULL, secret TEXT NOT NULL, "
        "old_secret TEXT NOT NULL, old_secret_until INTEGER, created INTEGER NOT NULL, "
        "events_cursor TEXT NOT NULL, publications_cursor TEXT NOT NULL, told INTEGER NOT NULL, "
        "failing_since INTEGER, disabled TEXT NOT NULL) STRICT; "
        "INSERT INTO webhook_endpoints VALUES ('w', 'https://example.org/', '', '', '', '', 1, "
        "'s', '', NULL, 1, '', '', 0, NULL, ''); "
        "INSERT INTO tokens VALUES ('a', 'A', zeroblob(32), 'admin', 1, NULL, NULL, NULL); "
        "PRAGMA application_id = 1937007988; PRAGMA user_version = 2"));
  }
  auto ledger = Ledger::open(folder / "ledger.sqlite");
  ASSERT_TRUE(ledger) << ledger.error().message;
  // As it was, for who wants to go back.
  auto kept = look_at_ledger(folder / "ledger.sqlite.v2");
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->version, 2);
  EXPECT_TRUE(kept->faults.empty());
  auto tokens = *(*ledger)->tokens();
  ASSERT_EQ(tokens.size(), 1u);
  EXPECT_EQ(tokens[0].user, "");
  EXPECT_FALSE(tokens[0].owner);
  auto endpoints = *(*Webhooks::open(folder / "ledger.sqlite"))->endpoints();
  ASSERT_EQ(endpoints.size(), 1u);
  EXPECT_EQ(endpoints[0].url, "https://example.org/");
  EXPECT_EQ(endpoints[0].news_cursor, 0);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace stet::storage
