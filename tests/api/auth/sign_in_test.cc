#include "api/auth/sign_in.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "api/auth/door.h"
#include "api/auth/names.h"
#include "api/auth/password_rules.h"
#include "api/auth/tokens.h"
#include "storage/base/one_time_code.h"

namespace stet::auth {
namespace {

namespace fs = std::filesystem;
using enum SignInOutcome;

constexpr auto kEnd = Accounts::Tokens::kEnd;
constexpr char kPassword[] = "correct horse battery";

class SignInTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stet-door-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    open();
    jo_ = user("jo");
  }
  void TearDown() override { fs::remove_all(folder_); }

  // As a server that starts again.
  void open(SessionLimits limits = {}) {
    people_ = *storage::People::open(folder_ / "ledger");
    door_ = std::make_unique<Door>(
        *people_, clock_, random_, limits, PasswordCost{.memory_kib = 8, .passes = 1});
  }
  storage::UserRow user(const std::string& name, Role role = Role::kEditor) {
    auto made = door_->accounts.create({.name = name, .mail = name + "@example.org", .role = role},
                                       {"test", ""});
    EXPECT_TRUE(made) << made.error().message;
    EXPECT_TRUE(door_->accounts.set_password(*made, kPassword, "", {"test", ""}));
    return *people_->find(made->id);
  }
  SignInAnswer prove(const std::string& login,
                     const std::string& password,
                     const std::string& code = "",
                     const std::string& address = "192.0.2.1") {
    auto answer = door_->sign_in.prove({login, password, code, address});
    EXPECT_TRUE(answer) << answer.error().message;
    return *answer;
  }
  // The key of an authenticator that is switched on.
  std::string enrol(std::vector<std::string>* codes = nullptr) {
    EXPECT_TRUE(door_->factor.begin(jo_));
    jo_ = *people_->find(jo_.id);
    std::string key = jo_.totp_pending;
    auto finished = door_->factor.finish(jo_, code_of(key));
    EXPECT_TRUE(finished) << finished.error().message;
    if (codes) *codes = *finished;
    jo_ = *people_->find(jo_.id);
    return key;
  }
  std::string code_of(const std::string& key, std::int64_t steps = 0) {
    return hotp(key, static_cast<std::uint64_t>(totp_step(clock_.now()) + steps));
  }
  std::vector<std::string> kinds() {
    std::vector<std::string> kinds;
    auto rows = *people_->audit({});
    for (const storage::AuditRow& row : rows) kinds.push_back(row.kind);
    return kinds;
  }

  fs::path folder_;
  ManualClock clock_{{1'600'000'000}};
  CountingRandom random_;
  std::unique_ptr<storage::People> people_;
  std::unique_ptr<Door> door_;
  storage::UserRow jo_;
};

TEST_F(SignInTest, TakesTheRightPasswordByNameAndByMail) {
  for (const char* login : {"jo", "JO", "jo@example.org"}) {
    SignInAnswer answer = prove(login, kPassword);
    EXPECT_EQ(answer.outcome, kRight) << login;
    EXPECT_EQ(answer.user->name, "jo");
  }
}

TEST_F(SignInTest, UnknownWrongDisabledAndWithoutAPasswordAreOneAnswer) {
  storage::UserRow gone = user("gone");
  ASSERT_TRUE(door_->accounts.change(gone, {.is_disabled = true}, {"test", ""}));
  ASSERT_TRUE(door_->accounts.create({.name = "fresh", .mail = "fresh@example.org"}, {"test", ""}));
  struct Row {
    const char *login, *password, *why;
  };
  for (const Row& row : {Row{"nobody", kPassword, "unknown name"},
                         Row{"", kPassword, "unknown name"},
                         Row{"jo", "wrong horse battery", "wrong password"},
                         Row{"jo", "", "wrong password"},
                         Row{"gone", kPassword, "disabled"},
                         Row{"gone", "wrong", "wrong password"},
                         Row{"fresh", "", "wrong password"}}) {
    SignInAnswer answer = prove(row.login, row.password);
    EXPECT_EQ(answer.outcome, kWrong) << row.login;
    EXPECT_FALSE(answer.user);
    auto last = people_->audit({.rows_max = 1})->at(0);
    EXPECT_EQ(last.kind, "sign-in-failed");
    EXPECT_EQ(last.detail, row.why);
  }
}

TEST_F(SignInTest, ANameThatNobodyHasIsNeverWrittenDown) {
  prove("my secret password", "x");
  auto rows = *people_->audit({});
  for (const storage::AuditRow& row : rows) {
    EXPECT_EQ((row.subject + row.actor + row.detail).find("secret"), std::string::npos);
  }
}

TEST_F(SignInTest, WrongPasswordsAreSlowedDownEverMore) {
  for (const char* login : {"jo", "nobody"}) {  // the same of a name that nobody has
    auto try_it = [&](const char* password) {
      return prove(login, password, "", *login == 'j' ? "192.0.2.11" : "192.0.2.12");
    };
    for (int i = 0; i < AttemptLimiter::kAccountFree; ++i) {
      EXPECT_EQ(try_it("wrong").outcome, kWrong);
    }
    std::int64_t wait = 1;
    for (int i = 0; i < 14; ++i) {
      SignInAnswer early = try_it(kPassword);
      ASSERT_EQ(early.outcome, kTooMany) << login << " " << i;
      EXPECT_EQ(early.wait_seconds, wait);
      open();  // a restart forgets nothing
      clock_.advance_seconds(wait);
      EXPECT_EQ(try_it("wrong").outcome, kWrong);
      wait = std::min<std::int64_t>(wait * 2, AttemptLimiter::kWaitSecondsMax);
    }
    clock_.advance_seconds(wait);
  }
  EXPECT_EQ(prove("jo", kPassword).outcome, kRight);
  EXPECT_EQ(prove("jo", "wrong").outcome, kWrong) << "and the count begins anew";
}

TEST_F(SignInTest, OneAddressIsSlowedDownWhicheverNamesItTries) {
  for (int i = 0; i < AttemptLimiter::kAddressFree; ++i) {
    EXPECT_EQ(prove("name" + std::to_string(i), "x", "", "2001:db8::" + std::to_string(i)).outcome,
              kWrong);
  }
  EXPECT_EQ(prove("name0", "y", "", "2001:db8::1").outcome, kTooMany) << "again, at the same /64";
  EXPECT_EQ(prove("jo", kPassword, "", "2001:db8::ffff:1").outcome, kRight) << "others' mistakes";
  for (int i = 20; i < 5 * AttemptLimiter::kAddressFree; ++i) {
    EXPECT_EQ(prove("name" + std::to_string(i), "x", "", "2001:db8::2").outcome, kWrong) << i;
  }
  EXPECT_EQ(prove("jo", kPassword, "", "2001:db8::ffff:1").outcome, kTooMany) << "too many names";
  EXPECT_EQ(prove("jo", kPassword, "", "2001:db8:0:1::1").outcome, kRight);
  EXPECT_EQ(prove("jo", kPassword, "", "192.0.2.7").outcome, kRight);
}

TEST_F(SignInTest, ADayForgetsWrongPasswords) {
  for (int i = 0; i < AttemptLimiter::kAccountFree + 3; ++i) prove("jo", "wrong");
  clock_.advance_seconds(AttemptLimiter::kForgetSeconds + 1);
  EXPECT_EQ(prove("jo", "wrong").outcome, kWrong);
  EXPECT_EQ(prove("jo", kPassword).outcome, kRight);
}

TEST_F(SignInTest, AStormIsCutOffAndNeverMoreAreHashedAtOnceThanThereIsRoomFor) {
  std::vector<std::thread> storm;
  std::atomic<int> free{0};
  for (int i = 0; i < 40; ++i) {
    storm.emplace_back([&, i] {
      auto answer = door_->sign_in.prove({"jo", "wrong", "", "198.51.100." + std::to_string(i)});
      if (answer && answer->outcome == kWrong) ++free;
    });
  }
  for (std::thread& thread : storm) thread.join();
  EXPECT_LE(free, AttemptLimiter::kAccountFree) << "counted before they are looked at";
  EXPECT_LE(door_->hasher.running_most(), PasswordHasher::kConcurrentMax);
}

TEST_F(SignInTest, APasswordHashedAtAnotherCostIsHashedAnew) {
  door_ = std::make_unique<Door>(
      *people_, clock_, random_, SessionLimits(), PasswordCost{.memory_kib = 16, .passes = 1});
  EXPECT_EQ(prove("jo", kPassword).outcome, kRight);
  EXPECT_TRUE(people_->find(jo_.id)->password.starts_with("$argon2id$v=19$m=16,"));
  EXPECT_EQ(prove("jo", kPassword).outcome, kRight);
}

TEST_F(SignInTest, ASecondFactorIsAskedForOfThoseWhoKnowThePasswordAlone) {
  std::string key = enrol();
  EXPECT_EQ(prove("jo", "wrong").outcome, kWrong);
  EXPECT_EQ(prove("jo", kPassword).outcome, kCodeNeeded);
  EXPECT_EQ(prove("jo", kPassword, "000000").outcome, kWrong);
  EXPECT_EQ(prove("jo", kPassword, code_of(key, 1)).outcome, kRight);
}

TEST_F(SignInTest, ACodeIsGoodOnceAndAHalfMinuteEarlyOrLate) {
  std::string key = enrol();
  EXPECT_EQ(prove("jo", kPassword, code_of(key)).outcome, kWrong) << "it has shown itself already";
  clock_.advance_seconds(300);
  std::string code = code_of(key);
  EXPECT_EQ(prove("jo", kPassword, code_of(key, -2)).outcome, kWrong);
  EXPECT_EQ(prove("jo", kPassword, code_of(key, 2)).outcome, kWrong);
  EXPECT_EQ(prove("jo", kPassword, code_of(key, -1)).outcome, kRight);
  EXPECT_EQ(prove("jo", kPassword, code).outcome, kRight);
  EXPECT_EQ(prove("jo", kPassword, code).outcome, kWrong);
  clock_.advance_seconds(kTotpStepSeconds);
  EXPECT_EQ(prove("jo", kPassword, code).outcome, kWrong) << "seen over a shoulder";
}

TEST_F(SignInTest, ARecoveryCodeIsGoodOnceHoweverItIsTyped) {
  std::vector<std::string> codes;
  enrol(&codes);
  ASSERT_EQ(codes.size(), kRecoveryCodes);
  std::string typed = lower_case(codes[3]);
  typed.insert(2, " ");
  EXPECT_EQ(prove("jo", kPassword, typed).outcome, kRight);
  EXPECT_EQ(prove("jo", kPassword, codes[3]).outcome, kWrong);
  EXPECT_EQ(prove("jo", kPassword, codes[4]).outcome, kRight);
  EXPECT_EQ(*people_->recovery_codes(jo_.id), 8);
  auto renewed = *door_->factor.renew_codes(jo_);
  EXPECT_EQ(prove("jo", kPassword, codes[5]).outcome, kWrong);
  EXPECT_EQ(prove("jo", kPassword, renewed[0]).outcome, kRight);
}

TEST_F(SignInTest, AnEnrolmentThatWasNeverFinishedAsksForNothing) {
  auto begun = *door_->factor.begin(jo_);
  EXPECT_EQ(begun.uri.find("otpauth://totp/stet:jo?secret=" + begun.secret), 0u);
  EXPECT_EQ(prove("jo", kPassword).outcome, kRight);
  jo_ = *people_->find(jo_.id);
  EXPECT_EQ(door_->factor.finish(jo_, "000000").error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(prove("jo", kPassword).outcome, kRight);
}

TEST_F(SignInTest, AResetSetsThePasswordOnceAndLeavesTheSecondFactor) {
  std::string key = enrol();
  auto reset = *door_->accounts.make_reset(jo_, {"root", ""});
  Status weak = door_->accounts.use_reset(reset.secret, "short", "", kEnd);
  EXPECT_EQ(weak.error().code, ErrorCode::kInvalidInput);
  EXPECT_TRUE(door_->accounts.use_reset(reset.secret, "another good one", "", kEnd));
  EXPECT_EQ(door_->accounts.use_reset(reset.secret, "yet another one", "", kEnd).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(prove("jo", kPassword).outcome, kWrong);
  EXPECT_EQ(prove("jo", "another good one").outcome, kCodeNeeded);
  auto late = *door_->accounts.make_reset(jo_, {"root", ""});
  clock_.advance_seconds(Accounts::kResetSeconds);
  EXPECT_EQ(door_->accounts.use_reset(late.secret, "a third good one", "", kEnd).error().code,
            ErrorCode::kNotFound);
}

TEST_F(SignInTest, ASessionEndsWhenItIsIdleAndInAnyCaseOneDay) {
  open({.idle_seconds = 100, .seconds_max = 1000});
  auto begun = *door_->sessions.begin(jo_, "192.0.2.1", "a browser");
  for (int i = 0; i < 12; ++i) {
    EXPECT_TRUE(door_->sessions.find(begun.secret)) << i;
    clock_.advance_seconds(80);
  }
  EXPECT_TRUE(door_->sessions.find(begun.secret));  // at 960
  clock_.advance_seconds(40);
  EXPECT_FALSE(door_->sessions.find(begun.secret)) << "absolute";
  auto idle = *door_->sessions.begin(jo_, "192.0.2.1", "a browser");
  clock_.advance_seconds(100);
  EXPECT_FALSE(door_->sessions.find(idle.secret));
}

TEST_F(SignInTest, ASessionIsFoundByItsWholeSecretAlone) {
  auto begun = *door_->sessions.begin(jo_, "192.0.2.1", std::string(1000, 'a'));
  EXPECT_EQ(begun.secret.size(), 43u);
  auto found = *door_->sessions.find(begun.secret);
  EXPECT_EQ(found.principal.rights.role, Role::kEditor);
  EXPECT_EQ(found.principal.rights.user, "jo");
  EXPECT_LE(found.session.agent.size(), Sessions::kAgentBytesMax + 3) << "with dots for the rest";
  for (const std::string& wrong :
       {std::string(), begun.id, begun.secret + "A", begun.secret.substr(1), found.csrf}) {
    EXPECT_FALSE(door_->sessions.find(wrong)) << wrong;
  }
  EXPECT_NE(found.csrf, begun.secret);
}

TEST_F(SignInTest, ATokenOfSomebodysFollowsTheirRoleAndTheirDisabling) {
  auto ledger = *storage::Ledger::open(folder_ / "ledger");
  Tokens tokens(*ledger, clock_, random_);
  auto made = *tokens.create({.name = "mine", .scopes = {Scope::kAdmin}, .user = jo_.id});
  Verdict verdict = tokens.verify(made.secret);
  ASSERT_EQ(verdict.outcome, Outcome::kGranted);
  EXPECT_EQ(verdict.principal->rights.role, Role::kEditor);
  EXPECT_EQ(verdict.principal->commit_email, "jo@example.org");
  ASSERT_TRUE(door_->accounts.change(jo_, {.role = Role::kReader}, {"root", ""}));
  EXPECT_EQ(tokens.verify(made.secret).principal->rights.role, Role::kEditor) << "remembered";
  tokens.forget_cached();
  EXPECT_EQ(tokens.verify(made.secret).principal->rights.role, Role::kReader);
  ASSERT_TRUE(door_->accounts.change(*people_->find(jo_.id), {.is_disabled = true}, {"root", ""}));
  clock_.advance_seconds(Tokens::kCacheSeconds);
  EXPECT_EQ(tokens.verify(made.secret).outcome, Outcome::kOwnerDisabled);
}

TEST_F(SignInTest, WhatIsDoneToRightsIsWrittenDown) {
  ASSERT_TRUE(door_->accounts.change(
      jo_, {.role = Role::kMaintainer, .is_disabled = true}, {"root", "192.0.2.9"}));
  EXPECT_EQ(kinds(),
            (std::vector<std::string>{
                "user-disabled", "user-changed", "password-changed", "user-created"}));
  auto changed = people_->audit({.kind = "user-changed"})->at(0);
  EXPECT_EQ(changed.actor, "root");
  EXPECT_EQ(changed.subject, "jo");
  EXPECT_EQ(changed.address, "192.0.2.9");
  EXPECT_EQ(changed.detail, "role: editor -> maintainer");
}

TEST(PasswordRules, AskForLengthAndForNoMoreThanThat) {
  for (const char* good : {"correct horse battery",
                           "lowercaseonly",
                           "          spaces matter",
                           "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c-\xd1\x81\xd0\xbb\xd0"
                           "\xbe\xd0\xb2\xd0\xbe",
                           "jo likes long walks",
                           "password of the tall giraffe"}) {
    EXPECT_TRUE(check_password(good, "jo", "jo@example.org")) << good;
  }
  for (const std::string& bad : {std::string(),
                                 std::string("ninechars"),
                                 std::string("aaaaaaaaaaaaaaa"),
                                 std::string("ababababababab"),
                                 std::string("1234567890"),
                                 std::string("abcdefghijkl"),
                                 std::string("password1234"),
                                 std::string("Password123!"),
                                 std::string("johanna123"),
                                 std::string("johanna@example.org"),
                                 std::string("good but \xff broken"),
                                 std::string(kPasswordBytesMax + 1, 'x') + "abcdef"}) {
    EXPECT_FALSE(check_password(bad, "johanna", "johanna@example.org")) << bad.substr(0, 40);
  }
}

TEST(Names, AreWhatCommitsAndHeadersCanHold) {
  for (const char* good : {"jo", "a", "jo.doe-2_x", "0x"}) EXPECT_TRUE(check_user_name(good));
  for (const std::string& bad : {std::string(),
                                 std::string("Jo"),
                                 std::string(".jo"),
                                 std::string("jo doe"),
                                 std::string("jo@x"),
                                 std::string("jo\n"),
                                 std::string("j\xc3\xb6"),
                                 std::string(40, 'a')}) {
    EXPECT_FALSE(check_user_name(bad)) << bad;
  }
  for (const char* good : {"a@b", "jo.doe+x@example.org"}) EXPECT_TRUE(check_mail(good)) << good;
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b>", "a@b\n", "<a@b"}) {
    EXPECT_FALSE(check_mail(bad)) << bad;
  }
}

TEST(Names, HaveNothingInThemThatNobodySees) {
  for (const char* good : {"Ada",
                           "Zo\u00eb",
                           "\u8a69\u7e54",
                           "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
                           "\u0d30\u0d4d\u200d\u0d30",
                           "O'Neill-Smith, Jr."}) {
    EXPECT_TRUE(check_commit_name(good)) << good;
  }
  for (const char* hidden : {"\u200b",
                             "\u200d",
                             "\u200e",
                             "\u202e",
                             "\u2066",
                             "\u2060",
                             "\u00ad",
                             "\ufeff",
                             "\u034f",
                             "\u061c",
                             "\u3164",
                             "\ufe0f",
                             "\U000e0041",
                             "\u0085",
                             "\u2028"}) {
    for (const std::string& name : {std::string("Ad") + hidden + "a",
                                    std::string(hidden) + "Ada",
                                    std::string("Ada") + hidden}) {
      Status bad = check_commit_name(name);
      ASSERT_FALSE(bad) << name;
      EXPECT_NE(bad.error().message.find("which nobody sees"), std::string::npos);
      EXPECT_FALSE(is_commit_name(name));
    }
    EXPECT_FALSE(check_mail(std::string("a") + hidden + "@b.example"));
  }
  EXPECT_NE(check_commit_name("A\u200bda").error().message.find("U+200B"), std::string::npos);
  for (const char* bad : {" Ada", "Ada ", "", "..."}) EXPECT_FALSE(check_commit_name(bad)) << bad;
}

TEST_F(SignInTest, ANewPasswordTakesTheTokensWithItWhereItIsToldTo) {
  auto ledger = *storage::Ledger::open(folder_ / "ledger");
  Tokens tokens(*ledger, clock_, random_);
  auto token = [&] {
    return tokens.create({.name = "t", .scopes = {Scope::kContentRead}, .user = jo_.id})->secret;
  };
  std::string old = token();
  ASSERT_TRUE(door_->accounts.set_password(jo_, "another good one", "", {"jo", ""}));
  EXPECT_TRUE(tokens.verify(old).principal);
  ASSERT_TRUE(door_->accounts.set_password(jo_, "a third good one", "", {"jo", ""}, kEnd));
  tokens.forget_cached();
  EXPECT_EQ(tokens.verify(old).outcome, Outcome::kRevoked);
  std::string newer = token();
  auto reset = *door_->accounts.make_reset(jo_, {"root", ""});
  ASSERT_TRUE(door_->accounts.use_reset(reset.secret, "a fourth good one", "", kEnd));
  tokens.forget_cached();
  EXPECT_EQ(tokens.verify(newer).outcome, Outcome::kRevoked);
}

TEST_F(SignInTest, MailsAndNamesOfOthersAreNotTakenAndTheLogSaysWhoTried) {
  storage::UserRow al = user("al", Role::kAuthor);
  ASSERT_TRUE(door_->accounts.change(jo_, {.commit_mail = "jo@work.example"}, {"jo", ""}));
  for (const UserChange& change : {UserChange{.commit_mail = "JO@example.org"},
                                   UserChange{.commit_mail = "jo@work.example"},
                                   UserChange{.mail = "jo@work.example"},
                                   UserChange{.commit_name = "Jo"}}) {
    auto changed = door_->accounts.change(al, change, {"al", "192.0.2.7"});
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::kConflict);
    EXPECT_NE(changed.error().message.find("'jo'"), std::string::npos);
  }
  EXPECT_EQ(*people_->find(al.id), al);
  auto log = *people_->audit({.kind = "user-change-refused"});
  ASSERT_EQ(log.size(), 4u);
  EXPECT_EQ(log[0].actor, "al");
  EXPECT_EQ(log[0].detail, "commit name: al -> Jo");
  EXPECT_FALSE(door_->accounts.create(
      {.name = "bo", .mail = "bo@example.org", .commit_mail = "jo@example.org"}, {"root", ""}));
  // One's own may be both, and of two people of one name each has it by an admin's word.
  EXPECT_TRUE(door_->accounts.change(al, {.commit_mail = "al@example.org"}, {"al", ""}));
  EXPECT_TRUE(door_->accounts.change(al, {.commit_name = "Al of Berlin"}, {"al", ""}));
}

}  // namespace
}  // namespace stet::auth
