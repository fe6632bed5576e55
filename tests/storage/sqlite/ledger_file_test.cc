#include "storage/sqlite/ledger_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
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

class LedgerFile : public testing::Test {
 protected:
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
