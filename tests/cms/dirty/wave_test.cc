#include "cms/dirty/wave.h"

#include <gmock/gmock.h>

namespace stet::dirty {
namespace {

using reads::Key;
using reads::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

// Renditions "content:x", each made again into what the test says.
class PlayedRenditions final : public Wave::Renditions {
 public:
  explicit PlayedRenditions(reads::Names& names) : names_(names) {}

  bool is_rendition(NodeId node) const override {
    return names_.name_of(node).starts_with("content:");
  }
  void invalidate(NodeId node) override { log.push_back("drop " + name(node)); }
  void remake(const std::vector<NodeId>& nodes) override {
    for (NodeId node : nodes) log.push_back("make " + name(node));
  }
  std::optional<Key> changed(NodeId node) override {
    if (!changing.contains(name(node))) return std::nullopt;
    return Key(Kind::kRendition, names_.id_of(name(node).substr(8)), names_.id_of("content"));
  }

  std::set<std::string> changing;
  std::vector<std::string> log;

 private:
  std::string name(NodeId node) const { return std::string(names_.name_of(node)); }
  reads::Names& names_;
};

class WaveTest : public testing::Test {
 protected:
  Key field(const std::string& path, const std::string& name) {
    return Key(Kind::kField, names_.id_of(path), names_.id_of(name));
  }
  Key content(const std::string& path) {
    return Key(Kind::kRendition, names_.id_of(path), names_.id_of("content"));
  }
  void reads(const std::string& node, std::vector<Key> keys, std::vector<reads::Span> spans = {}) {
    std::sort(keys.begin(), keys.end());
    graph_.set_reads(names_.id_of(node), {std::move(keys), std::move(spans)});
  }
  std::map<std::string, Reasons> spread(const site::Changes& changes) {
    Wave wave(graph_, names_, renditions_);
    wave.spread(changes);
    std::map<std::string, Reasons> pages;
    for (const auto& [node, reasons] : wave.pages()) {
      pages[std::string(names_.name_of(node))] = reasons;
    }
    return pages;
  }

  reads::Names names_;
  Graph graph_;
  PlayedRenditions renditions_{names_};
};

TEST_F(WaveTest, DirtiesWhoReadWhatChangedAndSaysWhy) {
  reads("page:a", {field("p.md", "title")});
  reads("page:b", {field("p.md", "date")});
  reads("page:c", {}, {{names_.id_of("site.posts"), 0, 5}});
  auto pages = spread(
      {{{field("p.md", "title"), "p.md"}}, {{{names_.id_of("site.posts"), 4, 6}, "q.md"}}, {}});
  ASSERT_EQ(pages.size(), 2u);
  EXPECT_THAT(pages["page:a"], ElementsAre("reads title of p.md: p.md changed"));
  EXPECT_THAT(pages["page:c"], ElementsAre("reads positions 4 to 5 of site.posts: q.md changed"));
}

TEST_F(WaveTest, EqualValuesStopIt) {
  reads("content:p", {field("p.md", "#body")});
  reads("page:p", {content("p")});
  EXPECT_THAT(spread({{{field("p.md", "#body"), "p.md"}}, {}, {}}), IsEmpty());
  EXPECT_THAT(renditions_.log, ElementsAre("drop content:p", "make content:p"));
  renditions_.changing = {"content:p"};
  auto pages = spread({{{field("p.md", "#body"), "p.md"}}, {}, {}});
  EXPECT_THAT(pages["page:p"],
              ElementsAre("reads content of p, rendered, which reads #body of p.md: p.md changed"));
}

TEST_F(WaveTest, RunsThroughRenditionsThatReadRenditions) {
  reads("content:a", {field("a", "#body")});
  reads("content:b", {content("a")});
  reads("content:c", {content("b")});
  reads("page:c", {content("c")});
  renditions_.changing = {"content:a", "content:b"};
  EXPECT_THAT(spread({{{field("a", "#body"), "a"}}, {}, {}}), IsEmpty());
  EXPECT_THAT(renditions_.log,
              ElementsAre("drop content:a",
                          "make content:a",
                          "drop content:b",
                          "make content:b",
                          "drop content:c",
                          "make content:c"));
  renditions_.changing.insert("content:c");
  EXPECT_EQ(spread({{{field("a", "#body"), "a"}}, {}, {}}).size(), 1u);
}

TEST_F(WaveTest, ARoundIsDroppedWholeBeforeAnyIsMadeAgain) {
  reads("content:a", {field("x", "t")});
  reads("content:b", {field("x", "t"), content("a")});
  spread({{{field("x", "t"), "x"}}, {}, {}});
  EXPECT_THAT(renditions_.log,
              ElementsAre("drop content:a", "drop content:b", "make content:a", "make content:b"));
}

TEST_F(WaveTest, WhatWasMadeInARoundIsNotMadeAgainForAnotherOfIt) {
  reads("content:a", {field("x", "t")});
  reads("content:b", {field("x", "t"), content("a")});
  reads("content:c", {content("b")});
  reads("page:b", {content("b")});
  renditions_.changing = {"content:a", "content:b"};
  EXPECT_EQ(spread({{{field("x", "t"), "x"}}, {}, {}}).size(), 1u);
  EXPECT_THAT(renditions_.log,
              ElementsAre("drop content:a",
                          "drop content:b",
                          "make content:a",
                          "make content:b",
                          "drop content:c",
                          "make content:c"));
}

TEST_F(WaveTest, TellsAFewReasonsEachOnce) {
  std::vector<Key> keys;
  site::Changes changes;
  for (int i = 0; i < 20; ++i) {
    keys.push_back(field("p.md", "f" + std::to_string(i)));
    changes.keys.push_back({keys.back(), "p.md"});
    changes.keys.push_back({keys.back(), "p.md"});
  }
  reads("page:a", keys);
  auto reasons = spread(changes)["page:a"];
  EXPECT_EQ(reasons.size(), kReasonsMax);
  EXPECT_EQ(std::set<std::string>(reasons.begin(), reasons.end()).size(), kReasonsMax);
}

TEST_F(WaveTest, PagesMayBeAddedByHand) {
  Wave wave(graph_, names_, renditions_);
  wave.add(names_.id_of("page:new"), "is new");
  EXPECT_THAT(wave.pages().begin()->second, ElementsAre("is new"));
}

}  // namespace
}  // namespace stet::dirty
