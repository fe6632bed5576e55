// Fields that name what moves or goes: they follow, or somebody is told.

#include "cms/change/field_links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/change/gate.h"
#include "cms/change/plan.h"
#include "storage/diff/diff.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kConfig[] = R"(url: https://example.org
plugins: [jekyll-redirect-from]
collections: {people: {output: true, permalink: '/:collection/:name/'}}
stet:
  collections:
    posts:
      fields:
        - {name: authors, type: list, of: {type: reference, collection: people}}
        - {name: editor, type: object, fields: [{name: who, type: reference, collection: people}]}
    data/staff: {shape: list, fields: [{name: who, type: reference, collection: people}]}
)";

Files files() {
  return {{"_config.yml", kConfig},
          {"assets/a.jpg", "bytes"},
          {"_people/ada.md", "---\nname: Ada\n---\n"},
          {"_people/bob.md", "---\nname: Bob\n---\n"},
          {"_posts/2020-01-01-x.md",
           "---\ntitle:   ada   # kept\nauthors: [ada, bob] # who\neditor: {who: 'ada'}\n"
           "image: /assets/a.jpg\nhero: {src: \"/assets/a.jpg\", alt: ada}\n---\nBody.\n"},
          {"_posts/2020-01-02-y.md", "---\nauthors: [bob]\n---\nNo ada here.\n"},
          {"_data/nav.yml",
           "# Menu\n- {title: ada, url: /people/ada/}  # first\n"
           "- title: Out\n  url: 'https://example.org/people/ada/#x'\n  file: _people/ada.md\n"},
          {"_data/nav.json", "{\"a\":  \"/people/ada/\",\n \"b\": \"/people/adam/\"}\n"},
          {"_data/links.csv", "name,url\nada,/people/ada/\n\"Bob\",/people/bob/\n"},
          {"_data/staff.yml", "- who: ada\n- who: bob\n"},
          {"old.md", "---\npermalink: /was/\nredirect_from: /people/ada/\n---\n"},
          {"_data/broken.yml", "- url: /people/ada/\n - x: [\n"}};
}

class FieldLinksTest : public ::testing::Test {
 protected:
  FieldLinksTest() : site_(files()), ground_(site_.ground_with_edits()) {}

  Plan moved(EntryKind kind, const std::string& name, const std::string& to) {
    Action action;
    action.verb = ActionVerb::kMove;
    action.request = request(kind, name);
    if (kind == EntryKind::kItem) action.request.label = "people";
    action.to = to;
    CommitRequest commit;
    commit.actions = {action};
    auto outcome = prepare_commit(ground_, commit).value();
    auto* refusal = std::get_if<Refusal>(&outcome);
    if (refusal) ADD_FAILURE() << refusal->message;
    return refusal ? Plan() : std::get<Plan>(outcome);
  }

  static std::string text(const Plan& plan, const std::string& path) {
    auto it = plan.edits.find(RepoPath::parse(path).value());
    return it == plan.edits.end() ? "unchanged" : it->second.value_or("deleted");
  }

  SmallSite site_;
  Ground ground_;
};

TEST_F(FieldLinksTest, FollowAMoveAndChangeNoOtherByte) {
  Plan plan = moved(EntryKind::kItem, "ada", "_people/lovelace.md");
  EXPECT_EQ(
      text(plan, "_posts/2020-01-01-x.md"),
      "---\ntitle:   ada   # kept\nauthors: [lovelace, bob] # who\neditor: {who: 'lovelace'}\n"
      "image: /assets/a.jpg\nhero: {src: \"/assets/a.jpg\", alt: ada}\n---\nBody.\n");
  EXPECT_EQ(text(plan, "_posts/2020-01-02-y.md"), "unchanged");
  EXPECT_EQ(text(plan, "_data/nav.yml"),
            "# Menu\n- {title: ada, url: /people/lovelace/}  # first\n- title: Out\n"
            "  url: 'https://example.org/people/lovelace/#x'\n  file: _people/lovelace.md\n");
  EXPECT_EQ(text(plan, "_data/nav.json"),
            "{\"a\":  \"/people/lovelace/\",\n \"b\": \"/people/adam/\"}\n");
  EXPECT_EQ(text(plan, "_data/links.csv"),
            "name,url\nada,/people/lovelace/\n\"Bob\",/people/bob/\n");
  EXPECT_EQ(text(plan, "_data/staff.yml"), "- who: lovelace\n- who: bob\n");
  EXPECT_EQ(text(plan, "old.md"), "unchanged");
  EXPECT_EQ(text(plan, "_data/broken.yml"), "unchanged");
  EXPECT_THAT(plan.warnings, IsEmpty());
}

TEST_F(FieldLinksTest, FollowAFileToo) {
  Plan plan = moved(EntryKind::kFile, "assets/a.jpg", "assets/img/b.jpg");
  EXPECT_EQ(text(plan, "_posts/2020-01-01-x.md"),
            "---\ntitle:   ada   # kept\nauthors: [ada, bob] # who\neditor: {who: 'ada'}\n"
            "image: /assets/img/b.jpg\nhero: {src: \"/assets/img/b.jpg\", alt: ada}\n---\nBody.\n");
}

TEST_F(FieldLinksTest, OfFilesThatTheWriterMayNotWriteAreAWarning) {
  ground_.may_write = [](const RepoPath& path) { return !path.view().starts_with("_data/"); };
  Plan plan = moved(EntryKind::kItem, "ada", "_people/lovelace.md");
  EXPECT_EQ(text(plan, "_data/nav.yml"), "unchanged");
  std::vector<std::string> paths;
  for (const Problem& problem : plan.warnings) paths.push_back(problem.path);
  EXPECT_THAT(paths,
              ElementsAre("_data/links.csv", "_data/nav.json", "_data/nav.yml", "_data/staff.yml"));
}

class LostReferences : public ::testing::Test {
 protected:
  static std::vector<std::string> told(const Files& before, const Files& after) {
    Push push;
    push.before = storage::make_memory_snapshot(before).value();
    push.after = storage::make_memory_snapshot(after).value();
    push.diff = storage::compare(*push.before, *push.after).value();
    std::vector<std::string> lines;
    auto problems = check_push(push);
    EXPECT_TRUE(problems);
    if (!problems) return lines;
    for (const PushProblem& one : *problems) {
      EXPECT_EQ(one.check, Check::kSchemas);
      EXPECT_EQ(one.problem.severity, Severity::kWarning);
      lines.push_back(to_string(one.problem));
    }
    return lines;
  }
};

TEST_F(LostReferences, AreToldOfAPushThatDeletesOrRenamesWhatIsNamed) {
  Files before = files(), after = before;
  after.erase("_people/ada.md");
  const auto expected =
      ElementsAre("_data/staff.yml:1:8: 0/who names 'ada', which is no longer there",
                  "_posts/2020-01-01-x.md:3:11: authors/0 names 'ada', which is no longer there");
  EXPECT_THAT(told(before, after), expected);
  after["_people/lovelace.md"] = before["_people/ada.md"];
  EXPECT_THAT(told(before, after), expected);
}

TEST_F(LostReferences, AreNotToldWhereNobodyNamesItOrThePushMendsIt) {
  Files before = files(), after = before;
  before["_people/eve.md"] = "---\nname: Eve\n---\n";
  EXPECT_THAT(told(before, after), IsEmpty());
  before = files();
  after.erase("_people/bob.md");
  after["_posts/2020-01-01-x.md"] = "---\ntitle: X\nauthors: [ada]\n---\n";
  after["_posts/2020-01-02-y.md"] = "---\ntitle: T\n---\n";
  after["_data/staff.yml"] = "- who: ada\n";
  EXPECT_THAT(told(before, after), IsEmpty());
}

}  // namespace
}  // namespace stet::change
