// What other programs do to the repository while it is served: after each of it, what is live is
// what a build from nothing makes of the branch's head.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include "api/hooks/branch_watch.h"
#include "api/hooks/head_follower.h"
#include "tests/api/routes/world.h"

namespace stet::hooks {
namespace {

namespace fs = std::filesystem;
using api::Told;
using api::World;
using storage::TestRepository;
using ::testing::HasSubstr;

std::string about(const std::string& text) {
  return "---\nlayout: default\ntitle: About\n---\n" + text + "\n";
}

class Watched {
 public:
  Watched()
      : follower("main",
                 {*world.pipeline, world.repository.repository(), world.clock},
                 [this](std::string_view note) { take(note); }),
        watch(BranchWatch::Parts{world.repository.repository(),
                                 *world.pipeline,
                                 follower,
                                 [this](std::string_view note) { take(note); }},
              "main",
              true) {}

  // Waits until the watch has made the head live by itself; a test that hangs has found a fault.
  void wait_until_live() {
    for (;;) {
      auto head = world.repository.repository().head_of("main");
      if (head && *head && **head == world.publisher->newest()->commit) return;
      std::this_thread::yield();
    }
  }
  void wait_for_note(const std::string& part) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] {
      return std::any_of(notes.begin(), notes.end(), [&](const std::string& note) {
        return note.find(part) != std::string::npos;
      });
    });
  }
  void take(std::string_view note) {
    std::lock_guard lock(mutex);
    notes.emplace_back(note);
    changed.notify_all();
  }

  // Output path -> content, of what is live and of a build from nothing.
  using Pages = std::map<std::string, std::string>;
  static Pages pages_of(const publish::Manifest& manifest) {
    Pages pages;
    manifest.entries().for_each([&](const publish::OutputPath& path, const auto& entry) {
      pages[path.string()] = entry.page() ? entry.page()->content.hex() : "none";
      return true;
    });
    return pages;
  }
  void expect_as_from_nothing() {
    while (*world.pipeline->fill(1000) > 0) {
    }
    storage::TemporaryFolder folder;
    auto store = publish::Store::open(folder.path() / "pages");
    auto publisher = publish::Publisher::open(folder.path() / "live");
    auto repository = storage::Repository::open(world.repository.path());
    ASSERT_TRUE(store && publisher && repository);
    pipeline::Pipeline scratch(*repository, **store, **publisher, world.clock, {});
    ASSERT_TRUE(scratch.publish_head("main"));
    EXPECT_EQ(pages_of(world.publisher->live()->manifest),
              pages_of((*publisher)->live()->manifest));
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> notes;
  World world;
  HeadFollower follower;
  BranchWatch watch;
};

struct Deed {
  const char* what;
  std::function<void(World&)> before;  // while nobody watches
  std::function<void(World&)> deed;
};

void forget_all_but_branches(TestRepository& repository) {
  repository.git({"reflog", "expire", "--expire=all", "--all"});
  repository.git({"-c", "gc.cruftPacks=false", "gc", "-q", "--prune=now"});
}

std::vector<Deed> deeds_with_references() {
  return {
      {"a commit",
       nullptr,
       [](World& world) {
         world.repository.commit({{"about.md", about("By hand.")}});
       }},
      {"the branch moved back",
       [](World& world) {
         world.repository.commit({{"new.md", about("New.")}});
       },
       [](World& world) {
         world.repository.git({"update-ref", "refs/heads/main", "main~1"});
       }},
      {"another history",
       nullptr,
       [](World& world) {
         world.repository.commit({{"index.html", "---\n---\nAll else.\n"}}, {}, "other");
         world.repository.git({"branch", "-f", "main", "other"});
       }},
      {"packed references",
       [](World& world) {
         world.repository.git({"pack-refs", "--all"});
       },
       [](World& world) {
         world.repository.commit({{"about.md", about("Unpacked.")}});
         world.repository.git({"pack-refs", "--all"});
       }},
      {"a fetch into it",
       nullptr,
       [](World& world) {
         TestRepository other;
         other.git({"fetch", "-q", world.repository.path().string(), "main:main"});
         other.commit({{"about.md", about("Fetched.")}});
         world.repository.git({"fetch", "-q", other.path().string(), "main:main"});
       }},
      {"deleted, and there again",
       nullptr,
       [](World& world) {
         world.repository.git({"branch", "kept", "main"});
         world.repository.git({"update-ref", "-d", "refs/heads/main"});
         world.repository.git({"branch", "main", "kept"});
         world.repository.commit({{"about.md", about("Back.")}});
       }},
  };
}

std::vector<Deed> deeds_with_objects() {
  return {
      {"gc",
       [](World& world) {
         for (int i = 0; i < 5; ++i) {
           world.repository.commit({{"about.md", about(std::to_string(i))}});
         }
       },
       [](World& world) {
         forget_all_but_branches(world.repository);
         world.repository.commit({{"about.md", about("After gc.")}});
       }},
      {"repacked twice",
       nullptr,
       [](World& world) {
         world.repository.git({"repack", "-q", "-a", "-d", "-f"});
         world.repository.commit({{"about.md", about("After repack.")}});
         world.repository.git({"repack", "-q", "-a", "-d", "-f"});
       }},
      {"what is live, pruned",
       [](World& world) {
         world.repository.commit({{"about.md", about("Gone.")}, {"gone.md", about("Gone.")}});
       },
       [](World& world) {
         world.repository.git({"update-ref", "refs/heads/main", "main~1"});
         forget_all_but_branches(world.repository);
       }},
      {"objects of another repository",
       nullptr,
       [](World& world) {
         fs::path other = world.state.path() / "other.git";
         fs::copy(world.repository.path(), other, fs::copy_options::recursive);
         fs::path where = world.repository.path() / "objects" / "info" / "alternates";
         fs::create_directories(where.parent_path());
         std::ofstream(where) << (other / "objects").string() << "\n";
         std::string blob = world.repository.git(
             {"--git-dir=" + other.string(), "hash-object", "-w", "--stdin"}, about("Lent."));
         world.repository.git({"--git-dir=" + other.string(), "read-tree", "main"});
         world.repository.git({"--git-dir=" + other.string(),
                               "update-index",
                               "--add",
                               "--cacheinfo",
                               "100644," + blob.substr(0, 40) + ",about.md"});
         std::string tree = world.repository.git({"--git-dir=" + other.string(), "write-tree"});
         std::string commit = world.repository.git({"--git-dir=" + other.string(),
                                                    "commit-tree",
                                                    "-p",
                                                    "main",
                                                    "-m",
                                                    "lent",
                                                    tree.substr(0, 40)});
         world.repository.git({"update-ref", "refs/heads/main", commit.substr(0, 40)});
       }},
  };
}

// An older state of the whole folder, put in its place; and one commit on top of it.
std::vector<Deed> deeds_with_the_folder() {
  auto backup = [](World& world) { return world.state.path() / "backup.git"; };
  auto away = [](World& world) { return world.state.path() / "away.git"; };
  return {
      {"a backup, put back",
       [backup](World& world) {
         fs::copy(world.repository.path(), backup(world), fs::copy_options::recursive);
         world.repository.commit({{"about.md", about("Newer.")}, {"newer.md", about("Newer.")}});
       },
       [backup](World& world) {
         fs::remove_all(world.repository.path());
         fs::rename(backup(world), world.repository.path());
         world.repository.commit({{"about.md", about("After the backup.")}});
       }},
      {"moved away, and back",
       nullptr,
       [away](World& world) {
         fs::path place = world.repository.path();
         fs::rename(place, away(world));
         EXPECT_THAT(world.page("/about/"), HasSubstr("About us."));
         fs::rename(away(world), place);
         world.repository.commit({{"about.md", about("Back again.")}});
       }},
  };
}

class BehindItsBack : public testing::Test {
 protected:
  // While the server runs.
  void run(const std::vector<Deed>& deeds) {
    for (const Deed& deed : deeds) {
      SCOPED_TRACE(deed.what);
      Watched watched;
      if (deed.before) {
        deed.before(watched.world);
        watched.wait_until_live();
      }
      auto before = watched.world.repository.repository().head_of("main");
      deed.deed(watched.world);
      ASSERT_NE(watched.world.repository.repository().head_of("main").value(), before.value());
      watched.wait_until_live();
      EXPECT_TRUE(watched.follower.follow());
      watched.expect_as_from_nothing();
      // And the API goes on from there.
      std::string patch = R"({"body": "By the API.\n"})";
      if (watched.world.repository.try_git({"cat-file", "-e", "main:about.md"}).exit_code == 0) {
        EXPECT_EQ(watched.world.patch("/pages/about", patch).status, 200);
        watched.expect_as_from_nothing();
      }
      EXPECT_EQ(watched.world.repository.fsck(), "");
    }
  }
};

TEST_F(BehindItsBack, ReferencesMove) { run(deeds_with_references()); }
TEST_F(BehindItsBack, ObjectsMove) { run(deeds_with_objects()); }
TEST_F(BehindItsBack, TheFolderItselfMoves) { run(deeds_with_the_folder()); }

TEST_F(BehindItsBack, ABranchThatIsGoneIsToldAndNothingIsWrittenUntilItIsBack) {
  Watched watched;
  World& world = watched.world;
  std::string head = world.head();
  world.repository.git({"update-ref", "-d", "refs/heads/main"});
  watched.wait_for_note("no commit");
  EXPECT_THAT(world.page("/about/"), HasSubstr("About us."));
  // A first commit on the empty branch would be a site of one file.
  Told made = world.api({.method = "POST",
                         .target = "/posts",
                         .body = R"({"front_matter": {"title": "New"}, "body": "x"})"});
  EXPECT_GE(made.status, 400);
  EXPECT_EQ(world.repository.try_git({"rev-parse", "--verify", "-q", "main"}).exit_code, 1);
  EXPECT_NE(watched.follower.trouble(), "");
  world.repository.git({"update-ref", "refs/heads/main", head.substr(0, 40)});
  ASSERT_TRUE(watched.follower.follow());
  EXPECT_EQ(watched.follower.trouble(), "");
  EXPECT_EQ(world.patch("/pages/about", R"({"body": "x"})").status, 200);
  watched.expect_as_from_nothing();
}

TEST_F(BehindItsBack, AnotherHeadIsToldAndChangesNothing) {
  Watched watched;
  watched.world.repository.commit({{"a.md", "x"}}, {}, "other");
  watched.world.repository.git({"symbolic-ref", "HEAD", "refs/heads/other"});
  watched.wait_for_note("HEAD names 'other' now");
  watched.world.repository.commit({{"about.md", about("Still served.")}});
  watched.wait_until_live();
  EXPECT_THAT(watched.world.page("/about/"), HasSubstr("Still served."));
  watched.expect_as_from_nothing();
}

}  // namespace
}  // namespace stet::hooks
