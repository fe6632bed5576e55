// What one process hands to the next: a restart renders what has changed meanwhile, and never shows
// what a build from nothing would not.

#include <gtest/gtest.h>

#include "storage/base/durable_file.h"
#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using Paths = std::vector<std::string>;

constexpr std::uint64_t kLogBytesMax = std::uint64_t{64} << 20;

LiveSite::Files site_files() {
  return {
      {"_config.yml", "title: T\ncollections: {things: {output: true}}\n"},
      {"_layouts/base.html",
       "<b>{{ page.title }}</b>{{ content }}{{ page.next.title }}{{ site.data.a.b }}"},
      {"_includes/part.html", "[{{ site.posts.size }}]"},
      {"_data/a.yml", "b: c\n"},
      {"_posts/2020-01-01-a.md", "---\nlayout: base\ntitle: A\ntags: [x]\n---\nLead *a*\n\nMore"},
      {"_posts/2020-01-02-b.md", "---\nlayout: base\ntitle: B\n---\n{% include part.html %}"},
      {"_things/t.md", "---\ntitle: T\n---\n{{ site.posts.first.content }}"},
      {"index.html", "---\n---\n{% for p in site.posts %}{{ p.excerpt }}{% endfor %}"},
      {"year.txt", "---\n---\n{{ site.time | date: '%M' }}"},
      {"assets/main.scss", "---\n---\n@import 'v';\na { color: $c }\n"},
      {"_sass/_v.scss", "$c: red;\n"},
      {"plain.txt", "plain"}};
}

Start start_of(LiveSite& site) {
  auto start = site.pipeline().start();
  EXPECT_TRUE(start);
  return start.value_or(Start());
}

void expect_as_from_nothing(const LiveSite& site, const std::string& where = "") {
  auto live = site.pages();
  EXPECT_EQ(live, site.from_nothing()) << where;
}

TEST(Restart, OnAnUnchangedRepositoryRendersNothing) {
  LiveSite site(site_files());
  auto live = site.publisher().live();
  auto again = site.restart();
  EXPECT_TRUE(start_of(site).is_warm) << start_of(site).why_cold;
  EXPECT_EQ(start_of(site).rendered, 0u);
  EXPECT_GT(start_of(site).nodes, 12u);
  EXPECT_TRUE(again->pages.empty());
  EXPECT_EQ(*site.publisher().live(), *live);  // no other publication
  EXPECT_EQ(site.store().counts().writes, 0u);
  EXPECT_EQ(site.notes(), Paths());
  expect_as_from_nothing(site);
}

TEST(Restart, WhatWasToBeUnpublishedWhileNoServerRanIsGone) {
  LiveSite::Files files = site_files();
  // Eleven and 22 minutes from the test's beginning.
  files["over.md"] = "---\nunpublish: 2020-09-13 12:37:40 +0000\n---\nOver";
  files["_posts/2020-01-03-c.md"] = "---\ntitle: C\nunpublish: 2020-09-13 12:48:40 +0000\n---\nC";
  LiveSite site(files);
  EXPECT_TRUE(site.page("over.html"));
  EXPECT_TRUE(site.page("2020/01/03/c.html"));
  site.restart([&] { site.clock().advance_seconds(11 * 60); });
  ASSERT_TRUE(site.pipeline().pass_time());
  EXPECT_FALSE(site.page("over.html"));
  EXPECT_TRUE(site.page("2020/01/03/c.html"));
  expect_as_from_nothing(site);
  site.restart([&] { site.clock().advance_seconds(365 * 86'400); });
  ASSERT_TRUE(site.pipeline().pass_time());
  EXPECT_FALSE(site.page("2020/01/03/c.html"));
  EXPECT_FALSE(site.pipeline().next_moment());
  expect_as_from_nothing(site);
}

TEST(Restart, RendersWhatWasCommittedMeanwhileAndNothingElse) {
  struct Case {
    LiveSite::Files edit;
    Paths rendered;
  };
  const Case cases[] = {
      {{{"_data/a.yml", "b: d\n"}}, {"2020/01/01/a.html", "2020/01/02/b.html"}},
      {{{"_sass/_v.scss", "$c: blue;\n"}}, {"assets/main.css", "assets/main.css.map"}},
      {{{"_posts/2020-01-02-b.md", "---\nlayout: base\ntitle: C\n---\n{% include part.html %}"}},
       {"2020/01/01/a.html", "2020/01/02/b.html"}},
      {{{"plain.txt", "other"}}, {"plain.txt"}},
      {{{"_posts/2020-01-01-a.md",
         "---\nlayout: base\ntitle: A\ntags: [x]\n---\nLead *a*\n\nOther"}},
       {"2020/01/01/a.html"}},
      // Read again, and the same: the wave stops at the value that the last process knew.
      {{{"_includes/part.html", "[{{ site.posts | size }}]"}}, {}},
      {{{"index.html", std::nullopt}}, {}},
  };
  LiveSite site(site_files());
  for (const Case& wanted : cases) {
    LiveSite control(site_files());
    site.restart([&] {
      site.clock().advance_seconds(60 * 60);  // the minute that year.txt prints stays
      site.commit(wanted.edit);
    });
    EXPECT_TRUE(start_of(site).is_warm) << start_of(site).why_cold;
    EXPECT_EQ(rendered_paths(site.last()), wanted.rendered);
    expect_as_from_nothing(site);
  }
}

TEST(Restart, KeepsProblemsReasonsAndDependencies) {
  auto files = site_files();
  files["broken.html"] = "---\n---\n{% include missing.html %}";
  LiveSite site(files);
  site.edit({{"_data/a.yml", "b: d\n"}});
  Problems problems = site.pipeline().problems();
  auto explained = *site.pipeline().explain("2020/01/01/a.html");
  ASSERT_FALSE(problems.empty());
  site.restart();
  EXPECT_EQ(site.pipeline().problems(), problems);
  auto again = *site.pipeline().explain("2020/01/01/a.html");
  EXPECT_EQ(again.reasons, explained.reasons);
  std::sort(again.reads.begin(), again.reads.end());
  std::sort(explained.reads.begin(), explained.reads.end());
  EXPECT_EQ(again.reads, explained.reads);
  site.edit({{"_includes/missing.html", "here"}});
  EXPECT_EQ(rendered_paths(site.last()), (Paths{"broken.html", "year.txt"}));
}

TEST(Restart, PagesThatWereStaleAreStaleStill) {
  LiveSite site(site_files(), 1);
  site.edit({{"_layouts/base.html", "other {{ content }}"}});
  auto stale = site.publisher().live()->manifest.stale_count();
  ASSERT_EQ(stale, 3u);  // the posts, and the minute that is printed
  site.restart();
  EXPECT_TRUE(start_of(site).is_warm);
  EXPECT_EQ(site.publisher().live()->manifest.stale_count(), stale);
  EXPECT_FALSE(site.page("2020/01/01/a.html"));
  ASSERT_TRUE(site.pipeline().freshen("2020/01/01/a.html"));
  EXPECT_EQ(site.page("2020/01/01/a.html"), "other <p>Lead <em>a</em></p>\n\n<p>More</p>\n");
  site.restart();
  EXPECT_TRUE(site.page("2020/01/01/a.html"));
  EXPECT_FALSE(site.page("2020/01/02/b.html"));
  ASSERT_TRUE(site.pipeline().fill(100));
  expect_as_from_nothing(site);
  site.restart();
  EXPECT_EQ(site.publisher().live()->manifest.stale_count(), 0u);
}

TEST(Restart, WhatTimeHasChangedMeanwhileIsPublished) {
  auto files = site_files();
  files["_posts/2020-09-20-soon.md"] = "---\nlayout: base\ntitle: Soon\n---\nsoon";
  LiveSite site(files);
  site.restart([&] { site.clock().advance_seconds(30 * 24 * 3600); });
  EXPECT_TRUE(site.last()->pages.empty());
  ASSERT_TRUE(site.pipeline().pass_time());
  EXPECT_TRUE(site.page("2020/09/20/soon.html"));
  expect_as_from_nothing(site);
  // The minute that a page has printed is remembered, too.
  site.restart([&] { site.clock().advance_seconds(3600); });
  site.publish(site.commit({{"plain.txt", "x"}}));
  EXPECT_EQ(rendered_paths(site.last()), Paths{"plain.txt"});
  site.restart([&] {
    site.clock().advance_seconds(61);
    site.commit({{"plain.txt", "y"}});
  });
  EXPECT_EQ(rendered_paths(site.last()), (Paths{"plain.txt", "year.txt"}));
  expect_as_from_nothing(site);
}

TEST(Restart, WithOtherSettingsRendersAll) {
  LiveSite site(site_files());
  site.set_settings("others");
  site.restart();
  EXPECT_FALSE(start_of(site).is_warm);
  EXPECT_NE(start_of(site).why_cold.find("other settings"), std::string::npos)
      << start_of(site).why_cold;
  EXPECT_EQ(site.last()->pages.size(), site.publisher().live()->manifest.size());
  EXPECT_EQ(site.notes().size(), 1u);
  site.restart();
  EXPECT_TRUE(start_of(site).is_warm);
}

TEST(Restart, TheLogOfAnotherRepositoryIsNotTaken) {
  LiveSite site(site_files());
  auto files = site_files();
  files["plain.txt"] = "of another";
  LiveSite other(files);
  site.restart([&] {
    auto options = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(other.state_file(), site.state_file(), options);
  });
  EXPECT_FALSE(start_of(site).is_warm);
  expect_as_from_nothing(site);
  // Nor is the journal: its commit is not in this repository.
  site.restart([&] {
    auto options = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(other.state_file(), site.state_file(), options);
    std::filesystem::copy_file(
        other.live_folder() / "journal", site.live_folder() / "journal", options);
  });
  EXPECT_FALSE(start_of(site).is_warm);
  expect_as_from_nothing(site);
}

TEST(Restart, WhetherWhatIsLiveCanBeShownBeforehandIsKnown) {
  LiveSite site(site_files());
  EXPECT_TRUE(site.pipeline().is_live_trusted());
  EXPECT_TRUE(site.pipeline().freshen("index.html"));
  LiveSite other(LiveSite::Files{{"plain.txt", "of another"}, {"one.txt", "1"}});
  bool is_trusted = true;
  auto look = [&] { is_trusted = site.pipeline().is_live_trusted(); };
  site.set_before_publishing(look);
  site.restart();
  EXPECT_TRUE(is_trusted);
  site.restart([&] {
    auto options = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(
        other.live_folder() / "journal", site.live_folder() / "journal", options);
  });
  EXPECT_FALSE(is_trusted);
  site.restart();
  EXPECT_TRUE(is_trusted);
  site.set_settings("others");
  site.restart();
  EXPECT_FALSE(is_trusted);
}

// What the configuration is read for: what is held back, and then the site.
constexpr char kConfigBegins[] = "title: T\ncollections: {things: {output: ";

// Of files that are no data: those are in every site.
TEST(Restart, ReadsNoFileWhoseTextNobodyAsksFor) {
  LiveSite site(site_files());
  EXPECT_GT(site.files_read().size(), 6u);
  site.restart();
  EXPECT_EQ(site.files_read(), (Paths{"b: c\n", kConfigBegins, kConfigBegins}));
  // A title is printed, and so are the bodies of two posts.
  site.edit(
      {{"_posts/2020-01-02-b.md", "---\nlayout: base\ntitle: C\n---\n{% include part.html %}"}});
  auto read = site.files_read();
  auto has = [&](std::string_view begin) {
    return std::any_of(
        read.begin(), read.end(), [&](const std::string& file) { return file.starts_with(begin); });
  };
  EXPECT_TRUE(has("---\nlayout: base\ntitle: A"));
  EXPECT_FALSE(has("---\ntitle: T"));
  expect_as_from_nothing(site);
}

// No page is shown without what could not be read, and what is owed is made up for.
TEST(Restart, APublicationForWhichATextCannotBeReadFails) {
  LiveSite site(site_files());
  site.set_text_bytes_max(0);
  site.restart();
  auto before = site.pages();
  site.set_unreadable("---\nlayout: base\ntitle: A");
  auto renamed = [&](const std::string& title) {
    return LiveSite::Files{{"_posts/2020-01-02-b.md",
                            "---\nlayout: base\ntitle: " + title + "\n---\nb {{ page.title }}"}};
  };
  auto failed = site.pipeline().publish(site.commit(renamed("C")));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(failed.error().message, "_posts/2020-01-01-a.md: cannot be read: the disk is broken");
  EXPECT_EQ(site.pages(), before);
  site.set_unreadable("");
  site.edit(renamed("D"));
  expect_as_from_nothing(site);
  site.restart();
  expect_as_from_nothing(site);
}

TEST(Restart, WhatFilesCameToMayEndOrBeSpoiltAnywhere) {
  LiveSite site(site_files());
  auto files = site_files();
  const std::string whole = *read_file(site.files_file(), kLogBytesMax);
  ASSERT_GT(whole.size(), 300u);
  for (std::size_t at = 0; at < whole.size(); at += 31) {
    std::string spoilt = whole;
    spoilt[at] = static_cast<char>(spoilt[at] ^ (1 << at % 8));
    for (const std::string& bytes : {whole.substr(0, at), spoilt}) {
      site.restart([&] { ASSERT_TRUE(write_atomically(site.files_file(), bytes)); });
      EXPECT_TRUE(start_of(site).is_warm) << start_of(site).why_cold;
      site.edit({{"_layouts/base.html", std::to_string(at) + "{{ content }}{{ page.title }}"}});
      expect_as_from_nothing(site, std::to_string(at));
      if (testing::Test::HasFailure()) return;
    }
  }
  site.restart([&] { std::filesystem::remove(site.files_file()); });
  EXPECT_TRUE(start_of(site).is_warm);
  site.restart();
  EXPECT_EQ(site.files_read().size(), 3u);
}

TEST(Restart, APageWhoseBytesAreLostIsMadeAgain) {
  LiveSite site(site_files());
  auto content = site.publisher().live()->manifest.find("index.html")->page()->content;
  auto file = site.store().path_of(content);
  site.restart([&] { std::filesystem::remove(file); });
  EXPECT_FALSE(site.store().get(content));
  auto live = site.publisher().live();
  ASSERT_TRUE(site.pipeline().mend("index.html"));
  EXPECT_TRUE(site.store().get(content));
  EXPECT_EQ(*site.publisher().live(), *live);
  EXPECT_EQ(site.pipeline().mend("none.html").error().code, ErrorCode::kNotFound);
}

// --- whatever is on the disk

// The log and the journal after each of some edits, and of a fill.
struct History {
  std::vector<std::string> logs, journals;
};

History edit_and_fill(LiveSite& site) {
  History history;
  auto note = [&] {
    history.logs.push_back(*read_file(site.state_file(), kLogBytesMax));
    history.journals.push_back(*read_file(site.live_folder() / "journal", kLogBytesMax));
  };
  note();
  site.edit({{"_posts/2020-01-03-c.md", "---\nlayout: base\ntitle: C\n---\nc"}});
  note();
  site.edit({{"_layouts/base.html", "other {{ content }}{{ page.title }}{{ site.data.a.b }}"}});
  note();
  EXPECT_TRUE(site.pipeline().fill(1));
  note();
  EXPECT_TRUE(site.pipeline().fill(100));
  note();
  site.edit({{"_data/a.yml", "b: e\n"}});
  note();
  return history;
}

// Whatever the log is: what is live once all is filled, and once more after an edit.
void expect_sound_after(LiveSite& site,
                        const std::string& log,
                        const std::string& journal,
                        const std::string& where) {
  site.restart([&] {
    ASSERT_TRUE(write_atomically(site.state_file(), log));
    ASSERT_TRUE(write_atomically(site.live_folder() / "journal", journal));
  });
  ASSERT_TRUE(site.pipeline().fill(100));
  expect_as_from_nothing(site, where);
  site.edit({{"_data/a.yml", "b: " + std::to_string(site.clock().now().seconds) + "\n"}});
  ASSERT_TRUE(site.pipeline().fill(100));
  expect_as_from_nothing(site, where + ", and edited");
}

TEST(Restart, TheLogMayEndAnywhere) {
  LiveSite site(site_files(), 1);
  History history = edit_and_fill(site);
  const std::string& log = history.logs.back();
  std::size_t warm = 0, count = 0;
  for (std::size_t size = 0; size < log.size(); size += 1 + size % 97 * 3) {
    expect_sound_after(
        site, log.substr(0, size), history.journals.back(), "cut at " + std::to_string(size));
    warm += start_of(site).is_warm;
    ++count;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(count, 20u);
  EXPECT_GT(warm, 0u);
}

TEST(Restart, TheLogMayBeSpoiltAnywhere) {
  LiveSite site(site_files(), 1);
  History history = edit_and_fill(site);
  const std::string& log = history.logs.back();
  for (std::size_t at = 0; at < log.size(); at += 1 + at % 89 * 3) {
    std::string spoilt = log;
    spoilt[at] = static_cast<char>(spoilt[at] ^ (1 << at % 8));
    expect_sound_after(site, spoilt, history.journals.back(), "flipped at " + std::to_string(at));
    if (testing::Test::HasFailure()) return;
  }
}

// The process may end between any two records of the two files, and a power cut may lose the end of
// either.
TEST(Restart, TheLogAndTheJournalMayBeOfDifferentMoments) {
  LiveSite site(site_files(), 1);
  History history = edit_and_fill(site);
  const std::size_t moments = history.logs.size();
  for (std::size_t log = 0; log < moments; ++log) {
    for (std::size_t journal = 0; journal < moments; ++journal) {
      std::string where = "log " + std::to_string(log) + ", journal " + std::to_string(journal);
      expect_sound_after(site, history.logs[log], history.journals[journal], where);
      EXPECT_TRUE(log > journal || start_of(site).is_warm) << where << start_of(site).why_cold;
      if (testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace stet::pipeline
