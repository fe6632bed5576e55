// `stet import schedule`: one commit, or files, or a look beforehand.

#include <gtest/gtest.h>

#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

constexpr char kPage[] =
    "All times in UTC\\n## 3 May 2021\\n| 9-10AM | Ropes | With *hemp* |\\n| 10-11AM | Sails | "
    "|\\n";
constexpr char kDoubtful[] = "All times in UTC\\n## 3 May 2021\\n| 9-10 | Ropes |\\n";

class ImportCommand : public testing::Test {
 protected:
  Shown import(const std::string& words) {
    return site_.sh(fault::ServerProcess::program() + " import schedule " + words);
  }
  void write(const std::string& name, const std::string& text) {
    EXPECT_TRUE(site_.sh("printf '" + text + "' > " + name).is_good());
  }
  GitSite site_;
};

TEST_F(ImportCommand, MakesOneCommitAndNoneTheSecondTime) {
  write("days.md", kPage);
  Shown dry = import("days.md --repo site.git --dry-run");
  EXPECT_TRUE(dry.is_good());
  EXPECT_TRUE(dry.has("_schedule/ropes.md (new)")) << dry.text;
  EXPECT_FALSE(site_.git("site.git", "ls-tree -r --name-only main").has("_schedule"));
  Shown done = import("days.md --repo site.git --author 'Ann <ann@example.org>' --message Days");
  EXPECT_TRUE(done.is_good()) << done.text;
  EXPECT_TRUE(done.has("committed ")) << done.text;
  EXPECT_EQ(site_.git("site.git", "log -1 --format='%an %ae %s' main").text,
            "Ann ann@example.org Days\n");
  EXPECT_EQ(site_.git("site.git", "show main:_schedule/ropes.md").text,
            "---\ntitle: Ropes\nstart: 2021-05-03T09:00\nend: 2021-05-03T10:00\n---\n\nWith "
            "*hemp*\n");
  Shown again = import("days.md --repo site.git");
  EXPECT_TRUE(again.is_good());
  EXPECT_TRUE(again.has("nothing changes")) << again.text;
  EXPECT_EQ(site_.git("site.git", "log -1 --format=%s main").text, "Days\n");
}

TEST_F(ImportCommand, WritesFilesOfAFolder) {
  write("days.csv", "Title,Start,End\\nRopes,2021-05-03 09:00,2021-05-03 10:00\\n");
  EXPECT_TRUE(import("days.csv --into new/site --time-zone Europe/Berlin").is_good());
  EXPECT_TRUE(site_.sh("cat new/site/_data/event.yml").has("time_zone: Europe/Berlin\n"));
  EXPECT_TRUE(import("days.csv --into new/site").has("nothing changes"));
}

TEST_F(ImportCommand, ReadsJson) {
  write("s.json",
        R"({"schedule": {"conference": {"title": "T", "time_zone_name": "UTC", "days": [{"rooms": )"
        R"({"Hall": [{"title": "Ropes", "date": "2021-05-03T09:00:00Z", )"
        R"("duration": "01:00"}]}}]}}})");
  EXPECT_TRUE(import("s.json --dry-run").has("2021-05-03  09:00-10:00"))
      << import("s.json --dry-run").text;
}

TEST_F(ImportCommand, WritesNothingWhereThereIsDoubt) {
  write("days.md", kDoubtful);
  Shown refused = import("days.md --into out");
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_TRUE(refused.has("days.md:3:3: doubt: ")) << refused.text;
  EXPECT_FALSE(site_.sh("ls out").is_good());
  EXPECT_TRUE(import("days.md --into out --accept-doubts").is_good());
  EXPECT_EQ(site_.sh("cat out/_schedule/ropes.md").text, "---\ntitle: Ropes\n---\n");
}

TEST_F(ImportCommand, SaysWhatIsWrong) {
  write("days.md", kPage);
  write("bad.xml", "<schedule>");
  write("bad.json", "{");
  for (const auto& [words, said] : std::vector<std::pair<std::string, std::string>>{
           {"days.md", "say where to"},
           {"none.md --dry-run", "none.md"},
           {"bad.xml --dry-run", "bad.xml: the XML is not well-formed in line 1"},
           {"bad.json --dry-run", "bad.json: "},
           {"days.md --format ics --dry-run", "no BEGIN:VCALENDAR"},
           {"days.md --dry-run --time-zone Nowhere", "Nowhere"},
           {"days.md --repo site.git --branch none", "none"},
           {"days.md --repo site.git --author Ann", "--author is"}}) {
    Shown shown = import(words);
    EXPECT_FALSE(shown.is_good()) << words;
    EXPECT_TRUE(shown.has(said)) << words << ": " << shown.text;
  }
}

}  // namespace
}  // namespace stet::git
