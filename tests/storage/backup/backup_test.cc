#include "storage/backup/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "storage/backup/archive.h"
#include "storage/backup/shelf.h"
#include "storage/base/durable_file.h"
#include "storage/base/hash.h"
#include "storage/process/process.h"
#include "tests/storage/backup/test_site.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> parts_of(const BackupReport& report) {
  std::vector<std::string> names;
  for (const BackupPart& part : report.manifest.parts) names.push_back(part.name);
  return names;
}

TEST(Backup, IsOneArchiveOfItsOwnerAlone) {
  TestSite site;
  site.add_lfs_object("a large film");
  auto report = back_up_to_file(site.source(), site.folder() / "kept.tar");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(parts_of(*report),
              ElementsAre("ledger.sqlite", "refs.txt", "repository.bundle", "config", testing::_));
  EXPECT_TRUE(report->manifest.is_full());
  EXPECT_EQ(report->manifest.branch, "main");
  EXPECT_EQ(report->manifest.commit, (**site.git().repository().head_of("main")).hex());
  EXPECT_EQ(report->manifest.taken, site.clock().now());
  struct stat found;
  ASSERT_EQ(::stat((site.folder() / "kept.tar").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  EXPECT_EQ(static_cast<std::uint64_t>(found.st_size), report->bytes);
  // Nothing else is left beside it.
  EXPECT_THAT(names_in(site.folder()), ElementsAre("kept.tar", site.git().path().filename()));
}

TEST(Backup, OverwritesNothing) {
  TestSite site;
  ASSERT_TRUE(write_atomically(site.folder() / "kept.tar", "another"));
  auto report = back_up_to_file(site.source(), site.folder() / "kept.tar");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kConflict);
  EXPECT_EQ(read_file(site.folder() / "kept.tar", 100).value(), "another");
}

TEST(Backup, WhatAKilledOneHasLeftGoes) {
  TestSite site;
  fs::create_directory(site.folder() / ".stet-stage-killed");
  ASSERT_TRUE(write_atomically(site.folder() / ".stet-stage-killed" / "archive.tar", "half"));
  ASSERT_TRUE(back_up_to_file(site.source(), site.folder() / "kept.tar"));
  EXPECT_THAT(names_in(site.folder()), ElementsAre("kept.tar", site.git().path().filename()));
}

TEST(Backup, SaysWhatIsMissing) {
  TestSite site;
  BackupSource source{.repository = site.git().repository(),
                      .ledger = site.folder() / "none.sqlite",
                      .version = "0.0.1",
                      .clock = site.clock()};
  auto report = back_up_to_file(source, site.folder() / "kept.tar");
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("there is no ledger"));
  EXPECT_FALSE(fs::exists(source.ledger));
  EXPECT_THAT(names_in(site.folder()), ElementsAre(site.git().path().filename()));
}

TEST(Backup, OfADamagedLedgerIsNone) {
  TestSite site;
  const fs::path ledger = site.folder() / "damaged.sqlite";
  ASSERT_TRUE(copy_of_ledger_with_damage(site, ledger));
  BackupSource source{.repository = site.git().repository(),
                      .ledger = ledger,
                      .version = "0.0.1",
                      .clock = site.clock()};
  auto report = back_up_to_file(source, site.folder() / "kept.tar");
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("damaged"));
  EXPECT_FALSE(fs::exists(site.folder() / "kept.tar"));
}

TEST(Backup, OfADamagedRepositoryIsNone) {
  TestSite site;
  CommitId gone = site.git().commit({{"gone", "soon"}}, {}, "other");
  site.git().git({"update-ref", "refs/keep/it", gone.hex()});
  const std::string hex = gone.hex();
  ASSERT_TRUE(fs::remove(site.git().path() / "objects" / hex.substr(0, 2) / hex.substr(2)));
  auto report = back_up_to_file(site.source(), site.folder() / "kept.tar");
  ASSERT_FALSE(report);
  EXPECT_THAT(names_in(site.folder()), ElementsAre(site.git().path().filename()));
}

TEST(Backup, LfsObjectsThatCannotBeReadAreAnErrorThatNamesThem) {
  TestSite site;
  auto refused = [&] {
    auto report = back_up_to_file(site.source(), site.folder() / "kept.tar");
    EXPECT_FALSE(report);
    return report ? "" : report.error().message;
  };
  const fs::path objects = site.add_lfs_object("a film").parent_path().parent_path().parent_path();
  for (const fs::path& folder : {objects / "ff", objects / "ff" / "ff"}) {
    fs::remove_all(objects / "ff");
    fs::create_directories(folder.parent_path());
    fs::create_directory_symlink(folder.filename(), folder);  // leads to itself
    EXPECT_THAT(refused(), HasSubstr("'" + folder.string() + "'"));
  }
  // All of them lie on a disk that is not there now.
  fs::remove_all(objects);
  fs::create_directory_symlink("/nonexistent", objects);
  EXPECT_THAT(refused(), HasSubstr("'" + objects.string() + "'"));
  fs::remove_all(objects.parent_path());
  fs::create_directory_symlink("/nonexistent", objects.parent_path());
  EXPECT_THAT(refused(), HasSubstr("'" + objects.parent_path().string() + "'"));
  fs::remove(objects.parent_path());
  EXPECT_TRUE(back_up_to_file(site.source(), site.folder() / "kept.tar"));
}

TEST(Backup, OfARepositoryWithABrokenReferenceIsNone) {
  TestSite site;
  ASSERT_TRUE(write_atomically(site.git().path() / "refs/heads/draft", ""));
  auto report = back_up_to_file(site.source(), site.folder() / "kept.tar");
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("broken reference 'refs/heads/draft'"));
  EXPECT_FALSE(fs::exists(site.folder() / "kept.tar"));
}

TEST(Backup, LeavesOutAnLfsObjectThatIsSpoilt) {
  TestSite site;
  fs::path spoilt = site.add_lfs_object("good");
  fs::path good = site.add_lfs_object("whole");
  ASSERT_TRUE(write_atomically(spoilt, "bad"));
  auto report = back_up_to_file(site.source(), site.folder() / "kept.tar");
  ASSERT_TRUE(report) << report.error().message;
  ASSERT_EQ(report->notes.size(), 1u);
  EXPECT_THAT(report->notes[0], HasSubstr(spoilt.filename().string()));
  EXPECT_THAT(report->manifest.parts.back().name, HasSubstr(good.filename().string()));
  EXPECT_TRUE(Archive::open(site.folder() / "kept.tar")->verify());
}

// By nothing but what every Debian has, as the README says it.
TEST(Backup, IsPutBackByHand) {
  TestSite site;
  site.git().git({"tag", "v1"});
  BackupReport whole = site.back_up();
  site.git().commit({{"a.md", "two\n"}});
  site.git().git({"tag", "-d", "v1"});
  BackupReport more = site.back_up();
  const std::string script =
      "set -e; export HOME=/nonexistent; cd '" + site.folder().string() +
      "'; mkdir whole more; tar -xf " + whole.path.string() + " -C whole; tar -xf " +
      more.path.string() +
      " -C more; for d in whole more; do (cd $d; sed -n 's/^part: \\([0-9a-f]*\\) [0-9]* /\\1  /p' "
      "manifest.txt | sha256sum -c --quiet --strict); done; "
      "git clone -q --mirror whole/repository.bundle hand.git; cd hand.git; "
      "git fetch -q --prune ../more/repository.bundle '+refs/*:refs/*'; "
      "mkdir -m 700 stet; cp ../more/ledger.sqlite stet/";
  auto finished = run({.argv = {"sh", "-c", script}, .environment = {"PATH=/usr/bin:/bin"}});
  ASSERT_TRUE(finished);
  ASSERT_EQ(finished->code, 0) << finished->error;
  EXPECT_EQ(everything_in(site.folder() / "hand.git"), everything_in(site.git().path()));
  EXPECT_TRUE(Ledger::open(site.folder() / "hand.git" / "stet" / "ledger.sqlite"));
}

// A ledger that names a commit whose backup lacks it could not be put back.
TEST(Backup, WhatItsLedgerNamesIsInItWhileBothAreWritten) {
  TestSite site;
  std::atomic<bool> is_over{false};
  std::atomic<int> written{0};
  std::vector<std::string> commits;
  std::thread writer([&] {
    for (int i = 0; !is_over; ++i) {
      CommitId made = site.git().commit({{"a.md", std::to_string(i)}});
      commits.push_back(made.hex());
      if (!site.ledger().see_delivery("commit", made.hex(), {i})) break;
      written = i + 1;
    }
  });
  std::vector<BackupReport> reports;
  std::vector<int> at_least;
  for (int i = 0; i < 4; ++i) {
    int before = written + 3;
    while (written < before) std::this_thread::yield();
    at_least.push_back(written);
    reports.push_back(site.back_up());
  }
  is_over = true;
  writer.join();
  for (std::size_t i = 0; i < reports.size(); ++i) {
    auto restored = site.restore(reports[i].path);
    ASSERT_TRUE(restored) << restored.error().message;
    auto ledger = *Ledger::open(*restored / "stet" / "ledger.sqlite");
    auto repository = *Repository::open(*restored);
    int named = 0;
    for (const std::string& commit : commits) {
      if (ledger->see_delivery("commit", commit, {0}).value()) continue;  // not in this ledger
      ++named;
      EXPECT_TRUE(repository.resolve(commit)) << commit;
    }
    EXPECT_GE(named, at_least[i]);
  }
}

TEST(Backups, OfTwoSitesNeedAFolderEach) {
  TestSite one, other;
  one.git().commit({{"one.md", "1"}});
  other.git().commit({{"other.md", "1"}});
  const fs::path folder = one.folder() / "backups";
  ASSERT_TRUE(back_up_to_folder(one.source(), folder, {}));
  auto report = back_up_to_folder(other.source(), folder, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kConflict);
  EXPECT_THAT(report.error().message, HasSubstr("each site needs one of its own"));
  one.git().commit({{"one.md", "2"}});
  EXPECT_TRUE(back_up_to_folder(one.source(), folder, {}));
}

TEST(Backups, LeaveFilesOfOtherNamesAlone) {
  TestSite site;
  ASSERT_TRUE(fs::create_directory(site.shelf()));
  const fs::path own = site.shelf() / "before-the-upgrade.tar";
  ASSERT_TRUE(back_up_to_file(site.source(), own));
  site.clock().advance_seconds(60);
  EXPECT_TRUE(site.back_up().manifest.is_full());
  for (int i = 0; i < 3; ++i) site.back_up({.is_full = true, .keep = 1});
  EXPECT_TRUE(fs::exists(own));
  EXPECT_EQ(names_in(site.shelf()).size(), 2u);
}

// Of two sites into one folder, by names that are as its own.
TEST(Backups, LeaveThoseOfAnotherSiteAlone) {
  TestSite site, other;
  site.git().commit({{"site.md", "1"}});
  other.git().commit({{"other.md", "1"}});
  const BackupReport first = site.back_up();
  other.clock().advance_seconds(30);
  const fs::path stranger = site.shelf() / other.back_up().path.filename();
  fs::copy_file(other.shelf() / stranger.filename(), stranger);
  const BackupReport more = site.back_up();
  EXPECT_EQ(more.manifest.previous, digest_of(first.manifest));
  EXPECT_THAT(more.notes, ElementsAre(HasSubstr(stranger.filename().string())));
  for (int i = 0; i < 3; ++i) site.back_up({.is_full = true, .keep = 1});
  EXPECT_TRUE(fs::exists(stranger));
  EXPECT_EQ(names_in(site.shelf()).size(), 2u);
}

TEST(Backups, GoOnFromTheLastWithWhatIsNew) {
  TestSite site;
  site.git().commit({{"large", std::string(200'000, 'x') + "\n" + std::string(100, 'y')}});
  site.add_lfs_object("first");
  BackupReport whole = site.back_up();
  site.git().commit({{"a.md", "two\n"}});
  site.add_lfs_object("second");
  BackupReport more = site.back_up();
  EXPECT_TRUE(whole.manifest.is_full());
  EXPECT_EQ(more.manifest.previous, digest_of(whole.manifest));
  const BackupPart* bundle = more.manifest.find(kBundlePart);
  ASSERT_TRUE(bundle);
  EXPECT_LT(bundle->bytes, 1'000u);
  EXPECT_EQ(parts_of(more).size(), 5u);  // the second object alone
  auto restored = site.restore(site.shelf());
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(everything_in(*restored), everything_in(site.git().path()));
  for (const char* content : {"first", "second"}) {
    const fs::path object = lfs_part(sha256_hex(content));
    EXPECT_EQ(read_file(*restored / object, 100).value(), content);
  }
  // The whole one alone is the site as it was then.
  auto earlier = site.restore(whole.path);
  ASSERT_TRUE(earlier);
  EXPECT_EQ((**Repository::open(*earlier)->head_of("main")).hex(), whole.manifest.commit);
}

TEST(Backups, AreWholeAgainAfterAWhile) {
  TestSite site;
  EXPECT_TRUE(site.back_up().manifest.is_full());
  EXPECT_FALSE(site.back_up().manifest.is_full());
  site.clock().advance_seconds(7 * 86'400 - 121);
  EXPECT_FALSE(site.back_up().manifest.is_full());
  EXPECT_TRUE(site.back_up().manifest.is_full());
  EXPECT_TRUE(site.back_up({.is_full = true}).manifest.is_full());
}

TEST(Backups, LeanOnNoneThatIsSpoilt) {
  TestSite site;
  BackupReport whole = site.back_up();
  BackupReport more = site.back_up();
  // A byte of its references.
  std::string bytes = read_file(more.path, 1 << 20).value();
  bytes[bytes.find("refs/heads/main\n")] ^= 1;
  ASSERT_TRUE(write_atomically(more.path, bytes));
  BackupReport next = site.back_up();
  EXPECT_TRUE(next.manifest.is_full());
  EXPECT_THAT(next.notes, ElementsAre(HasSubstr("'refs.txt' is not as it was written")));
  // Of one that is cut off nothing is known; so what stands before it is gone on from.
  fs::resize_file(more.path, 1000);
  fs::remove(next.path);
  BackupReport after = site.back_up();
  EXPECT_EQ(after.manifest.previous, digest_of(whole.manifest));
  EXPECT_THAT(after.notes, ElementsAre(HasSubstr("cut off")));
}

TEST(Backups, OfOneSecondHaveNamesOfTheirOwn) {
  TestSite site;
  BackupReport first = site.back_up({.is_full = true});
  site.clock().advance_seconds(-60);
  BackupReport second = site.back_up({.is_full = true});
  EXPECT_NE(first.path, second.path);
  EXPECT_EQ(names_in(site.shelf()).size(), 2u);
}

TEST(Backups, AreMadeOneAtATime) {
  TestSite site;
  site.back_up();
  Descriptor other = *lock_folder(site.shelf());
  auto report = back_up_to_folder(site.source(), site.shelf(), {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kConflict);
}

TEST(Backups, OlderChainsGoWholeAndNothingThatIsNeeded) {
  TestSite site;
  ASSERT_TRUE(fs::create_directory(site.shelf()));
  ASSERT_TRUE(write_atomically(site.shelf() / "notes.tar", "another's"));
  std::vector<fs::path> made;
  for (int chain = 0; chain < 3; ++chain) {
    made.push_back(site.back_up({.is_full = true}).path);
    made.push_back(site.back_up().path);
    site.git().commit({{"a.md", std::to_string(chain)}});
    made.push_back(site.back_up().path);
  }
  BackupReport last = site.back_up({.keep = 2});
  EXPECT_THAT(last.removed, ElementsAre(made[2], made[1], made[0]));
  auto left = names_in(site.shelf());
  EXPECT_EQ(left.size(), 3u + 4u + 1u);
  EXPECT_TRUE(fs::exists(site.shelf() / "notes.tar"));
  for (std::size_t i = 3; i < made.size(); ++i) EXPECT_TRUE(site.restore(made[i])) << i;
  EXPECT_TRUE(site.restore(site.shelf()));
}

TEST(Backups, AClockThatGoesBackTakesNothingAway) {
  TestSite site;
  BackupReport future = site.back_up();
  site.clock().set({1'000'000'000});
  BackupReport present = site.back_up({.is_full = true, .keep = 1});
  EXPECT_TRUE(fs::exists(present.path));
  EXPECT_TRUE(fs::exists(future.path));
}

// Else no whole one would be made until the clock comes to where it was once.
TEST(Backups, AClockThatWasAheadOnceEndsNoWholeOnes) {
  TestSite site;
  site.clock().advance_seconds(10 * 365 * 86'400);
  const BackupReport ahead = site.back_up();
  site.clock().advance_seconds(-10 * 365 * 86'400);
  const BackupReport present = site.back_up();
  EXPECT_TRUE(present.manifest.is_full());
  EXPECT_EQ(site.back_up().manifest.previous, digest_of(present.manifest));
  site.clock().advance_seconds(7 * 86'400);
  EXPECT_TRUE(site.back_up().manifest.is_full());
}

}  // namespace
}  // namespace stet::storage
