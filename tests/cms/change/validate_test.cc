#include "cms/change/validate.h"

#include <gtest/gtest.h>

#include "cms/change/gate.h"
#include "storage/diff/diff.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

constexpr char kEvent[] =
    "title: Days\ntime_zone: America/New_York\nstart: 2020-10-12\nend: 2020-10-15\n"
    "rooms: [{name: Main}]\ntracks: [{name: Tools}]\n";

Files surroundings() {
  return {{"_config.yml", "timezone: UTC\ncollections: {recipes: {output: true}}\n"},
          {"_layouts/post.html", "{{ content }}"},
          {"_data/event.yml", kEvent},
          {"_speakers/ada.md", "---\nname: Ada\n---\n"}};
}

std::string shown(const Findings& findings) {
  std::string text;
  for (const FieldProblem& found : findings) {
    text += found.severity == Severity::kError ? "error " : "warning ";
    text += found.pointer + " " + std::to_string(found.line) + ":" + std::to_string(found.column) +
            " " + found.message + "\n";
  }
  return text;
}

struct Case {
  std::string path, bytes;
  std::string wanted;  // the beginning of the only finding; "": none
};

void check(const std::vector<Case>& cases) {
  SmallSite site(surroundings());
  for (const Case& c : cases) {
    Findings findings = validate(site.site(), RepoPath::parse(c.path).value(), c.bytes);
    EXPECT_EQ(findings.size(), c.wanted.empty() ? 0u : 1u) << c.bytes << shown(findings);
    EXPECT_EQ(shown(findings).substr(0, c.wanted.size()), c.wanted) << c.bytes;
  }
}

std::string post(const std::string& fields, const std::string& body = "") {
  return "---\ntitle: T\n" + fields + "\n---\n" + body;
}

TEST(Validate, FieldsOfPosts) {
  const std::string path = "_posts/2020-01-01-x.md";
  check({
      {path, post("layout: post\ntags: [a, b]\ncategories: x y\ndate: 2020-01-02"), ""},
      {path, post("date: 2020-01-02 10:00:00 +0200"), ""},
      {path, post("date: 2 March 2020"), ""},
      {path, post("date:"), ""},
      {path,
       post("date: the day after"),
       "error /front_matter/date 3:7 'the day after' is no date"},
      {path, post("date: 2020-02-31"), "error /front_matter/date 3:7"},
      {path, post("date: [1]"), "error /front_matter/date 3:7 this is no date"},
      {path, post("date: true"), "error /front_matter/date 3:7"},
      {path, post("unpublish: 2026-04-01 10:00:00 +0200"), ""},
      {path, post("unpublish: soon"), "error /front_matter/unpublish 3:12 'soon' is no date"},
      {path, post("unpublish: 5"), "error /front_matter/unpublish 3:12"},
      {path, post("unpublish: 2026-13-45"), "error /front_matter/unpublish 3:12"},
      {path, post("last_modified_at: soon"), "warning /front_matter/last_modified_at 3:19"},
      {path, "---\nlayout: post\n---\n", "warning /front_matter/title 2:1"},
      {path, "---\ntitle: [a]\n---\n", "error /front_matter/title 2:8"},
      {path, "---\ntitle: 2020\n---\n", ""},
      {path, post("tags: {a: 1}"), "error /front_matter/tags 3:7"},
      {path, post("tags: [a, {b: 1}]"), "error /front_matter/tags 3:7"},
      {path, post("tags: [a, [b, c]]"), ""},
      {path, post("categories: 7"), "warning /front_matter/categories 3:13"},
      {path, post("permalink: /:year/:title/"), ""},
      {path, post("permalink: /:yaer/"), "error /front_matter/permalink 3:12 permalink '/:yaer/'"},
      {path, post("layout: nosuch"), "warning /front_matter/layout 3:9 layout 'nosuch'"},
      {path, post("layout: none"), ""},
      {path, post("published: maybe"), "warning /front_matter/published 3:12"},
  });
}

TEST(Validate, WhatAFileIsDependsOnItsPlace) {
  check({
      {"_posts/notes.md", post(""), "warning  1:0 a post's file is named"},
      {"_posts/notes.txt", "no front matter", ""},
      {"about.md", "---\ndate: soon\n---\n", "warning /front_matter/date"},
      {"about.md", "---\nunpublish: soon\n---\n", "error /front_matter/unpublish"},
      {"about.md", "---\npermalink: /:categories/\n---\n", "error /front_matter/permalink"},
      {"about.md", "no front matter {% nosuch %}", ""},
      {"_recipes/x.md", "---\ndate: soon\n---\n", "error /front_matter/date"},
      {".hidden/x.md", "---\ndate: soon\n---\n", ""},
      {"picture.png", std::string("\x89PNG\xff"), ""},
  });
}

TEST(Validate, BytesYamlAndLiquid) {
  const std::string path = "_posts/2020-01-01-x.md";
  check({
      {path, "---\ntitle: T\n---\n\xff\n", "error  4:0 a byte here is not UTF-8"},
      {path, "---\ntitle: \"open\n---\nx", "error /front_matter "},
      {path, post("", "{% if %}\n"), "error /body 5:"},
      {path, post("", "{% raw %}{% nosuch %}{% endraw %}"), ""},
      {path, post("render_with_liquid: false", "{% nosuch %}"), ""},
      {path, std::string(kTextBytesMax + 1, 'x'), "error  1:0 the file has"},
      {"_layouts/x.html", "---\nlayout: base\n---\n{{ content }}\n{% nosuch %}", "error /body 5:"},
      {"_includes/x.html", "a\n{% for %}", "error /body 2:"},
      {"_data/x.yml", "a: [1\n", "error  "},
      {"_data/x.json", "{\"a\": 1}", ""},
  });
}

TEST(Validate, Sessions) {
  const std::string path = "_schedule/x.md";
  const std::string start = "start: 2020-10-12T10:00\n", day = "start: 2020-10-12T10:00\nend: ";
  check({
      {path, post(day + "2020-10-12T11:00\nroom: Main\ntrack: Tools\nspeakers: [ada]"), ""},
      {path, post(day + "2020-10-12T15:30:00Z"), ""},
      {path, post("start: noon"), "error /front_matter/start 3:8 'noon' is no time"},
      {path, post("start: 2020-10-12"), "error /front_matter/start 3:8"},
      {path, post(day + "2020-10-12T09:00"), "error /front_matter/end 4:6 a session ends after"},
      {path, post(day + "2020-10-12T10:00"), "error /front_matter/end 4:6"},
      {path,
       post(day + "2020-10-14T10:00"),
       "warning /front_matter/end 4:6 this session is longer"},
      {path, post("end: 2020-10-12T10:00"), "warning /front_matter/end 3:6"},
      {path, post("start: 2020-11-12T10:00"), "warning /front_matter/start 3:8 2020-11-12 is not"},
      {path, post(start + "room: Cellar"), "warning /front_matter/room 4:7 the event has no room"},
      {path, post(start + "track: Cats"), "warning /front_matter/track 4:8"},
      {path, post(start + "room: [Main]"), "error /front_matter/room 4:7"},
      {path, post(start + "speakers: [ada, bob]"), "warning /front_matter/speakers/1 4:17"},
      {path, post(start + "speakers: ada"), "error /front_matter/speakers 4:11"},
      {path, post(start + "speakers: [1]"), "error /front_matter/speakers/0 4:12"},
      {path, post(start + "status: perhaps"), "warning /front_matter/status 4:9"},
  });
}

TEST(Validate, TimesThatClocksSkipAreNoTimes) {
  SmallSite site(Files{{"_data/event.yml", "title: D\ntime_zone: America/New_York\n"}});
  auto path = RepoPath::parse("_schedule/x.md").value();
  Findings findings = validate(site.site(), path, post("start: 2021-03-14T02:30"));
  EXPECT_EQ(shown(findings).find("error /front_matter/start 3:8 '2021-03-14T02:30' does not exist"),
            0u)
      << shown(findings);
  EXPECT_TRUE(validate(site.site(), path, post("start: 2021-03-14T03:30")).empty());
}

TEST(Validate, EventAndConfiguration) {
  const std::string event = "_data/event.yml", config = "_config.yml";
  check({
      {event, kEvent, ""},
      {event, "title: D\ntime_zone: Mars/Base\n", "error /time_zone 2:12"},
      {event, "title: D\n", "warning /time_zone 1:0"},
      {event, "title: D\ntime_zone: UTC\nstart: soon\n", "error /start 3:8 'soon' is no date"},
      {event,
       "title: D\ntime_zone: UTC\nstart: 2020-10-12\nend: 2020-10-11\n",
       "error /end 4:6 an event does not end"},
      {event, "title: D\ntime_zone: UTC\nrooms: Main\n", "error /rooms 3:8"},
      {event, "title: D\ntime_zone: UTC\nrooms: [{size: 3}]\n", "error /rooms/0 3:9"},
      {event, "title: D\ntime_zone: UTC\ntracks: [a, a]\n", "warning /tracks/1 3:13"},
      {event, "- a\n", "error  1:0 an event is keys"},
      {config, "title: X\npermalink: pretty\n", ""},
      {config, "", ""},
      {config, "permalink: /:yaer/\n", "error /permalink 1:12"},
      {config, "timezone: Nowhere\n", "error /timezone 1:11"},
      {config, "- a\n", "error  1:0 the configuration is keys"},
      {config, "url: 7\n", "warning /url 1:6"},
      {config, "stet: {api: {anonymous: true, cors: ['*'], hidden: notes, max_age: 5}}\n", ""},
      {config, "permalink: 5\n", "warning /permalink 1:12 'permalink' is text"},
      {config, "plugins: x\n", "warning /plugins 1:10 'plugins' is a list of names"},
      {config, "plugins: [jekyll-feed]\nexclude: [a]\npaginate: '5'\n", ""},
      {config, "defaults: x\n", "warning /defaults 1:11 'defaults' is a list"},
      {config, "defaults: [{scope: {path: ''}}]\n", "warning /defaults/0 1:12 a set of defaults"},
      {config, "defaults: [{scope: {path: ''}, values: {a: 1}}]\n", ""},
      {config, "future: 'yes'\n", "warning /future 1:9 'future' is true or false"},
      {config, "stet: {search: 1}\n", "warning /stet/search 1:16"},
      {config,
       "stet: {api: {anonymous: [posts, nosuch]}}\n",
       "warning /stet/api/anonymous/1 1:33 'nosuch' is nothing"},
      {config,
       "stet: {api: {anonymous: [posts, collections/recipes]}}\n",
       "warning /stet/api/anonymous/1 1:33 'collections/recipes' is nothing"},
      {config,
       "collections: [recipes]\nstet: {api: {anonymous: [tags, collections/recipes]}}\n",
       ""},
      {config, "stet: {api: {cors: [x]}}\n", "warning /stet/api/cors/0 1:21 'x' is no origin"},
      {config, "stet: {api: yes}\n", "warning /stet/api 1:13"},
      {config, "stet: {api: {anonymous: posts}}\n", "warning /stet/api/anonymous 1:25"},
      {config, "stet: {api: {cors: {}}}\n", "warning /stet/api/cors 1:20"},
      {config, "stet: {api: {max_age: -1}}\n", "warning /stet/api/max_age 1:23"},
  });
}

TEST(Validate, HostileInputEndsAndStaysShort) {
  SmallSite site(surroundings());
  auto path = RepoPath::parse("_schedule/x.md").value();
  std::string speakers = "speakers: [";
  for (int i = 0; i < 5000; ++i) speakers += "1,";
  EXPECT_LE(validate(site.site(), path, post(speakers + "]")).size(), kFindingsMax);
  std::string deep(100'000, '[');
  EXPECT_TRUE(has_error(validate(site.site(), path, post("x: " + deep))));
}

Push push_of(const Files& before, const Files& after) {
  Push push;
  push.before = storage::make_memory_snapshot(before).value();
  push.after = storage::make_memory_snapshot(after).value();
  push.diff = storage::compare(*push.before, *push.after).value();
  return push;
}

std::size_t errors_in(const std::vector<PushProblem>& problems) {
  std::size_t errors = 0;
  for (const PushProblem& found : problems) errors += found.problem.severity == Severity::kError;
  return errors;
}

TEST(Gate, RefusesWhatAPushBreaks) {
  Files before = surroundings(), after = before;
  before["_posts/2020-01-01-old.md"] = post("date: broken before");
  after["_posts/2020-01-01-old.md"] = post("date: broken before");
  after["_posts/2020-01-02-x.md"] = post("date: never");
  auto problems = check_push(push_of(before, after)).value();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(to_string(problems[0].problem).find("_posts/2020-01-02-x.md:3:7: 'never' is no date"),
            0u);
}

TEST(Gate, AskesNobodyToMendWhatWasBrokenBefore) {
  Files before = surroundings(), after = before;
  before["_posts/2020-01-01-old.md"] = post("date: broken");
  after["_posts/2020-01-01-old.md"] = post("date: broken", "A better body.\n");
  auto problems = check_push(push_of(before, after)).value();
  EXPECT_EQ(problems.size(), 1u);
  EXPECT_EQ(errors_in(problems), 0u);
}

TEST(Gate, JudgesByWhatComesInTheSamePush) {
  Files before = surroundings(), after = before;
  after["_layouts/fresh.html"] = "{{ content }}";
  after["_posts/2020-01-02-x.md"] = post("layout: fresh");
  after["_config.yml"] = "timezone: UTC\n";
  EXPECT_TRUE(check_push(push_of(before, after)).value().empty());
  after.erase("_layouts/fresh.html");
  auto problems = check_push(push_of(before, after)).value();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].problem.severity, Severity::kWarning);
}

TEST(Gate, TakesDeletionsAndNewBranches) {
  EXPECT_TRUE(check_push(push_of(surroundings(), {})).value().empty());
  Push first = push_of({}, surroundings());
  first.before = nullptr;
  EXPECT_TRUE(check_push(first).value().empty());
}

TEST(Gate, SaysWhatLookedAtAFile) {
  Files before = surroundings(), after = before;
  after["_posts/2020-01-02-x.md"] = post("date: never");
  after["_data/broken.yml"] = "a: [";
  after["_config.yml"] = "permalink: /:yaer/\n";
  after["_data/event.yml"] = "- a\n";
  std::map<std::string, Check> checks;
  auto problems = check_push(push_of(before, after)).value();
  for (const PushProblem& found : problems) {
    checks[found.problem.path] = found.check;
  }
  EXPECT_EQ(checks.at("_posts/2020-01-02-x.md"), Check::kDocuments);
  EXPECT_EQ(checks.at("_data/broken.yml"), Check::kData);
  EXPECT_EQ(checks.at("_config.yml"), Check::kConfig);
  EXPECT_EQ(checks.at("_data/event.yml"), Check::kSchedule);
}

TEST(Gate, AsksForTheScopesThatTheApiWouldAskFor) {
  Files before = surroundings(), after = before;
  before["about.md"] = post("title: About");
  before["plain.md"] = "No front matter.\n";
  before["site.css"] = "a {}\n";
  for (const char* path : {"about.md",
                           "plain.md",
                           "site.css",
                           "new.md",
                           "new.css",
                           "_posts/2020-01-02-x.md",
                           "_layouts/x.html",
                           "_config.yml",
                           "_schedule/talk.md",
                           "_data/names.yml",
                           "_data/event.yml",
                           ".github/workflows/ci.yml"}) {
    after[path] = post("title: New");
  }
  std::map<std::string, std::string> scopes;
  auto all_needed = write_scopes_of(push_of(before, after)).value();
  for (const PathScope& needed : all_needed) {
    scopes[needed.path.string()] = needed.scope;
  }
  EXPECT_EQ(scopes,
            (std::map<std::string, std::string>{{"about.md", "posts:write"},
                                                {"plain.md", "theme:write"},
                                                {"site.css", "theme:write"},
                                                {"new.md", "posts:write"},
                                                {"new.css", "theme:write"},
                                                {"_posts/2020-01-02-x.md", "posts:write"},
                                                {"_layouts/x.html", "theme:write"},
                                                {"_config.yml", "theme:write"},
                                                {"_schedule/talk.md", "schedule:write"},
                                                {"_data/names.yml", "theme:write"},
                                                {"_data/event.yml", "schedule:write"},
                                                {".github/workflows/ci.yml", "theme:write"}}));
}

// One such character in a title makes a feed that no reader reads.
TEST(Validate, ControlCharactersThatBreakFeedsAreToldWithTheirPlace) {
  check({{"a.md", "---\ntitle: \"A\\u000bB\"\n---\nx\ty\n", "warning /front_matter/title 2:8"},
         {"b.md", "---\nlinks: [{name: \"\\0\"}]\n---\nx\n", "warning /front_matter/links/0/name"},
         {"c.md", "---\na: 1\n---\nx\ny\x0c\n", "warning /body 5:0 the control character U+000C"},
         {"d.md", "---\na: \"\\ttab\\r\\n\"\n---\nx\r\n", ""}});
}

}  // namespace
}  // namespace stet::change
