// Changes that concern many pages: who sees what, and when.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kLayout[] = "_layouts/default.html";

LiveSite::Files wide_site(int pages) {
  LiveSite::Files files = {
      {"_config.yml", "title: Wide\npermalink: /:title.html\n"},
      {kLayout, "<old>{{ content }}"},
      {"index.html", "---\nlayout: default\n---\n{% for p in site.posts %}{{ p.url }}{% endfor %}"},
      {"_posts/2020-01-01-one.md", "---\nlayout: default\ntitle: One\n---\nBody.\n"}};
  for (int i = 0; i < pages; ++i) {
    files["p" + std::to_string(i) + ".html"] = "---\nlayout: default\n---\nPage.\n";
  }
  return files;
}

std::string text(LiveSite& site, std::string_view path) {
  auto page = site.pipeline().freshen(path);
  EXPECT_TRUE(page) << page.error().message;
  auto bytes = page ? site.store().get(page->content) : not_found("");
  return bytes ? **bytes : "";
}

std::set<std::string> stale(LiveSite& site) {
  std::set<std::string> paths;
  for (const auto& [path, bytes] : site.pages()) {
    if (bytes == "(stale)") paths.insert(path);
  }
  return paths;
}

TEST(StalePages, AReaderGetsTheNewPageWhileThePipelineIsLocked) {
  LiveSite* self = nullptr;
  std::string seen;
  LiveSite site(wide_site(3), 1, [&](const News& news) {
    if (!news.published || news.published->stale.empty()) return;
    std::thread([&] { seen = text(*self, "p1.html"); }).join();
  });
  self = &site;
  site.edit({{kLayout, "<new>{{ content }}"}});
  EXPECT_THAT(seen, HasSubstr("<new>"));
  EXPECT_TRUE(stale(site).contains("p1.html")) << "nobody has had the lock to take it in";
  ASSERT_TRUE(site.pipeline().fill(1));
  EXPECT_FALSE(stale(site).contains("p1.html"));
  EXPECT_EQ(site.pipeline().counts().freshened, 2u) << "it was not rendered again";
}

TEST(StalePages, AreFilledInTheOrderOfTheirUse) {
  LiveSite site(wide_site(3), 1);
  site.pipeline().demand().note("p2.html");
  auto published =
      site.edit({{kLayout, "<new>{{ content }}"},
                 {"_posts/2020-01-01-one.md", "---\nlayout: default\ntitle: Uno\n---\nBody.\n"}});
  EXPECT_THAT(rendered_paths(published), ElementsAre("one.html"));
  std::vector<std::string> order;
  for (std::set<std::string> left = stale(site); !left.empty();) {
    ASSERT_TRUE(site.pipeline().fill(1));
    std::set<std::string> now = stale(site);
    ASSERT_LT(now.size(), left.size());
    for (const std::string& path : left) {
      if (!now.contains(path)) order.push_back(path);
    }
    left = now;
  }
  EXPECT_THAT(order, ElementsAre("index.html", "p2.html", "p0.html", "p1.html"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(StalePages, FillingThemIsNoPublication) {
  LiveSite site(wide_site(3), 1);
  auto published = site.edit({{kLayout, "<new>{{ content }}"}});
  ASSERT_TRUE(site.pipeline().fill(1));
  text(site, "p2.html");
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.publisher().live()->number, published->live->number);
  EXPECT_EQ(site.publisher().kept().size(), 2u);
  EXPECT_EQ(site.publisher().live()->manifest.stale_count(), 0u);
}

TEST(StalePages, ThatAReaderHasHadAreNotFilledAgain) {
  LiveSite site(wide_site(3), 1);
  site.edit({{kLayout, "<new>{{ content }}"}});
  ASSERT_TRUE(site.pipeline().fill(1));  // the order is known from here on
  std::size_t left = stale(site).size();
  ASSERT_TRUE(stale(site).contains("p2.html"));
  text(site, "p2.html");
  std::uint64_t freshened = site.pipeline().counts().freshened;
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_TRUE(stale(site).empty());
  EXPECT_EQ(site.pipeline().counts().freshened, freshened + left - 1);
  EXPECT_EQ(site.pipeline().counts().overtaken, 0u) << "one was rendered in vain";
}

TEST(StalePages, StayStaleThroughALaterChangeThatDoesNotConcernThem) {
  LiveSite site(wide_site(3), 1);
  site.edit({{kLayout, "<new>{{ content }}"}});
  site.edit({{"p0.html", "---\nlayout: default\n---\nOther.\n"}});
  EXPECT_EQ(stale(site), (std::set<std::string>{"index.html", "one.html", "p1.html", "p2.html"}));
  EXPECT_THAT(text(site, "p2.html"), HasSubstr("<new>"));
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(StalePages, OneThatBreaksIsShownAsItWas) {
  LiveSite site(wide_site(2), 1);
  site.edit({{kLayout, "<new>{% if %}{{ content }}"}});
  EXPECT_THAT(text(site, "p1.html"), HasSubstr("<old>"));
  EXPECT_THAT(site.pipeline().problems_of("p1.html"), ::testing::Not(IsEmpty()));
}

TEST(StalePages, WhoIsNotThereIsNotFound) {
  LiveSite site(wide_site(1));
  EXPECT_EQ(site.pipeline().freshen("never.html").error().code, ErrorCode::kNotFound);
}

TEST(StalePages, ReadersAndPublicationsAtOnceNeverGoBack) {
  LiveSite site(wide_site(20), 1);
  constexpr int kEdits = 15;
  std::atomic<int> published{0};
  std::atomic<bool> is_over{false};
  std::vector<std::thread> others;
  for (int reader = 0; reader < 2; ++reader) {
    others.emplace_back([&, reader] {
      int last = 0;
      for (int i = reader; !is_over; ++i) {
        int known = published;
        std::string page = text(site, "p" + std::to_string(i % 20) + ".html");
        int seen = page.starts_with("<v") ? std::stoi(page.substr(2)) : 0;
        EXPECT_GE(seen, known) << "older than what was live when it was asked for";
        EXPECT_GE(seen, last) << "older than what this reader has seen";
        last = seen;
      }
    });
  }
  others.emplace_back([&] {
    while (!is_over) EXPECT_TRUE(site.pipeline().fill(4));
  });
  for (int i = 1; i <= kEdits; ++i) {
    site.edit({{kLayout, "<v" + std::to_string(i) + ">{{ content }}"}});
    published = i;
  }
  is_over = true;
  for (std::thread& thread : others) thread.join();
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(PastPages, AreShownAsTheyWereThoughNobodyHadAskedForThem) {
  LiveSite site(wide_site(3), 1);
  auto middle = site.edit({{kLayout, "<middle>{{ content }}"}})->live;
  site.edit({{kLayout, "<new>{{ content }}"}, {"p1.html", std::nullopt}});
  ASSERT_TRUE(middle->manifest.find("p1.html")->is_stale());
  auto page = site.pipeline().page_of_past(middle, "p1.html");
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_THAT(**site.store().get(page->content), HasSubstr("<middle>"));
  EXPECT_FALSE(site.pipeline().page_of_past(middle, "never.html"));
  // Held, it is what readers get.
  ASSERT_TRUE(site.publisher().hold(middle->number, {5}, "Ann"));
  EXPECT_THAT(text(site, "p0.html"), HasSubstr("<middle>"));
  ASSERT_TRUE(site.publisher().release());
  EXPECT_THAT(text(site, "p0.html"), HasSubstr("<new>"));
}

// Two people who look at two of them in turn do not have them built at each look; of many, those
// that were looked at last are there.
TEST(PastPages, OfSeveralPublicationsAreHeldSideBySide) {
  storage::TestRepository repository;
  storage::TemporaryFolder folder;
  auto store = *publish::Store::open(folder.path() / "pages");
  auto publisher = *publish::Publisher::open(folder.path() / "live");
  ManualClock clock{Instant{1'600'000'000}};
  int builds = 0;
  PipelineOptions options;
  options.eager_pages_max = 1;
  options.site.generate = [&](auto&&...) {
    ++builds;
    return site::Generated();
  };
  Pipeline pipeline(repository.repository(), *store, *publisher, clock, options);
  std::vector<publish::LivePointer> past;
  for (int i = 0; i < 8; ++i) {
    repository.commit({{kLayout, "<" + std::to_string(i) + ">{{ content }}"},
                       {"a.html", "---\nlayout: default\n---\n"},
                       {"b.html", "---\nlayout: default\n---\n"}});
    past.push_back((*pipeline.publish_head("main"))->live);
  }
  auto look = [&](std::size_t number, const char* path) {
    auto page = pipeline.page_of_past(past[number], path);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(**store->get(page->content), "<" + std::to_string(number) + ">");
  };
  builds = 0;
  for (int round = 0; round < 5; ++round) {
    for (const char* path : {"a.html", "b.html"}) look(1, path), look(2, path);
  }
  EXPECT_EQ(builds, 2);
  for (std::size_t number : {3, 4, 5}) look(number, "a.html");  // 1 was looked at before 2
  EXPECT_EQ(builds, 5);
  look(2, "b.html");
  EXPECT_EQ(builds, 5);
  look(1, "b.html");
  EXPECT_EQ(builds, 6);
}

TEST(PastPages, AreMadeAgainWhereTheStoreHasTakenThemAway) {
  LiveSite site(wide_site(3), 1);
  auto middle = site.edit({{kLayout, "<middle>{{ content }}"}})->live;
  site.edit({{kLayout, "<new>{{ content }}"}});
  auto content = site.pipeline().page_of_past(middle, "p1.html")->content;
  ASSERT_TRUE(std::filesystem::remove(site.store().path_of(content)));
  auto page = site.pipeline().page_of_past(middle, "p1.html");
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_THAT(**site.store().get(page->content), HasSubstr("<middle>"));
}

TEST(PastPages, ThatAreOfOtherSettingsCostOneBuildAndNotOneAReader) {
  storage::TestRepository repository;
  storage::TemporaryFolder folder;
  auto store = *publish::Store::open(folder.path() / "pages");
  auto publisher = *publish::Publisher::open(folder.path() / "live");
  ManualClock clock{Instant{1'600'000'000}};
  PipelineOptions options;
  options.eager_pages_max = 1;
  {
    Pipeline before(repository.repository(), *store, *publisher, clock, options);
    for (const char* layout :
         {"<old>{{ content }}", "<middle>{{ content }}", "<new>{{ content }}"}) {
      repository.commit({{kLayout, layout},
                         {"a.html", "---\nlayout: default\n---\n"},
                         {"b.html", "---\nlayout: default\n---\n"}});
      ASSERT_TRUE(before.publish_head("main"));
    }
  }
  ASSERT_TRUE(publisher->hold(2, {5}, "Ann"));
  int builds = 0;
  options.settings = fingerprint("others");
  options.site.generate = [&](auto&&...) {
    ++builds;
    return site::Generated();
  };
  Pipeline next(repository.repository(), *store, *publisher, clock, options);
  ASSERT_TRUE(next.publish_head("main"));
  ASSERT_TRUE(publisher->live()->manifest.find("a.html")->is_stale());
  builds = 0;
  for (const char* path : {"a.html", "b.html", "a.html"}) {
    EXPECT_EQ(next.freshen(path).error().code, ErrorCode::kNotFound);
  }
  EXPECT_EQ(builds, 1);
}

}  // namespace
}  // namespace stet::pipeline
