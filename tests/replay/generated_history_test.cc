// Histories drawn at random, with branches that are merged, replayed: nothing differs.

#include "tests/cms/pipeline/random_site.h"
#include "tests/cms/sass/worker_place.h"
#include "tests/replay/replay.h"
#include "tests/storage/git/test_repository.h"

namespace stet::replay {
namespace {

using pipeline::LiveSite;
using Files = LiveSite::Files;

// A repository whose branches grow by random edits, and merge.
class History {
 public:
  explicit History(std::uint32_t seed) : seed_(seed) {
    Files start = pipeline::random_start();
    pipeline::carry_out(start, known_["main"]);
    commit("main", start);
  }

  void grow(std::size_t commits) {
    for (std::size_t i = 0; i < commits; ++i) {
      std::uint32_t number = seed_ * 7919 + static_cast<std::uint32_t>(i) * 31;
      repository_.skip_seconds(pipeline::random_seconds(number));
      if (i % 8 == 3) {
        begin_topic();
      } else if (i % 8 == 7) {
        merge_topic();
      } else {
        edit(is_topic_open_ && i % 2 == 0 ? "topic" : "main", number);
      }
    }
    if (is_topic_open_) merge_topic();
  }

  const storage::Repository& repository() const { return repository_.repository(); }
  CommitId head() const { return heads_.at("main"); }
  const std::filesystem::path& folder() const { return repository_.folder(); }

 private:
  void commit(const std::string& branch, const Files& files) {
    storage::TestRepository::Files written;
    std::vector<std::string> deleted;
    for (const auto& [path, content] : files) {
      if (content) {
        written[path] = *content;
      } else {
        deleted.push_back(path);
      }
    }
    heads_.insert_or_assign(branch, repository_.commit(written, deleted, branch));
  }

  void edit(const std::string& branch, std::uint32_t number) {
    Files files = pipeline::random_edit(number, known_[branch]);
    pipeline::carry_out(files, known_[branch]);
    commit(branch, files);
    if (branch == "topic") topic_.push_back(std::move(files));
  }

  void begin_topic() {
    repository_.git({"branch", "-f", "topic", "main"});
    known_["topic"] = known_["main"];
    heads_.insert_or_assign("topic", head());
    topic_.clear();
    is_topic_open_ = true;
  }

  // What the topic did is done again on top of the branch, and its result is the merge's.
  void merge_topic() {
    is_topic_open_ = false;
    Files files;
    for (const Files& edit : topic_) {
      for (const auto& [path, content] : edit) {
        if (content || known_["main"].contains(path)) files[path] = content;
      }
    }
    pipeline::carry_out(files, known_["main"]);
    repository_.git({"branch", "-f", "merged", "main"});
    commit("merged", files);
    std::string tree = repository_.git({"rev-parse", "refs/heads/merged^{tree}"});
    tree.erase(tree.find('\n'));
    heads_.insert_or_assign("main",
                            repository_.commit_merge(tree, {head(), heads_.at("topic")}, "main"));
  }

  const std::uint32_t seed_;
  storage::TestRepository repository_;
  std::map<std::string, Files> known_;
  std::map<std::string, CommitId> heads_;
  std::vector<Files> topic_;  // the edits since it began
  bool is_topic_open_ = false;
};

class GeneratedHistory : public testing::TestWithParam<std::uint32_t> {};

TEST_P(GeneratedHistory, IsLiveAsBuildsFromNothingHaveIt) {
  History history(GetParam());
  history.grow(16);
  ReplayOptions options;
  options.sheets = std::make_shared<sass::Compiler>(sass::test_options());
  for (Walk walk : {Walk::kFirstParents, Walk::kEveryCommit}) {
    options.walk = walk;
    options.eager_pages_max = walk == Walk::kFirstParents ? 64 : 2;
    auto folder = history.folder() / std::to_string(static_cast<int>(walk));
    std::filesystem::create_directory(folder);
    auto report =
        replay(history.repository(), history.head(), folder, options, [&](const Step& step) {
          for (const Difference& difference : step.found) {
            ADD_FAILURE() << step.number << ": " << describe(difference);
          }
        });
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->compared, report->commits);
    EXPECT_GE(report->commits, walk == Walk::kFirstParents ? 10U : 15U);
  }
}

INSTANTIATE_TEST_SUITE_P(Some, GeneratedHistory, testing::Range(1U, 4U));

}  // namespace
}  // namespace stet::replay
