// Stale pages on the way: who renders, who waits, and what is overtaken.

#include "cms/pipeline/freshener.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "cms/pipeline/demand.h"
#include "cms/pipeline/fill_order.h"

namespace stet::pipeline {
namespace {

MadePage made(const std::string& path) {
  MadePage page;
  page.path = path;
  page.stored = publish::Page{content_hash(path), path.size(), "text/html"};
  return page;
}

TEST(Freshener, OnePageIsRenderedOnceHoweverManyAsk) {
  constexpr int kReaders = 4;
  std::atomic<int> renders{0}, asking{0};
  Freshener freshener([&](const site::SitePtr&, const std::string& path) -> Result<MadePage> {
    ++renders;
    while (asking < kReaders) std::this_thread::yield();
    return made(path);
  });
  freshener.prepare({.number = 1});
  freshener.promote();
  auto ground = freshener.current();
  std::vector<std::thread> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] {
      ++asking;
      auto outcome = freshener.freshen(ground, "a");
      EXPECT_TRUE(outcome.page);
      EXPECT_FALSE(outcome.error);
    });
  }
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(renders, 1);
  EXPECT_TRUE(freshener.is_taken(ground, "a"));
  EXPECT_EQ(freshener.take_finished().size(), 1u);
  freshener.forget({"a"});
  EXPECT_FALSE(freshener.is_taken(ground, "a"));
}

TEST(Freshener, WhatANewerPublicationOvertakesIsShownAndNotTakenIn) {
  Freshener* self = nullptr;
  Freshener freshener([&](const site::SitePtr&, const std::string& path) -> Result<MadePage> {
    self->prepare({.number = 2});
    self->promote();
    return made(path);
  });
  self = &freshener;
  freshener.prepare({.number = 1});
  freshener.promote();
  auto outcome = freshener.freshen(freshener.current(), "a");
  EXPECT_TRUE(outcome.page);
  EXPECT_FALSE(freshener.has_finished());
  EXPECT_EQ(freshener.current()->number, 2u);
  EXPECT_EQ(freshener.ground_of(1), nullptr);
}

TEST(Freshener, TheFirstReaderOfAPublicationFindsItsGround) {
  Freshener freshener(
      [](const site::SitePtr&, const std::string& path) -> Result<MadePage> { return made(path); });
  freshener.prepare({.number = 1});
  EXPECT_EQ(freshener.current(), nullptr);
  EXPECT_EQ(freshener.ground_of(1)->number, 1u);
  freshener.prepare({.number = 2});
  freshener.withdraw();
  EXPECT_EQ(freshener.ground_of(2), nullptr);
  EXPECT_EQ(freshener.current()->number, 1u);
}

TEST(Freshener, AnErrorIsToldToThoseWhoWaitAndTheNextOneTriesAgain) {
  int renders = 0;
  Freshener freshener([&](const site::SitePtr&, const std::string& path) -> Result<MadePage> {
    if (++renders == 1) return unavailable("disk full");
    return made(path);
  });
  freshener.prepare({.number = 1});
  freshener.promote();
  EXPECT_EQ(freshener.freshen(freshener.current(), "a").error->message, "disk full");
  EXPECT_TRUE(freshener.freshen(freshener.current(), "a").page);
  EXPECT_EQ(renders, 2);
}

TEST(Demand, CountsWhatIsAskedForAndForgetsIt) {
  Demand demand;
  EXPECT_EQ(demand.of("a"), 0u);
  for (int i = 0; i < 100; ++i) demand.note("a");
  EXPECT_GE(demand.of("a"), 100u);
  std::uint32_t before = demand.of("a");
  for (std::uint32_t i = 0; i < Demand::kNotesPerHalving; ++i) demand.note("b");
  EXPECT_LE(demand.of("a"), before / 2 + 1);
  EXPECT_GT(demand.of("b"), demand.of("a"));
}

TEST(FillOrder, LinksComeFirstThenWhatIsAskedForThenTheRestByPath) {
  publish::Live live;
  live.number = 1;
  for (const char* path : {"a", "b", "c", "d", "fresh"}) {
    auto entry = publish::ManifestEntry::stale(std::nullopt);
    if (std::string_view(path) == "fresh") {
      entry = publish::ManifestEntry::fresh({content_hash("x"), 1, "text/html"});
    }
    live.manifest = live.manifest.set(*publish::OutputPath::parse(path), entry);
  }
  Demand demand;
  demand.note("c");
  FillOrder order;
  using Paths = std::vector<std::string>;
  EXPECT_EQ(order.next(live, {"d"}, demand, 3), (Paths{"d", "c", "a"}));
  order.took(2);
  EXPECT_EQ(order.next(live, {"d"}, demand, 9), (Paths{"a", "b"}));
  order.took(2);
  EXPECT_EQ(order.next(live, {}, demand, 1), (Paths{"c"})) << "those still stale come again";
  live.number = 2;
  demand.note("b");
  demand.note("b");
  EXPECT_EQ(order.next(live, {}, demand, 1), (Paths{"b"}));
}

}  // namespace
}  // namespace stet::pipeline
