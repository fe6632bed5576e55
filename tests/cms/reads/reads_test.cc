#include "cms/reads/reads.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <thread>

namespace stet::reads {
namespace {

TEST(Key, HoldsItsParts) {
  for (NameId subject : {0u, 1u, 0xffffffffu}) {
    for (NameId field : {0u, 7u, 0xfffffffu}) {
      Key key(Kind::kOutput, subject, field);
      EXPECT_EQ(key.kind(), Kind::kOutput);
      EXPECT_EQ(key.subject(), subject);
      EXPECT_EQ(key.field(), field);
    }
  }
}

TEST(Recorder, KeepsEachReadOnceInOrder) {
  Recorder recorder;
  Key a(Kind::kField, 1, 1), b(Kind::kField, 1, 2), c(Kind::kFile, 1);
  for (Key key : {c, a, b, a, a, c}) recorder.add(key);
  EXPECT_EQ(recorder.take(), (Reads{{a, b, c}, {}}));
  EXPECT_EQ(recorder.take(), Reads());
}

TEST(Recorder, JoinsSpansThatOverlapOrTouch) {
  struct {
    std::vector<Span> added, taken;
  } cases[] = {
      {{{1, 0, 1}, {1, 1, 2}, {1, 2, 3}}, {{1, 0, 3}}},
      {{{1, 2, 3}, {1, 0, 1}}, {{1, 0, 1}, {1, 2, 3}}},
      {{{1, 2, 3}, {1, 0, 1}, {1, 1, 2}}, {{1, 0, 3}}},
      {{{1, 0, 9}, {1, 2, 3}}, {{1, 0, 9}}},
      {{{1, 0, 1}, {2, 1, 2}, {1, 1, 2}}, {{1, 0, 2}, {2, 1, 2}}},
      {{{1, 5, 6}, {1, 0, 9}}, {{1, 0, 9}}},
  };
  for (const auto& c : cases) {
    Recorder recorder;
    for (Span span : c.added) recorder.add_span(span);
    EXPECT_EQ(recorder.take().spans, c.taken);
  }
}

// However many reads there are, what is taken is the set of them.
RC_GTEST_PROP(Recorder, TakesTheSetOfAllThatWasAdded, ()) {
  Recorder recorder;
  std::set<Key> keys;
  std::set<std::pair<NameId, std::uint32_t>> positions;
  auto rounds = *rc::gen::inRange(0, 40);
  auto stride = *rc::gen::inRange(1u, 2000u);
  for (int round = 0; round < rounds; ++round) {
    // Enough in all to be compacted several times.
    for (std::uint32_t i = 0; i < 1000; ++i) {
      Key key(Kind::kField, i * stride % 5000, static_cast<NameId>(round % 3));
      recorder.add(key);
      keys.insert(key);
      std::uint32_t position = i * stride % 3000;
      recorder.add_position(static_cast<NameId>(round % 2), position);
      positions.emplace(round % 2, position);
    }
  }
  Reads reads = recorder.take();
  RC_ASSERT(reads.keys == std::vector<Key>(keys.begin(), keys.end()));
  std::set<std::pair<NameId, std::uint32_t>> covered;
  const Span* last = nullptr;
  for (const Span& span : reads.spans) {
    RC_ASSERT(span.begin < span.end);
    if (last && last->list == span.list) RC_ASSERT(last->end < span.begin);
    for (std::uint32_t i = span.begin; i < span.end; ++i) covered.emplace(span.list, i);
    last = &span;
  }
  RC_ASSERT(covered == positions);
}

// A template chooses what it reads: here always one span more than was there when they were joined.
TEST(Recorder, SortsItsSpansNowAndThenAndNotAtEachRead) {
  constexpr NameId kList = 5;
  constexpr std::uint32_t kSpans = 4095, kReads = 500'000;
  Recorder recorder;
  for (std::uint32_t i = 0; i < kSpans; ++i) recorder.add_position(kList, i * 2);
  for (std::uint32_t i = 0; i < kReads; ++i) recorder.add_position(kList, i * 7 % kSpans * 2);
  EXPECT_EQ(recorder.take().spans.size(), kSpans);
}

TEST(Recorder, AddsWhatAnotherHasTaken) {
  Recorder recorder;
  recorder.add(Key(Kind::kFile, 1));
  recorder.add_position(5, 0);
  Reads inner{{Key(Kind::kFile, 1), Key(Kind::kFile, 2)}, {{5, 1, 3}}};
  recorder.add(inner);
  EXPECT_EQ(recorder.take(), (Reads{{Key(Kind::kFile, 1), Key(Kind::kFile, 2)}, {{5, 0, 3}}}));
}

TEST(Names, ANumberIsANamesForEver) {
  Names names;
  NameId a = names.id_of("a");
  EXPECT_EQ(names.find("b"), std::nullopt);
  std::string_view text = names.name_of(a);
  for (int i = 0; i < 10'000; ++i) names.id_of(std::to_string(i));
  EXPECT_EQ(names.id_of("a"), a);
  EXPECT_EQ(text, "a");
  EXPECT_EQ(names.name_of(names.id_of("9999")), "9999");
  EXPECT_EQ(names.name_of(names.id_of("")), "");
}

TEST(Names, OfManyThreadsAgree) {
  Names names;
  std::vector<std::vector<NameId>> seen(4, std::vector<NameId>(500));
  std::vector<std::thread> threads;
  for (auto& own : seen) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < own.size(); ++i) own[i] = names.id_of(std::to_string(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < seen[0].size(); ++i) {
    EXPECT_EQ(names.name_of(seen[0][i]), std::to_string(i));
    for (const auto& own : seen) EXPECT_EQ(own[i], seen[0][i]);
  }
}

TEST(Describe, SaysWhatWasRead) {
  Names names;
  NameId path = names.id_of("_posts/x.md"), title = names.id_of("title");
  NameId content = names.id_of("content"), posts = names.id_of("site.posts"),
         none = names.id_of("");
  struct {
    Key key;
    std::string text;
  } cases[] = {
      {{Kind::kField, path, title}, "title of _posts/x.md"},
      {{Kind::kLength, posts}, "length of site.posts"},
      {{Kind::kData, none, title}, "data title"},
      {{Kind::kConfig, none, title}, "configuration title"},
      {{Kind::kFile, path}, "file _posts/x.md"},
      {{Kind::kInstant, none}, "the instant"},
      {{Kind::kInstant, title}, "the instant as title"},
      {{Kind::kRendition, path, content}, "content of _posts/x.md, rendered"},
      {{Kind::kOutput, path}, "source of _posts/x.md"},
  };
  for (const auto& c : cases) EXPECT_EQ(describe(c.key, names), c.text);
  EXPECT_EQ(describe(Span{posts, 0, 1}, names), "position 0 of site.posts");
  EXPECT_EQ(describe(Span{posts, 0, 5}, names), "positions 0 to 4 of site.posts");
}

}  // namespace
}  // namespace stet::reads
