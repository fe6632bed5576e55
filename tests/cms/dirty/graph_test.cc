#include "cms/dirty/graph.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace stet::dirty {
namespace {

using reads::Key;
using reads::Kind;
using reads::Reads;
using reads::Span;

std::vector<NodeId> readers(const Graph& graph, Key key) {
  std::vector<NodeId> nodes;
  graph.readers_of(key, [&](NodeId node) { nodes.push_back(node); });
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

std::set<NodeId> readers(const Graph& graph, Span span) {
  std::set<NodeId> nodes;
  graph.readers_of(span, [&](NodeId node) { nodes.insert(node); });
  return nodes;
}

TEST(Graph, ForgetsWhatANodeReadsNoMore) {
  Graph graph;
  Key a(Kind::kField, 1, 1), b(Kind::kField, 1, 2);
  graph.set_reads(10, {{a, b}, {{5, 0, 3}}});
  graph.set_reads(11, {{a}, {{5, 2, 9}}});
  EXPECT_EQ(readers(graph, a), (std::vector<NodeId>{10, 11}));
  EXPECT_EQ(readers(graph, Span{5, 2, 3}), (std::set<NodeId>{10, 11}));
  graph.set_reads(10, {{b}, {}});
  EXPECT_EQ(readers(graph, a), std::vector<NodeId>{11});
  EXPECT_EQ(readers(graph, Span{5, 0, 9}), std::set<NodeId>{11});
  graph.remove(11);
  EXPECT_TRUE(readers(graph, a).empty());
  EXPECT_TRUE(readers(graph, Span{5, 0, 9}).empty());
  EXPECT_EQ(graph.reads_of(11), nullptr);
  ASSERT_NE(graph.reads_of(10), nullptr);
  EXPECT_EQ(graph.reads_of(10)->keys, std::vector<Key>{b});
  EXPECT_EQ(graph.size(), 1u);
  graph.remove(11);
  EXPECT_EQ(graph.size(), 1u);
}

TEST(Graph, SpansThatOnlyTouchAreNotRead) {
  Graph graph;
  graph.set_reads(1, {{}, {{5, 2, 4}}});
  EXPECT_TRUE(readers(graph, Span{5, 0, 2}).empty());
  EXPECT_TRUE(readers(graph, Span{5, 4, 9}).empty());
  EXPECT_TRUE(readers(graph, Span{6, 0, 9}).empty());
  EXPECT_EQ(readers(graph, Span{5, 3, 4}), std::set<NodeId>{1});
  EXPECT_EQ(readers(graph, Span{5, 0, 9}), std::set<NodeId>{1});
}

rc::Gen<Reads> some_reads() {
  return rc::gen::apply(
      [](const std::vector<int>& fields, const std::vector<std::pair<int, int>>& spans) {
        reads::Recorder recorder;
        for (int field : fields) recorder.add(Key(Kind::kField, 1, static_cast<NodeId>(field)));
        for (auto [begin, length] : spans) {
          auto from = static_cast<std::uint32_t>(begin);
          recorder.add_span(
              {static_cast<NodeId>(begin % 2), from, from + static_cast<std::uint32_t>(length)});
        }
        return recorder.take();
      },
      rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8)),
      rc::gen::container<std::vector<std::pair<int, int>>>(
          rc::gen::pair(rc::gen::inRange(0, 12), rc::gen::inRange(1, 5))));
}

// What every page reads, in whatever order pages come, change and go.
RC_GTEST_PROP(Graph, FindsTheReadersOfWhatAllRead, ()) {
  Graph graph;
  std::set<NodeId> known;
  const Key key(Kind::kConfig, 1, 1);
  const NodeId count = *rc::gen::inRange(1u, 9000u), stride = *rc::gen::inRange(1u, 4000u);
  auto check = [&] {
    std::vector<NodeId> seen;
    graph.readers_of(key, [&](NodeId node) { seen.push_back(node); });
    RC_ASSERT(seen == std::vector<NodeId>(known.begin(), known.end()));
  };
  for (NodeId i = 0; i < count; ++i) {
    const NodeId node = i * stride % 9001;
    graph.set_reads(node, {{key}, {}});
    known.insert(node);
  }
  check();
  for (NodeId i = 0; i < count; ++i) {
    const NodeId node = i * 7 % 9001;
    if (i % 3 == 0) graph.remove(node);
    if (i % 3 == 1) graph.set_reads(node, {});
    if (i % 3 == 2) graph.set_reads(node, {{key}, {}});
    i % 3 == 2 ? (void)known.insert(node) : (void)known.erase(node);
  }
  check();
  for (NodeId node = 0; node < 9001; ++node) graph.remove(node);
  known.clear();
  check();
}

std::set<NodeId> asked(const std::map<NodeId, Reads>& known, Span span) {
  std::set<NodeId> nodes;
  for (const auto& [node, reads] : known) {
    for (const Span& own : reads.spans) {
      bool is_read = own.list == span.list && own.begin < span.end && span.begin < own.end;
      if (is_read) nodes.insert(node);
    }
  }
  return nodes;
}

// Against asking every node whether it has read that.
RC_GTEST_PROP(Graph, FindsExactlyTheReaders, ()) {
  Graph graph;
  std::map<NodeId, Reads> known;
  auto steps = *rc::gen::container<std::vector<std::pair<int, bool>>>(
      rc::gen::pair(rc::gen::inRange(0, 6), rc::gen::arbitrary<bool>()));
  for (auto [number, is_set] : steps) {
    auto node = static_cast<NodeId>(number);
    if (is_set) {
      known[node] = *some_reads();
      graph.set_reads(node, known[node]);
    } else {
      known.erase(node);
      graph.remove(node);
    }
  }
  RC_ASSERT(graph.size() == known.size());
  for (NodeId field = 0; field < 8; ++field) {
    Key key(Kind::kField, 1, field);
    std::vector<NodeId> expected;
    for (const auto& [node, reads] : known) {
      if (std::binary_search(reads.keys.begin(), reads.keys.end(), key)) expected.push_back(node);
    }
    RC_ASSERT(readers(graph, key) == expected);
  }
  for (NodeId list : {0, 1}) {
    for (std::uint32_t begin = 0; begin < 16; ++begin) {
      for (std::uint32_t end = begin + 1; end < 18; ++end) {
        RC_ASSERT(readers(graph, Span{list, begin, end}) == asked(known, {list, begin, end}));
      }
    }
  }
}

}  // namespace
}  // namespace stet::dirty
