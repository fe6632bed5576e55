#include "storage/sqlite/ledger_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <thread>

#include "storage/base/durable_file.h"
#include "storage/sqlite/ledger.h"
#include "storage/sqlite/ledger_schema.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Called as each connection of SQLite's is opened: the moment at which somebody else comes.
std::function<void()> on_open;  // NOLINT: SQLite takes no closure

int call_on_open(sqlite3*, const char**, const sqlite3_api_routines*) {
  if (on_open) on_open();
  return SQLITE_OK;
}

class LedgerFile : public testing::Test {
 protected:
  void TearDown() override {
    sqlite3_reset_auto_extension();
    on_open = nullptr;
  }

  // `somebody` comes as the n-th connection from now on is opened.
  void when_opened(int n, std::function<void()> somebody) {
    on_open = [n, somebody = std::move(somebody)]() mutable {
      if (--n == 0) somebody();
    };
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(call_on_open));
  }

  void set_version(const char* name, std::int64_t version) {
    auto database = *Database::open(in(name), Database::Kind::kLedger);
    ASSERT_TRUE(database.execute("PRAGMA user_version = " + std::to_string(version)));
  }

  fs::path in(const char* name) const { return folder_.path() / name; }
  std::unique_ptr<Ledger> open(const char* name) { return *Ledger::open(in(name)); }
  TemporaryFolder folder_;
};

TEST_F(LedgerFile, ACopyHasWhatWasWrittenAndIsItsOwnersAlone) {
  auto ledger = open("ledger.sqlite");
  ASSERT_TRUE(ledger->see_delivery("github", "1", {1}));
  ASSERT_TRUE(copy_ledger(in("ledger.sqlite"), in("copy.sqlite")));
  struct stat found;
  ASSERT_EQ(::stat(in("copy.sqlite").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  EXPECT_FALSE(fs::exists(in("copy.sqlite-wal")));
  EXPECT_FALSE(open("copy.sqlite")->see_delivery("github", "1", {2}).value());
  EXPECT_FALSE(copy_ledger(in("ledger.sqlite"), in("copy.sqlite")));  // it is there
}

TEST_F(LedgerFile, ACopyIsOfOneMomentWhileOthersWrite) {
  auto ledger = open("ledger.sqlite");
  std::atomic<bool> is_over{false};
  std::atomic<int> written{0};
  std::thread writer([&] {
    while (!is_over && ledger->see_delivery("x", std::to_string(written), {1})) ++written;
  });
  for (int i = 0; i < 5; ++i) {
    int before = written + 5;
    while (written < before) std::this_thread::yield();
    const fs::path copy = in(("copy" + std::to_string(i)).c_str());
    before = written;
    ASSERT_TRUE(copy_ledger(in("ledger.sqlite"), copy));
    EXPECT_THAT(look_at_ledger(copy)->faults, IsEmpty());
    auto copied = *Ledger::open(copy);
    int there = 0;
    while (!copied->see_delivery("x", std::to_string(there), {2}).value()) ++there;
    EXPECT_GE(there, before);
  }
  is_over = true;
  writer.join();
}

// By its manual SQLite's backup ends well although it has copied nothing.
TEST_F(LedgerFile, ACopyThatOthersHinderedIsAnErrorAndNoEmptyFile) {
  open("ledger.sqlite");
  auto other = *Database::open(in("ledger.sqlite"), Database::Kind::kLedger);
  ASSERT_TRUE(other.execute("PRAGMA journal_mode = DELETE"));
  when_opened(2, [&] { ASSERT_TRUE(other.execute("BEGIN EXCLUSIVE")); });  // by the copy's own
  Status copied = copy_ledger(in("ledger.sqlite"), in("copy.sqlite"), 10);
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, ErrorCode::kUnavailable);
  // They let go of it in time.
  ASSERT_TRUE(other.execute("COMMIT"));
  std::thread late;
  when_opened(2, [&] {
    ASSERT_TRUE(other.execute("BEGIN EXCLUSIVE"));
    late = std::thread([&] {
      std::this_thread::yield();
      EXPECT_TRUE(other.execute("COMMIT"));
    });
  });
  EXPECT_TRUE(copy_ledger(in("ledger.sqlite"), in("late.sqlite")));
  late.join();
  EXPECT_EQ(look_at_ledger(in("late.sqlite"))->version, newest_ledger_version());
}

// Its tables are those of the newest version, so to bring it forward fails, as often as it is
// started.
TEST_F(LedgerFile, AnOldOneIsKeptOnceBesideThoseOfEarlierUpgrades) {
  open("ledger.sqlite");
  const std::int64_t old = newest_ledger_version() - 1;
  const std::string kept = "ledger.sqlite.v" + std::to_string(old);
  set_version("ledger.sqlite", old);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(Ledger::open(in("ledger.sqlite")));
  EXPECT_EQ(look_at_ledger(in(kept.c_str()))->version, old);
  EXPECT_FALSE(fs::exists(in((kept + ".2").c_str())));
  const std::string first = read_file(in(kept.c_str()), 1 << 20).value();
  {
    auto database = *Database::open(in("ledger.sqlite"), Database::Kind::kLedger);
    ASSERT_TRUE(database.execute("INSERT INTO incoming_deliveries VALUES ('x', 'y', 1)"));
  }
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(Ledger::open(in("ledger.sqlite")));
  EXPECT_EQ(read_file(in(kept.c_str()), 1 << 20).value(), first);
  EXPECT_EQ(look_at_ledger(in((kept + ".2").c_str()))->version, old);
  EXPECT_FALSE(fs::exists(in((kept + ".3").c_str())));
  // What is of no use gives its name away.
  ASSERT_TRUE(write_atomically(in(kept.c_str()), "half"));
  EXPECT_FALSE(Ledger::open(in("ledger.sqlite")));
  EXPECT_EQ(look_at_ledger(in(kept.c_str()))->version, old);
}

TEST_F(LedgerFile, WhatSomebodyElseBroughtForwardIsNotKeptAsTheOld) {
  open("ledger.sqlite");
  const std::int64_t newest = newest_ledger_version();
  set_version("ledger.sqlite", newest - 1);
  auto other = *Database::open(in("ledger.sqlite"), Database::Kind::kLedger);
  when_opened(2, [&] {  // by the copy: the ledger's own has read the version
    ASSERT_TRUE(other.execute("PRAGMA user_version = " + std::to_string(newest)));
  });
  EXPECT_TRUE(Ledger::open(in("ledger.sqlite")));
  for (const auto& file : fs::directory_iterator(folder_.path())) {
    EXPECT_THAT(file.path().filename().string(), Not(HasSubstr(".v")));
  }
}

TEST_F(LedgerFile, OfNoVersionIsRefused) {
  open("ledger.sqlite");
  for (std::int64_t version : {-1, 0}) {
    set_version("ledger.sqlite", version);
    EXPECT_EQ(look_at_ledger(in("ledger.sqlite")).error().code, ErrorCode::kInvalidInput);
    auto refused = Ledger::open(in("ledger.sqlite"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidInput);
    EXPECT_THAT(refused.error().message, HasSubstr("version " + std::to_string(version)));
  }
}

TEST_F(LedgerFile, HowOneIsPutBackNamesAllThatMustGoFirst) {
  const std::string said = how_to_put_back(in("ledger.sqlite"));
  for (const char* part : {"stop the server",
                           "the user that serves",
                           "ledger.sqlite-wal",
                           "ledger.sqlite-shm",
                           "tar -xf ARCHIVE ledger.sqlite",
                           "ledger.sqlite.vN"}) {
    EXPECT_THAT(said, HasSubstr(part));
  }
  open("ledger.sqlite");
  set_version("ledger.sqlite", newest_ledger_version() + 1);
  EXPECT_THAT(Ledger::open(in("ledger.sqlite")).error().message, HasSubstr(said));
}

TEST_F(LedgerFile, ALookMakesAndChangesNothing) {
  EXPECT_EQ(look_at_ledger(in("none.sqlite")).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(fs::exists(in("none.sqlite")));
  ASSERT_TRUE(write_atomically(in("text"), "This is no database, but a text that is long enough."));
  EXPECT_EQ(look_at_ledger(in("text")).error().code, ErrorCode::kInvalidInput);
  { auto other = *Database::open(in("other.sqlite"), Database::Kind::kDerived); }
  EXPECT_EQ(look_at_ledger(in("other.sqlite")).error().code, ErrorCode::kInvalidInput);
  EXPECT_FALSE(copy_ledger(in("other.sqlite"), in("copy.sqlite")));
  open("ledger.sqlite");
  auto look = look_at_ledger(in("ledger.sqlite"));
  ASSERT_TRUE(look);
  EXPECT_EQ(look->version, newest_ledger_version());
  EXPECT_THAT(look->faults, IsEmpty());
}

TEST_F(LedgerFile, ALookFindsPagesThatAreSpoiltAndRowsThatNameNothing) {
  open("ledger.sqlite");
  {
    auto database = *Database::open(in("ledger.sqlite"), Database::Kind::kLedger);
    ASSERT_TRUE(database.execute(
        "PRAGMA foreign_keys = OFF; INSERT INTO password_resets VALUES (x'00', 'nobody', 1)"));
  }
  auto look = look_at_ledger(in("ledger.sqlite"));
  ASSERT_TRUE(look);
  ASSERT_EQ(look->faults.size(), 1u);
  EXPECT_THAT(look->faults[0], HasSubstr("a row of password_resets names one of users"));
  ASSERT_TRUE(copy_ledger(in("ledger.sqlite"), in("copy.sqlite")));
  std::fstream file(in("copy.sqlite"), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(3 * 4096);
  file << std::string(4096, '\0');
  file.close();
  look = look_at_ledger(in("copy.sqlite"));
  ASSERT_TRUE(look) << look.error().message;
  EXPECT_FALSE(look->faults.empty());
}

}  // namespace
}  // namespace stet::storage
