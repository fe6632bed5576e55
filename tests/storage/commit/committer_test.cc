#include "storage/commit/committer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fstream>
#include <mutex>
#include <random>
#include <thread>

#include "storage/diff/diff.h"
#include "storage/git/handles.h"
#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/git_snapshot.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr Instant kNow{1'700'000'000};

FileEdit edit(std::string_view path, std::optional<std::string> content) {
  return {path_of(path), std::move(content)};
}

ChangeSet change_of(std::vector<FileEdit> edits) {
  ChangeSet change;
  change.author = {"Ada", "ada@x.test", Time{1'650'000'000, 0, 7200, false}};
  change.message = "Say it better";
  change.edits = std::move(edits);
  return change;
}

class CommitterTest : public testing::Test {
 protected:
  std::unique_ptr<Committer> open(CommitterSettings settings = {}) {
    settings.note = [this](std::string_view note) {
      std::lock_guard guard(notes_mutex_);
      notes_.emplace_back(note);
    };
    auto committer = Committer::open(test_.repository(), std::move(settings), clock_);
    EXPECT_TRUE(committer) << committer.error().message;
    return committer ? *std::move(committer) : nullptr;
  }

  // The outcome of these edits, in a word.
  ErrorCode refusal(std::vector<FileEdit> edits) {
    auto before = *test_.repository().head_of("main");
    auto committed = open()->commit(change_of(std::move(edits)));
    EXPECT_FALSE(committed);
    EXPECT_EQ(*test_.repository().head_of("main"), before);
    last_message_ = committed ? "" : committed.error().message;
    return committed ? ErrorCode::kInternal : committed.error().code;
  }

  std::string files() { return test_.git({"ls-tree", "-r", "--name-only", "main"}); }
  std::string content(const std::string& path) { return test_.git({"show", "main:" + path}); }

  fs::path lock() const { return test_.path() / "refs" / "heads" / "main.lock"; }

  TestRepository test_;
  ManualClock clock_{kNow};
  std::mutex notes_mutex_;
  std::vector<std::string> notes_;
  std::string last_message_;
};

TEST_F(CommitterTest, HalfOfTheWritersAtWorkAreWaitedFor) {
  auto packs = [this] {
    auto files = fs::directory_iterator(test_.path() / "objects" / "pack");
    return std::count_if(begin(files), end(files), [](const fs::directory_entry& file) {
      return file.path().extension() == ".pack";
    });
  };
  CommitterSettings settings;
  settings.limits.gather_ns_max = std::int64_t{3600} * 1'000'000'000;
  auto committer = open(std::move(settings));
  const auto before = packs();
  auto commit = [&](const char* path) {
    EXPECT_TRUE(committer->commit(change_of({edit(path, "1")})));
  };
  {
    Committer::Presence one(*committer), two(*committer), three(*committer);
    std::thread other([&] { commit("a"); });
    commit("b");
    other.join();
  }
  EXPECT_EQ(packs(), before + 1);
  // Who goes is not waited for.
  Committer::Presence staying(*committer);
  auto leaving = std::make_unique<Committer::Presence>(*committer);
  Committer::Presence third(*committer);
  std::thread alone([&] { commit("c"); });
  leaving.reset();
  alone.join();
  EXPECT_EQ(packs(), before + 2);
}

TEST_F(CommitterTest, TheFirstCommitOfAnUnbornBranchHasNoParent) {
  auto committed = open()->commit(change_of({edit("_posts/a.md", "hello")}));
  ASSERT_TRUE(committed) << committed.error().message;
  EXPECT_FALSE(committed->parent);
  EXPECT_EQ(*test_.repository().head_of("main"), committed->commit);
  ASSERT_EQ(committed->blobs.size(), 1u);
  EXPECT_EQ(committed->blobs[0].second, blob_id_of("hello"));
  EXPECT_EQ(content("_posts/a.md"), "hello");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, WritesAuthorCommitterMessageAndTrailers) {
  ChangeSet change = change_of({edit("a", "1")});
  change.author.name = "Ada <evil>\ncommitter x";
  change.message = "\n Why\r\n\r\nand how \n\n";
  change.trailers = {{"Idempotency-Key", "k\n1"}};
  ASSERT_TRUE(open()->commit(change));
  EXPECT_EQ(test_.git({"log", "-1", "--format=%an|%ae|%ai|%cn|%ce|%ct|%B|"}),
            "Ada evil committer x|ada@x.test|2022-04-15 07:20:00 +0200|stet|stet@localhost|"
            "1700000000|Why\n\nand how\n\nIdempotency-Key: k 1\n|\n");
  EXPECT_EQ(test_.git({"log", "-1", "--format=%(trailers:key=Idempotency-Key,valueonly)"}),
            "k 1\n\n");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, AnEditTouchesItsPathAlone) {
  std::string blob = test_.blob("x"), target = test_.blob("t");
  test_.commit_tree({"100755 blob " + blob + "\trun",
                     "120000 blob " + target + "\tlink",
                     "160000 commit " + std::string(40, '1') + "\tsub",
                     "100644 blob " + blob +
                         "\tb\xff"
                         "d"});
  std::string before = test_.git({"ls-tree", "-z", "main"});
  ASSERT_TRUE(open()->commit(change_of({edit("new/deep/file", "1"), edit("run", "2")})));
  std::string after = test_.git({"ls-tree", "-z", "main"});
  for (const char* kept : {"120000 blob",
                           "160000 commit",
                           "b\xff"
                           "d",
                           "100755 blob"}) {
    EXPECT_NE(after.find(kept), std::string::npos) << kept;
  }
  EXPECT_EQ(content("run"), "2");
  EXPECT_EQ(content("new/deep/file"), "1");
}

TEST_F(CommitterTest, AFolderThatLosesItsLastFileGoes) {
  test_.commit({{"a/b/c", "1"}, {"d", "1"}});
  ASSERT_TRUE(open()->commit(change_of({edit("a/b/c", std::nullopt)})));
  EXPECT_EQ(test_.git({"ls-tree", "--name-only", "main"}), "d\n");
  auto committed = open()->commit(change_of({edit("d", std::nullopt)}));
  ASSERT_TRUE(committed);
  EXPECT_FALSE(committed->blobs[0].second);
  EXPECT_EQ(files(), "");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, AFileAndAFolderMayChangePlacesInOneStep) {
  test_.commit({{"a", "1"}, {"b/c", "1"}, {"a.b", "1"}});
  ASSERT_TRUE(open()->commit(change_of(
      {edit("a", std::nullopt), edit("a/x", "2"), edit("b/c", std::nullopt), edit("b", "3")})));
  EXPECT_EQ(files(), "a.b\na/x\nb\n");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, RefusesAFileWhereAFolderIsAndTheOtherWayRound) {
  test_.commit({{"a", "1"}, {"b/c", "1"}});
  EXPECT_EQ(refusal({edit("a/x", "2")}), ErrorCode::kConflict);
  EXPECT_EQ(last_message_, "'a' is a file, so there can be no 'a/x' below it");
  EXPECT_EQ(refusal({edit("b", "2")}), ErrorCode::kConflict);
  EXPECT_EQ(refusal({edit("b", std::nullopt)}), ErrorCode::kConflict);
  EXPECT_EQ(refusal({edit("n", "2"), edit("n/x", "2")}), ErrorCode::kConflict);
  EXPECT_EQ(refusal({edit("none", std::nullopt)}), ErrorCode::kNotFound);
  EXPECT_EQ(refusal({edit("b/none", std::nullopt)}), ErrorCode::kNotFound);
}

TEST_F(CommitterTest, LinksAndSubmodulesAreNotEdited) {
  test_.commit_tree({"120000 blob " + test_.blob("/etc") + "\tlink",
                     "160000 commit " + std::string(40, '1') + "\tsub"});
  for (const char* path : {"link", "link/x", "sub", "sub/x"}) {
    EXPECT_EQ(refusal({edit(path, "1")}), ErrorCode::kForbidden) << path;
  }
  EXPECT_EQ(refusal({edit("link", std::nullopt)}), ErrorCode::kForbidden);
}

TEST_F(CommitterTest, RefusesAStaleWrite) {
  test_.commit({{"a", "1"}});
  auto committer = open();
  auto with = [](std::optional<BlobId> blob, const char* path) {
    ChangeSet change = change_of({edit(path, "2")});
    change.preconditions = {{path_of(path), blob}};
    return change;
  };
  EXPECT_EQ(committer->commit(with(blob_id_of("0"), "a")).error().code, ErrorCode::kConflict);
  EXPECT_EQ(committer->commit(with(std::nullopt, "a")).error().code, ErrorCode::kConflict);
  EXPECT_EQ(committer->commit(with(blob_id_of("1"), "b")).error().code, ErrorCode::kConflict);
  EXPECT_TRUE(committer->commit(with(blob_id_of("1"), "a")));
  EXPECT_TRUE(committer->commit(with(std::nullopt, "b")));
}

TEST_F(CommitterTest, WhatChangesNothingIsNoCommit) {
  CommitId head = test_.commit({{"a/b", "1"}});
  auto committed = open()->commit(change_of({edit("a/b", "1")}));
  ASSERT_TRUE(committed);
  EXPECT_TRUE(committed->is_unchanged);
  EXPECT_EQ(committed->commit, head);
  EXPECT_EQ(committed->blobs[0].second, blob_id_of("1"));
  EXPECT_EQ(*test_.repository().head_of("main"), head);
}

TEST_F(CommitterTest, RefusesWhatIsNotWellFormed) {
  struct Case {
    const char* what;
    std::function<void(ChangeSet&)> spoil;
  };
  const Case cases[] = {
      {"empty message", [](ChangeSet& c) { c.message = " \n"; }},
      {"message not UTF-8", [](ChangeSet& c) { c.message = "\xff"; }},
      {"long message", [](ChangeSet& c) { c.message.assign(100'000, 'x'); }},
      {"no author", [](ChangeSet& c) { c.author.name = "<>"; }},
      {"path twice", [](ChangeSet& c) { c.edits.push_back(c.edits.front()); }},
      {"trailer key",
       [](ChangeSet& c) {
         c.trailers = {{"a b", "x"}};
       }},
  };
  auto committer = open();
  for (const Case& c : cases) {
    ChangeSet change = change_of({edit("a", "1")});
    c.spoil(change);
    EXPECT_EQ(committer->commit(change).error().code, ErrorCode::kInvalidInput) << c.what;
  }
}

// libgit2 refuses them in the branch's log: each commit would fail, and not the start.
TEST_F(CommitterTest, ItsOwnNameIsOneThatGitTakes) {
  test_.commit({{"a", "1"}});
  for (const auto& [name, email] : std::initializer_list<std::pair<const char*, const char*>>{
           {"A <B>", "a@b.test"}, {"A", "<a@b.test>"}, {"", "a@b.test"}}) {
    CommitterSettings settings;
    settings.name = name;
    settings.email = email;
    auto committer = Committer::open(test_.repository(), settings, clock_);
    ASSERT_FALSE(committer) << name;
    EXPECT_EQ(committer.error().code, ErrorCode::kInvalidInput) << name;
  }
}

TEST_F(CommitterTest, AMissingBranchIsNotFound) {
  test_.commit({{"a", "1"}});
  CommitterSettings settings;
  settings.branch = "other";
  EXPECT_EQ(Committer::open(test_.repository(), settings, clock_).error().code,
            ErrorCode::kNotFound);
  test_.git({"branch", "change/7"});
  settings.branch = "change/7";
  auto committer = open(settings);
  ASSERT_TRUE(committer->commit(change_of({edit("b", "1")})));
  test_.git({"branch", "-D", "change/7"});
  EXPECT_EQ(committer->commit(change_of({edit("b", "2")})).error().code, ErrorCode::kNotFound);
}

TEST_F(CommitterTest, ALockIsNamedUntilItHasStoodForTenSeconds) {
  test_.commit({{"a", "1"}});
  CommitterSettings settings;
  settings.limits.attempts_max = 3;
  auto committer = open(settings);
  std::ofstream(lock()) << "";
  auto refused = committer->commit(change_of({edit("a", "2")}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(refused.error().message.find(lock().string()), std::string::npos);
  clock_.advance_seconds(9);
  EXPECT_FALSE(committer->commit(change_of({edit("a", "2")})));
  clock_.advance_seconds(1);
  EXPECT_TRUE(committer->commit(change_of({edit("a", "2")})));
  EXPECT_FALSE(fs::exists(lock()));
  ASSERT_EQ(notes_.size(), 1u);
  EXPECT_NE(notes_[0].find("main.lock"), std::string::npos);
}

TEST_F(CommitterTest, AnOldLockGoesAtOpenAndAFreshOneStays) {
  test_.commit({{"a", "1"}});
  std::ofstream(lock()) << "";
  auto set_age = [&](std::int64_t seconds) {
    timespec times[2] = {{kNow.seconds - seconds, 0}, {kNow.seconds - seconds, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, lock().c_str(), times, 0), 0);
  };
  set_age(5);
  open();
  EXPECT_TRUE(fs::exists(lock()));
  set_age(11);
  open();
  EXPECT_FALSE(fs::exists(lock()));
  EXPECT_EQ(notes_.size(), 1u);
}

TEST_F(CommitterTest, HalfPacksOfKilledProcessesAreSwept) {
  test_.commit({{"a", "1"}});
  fs::path objects = test_.path() / "objects";
  fs::create_directories(objects / "pack");
  fs::create_directories(objects / "stet-pack-abcdef");
  const std::pair<const char*, const char*> kLeft[] = {
      {"pack/pack_git2_abcdef", "x"},
      {"pack/pack-1.keep", "stet: until a branch names it\n"},
      {"stet-pack-abcdef", nullptr},
  };
  std::ofstream(objects / "pack/pack-2.keep") << "somebody's own";
  for (const auto& [name, text] : kLeft) {
    if (text) std::ofstream(objects / name) << text;
    timespec times[2] = {{kNow.seconds - 7200, 0}, {kNow.seconds - 7200, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (objects / name).c_str(), times, 0), 0);
  }
  open();
  for (const auto& [name, text] : kLeft) EXPECT_FALSE(fs::exists(objects / name)) << name;
  EXPECT_TRUE(fs::exists(objects / "pack/pack-2.keep"));
}

// As if the disk were full: no file may grow beyond 64 KiB.
class SmallFiles {
 public:
  SmallFiles() : old_handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    rlimit small = old_;
    small.rlim_cur = 64 * 1024;
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    ::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_;
  void (*old_handler_)(int);
};

TEST_F(CommitterTest, AFullDiskChangesNothingAndLeavesNothing) {
  CommitId head = test_.commit({{"a", "1"}});
  auto committer = open();
  std::string content;
  for (std::uint32_t x = 1; content.size() < 500'000; x = x * 1664525 + 1013904223) {
    content += static_cast<char>(x >> 24);
  }
  {
    SmallFiles full;
    auto refused = committer->commit(change_of({edit("a", content)}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable) << refused.error().message;
  }
  EXPECT_EQ(*test_.repository().head_of("main"), head);
  for (const auto& file : fs::directory_iterator(test_.path() / "objects" / "pack")) {
    EXPECT_TRUE(file.path().extension() == ".pack" || file.path().extension() == ".idx") << file;
  }
  ASSERT_TRUE(committer->commit(change_of({edit("a", content)})));
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, ThousandsOfFilesInAFlatFolderAreOneStepAndStaySound) {
  std::vector<FileEdit> edits;
  for (int i = 0; i < 3000; ++i) edits.push_back(edit("_posts/" + std::to_string(i), "x"));
  auto committer = open();
  ASSERT_TRUE(committer->commit(change_of(std::move(edits))));
  std::vector<std::thread> threads;
  std::atomic<int> committed{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 30; ++i) {
        std::string path = "_posts/" + std::to_string(100 * t + i);
        if (committer->commit(change_of({edit(path, "y")}))) ++committed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(committed, 120);
  EXPECT_EQ(test_.git({"rev-list", "--count", "main"}), "121\n");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, NothingAcknowledgedIsLostBesideACompetitor) {
  test_.commit({{"a", "0"}});
  auto committer = open();
  std::atomic<bool> is_done{false};
  std::atomic<int> pushed{0};
  std::thread competitor([&] {
    for (int i = 0; !is_done || pushed == 0; ++i) {
      std::string old = test_.git({"rev-parse", "main"}).substr(0, 40);
      std::string tree = test_.git({"rev-parse", old + "^{tree}"}).substr(0, 40);
      std::string commit =
          test_.git({"commit-tree", tree, "-p", old, "-m", "push" + std::to_string(i)});
      GitOutcome moved =
          test_.try_git({"update-ref", "refs/heads/main", commit.substr(0, 40), old});
      if (moved.exit_code == 0) ++pushed;
    }
  });
  std::mutex mutex;
  std::vector<CommitId> acknowledged;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        auto committed = committer->commit(
            change_of({edit("t" + std::to_string(t) + "/" + std::to_string(i), "x")}));
        ASSERT_TRUE(committed) << committed.error().message;
        std::lock_guard guard(mutex);
        acknowledged.push_back(committed->commit);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  is_done = true;
  competitor.join();
  std::string log = test_.git({"rev-list", "main"});
  for (const CommitId& id : acknowledged) EXPECT_NE(log.find(id.hex()), std::string::npos);
  EXPECT_EQ(acknowledged.size(), 100u);
  EXPECT_EQ(test_.git({"rev-list", "--count", "main"}), std::to_string(101 + pushed) + "\n");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, TwoCommittersTakeTurnsAndOnlyOneCreates) {
  test_.commit({{"a", "0"}});
  auto one = open(), two = open();
  std::atomic<int> created{0}, conflicts{0};
  auto race = [&](Committer& committer) {
    for (int i = 0; i < 40; ++i) {
      ChangeSet change = change_of({edit("n" + std::to_string(i), "x")});
      change.preconditions = {{path_of("n" + std::to_string(i)), std::nullopt}};
      auto committed = committer.commit(change);
      if (committed) ++created;
      if (!committed && committed.error().code == ErrorCode::kConflict) ++conflicts;
    }
  };
  std::thread thread([&] { race(*one); });
  race(*two);
  thread.join();
  EXPECT_EQ(created, 40);
  EXPECT_EQ(conflicts, 40);
  EXPECT_EQ(test_.git({"rev-list", "--count", "main"}), "41\n");
  EXPECT_EQ(test_.fsck(), "");
}

TEST_F(CommitterTest, DestructionAnswersEverybodyWhoWaits) {
  test_.commit({{"a", "0"}});
  CommitterSettings settings;
  settings.limits.attempts_max = 1'000'000;
  auto committer = open(settings);
  std::ofstream(lock()) << "";
  std::vector<std::thread> threads;
  std::atomic<int> refused{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&committer = *committer, &refused, t] {
      auto committed = committer.commit(change_of({edit(std::to_string(t), "x")}));
      if (!committed && committed.error().code == ErrorCode::kUnavailable) ++refused;
    });
  }
  while (committer->waiting() < 8) std::this_thread::yield();
  committer.reset();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 8);
}

TEST_F(CommitterTest, WhatFollowsFromTheHeadIsDecidedOnIt) {
  auto committer = open();
  ASSERT_TRUE(committer->commit(change_of({edit("a", "1")})));
  auto decided = committer->commit_on_head([&](const std::optional<CommitId>& head) {
    EXPECT_EQ(head, *test_.repository().head_of("main"));
    return Result<HeadStep>(change_of({edit("b", "2")}));
  });
  ASSERT_TRUE(decided) << decided.error().message;
  EXPECT_EQ(content("b"), "2");
  auto refused = committer->commit_on_head(
      [](const std::optional<CommitId>&) { return Result<HeadStep>(forbidden("no")); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "no");
  auto nothing = committer->commit_on_head(
      [](const std::optional<CommitId>& head) { return Result<HeadStep>(*head); });
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->is_unchanged);
}

// Files of this process whose names end so.
std::size_t open_files(std::string_view ending) {
  std::size_t count = 0;
  for (const auto& file : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    count += fs::read_symlink(file, gone).string().ends_with(ending);
  }
  return count;
}

TEST_F(CommitterTest, MorePacksThanMayBeOpenAreReadAllTheSame) {
  auto committer = open();
  const std::size_t count = kOpenPacksMax + 64;
  auto path = [](std::size_t i) { return "file" + std::to_string(i); };
  for (std::size_t i = 0; i < count; ++i) {
    // No delta of another.
    std::string text(20'000, '\0');
    std::mt19937 random(static_cast<unsigned>(i));
    for (char& c : text) c = static_cast<char>(random());
    ASSERT_TRUE(committer->commit(change_of({edit(path(i), text)})));
  }
  // One that has written nothing, and remembers little.
  auto reader = Repository::open(test_.repository().path(), {.remembered_bytes_max = 1 << 20});
  ASSERT_TRUE(reader);
  auto snapshot = *open_git_snapshot(*reader, **reader->head_of("main"));
  for (int turn = 0; turn < 2; ++turn) {
    for (std::size_t i = 0; i < count; ++i) {
      auto entry = snapshot->find(path_of(path(i)));
      ASSERT_TRUE(entry && *entry);
      auto bytes = snapshot->read((*entry)->blob);
      ASSERT_TRUE(bytes) << bytes.error().message;
      EXPECT_EQ(bytes->size(), 20'000u);
    }
    EXPECT_GT(open_files(".pack"), kOpenPacksMax / 2) << "the test sees them";
    EXPECT_LE(open_files(".pack"), kOpenPacksMax);
  }
}

// Whoever moves the branch each time that a commit is about to land cannot keep it out for ever.
TEST_F(CommitterTest, WhoHasLostThriceHoldsTheBranch) {
  test_.commit({{"a", "1"}});
  auto committer = open();
  int tries = 0, moved = 0;
  auto decided = committer->commit_on_head([&](const std::optional<CommitId>&) {
    if (fs::exists(lock())) {
      EXPECT_NE(test_.try_git({"update-ref", "refs/heads/main", "HEAD~1"}).exit_code, 0);
    } else {
      test_.commit({{"other", std::to_string(++moved)}});
    }
    ++tries;
    return Result<HeadStep>(change_of({edit("b", "2")}));
  });
  ASSERT_TRUE(decided) << decided.error().message;
  EXPECT_EQ(tries, 4);
  EXPECT_EQ(moved, 3);
  EXPECT_EQ(content("other"), "3");
  EXPECT_EQ(content("b"), "2");
  EXPECT_FALSE(fs::exists(lock()));
  EXPECT_EQ(*test_.repository().head_of("main"), decided->commit);
}

TEST_F(CommitterTest, AStoredFileIsTakenWithItsKind) {
  test_.commit({{"a", "1"}});
  BlobId blob = BlobId::parse(test_.blob("program")).value();
  FileEdit taken{path_of("run"), std::nullopt};
  taken.stored = blob;
  taken.kind = EntryKind::kExecutable;
  ASSERT_TRUE(open()->commit(change_of({taken})));
  EXPECT_EQ(test_.git({"ls-tree", "main", "run"}), "100755 blob " + blob.hex() + "\trun\n");
}

TEST_F(CommitterTest, CommitsGoOnWhileGitCollects) {
  test_.commit({{"a", "0"}});
  auto committer = open();
  std::atomic<bool> is_over = false;
  std::thread collector([&] {
    while (!is_over) test_.try_git({"gc", "-q"});
  });
  for (int i = 1; i <= 60; ++i) {
    auto committed = committer->commit(change_of({edit("a", std::to_string(i))}));
    EXPECT_TRUE(committed) << committed.error().message;
  }
  is_over = true;
  collector.join();
  EXPECT_EQ(content("a"), "60");
  for (const auto& file : fs::directory_iterator(test_.path() / "objects" / "pack")) {
    EXPECT_NE(file.path().extension(), ".keep");
  }
  EXPECT_EQ(test_.git({"rev-list", "--count", "main"}), "61\n");
  EXPECT_EQ(test_.fsck(), "");
}

}  // namespace
}  // namespace stet::storage
