#include "storage/backup/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "storage/backup/archive.h"
#include "storage/base/durable_file.h"
#include "storage/process/process.h"
#include "storage/sqlite/ledger_file.h"
#include "tests/storage/backup/test_site.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
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
  Chain chain_to(const fs::path& archive) {
    return find_backup(archive, site_.clock().now())->chain;
  }
  FoundBackup found() { return *find_backup(site_.shelf(), site_.clock().now()); }

  // So many of a folder, each of a minute of its own.
  std::vector<fs::path> back_up(int times, const ShelfRules& rules = {}) {
    std::vector<fs::path> made;
    for (int i = 0; i < times; ++i) {
      site_.git().commit({{"a.md", std::to_string(i)}});
      made.push_back(site_.back_up(rules).path);
    }
    return made;
  }

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
  const Chain chain = chain_to(whole_);
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
  const Chain chain = chain_to(whole_);
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
  auto restoration = Restoration::prepare(chain_to(archive->path), {in("new.git")});
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
  {
    auto database = *Database::open(in("newer.sqlite"), Database::Kind::kLedger);
    ASSERT_TRUE(database.execute("PRAGMA user_version = -1; PRAGMA journal_mode = DELETE"));
  }
  forger.part(kLedgerPart) = read_file(in("newer.sqlite"), kPartBytesMax).value();
  EXPECT_THAT(refused(forger.write(in("negative.tar"))), HasSubstr("is of version -1"));
}

TEST_F(RestoreTest, AChainWithALinkThatIsGoneOrAnothersIsRefused) {
  const std::vector<fs::path> made = back_up(3);
  const fs::path aside = in("aside.tar");
  fs::rename(made[1], aside);
  EXPECT_THAT(refused(made[2]), HasSubstr("goes on from a backup that is not beside it"));
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

// HEAD alone leads there, as in a clone in which somebody works on none of the branches.
TEST_F(RestoreTest, AHeadThatNoReferenceLeadsToIsAsItWasInEachOfAChain) {
  auto detach = [&](const char* content) {
    std::string head = site_.git().commit({{"head.md", content}}, {}, "gone").hex();
    site_.git().git({"update-ref", "--no-deref", "HEAD", head});
    site_.git().git({"update-ref", "-d", "refs/heads/gone"});
    return head;
  };
  std::vector<std::pair<std::string, fs::path>> made;
  for (const char* content : {"one", "two", "three"}) {
    std::string head = detach(content);
    made.emplace_back(head, site_.back_up().path);
  }
  for (const auto& [head, archive] : made) {
    auto restored = site_.restore(archive);
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(read_file(*restored / "HEAD", 100).value(), head + "\n");
    EXPECT_TRUE(Repository::open(*restored)->resolve(head));
  }
  site_.git().git({"symbolic-ref", "HEAD", "refs/heads/main"});
  auto restored = site_.restore(site_.back_up().path);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(everything_in(*restored), everything_in(site_.git().path()));
}

TEST_F(RestoreTest, SymbolicReferencesAreAsTheyWere) {
  site_.git().git({"symbolic-ref", "refs/remotes/o/HEAD", "refs/heads/main"});
  auto archive = back_up_to_file(site_.source(), in("symbolic.tar"));
  ASSERT_TRUE(archive);
  auto restored = site_.restore(archive->path);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(read_file(*restored / "refs/remotes/o/HEAD", 100).value(), "ref: refs/heads/main\n");
}

TEST_F(RestoreTest, OfAFolderNothingOlderThanTheNewestUnlessItIsNamed) {
  const std::vector<fs::path> made = back_up(3);
  EXPECT_THAT(found().faults, IsEmpty());
  ASSERT_TRUE(check_is_newest(found()));
  fs::rename(made[1], in("aside.tar"));  // what the newest goes on from
  EXPECT_EQ(found().chain.back().path, made[0]);
  EXPECT_THAT(found().faults, ElementsAre(HasSubstr(made[2].filename().string())));
  EXPECT_THAT(refused(site_.shelf()), HasSubstr("name '" + made[0].string() + "' itself"));
  EXPECT_TRUE(site_.restore(made[0]));
  fs::rename(in("aside.tar"), made[1]);
  fs::resize_file(made[2], 1000);  // the newest itself
  EXPECT_EQ(found().chain.back().path, made[1]);
  EXPECT_THAT(found().faults, ElementsAre(HasSubstr("cut off")));
  EXPECT_THAT(refused(site_.shelf()), HasSubstr("name '" + made[1].string() + "' itself"));
  // One that is older than what is put back is told of, and hinders nobody.
  const fs::path last = site_.back_up({.is_full = true}).path;
  EXPECT_EQ(found().chain.back().path, last);
  EXPECT_THAT(found().faults, ElementsAre(HasSubstr("cut off")));
  EXPECT_TRUE(site_.restore(site_.shelf()));
}

TEST_F(RestoreTest, WhatIsWrongWithAnyOfAFolderIsTold) {
  const std::vector<fs::path> made = back_up(3);
  const fs::path last = site_.back_up({.is_full = true}).path;
  EXPECT_THAT(faults_of_all(found()), IsEmpty());
  std::string bad = read_file(made[1], kPartBytesMax).value();
  bad[bad.find("refs/heads/main")] ^= 1;
  ASSERT_TRUE(write_atomically(made[1], bad));
  ASSERT_EQ(found().chain.back().path, last);
  EXPECT_THAT(faults_of_all(found()), ElementsAre(HasSubstr("is not as it was written")));
  fs::remove(made[0]);  // what the others go on from
  EXPECT_THAT(faults_of_all(found()),
              ElementsAre(HasSubstr("goes on from a backup that is not beside it"),
                          HasSubstr("is not as it was written")));
  EXPECT_TRUE(site_.restore(site_.shelf()));
}

TEST_F(RestoreTest, FilesOfOtherNamesHinderNobody) {
  back_up(1);
  ASSERT_TRUE(write_atomically(site_.shelf() / "notes.tar", "another's"));
  EXPECT_THAT(found().faults, IsEmpty());
  EXPECT_THAT(found().notes, ElementsAre(HasSubstr("notes.tar")));
  EXPECT_TRUE(site_.restore(site_.shelf()));
}

TEST_F(RestoreTest, AClockThatWasAheadIsToldOf) {
  site_.clock().advance_seconds(10 * 365 * 86'400);
  const fs::path ahead = back_up(1).front();
  site_.clock().advance_seconds(-10 * 365 * 86'400);
  EXPECT_THAT(found().faults, IsEmpty());  // there is nothing else
  EXPECT_EQ(found().chain.back().path, ahead);
  const fs::path present = back_up(1).front();
  EXPECT_EQ(found().chain.back().path, present);
  EXPECT_THAT(refused(site_.shelf()),
              AllOf(HasSubstr(ahead.filename().string()), HasSubstr("set the clock")));
  EXPECT_TRUE(site_.restore(ahead));
  fs::remove(ahead);
  EXPECT_TRUE(site_.restore(site_.shelf()));
}

// To the letter, after a server was killed: SQLite's log of the old one lies beside it.
TEST_F(RestoreTest, ALedgerIsPutBackAsItIsSaid) {
  ASSERT_TRUE(site_.ledger().see_delivery("github", "2", {6}));
  const fs::path state = in("killed");
  fs::create_directory(state);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string name = std::string("ledger.sqlite") + suffix;
    fs::copy_file(site_.git().path() / "stet" / name, state / name);
  }
  std::string commands;
  const std::string said = how_to_put_back(state / "ledger.sqlite");
  for (std::size_t at = 0, end; (at = said.find('`', at)) != said.npos; at = end + 1) {
    end = said.find('`', at + 1);
    std::string command = said.substr(at + 1, end - at - 1);
    if (const auto archive = command.find("ARCHIVE"); archive != command.npos) {
      command.replace(archive, 7, "'" + whole_.string() + "'");
    }
    if (!command.starts_with("cp ")) commands += command + " && ";
  }
  auto finished =
      run({.argv = {"sh", "-c", commands + "true"}, .environment = {"PATH=/usr/bin:/bin"}});
  ASSERT_TRUE(finished && finished->code == 0) << commands << finished->error;
  EXPECT_THAT(names_in(state), ElementsAre("aside", "ledger.sqlite"));
  auto ledger = *Ledger::open(state / "ledger.sqlite");
  EXPECT_FALSE(ledger->see_delivery("github", "1", {7}).value());
  EXPECT_TRUE(ledger->see_delivery("github", "2", {7}).value());
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
