// A disk that takes no more: what was live stays, and what could not be published is made up for.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

// No file grows beyond so many bytes.
class FullDisk {
 public:
  explicit FullDisk(std::uint64_t bytes_max) : old_handler_(::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit tight{bytes_max, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, old_handler_);
  }

 private:
  sighandler_t old_handler_;
  rlimit before_;
};

LiveSite::Files files() {
  return {{"_layouts/base.html", "{{ page.title }}{{ content }}"},
          {"_posts/2020-01-01-a.md", "---\nlayout: base\ntitle: A\n---\na"},
          {"_posts/2020-01-02-b.md", "---\nlayout: base\ntitle: B\n---\nb"},
          {"gone.html", "---\n---\ngone"},
          {"index.html", "---\n---\n{% for p in site.posts %}{{ p.title }}{% endfor %}"}};
}

const LiveSite::Files kEdit = {{"_posts/2020-01-02-b.md", "---\nlayout: base\ntitle: C\n---\nc"},
                               {"_layouts/base.html", "other {{ content }}"},
                               {"gone.html", std::nullopt}};

// With room for a page but not for the journal's next record, and with room for nothing.
class FailedPublication : public testing::TestWithParam<bool> {
 protected:
  void fail(LiveSite& site) {
    CommitId commit = site.commit(kEdit);
    auto live = site.publisher().live();
    std::uint64_t journal_bytes = std::filesystem::file_size(site.live_folder() / "journal");
    {
      FullDisk full(GetParam() ? journal_bytes + 10 : 1);
      EXPECT_FALSE(site.pipeline().publish(commit));
    }
    EXPECT_EQ(site.publisher().live(), live);
  }
};

TEST_P(FailedPublication, IsMadeUpForByTheNextCall) {
  for (std::size_t eager_pages_max : {1, 1000}) {
    LiveSite site(files(), eager_pages_max);
    fail(site);
    site.publish_head();
    ASSERT_TRUE(site.pipeline().fill(100));
    EXPECT_EQ(site.pages(), site.from_nothing());
  }
}

TEST_P(FailedPublication, IsMadeUpForByTheFillingOfPages) {
  LiveSite site(files());
  fail(site);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST_P(FailedPublication, IsMadeUpForByAnotherEdit) {
  LiveSite site(files(), 1);
  fail(site);
  site.edit({{"_posts/2020-01-01-a.md", "---\nlayout: base\ntitle: D\n---\nd"}});
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST_P(FailedPublication, IsMadeUpForByARestart) {
  LiveSite site(files(), 1);
  fail(site);
  site.restart();
  EXPECT_TRUE(site.pipeline().start()->is_warm);
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST_P(FailedPublication, IsNotMixedIntoWhatWasLiveByMendingAPage) {
  LiveSite site(files());
  fail(site);
  auto before = site.publisher().live();
  ASSERT_TRUE(site.pipeline().mend("index.html"));
  EXPECT_EQ(*site.publisher().find(before->number), *before);
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(FullDisk, IsToldByTheFillingOfPages) {
  LiveSite site(files(), 1);
  site.edit(kEdit);
  std::size_t stale = site.publisher().newest()->manifest.stale_count();
  ASSERT_GT(stale, 0u);
  {
    FullDisk full(1);
    EXPECT_FALSE(site.pipeline().fill(100));
  }
  EXPECT_EQ(site.publisher().newest()->manifest.stale_count(), stale);
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

// Cannot open a commit where it is told so.
class UnreadableVersions final : public Versions {
 public:
  UnreadableVersions(const storage::Repository& repository, const bool& is_unreadable)
      : versions_(repository), is_unreadable_(is_unreadable) {}
  Result<std::optional<CommitId>> head(std::string_view branch) const override {
    return versions_.head(branch);
  }
  Result<storage::SnapshotPtr> open(const CommitId& commit) const override {
    if (is_unreadable_) return unavailable("too many files are open");
    return versions_.open(commit);
  }
  Result<storage::Diff> compare(const CommitId& from, const CommitId& to) const override {
    return versions_.compare(from, to);
  }
  Result<storage::LastChanged> last_changed(const storage::LastChanged& before,
                                            const std::optional<CommitId>& from,
                                            const CommitId& to) const override {
    return versions_.last_changed(before, from, to);
  }
  Result<site::ScheduleHistory> schedule(const CommitId& commit) const override {
    return versions_.schedule(commit);
  }

 private:
  const GitVersions versions_;
  const bool& is_unreadable_;
};

TEST(UnreadableCommit, LeavesNoDatesBehindWhereTheBranchGoesAnotherWay) {
  storage::TestRepository repository;
  storage::TemporaryFolder folder;
  auto store = *publish::Store::open(folder.path() / "pages");
  auto publisher = *publish::Publisher::open(folder.path() / "live");
  ManualClock clock{Instant{1'600'000'000}};
  bool is_unreadable = false;
  Pipeline pipeline(std::make_unique<UnreadableVersions>(repository.repository(), is_unreadable),
                    *store,
                    *publisher,
                    clock,
                    {});
  CommitId first = repository.commit({{"a.txt", "1"}, {"b.txt", "1"}});
  ASSERT_TRUE(pipeline.publish_head("main"));
  auto dated = pipeline.site()->last_changed("a.txt");
  ASSERT_TRUE(dated);
  repository.commit({{"a.txt", "2"}});
  is_unreadable = true;
  EXPECT_FALSE(pipeline.publish_head("main"));
  is_unreadable = false;
  repository.git({"update-ref", "refs/heads/main", first.hex()});
  repository.commit({{"b.txt", "2"}});
  ASSERT_TRUE(pipeline.publish_head("main"));
  EXPECT_EQ(pipeline.site()->last_changed("a.txt")->seconds, dated->seconds);
}

INSTANTIATE_TEST_SUITE_P(Disk, FailedPublication, testing::Bool());

}  // namespace
}  // namespace stet::pipeline
