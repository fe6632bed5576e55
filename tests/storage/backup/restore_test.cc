#include "storage/backup/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "storage/backup/archive.h"
#include "storage/base/durable_file.h"
#include "storage/sqlite/ledger_file.h"
#include "tests/storage/backup/test_site.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uint64_t kPartBytesMax = 1 << 22;

// Another archive with some of its parts changed or left out, and a manifest that fits.
class Forger {
 public:
  explicit Forger(const fs::path& archive) : archive_(*Archive::open(archive)) {
    manifest_ = archive_.manifest();
    for (const BackupPart& part : manifest_.parts) {
      parts_.emplace_back(part.name, archive_.read(part.name, kPartBytesMax).value());
    }
  }

  Manifest& manifest() { return manifest_; }
  std::string& part(std::string_view name) {
    for (auto& [there, content] : parts_) {
      if (there == name) return content;
    }
    return parts_.emplace_back(name, "").second;
  }
  void remove(std::string_view name) {
    std::erase_if(parts_, [&](const auto& part) { return part.first == name; });
  }
  fs::path write(const fs::path& path) const {
    ArchiveWriter writer = *ArchiveWriter::begin(path, manifest_.taken);
    for (const auto& [name, content] : parts_) {
      EXPECT_TRUE(writer.add(name, MemorySource(content)));
    }
    EXPECT_TRUE(writer.finish(manifest_));
    return path;
  }

 private:
  Archive archive_;
  Manifest manifest_;
  std::vector<std::pair<std::string, std::string>> parts_;
};

class RestoreTest : public testing::Test {
 protected:
  void SetUp() override {
    site_.git().commit({{"b.md", "b\n"}}, {}, "change/x");
    ASSERT_TRUE(site_.ledger().see_delivery("github", "1", {5}));
    whole_ = back_up_to_file(site_.source(), site_.folder() / "whole.tar")->path;
    before_ = names_in(site_.folder());
  }

  // What is said, and that nothing was left behind.
  std::string refused(const fs::path& archive) {
    before_ = names_in(site_.folder());
    auto restored = site_.restore(archive);
    EXPECT_FALSE(restored);
    EXPECT_EQ(names_in(site_.folder()), before_);
    return restored ? "" : restored.error().message;
  }

  fs::path in(const std::string& name) const { return site_.folder() / name; }

  TestSite site_;
  fs::path whole_;
  std::vector<std::string> before_;
};

TEST_F(RestoreTest, GivesBackEverythingAndLeavesNothingElse) {
  auto restored = site_.restore(whole_);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(everything_in(*restored), everything_in(site_.git().path()));
  auto ledger = *Ledger::open(*restored / "stet" / "ledger.sqlite");
  EXPECT_FALSE(ledger->see_delivery("github", "1", {6}).value());
  struct stat found;
  ASSERT_EQ(::stat((*restored / "stet").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
  ASSERT_EQ(::stat((*restored / "stet" / "ledger.sqlite").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  EXPECT_EQ(names_in(site_.folder()).size(), before_.size() + 1);
}

TEST_F(RestoreTest, PutsTheStateWhereItIsWanted) {
  Chain chain = *find_backup(whole_);
  auto restoration =
      Restoration::prepare(chain, {.repository = in("new.git"), .state = in("new-state/")});
  ASSERT_TRUE(restoration) << restoration.error().message;
  EXPECT_FALSE(fs::exists(in("new.git")));
  EXPECT_FALSE(fs::exists(in("new-state")));
  ASSERT_TRUE(restoration->finish());
  EXPECT_TRUE(fs::exists(in("new-state") / "ledger.sqlite"));
  EXPECT_FALSE(fs::exists(in("new.git") / "stet"));
}

TEST_F(RestoreTest, OverwritesNothing) {
  Chain chain = *find_backup(whole_);
  fs::create_directory(in("empty"));
  fs::create_directory(in("full"));
  ASSERT_TRUE(write_atomically(in("full") / "x", "mine"));
  ASSERT_TRUE(write_atomically(in("file"), "mine"));
  for (const RestorePlaces& places : {RestorePlaces{in("full")},
                                      RestorePlaces{in("file")},
                                      RestorePlaces{in("new.git"), in("full")},
                                      RestorePlaces{in("new.git"), in("file")}}) {
    auto restoration = Restoration::prepare(chain, places);
    ASSERT_FALSE(restoration);
    EXPECT_EQ(restoration.error().code, ErrorCode::kConflict);
  }
  EXPECT_FALSE(Restoration::prepare(chain, {in("none") / "new.git"}));
  auto restoration = Restoration::prepare(chain, {in("empty")});
  ASSERT_TRUE(restoration);
  ASSERT_TRUE(restoration->finish());
  // Somebody was faster.
  auto late = Restoration::prepare(chain, {in("late.git"), in("late-state")});
  ASSERT_TRUE(late);
  fs::create_directories(in("late.git") / "x");
  EXPECT_FALSE(late->finish());
  EXPECT_FALSE(fs::exists(in("late-state")));
}

TEST_F(RestoreTest, TakesNoSettingThatRunsAnything) {
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"receive.denyDeletes", "true"},
                                                        {"receive.maxInputSize", "5m"},
                                                        {"core.sshCommand", "touch /tmp/x"},
                                                        {"core.fsmonitor", "touch /tmp/x"},
                                                        {"core.hooksPath", "/tmp"},
                                                        {"uploadpack.packObjectsHook", "touch /x"},
                                                        {"remote.origin.url", "https://a:b@c/d"},
                                                        {"include.path", "none.config"}}) {
    site_.git().git({"config", name, value});
  }
  auto archive = back_up_to_file(site_.source(), in("settings.tar"));
  ASSERT_TRUE(archive);
  auto restoration = Restoration::prepare(*find_backup(archive->path), {in("new.git")});
  ASSERT_TRUE(restoration) << restoration.error().message;
  EXPECT_THAT(restoration->settings_left(),
              ElementsAre("core.sshcommand",
                          "core.fsmonitor",
                          "core.hookspath",
                          "uploadpack.packobjectshook",
                          "remote.origin.url",
                          "include.path"));
  std::string config = read_file(restoration->repository() / "config", kPartBytesMax).value();
  EXPECT_THAT(config, HasSubstr("denydeletes = true"));
  EXPECT_THAT(config, HasSubstr("5m"));
  for (const char* never : {"touch", "none.config", "a:b", "/tmp"}) {
    EXPECT_THAT(config, Not(HasSubstr(never)));
  }
}

TEST_F(RestoreTest, AByteOfAnyPartThatIsAnotherIsFound) {
  const std::string good = read_file(whole_, kPartBytesMax).value();
  Archive archive = *Archive::open(whole_);
  std::size_t at = 0;
  for (const BackupPart& part : archive.manifest().parts) {
    at = good.find(archive.read(part.name, kPartBytesMax).value(), at);
    std::string bad = good;
    bad[at + part.bytes / 2] ^= 1;
    ASSERT_TRUE(write_atomically(in("bad.tar"), bad));
    EXPECT_THAT(refused(in("bad.tar")), HasSubstr("'" + part.name + "' is not as it was written"));
  }
}

TEST_F(RestoreTest, IsRefusedWhereverTheArchiveIsCutOff) {
  const std::string good = read_file(whole_, kPartBytesMax).value();
  for (std::size_t size = 0; size < good.size(); size += 509) {
    ASSERT_TRUE(write_atomically(in("bad.tar"), good.substr(0, size)));
    EXPECT_THAT(refused(in("bad.tar")), HasSubstr("cut off")) << size;
  }
}

TEST_F(RestoreTest, PartsThatWereSwappedAreFound) {
  Forger forger(whole_);
  TestSite other;
  other.git().commit({{"b.md", "other\n"}});
  Forger others(back_up_to_file(other.source(), in("other.tar"))->path);
  // Each whole by itself, and of another site.
  forger.part(kBundlePart) = others.part(kBundlePart);
  EXPECT_THAT(refused(forger.write(in("swapped.tar"))), HasSubstr("other references"));
  Forger named(whole_);
  std::swap(named.part(kLedgerPart), named.part(kConfigPart));
  EXPECT_THAT(refused(named.write(in("swapped-2.tar"))), HasSubstr(""));
}

TEST_F(RestoreTest, WhatLacksAPartIsNoBackup) {
  for (std::string_view part : {kLedgerPart, kRefsPart, kBundlePart, kConfigPart}) {
    Forger forger(whole_);
    forger.remove(part);
    fs::remove(in("less.tar"));
    EXPECT_THAT(refused(forger.write(in("less.tar"))), HasSubstr("has no '" + std::string(part)));
  }
}

TEST_F(RestoreTest, ForgedPartsAreRefusedByWhatTheyAre) {
  struct Case {
    std::string_view part;
    std::string content;
    const char* said;
  };
  const std::string id(40, 'a');
  for (const Case& one :
       {Case{kLedgerPart, "rubbish", "is no ledger of stet"},
        Case{kBundlePart, "rubbish", "git fetch failed"},
        Case{kBundlePart, "# v2 git bundle\n\nPACK", "other references"},
        Case{
            kBundlePart, "# v2 git bundle\n" + id + " refs/heads/main\n\nPACK", "git fetch failed"},
        Case{kRefsPart, "rubbish", "line 1 of the references"},
        Case{kRefsPart, id + " refs/heads/main\n", "other references"},
        Case{kConfigPart, "[core\n", "git config failed"},
        Case{"lfs/objects/ab/cd/x", "y", "not what its name says"}}) {
    Forger forger(whole_);
    forger.part(one.part) = one.content;
    fs::remove(in("forged.tar"));
    EXPECT_THAT(refused(forger.write(in("forged.tar"))), HasSubstr(one.said)) << one.part;
  }
}

TEST_F(RestoreTest, ADamagedOrNewerLedgerIsRefused) {
  ASSERT_TRUE(copy_of_ledger_with_damage(site_, in("damaged.sqlite")));
  Forger forger(whole_);
  forger.part(kLedgerPart) = read_file(in("damaged.sqlite"), kPartBytesMax).value();
  EXPECT_THAT(refused(forger.write(in("damaged.tar"))), HasSubstr("damaged"));
  ASSERT_TRUE(copy_ledger(site_.source().ledger, in("newer.sqlite")));
  {
    auto database = *Database::open(in("newer.sqlite"), Database::Kind::kLedger);
    ASSERT_TRUE(database.execute("PRAGMA user_version = 1000; PRAGMA journal_mode = DELETE"));
  }
  forger.part(kLedgerPart) = read_file(in("newer.sqlite"), kPartBytesMax).value();
  EXPECT_THAT(refused(forger.write(in("newer.tar"))), HasSubstr("written by a newer stet"));
}

TEST_F(RestoreTest, AChainWithALinkThatIsGoneOrAnothersIsRefused) {
  std::vector<fs::path> made;
  for (int i = 0; i < 3; ++i) {
    site_.git().commit({{"a.md", std::to_string(i)}});
    made.push_back(site_.back_up().path);
  }
  const fs::path aside = in("aside.tar");
  fs::rename(made[1], aside);
  EXPECT_THAT(refused(made[2]), HasSubstr("goes on from a backup that is not beside it"));
  // The folder's newest whole chain is what there still is.
  auto earlier = site_.restore(site_.shelf());
  ASSERT_TRUE(earlier);
  fs::remove_all(*earlier);
  // One of the same name that says something else.
  Forger forger(aside);
  forger.manifest().taken.seconds += 1;
  forger.write(made[1]);
  EXPECT_THAT(refused(made[2]), HasSubstr("goes on from a backup that is not beside it"));
  fs::remove(made[1]);
  fs::rename(aside, made[1]);
  EXPECT_TRUE(site_.restore(made[2]));
}

TEST_F(RestoreTest, AHeadWithoutABranchIsAsItWas) {
  std::string head = site_.git().git({"rev-parse", "change/x"}).substr(0, 40);
  site_.git().git({"update-ref", "--no-deref", "HEAD", head});
  auto archive = back_up_to_file(site_.source(), in("detached.tar"));
  ASSERT_TRUE(archive) << archive.error().message;
  auto restored = site_.restore(archive->path);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(read_file(*restored / "HEAD", 100).value(), head + "\n");
}

TEST_F(RestoreTest, SymbolicReferencesAreAsTheyWere) {
  site_.git().git({"symbolic-ref", "refs/remotes/o/HEAD", "refs/heads/main"});
  auto archive = back_up_to_file(site_.source(), in("symbolic.tar"));
  ASSERT_TRUE(archive);
  auto restored = site_.restore(archive->path);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(read_file(*restored / "refs/remotes/o/HEAD", 100).value(), "ref: refs/heads/main\n");
}

TEST_F(RestoreTest, AFolderWithoutBackupsSaysSo) {
  fs::create_directory(in("shelf"));
  EXPECT_THAT(refused(in("shelf")), HasSubstr("has no backup that is whole"));
  fs::copy_file(whole_, in("shelf") / "half.tar");
  fs::resize_file(in("shelf") / "half.tar", 700);
  EXPECT_THAT(refused(in("shelf")), HasSubstr("cut off"));
}

}  // namespace
}  // namespace stet::storage
