// The comparison itself is held to what it must find: another build than that of the live commit.

#include "tests/replay/comparison.h"

#include <gmock/gmock.h>

#include "storage/snapshot/memory_snapshot.h"
#include "tests/cms/pipeline/live_site.h"
#include "tests/replay/replay.h"

namespace stet::replay {
namespace {

using pipeline::LiveSite;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

LiveSite::Files site_files() {
  return {{"_data/a.yml", "b: 1\n"},
          {"a.html", "---\n---\n{{ site.data.a.b }}"},
          {"b.html", "---\n---\n{{ page.nothing }}"},
          {"c.md", "---\n---\nText\n"}};
}

// What a site is said to differ in from a build of other files.
std::vector<std::string> told(const LiveSite& site, LiveSite::Files changes) {
  std::map<std::string, std::string> files;
  for (const auto& [path, content] : site_files()) files[path] = *content;
  for (const auto& [path, content] : changes) {
    if (content) {
      files[path] = *content;
    } else {
      files.erase(path);
    }
  }
  pipeline::BuildRequest request = site.request_from_nothing();
  request.source.snapshot = storage::make_memory_snapshot(files).value();
  auto found = site.differences(std::move(request));
  EXPECT_TRUE(found) << found.error().message;
  std::vector<std::string> texts;
  for (const Difference& difference : *found) texts.push_back(describe(difference));
  return texts;
}

TEST(Comparison, OfTheSameFindsNothing) {
  LiveSite site(site_files());
  EXPECT_THAT(told(site, {}), IsEmpty());
}

TEST(Comparison, FindsPagesThatAreOthersOrLackOrAreTooMany) {
  LiveSite site(site_files());
  EXPECT_THAT(told(site, {{"_data/a.yml", "b: 2\n"}}),
              ElementsAre(HasSubstr("a.html: differs at byte 0\n    live:  1\n    fresh: 2")));
  EXPECT_THAT(told(site, {{"d.html", "---\n---\nd"}}), ElementsAre("d.html: is not live"));
  EXPECT_THAT(told(site, {{"c.md", std::nullopt}}), ElementsAre("c.html: is live, and is no more"));
}

TEST(Comparison, NamesTheReadsThatTheLivePageLacks) {
  LiveSite site(site_files());
  EXPECT_THAT(told(site, {{"b.html", "---\n---\n{{ site.data.a.c | size }}"}}),
              ElementsAre(HasSubstr("b.html: differs at byte 0")));
  EXPECT_THAT(told(site, {{"b.html", "---\nlayout: l\n---\n"}, {"_layouts/l.html", "l"}}),
              ElementsAre(HasSubstr("not read: file _layouts/l.html")));
}

TEST(Comparison, FindsProblemsThatAreOthers) {
  LiveSite site(site_files());
  EXPECT_THAT(told(site, {{"c.md", "---\nlayout: none_such\n---\nText\n"}}),
              ElementsAre(HasSubstr("problems: the problems are others\n    fresh alone: c.md")));
}

TEST(Comparison, FindsWhatIsStale) {
  LiveSite site(site_files(), 0);
  site.edit({{"_data/a.yml", "b: 2\n"}});
  EXPECT_THAT(told(site, {{"_data/a.yml", "b: 2\n"}}), ElementsAre(HasSubstr("a.html: is stale")));
}

}  // namespace
}  // namespace stet::replay
