#include "storage/repack/repack.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "storage/commit/committer.h"
#include "storage/repack/repack_lock.h"
#include "storage/snapshot/git_snapshot.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

class RepackTest : public testing::Test {
 protected:
  RepackTest() {
    test_.commit({{"_posts/a.md", "one"}, {"b", "two"}});
    committer_ = *Committer::open(test_.repository(), {}, clock_);
  }

  CommitId edit(const std::string& path, const std::string& content) {
    ChangeSet change;
    change.author = {"Ada", "ada@x.test", Time{1'650'000'000, 0, 0, false}};
    change.message = "Edit";
    change.edits.push_back({path_of(path), content});
    auto committed = committer_->commit(std::move(change));
    EXPECT_TRUE(committed) << committed.error().message;
    return committed ? committed->commit : CommitId();
  }

  std::size_t packs() { return count_packs(test_.repository())->packs; }

  ManualClock clock_{{1'700'000'000}};
  TestRepository test_;
  std::unique_ptr<Committer> committer_;
};

TEST_F(RepackTest, ManyPacksBecomeFewAndAllIsThere) {
  int edits = 0;
  for (RepackKind kind : {RepackKind::kQuick, RepackKind::kUsual, RepackKind::kWhole}) {
    for (int i = 0; i < 12; ++i) edit("_posts/a.md", std::to_string(++edits));
    std::size_t before = packs();
    Status done = repack(test_.repository(), kind, clock_);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_LT(packs(), before);
    EXPECT_EQ(test_.fsck(), "");
  }
  EXPECT_EQ(test_.git({"rev-list", "--count", "main"}), "37\n");
  EXPECT_TRUE(fs::exists(test_.path() / "objects" / "info" / "commit-graphs"));
  EXPECT_EQ(test_.try_git({"commit-graph", "verify", "--no-progress"}).exit_code, 0);
}

TEST_F(RepackTest, WhatIsUnreachableStaysForTwoWeeks) {
  std::string young = test_.blob("young"), old = test_.blob("old");
  fs::path file = test_.path() / "objects" / old.substr(0, 2) / old.substr(2);
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(24 * 15));
  ASSERT_TRUE(repack(test_.repository(), RepackKind::kWhole, clock_));
  EXPECT_EQ(test_.git({"cat-file", "-p", young}), "young");
  EXPECT_NE(test_.try_git({"cat-file", "-p", old}).exit_code, 0);
}

TEST_F(RepackTest, SomebodyElsesUpkeepIsLeftAlone) {
  struct Case {
    const char* file;
    std::string text;
    bool is_free, is_free_after_half_a_day;
  };
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  const std::string running = std::to_string(::getppid());
  const Case cases[] = {
      {"gc.pid", running + " " + host, false, true},
      {"gc.pid", "1 another.host", false, true},
      {"gc.pid", std::string("999999999 ") + host, true, true},
      {"objects/maintenance.lock", "", false, true},
      {"objects/maintenance.lock", "stet 999999999\n", true, true},
      {"objects/maintenance.lock", "stet " + running + "\n", false, false},
  };
  for (const Case& c : cases) {
    fs::path file = test_.path() / c.file;
    std::ofstream(file) << c.text;
    timespec times[2] = {{1'700'000'000 - 3600, 0}, {1'700'000'000 - 3600, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
    for (bool is_later : {false, true}) {
      if (is_later) clock_.advance_seconds(13 * 3600);
      auto lock = RepackLock::take(test_.path(), clock_);
      bool is_free = is_later ? c.is_free_after_half_a_day : c.is_free;
      EXPECT_EQ(lock.has_value(), is_free) << c.file << " " << c.text << " " << is_later;
      if (lock) break;  // it has been taken over
      EXPECT_EQ(lock.error().code, ErrorCode::kConflict);
      EXPECT_NE(lock.error().message.find(c.file), std::string::npos);
    }
    clock_.set({1'700'000'000});
    fs::remove(file);
  }
}

TEST_F(RepackTest, OnlyOneAtATimeAndNothingIsLeftBehind) {
  {
    auto lock = RepackLock::take(test_.path(), clock_);
    ASSERT_TRUE(lock);
    GitOutcome git = test_.try_git({"maintenance", "run", "--no-quiet", "--task=gc"});
    EXPECT_NE(git.output.find("lock"), std::string::npos) << "git stands back: " << git.output;
  }
  EXPECT_TRUE(RepackLock::take(test_.path(), clock_));
  for (const auto& file : fs::directory_iterator(test_.path() / "objects")) {
    EXPECT_FALSE(file.path().filename().string().starts_with("maintenance")) << file;
  }
}

TEST_F(RepackTest, AChildThatIsToStopLeavesASoundRepository) {
  for (int i = 0; i < 5; ++i) edit("b", std::to_string(i));
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[1]);  // readable from the start
  RepackLimits limits;
  limits.stop_fd = ends[0];
  EXPECT_FALSE(repack(test_.repository(), RepackKind::kUsual, clock_, limits));
  ::close(ends[0]);
  EXPECT_EQ(test_.fsck(), "");
  EXPECT_TRUE(repack(test_.repository(), RepackKind::kUsual, clock_));
}

// A limit of a file's size stands for a disk without room: git dies in the middle of a pack. What
// was there before may be another program's, and stays.
TEST_F(RepackTest, WhatAChildThatFailedWasWritingGoes) {
  std::string noise;
  for (std::uint32_t i = 0, x = 1; i < 400'000; ++i) {
    x = x * 1664525 + 1013904223;
    noise += static_cast<char>(x >> 24);
  }
  for (int i = 0; i < 3; ++i) edit("b", noise + std::to_string(i));
  const fs::path folder = test_.path() / "objects" / "pack";
  std::ofstream(folder / "tmp_pack_other") << "a fetch";
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit little{200'000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &little), 0);
  Status done = repack(test_.repository(), RepackKind::kUsual, clock_);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_FALSE(done);
  std::vector<std::string> remains;
  for (const auto& file : fs::directory_iterator(folder)) {
    std::string name = file.path().filename();
    if (name.find("tmp") != std::string::npos) remains.push_back(name);
  }
  EXPECT_EQ(remains, std::vector<std::string>{"tmp_pack_other"});
  EXPECT_EQ(test_.fsck(), "");
}

// Reads by handles that know the packs of before, while git repacks again and again under them.
TEST_F(RepackTest, NobodyMissesAnythingWhileItIsDone) {
  std::vector<CommitId> commits;
  for (int i = 0; i < 40; ++i) commits.push_back(edit("_posts/a.md", std::to_string(i)));
  std::atomic<bool> is_over{false};
  std::atomic<int> failures{0}, reads{0};
  std::vector<std::thread> readers;
  for (std::size_t reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&, reader] {
      for (std::size_t i = reader; !is_over; i += 7) {
        // Opened anew each time round, so that nothing is remembered.
        auto repository = Repository::open(test_.path());
        for (std::size_t j = 0; repository && j < 8; ++j) {
          std::size_t which = (i + 5 * j) % commits.size();
          auto snapshot = open_git_snapshot(*repository, commits[which]);
          auto entry = snapshot ? (*snapshot)->find(path_of("_posts/a.md"))
                                : Result<std::optional<SnapshotEntry>>(snapshot.error());
          auto bytes = entry && *entry ? (*snapshot)->read((*entry)->blob)
                                       : Result<std::string>(internal("not found"));
          ++reads;
          if (!bytes || *bytes != std::to_string(which)) ++failures;
        }
        if (!repository) ++failures;
      }
    });
  }
  for (int round = 0; round < 12; ++round) {
    RepackKind kind = round % 4 == 3 ? RepackKind::kWhole : RepackKind::kUsual;
    for (int i = 0; i < 5; ++i) edit("b", std::to_string(round * 10 + i));
    Status done = repack(test_.repository(), kind, clock_);
    EXPECT_TRUE(done) << done.error().message;
  }
  is_over = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(failures, 0) << "of " << reads;
  EXPECT_GT(reads, 0);
  EXPECT_EQ(test_.fsck(), "");
}

}  // namespace
}  // namespace stet::storage
