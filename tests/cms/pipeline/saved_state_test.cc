#include "cms/pipeline/saved_state.h"

#include <gtest/gtest.h>

#include "storage/base/durable_file.h"
#include "tests/cms/publish/scratch.h"

namespace stet::pipeline {
namespace {

using Nodes = std::map<std::string, SavedNode>;

constexpr std::uint64_t kAnyNumber = 1'000'000;
constexpr std::uint64_t kNever = ~std::uint64_t{0};

// A process that keeps what `nodes` say.
class Process {
 public:
  Process(const std::filesystem::path& folder, std::uint64_t rewrite_bytes_min = kNever)
      : state_({.folder = folder,
                .settings = fingerprint("settings"),
                .rewrite_bytes_min = rewrite_bytes_min,
                .note = [this](std::string_view note) { notes.emplace_back(note); }},
               names_) {}

  SavedNode page(int serial) {
    SavedNode node;
    node.has_reads = true;
    std::string path = "_posts/" + std::to_string(serial) + ".md";
    node.reads.keys.push_back({reads::Kind::kField, id("_layouts/a.html"), id("layout")});
    node.reads.keys.push_back({reads::Kind::kField, id(path), id("title")});
    node.reads.keys.push_back({reads::Kind::kFile, id("_includes/a.html")});
    std::sort(node.reads.keys.begin(), node.reads.keys.end());
    node.reads.spans.push_back({id("site.posts"), 1, static_cast<std::uint32_t>(serial + 2)});
    node.reasons = {"reads title of " + path};
    return node;
  }

  void save(std::uint64_t number, const Nodes& touched, const Nodes& all, bool is_whole = false) {
    SavedMark mark{number, CommitId(), Instant{static_cast<std::int64_t>(number)}};
    const Nodes& said = is_whole ? all : touched;
    std::vector<dirty::NodeId> ids;
    for (const auto& [name, node] : said) ids.push_back(id(name));
    auto look_at = [&](dirty::NodeId node) { return said.at(std::string(names_.name_of(node))); };
    SavedInstants instants = {{"date:%Y", "2020"}, {"date:%S", std::to_string(number)}};
    Status saved = is_whole ? state_.save_whole(mark, ids, look_at, instants, {})
                            : state_.save(mark, ids, look_at, instants, {});
    ASSERT_TRUE(saved) << saved.error().message;
  }

  // What is there, by name.
  Nodes load(std::uint64_t newest = kAnyNumber) {
    auto site = state_.load(newest, notes);
    EXPECT_TRUE(site) << site.error().message;
    mark = site->mark;
    instants = site->instants;
    Nodes nodes;
    for (auto& [node, saved] : site->nodes) nodes[std::string(names_.name_of(node))] = saved;
    return nodes;
  }

  reads::NameId id(std::string_view name) { return names_.id_of(name); }
  SavedState& state() { return state_; }

  std::vector<std::string> notes;
  SavedMark mark;
  SavedInstants instants;

 private:
  reads::Names names_;
  SavedState state_;
};

// The same nodes, as a process with other numbers for names has them.
Nodes pages(Process& process, int count) {
  Nodes nodes;
  for (int i = 0; i < count; ++i) nodes["page:" + std::to_string(i)] = process.page(i);
  return nodes;
}

class SavedStateTest : public testing::Test {
 protected:
  std::uint64_t file_bytes() const { return std::filesystem::file_size(scratch_.path() / "state"); }
  publish::Scratch scratch_;
};

TEST_F(SavedStateTest, AnotherProcessKnowsWhatOneHasSaved) {
  {
    Process process(scratch_.path());
    EXPECT_TRUE(process.load().empty());
    EXPECT_TRUE(process.notes.empty());
    Nodes all = pages(process, 20);
    all["page:3"].is_stale = true;
    all["page:4"].problems = {{Severity::kWarning, "a.md", 3, 4, "wrong"}};
    all["content:a.md"].has_reads = true;
    all["content:a.md"].value = fingerprint("html");
    process.save(1, {}, all, true);
    Nodes touched = {{"page:5", process.page(50)}, {"page:6", SavedNode()}};
    touched["page:7"].keeps_reads = true;
    touched["page:7"].is_stale = true;
    process.save(2, touched, all);
  }
  Process next(scratch_.path());
  next.id("names");  // have other numbers now
  next.id("title");
  Nodes all = pages(next, 20);
  all["page:3"].is_stale = true;
  all["page:4"].problems = {{Severity::kWarning, "a.md", 3, 4, "wrong"}};
  all["content:a.md"].has_reads = true;
  all["content:a.md"].value = fingerprint("html");
  all["page:5"] = next.page(50);
  all.erase("page:6");
  all["page:7"].is_stale = true;
  all["page:7"].reasons.clear();
  EXPECT_EQ(next.load(), all);
  EXPECT_EQ(next.mark.number, 2u);
  EXPECT_EQ(next.instants, (SavedInstants{{"date:%Y", "2020"}, {"date:%S", "2"}}));
  EXPECT_TRUE(next.notes.empty());
}

TEST_F(SavedStateTest, ARecordIsSizedByWhatWasTouched) {
  for (int count : {10, 1000}) {
    Process process(scratch_.path());
    Nodes all = pages(process, count);
    process.save(1, {}, all, true);
    std::uint64_t before = file_bytes();
    process.save(2, {{"page:5", process.page(5)}}, all);
    EXPECT_LT(file_bytes() - before, 120u) << count;
  }
}

TEST_F(SavedStateTest, ALaterProcessGoesOnWithTheSameLog) {
  {
    Process process(scratch_.path());
    process.save(1, {}, pages(process, 100), true);
  }
  std::uint64_t before = file_bytes();
  {
    Process process(scratch_.path());
    Nodes all = process.load();
    process.save(2, {{"page:5", process.page(500)}}, all);
    EXPECT_LT(file_bytes() - before, 200u);  // it knows the names that are in it
  }
  Process next(scratch_.path());
  Nodes all = pages(next, 100);
  all["page:5"] = next.page(500);
  EXPECT_EQ(next.load(), all);
}

TEST_F(SavedStateTest, PublicationsThatTheJournalDoesNotHaveAreCut) {
  {
    Process process(scratch_.path());
    Nodes all = pages(process, 3);
    process.save(7, {}, all, true);
    process.save(8, {{"page:1", process.page(10)}}, all);
    process.save(9, {{"page:2", process.page(20)}}, all);
  }
  Process next(scratch_.path());
  Nodes all = pages(next, 3);
  all["page:1"] = next.page(10);
  EXPECT_EQ(next.load(8), all);
  EXPECT_EQ(next.notes.size(), 1u);
  Process after(scratch_.path());
  EXPECT_EQ(after.load().size(), 3u);
  EXPECT_EQ(after.mark.number, 8u);
}

TEST_F(SavedStateTest, OtherSettingsHaveAnotherLog) {
  {
    Process process(scratch_.path());
    process.save(1, {}, pages(process, 3), true);
  }
  reads::Names names;
  SavedState::Options options;
  options.folder = scratch_.path();
  options.settings = fingerprint("others");
  SavedState other(options, names);
  std::vector<std::string> notices;
  auto site = other.load(kAnyNumber, notices);
  ASSERT_TRUE(site);
  EXPECT_TRUE(site->nodes.empty());
  EXPECT_EQ(site->mark.number, 0u);
  EXPECT_EQ(notices.size(), 1u);
  auto nothing = [](dirty::NodeId) { return SavedNode(); };
  EXPECT_EQ(other.save({}, {}, nothing, {}, {}).error().code, ErrorCode::kUnavailable);
}

TEST_F(SavedStateTest, ALogThatHasDoubledIsWrittenAnewWhileItGrows) {
  constexpr int kPages = 50;
  constexpr int kPublications = 2000;
  {
    Process process(scratch_.path(), 4096);
    Nodes all = pages(process, kPages);
    process.save(1, {}, all, true);
    for (int i = 0; i < kPublications; ++i) {
      std::string name = "page:" + std::to_string(i % kPages);
      process.save(static_cast<std::uint64_t>(i + 2), {{name, process.page(i)}}, all);
    }
    process.state().wait();
    EXPECT_TRUE(process.notes.empty());
    EXPECT_LT(process.state().bytes(), 200'000u);
    EXPECT_EQ(process.state().bytes(), file_bytes());
    process.save(kPublications + 2, {{"page:0", process.page(7777)}}, all);
  }
  Process next(scratch_.path());
  Nodes all;
  for (int i = kPublications - kPages; i < kPublications; ++i) {
    all["page:" + std::to_string(i % kPages)] = next.page(i);
  }
  all["page:0"] = next.page(7777);
  EXPECT_EQ(next.load(), all);
  EXPECT_EQ(next.mark.number, std::uint64_t{kPublications + 2});
}

}  // namespace
}  // namespace stet::pipeline
