// Fields that a site has declared: the same findings for writes, pushes and the whole site.

#include "cms/change/schemas.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cms/change/gate.h"
#include "cms/change/plan.h"
#include "storage/diff/diff.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

using document::Data;
using Map = Data::Map;

constexpr char kConfig[] = R"(timezone: UTC
collections: {people: {output: true}}
stet:
  collections:
    posts:
      fields:
        - {name: title, type: text, required: true}
        - {name: status, type: select, options: [new, old], default: new}
        - {name: until, type: date}
        - {name: authors, type: list, of: {type: reference, collection: people}}
        - {name: cover, type: image}
        - {name: summary, type: text, required: true, max_length: 20}
    data/rooms: {shape: list, fields: [{name: seats, type: number, required: true}]}
)";

std::string post(const std::string& fields) {
  return "---\ntitle: T\nsummary: S\n" + fields + "---\nBody.\n";
}

Files files() {
  return {{"_config.yml", kConfig},
          {"assets/a.jpg", "bytes"},
          {"_people/ada.md", "---\nname: Ada\n---\n"},
          {"_data/rooms.yml", "- seats: 7\n"},
          {"_posts/2020-01-01-x.md", post("authors: [ada]\ncover: /assets/a.jpg\n")},
          {"_posts/2020-01-02-bad.md", "---\ntitle: T\nstatus: odd\n---\n"},
          {"_drafts/d.md", "---\ntitle: D\n---\n"}};
}

std::string shown(const Findings& findings) {
  std::string text;
  for (const FieldProblem& found : findings) {
    if (!found.is_of_schema) text += "other ";
    text += found.severity == Severity::kError ? "" : "warning ";
    text += found.pointer + " " + std::to_string(found.line) + ":" + std::to_string(found.column) +
            " " + found.message + "\n";
  }
  return text;
}

std::string found(const std::string& path, const std::string& bytes) {
  SmallSite site(files());
  return shown(validate(site.site(), RepoPath::parse(path).value(), bytes));
}

TEST(Schemas, FindingsHaveTheFieldsPointerAndPlace) {
  const std::string path = "_posts/2020-01-03-y.md";
  EXPECT_EQ(found(path, post("status: new\nauthors: [ada]\n")), "");
  EXPECT_EQ(found(path, post("status: odd\n")),
            "/front_matter/status 4:9 'odd' is none of the options new, old\n");
  EXPECT_EQ(found(path, post("authors:\n  - ada\n  - bob\n")),
            "/front_matter/authors/1 6:5 there is no 'bob' in people\n");
  EXPECT_EQ(found(path, post("cover: /assets/b.jpg\n")).find("/front_matter/cover 4:8 there is no"),
            0u);
  EXPECT_EQ(
      found(path, "---\ntitle: T\n---\n").find("/front_matter/summary 2:1 'summary' is needed"),
      0u);
  EXPECT_EQ(found("_drafts/e.md", "---\ntitle: T\n---\n").find("warning /front_matter/summary"),
            0u);
  EXPECT_EQ(
      found("_data/rooms.yml", "- seats: 1\n- name: x\n").find("/1/seats 2:3 'seats' is needed"),
      0u);
  EXPECT_EQ(found("about.md", "---\nstatus: odd\n---\n"), "") << "nothing is said of pages";
}

TEST(Schemas, WhatIsWrongWithThemIsAFindingOfTheConfiguration) {
  std::string text = found("_config.yml",
                           "stet:\n  collections:\n    posts:\n      fields:\n"
                           "        - name: a\n          type: string\n");
  EXPECT_EQ(text.find("other /stet/collections/posts/fields/0/type 6:17 there is no type 'string'"),
            0u)
      << text;
  text = found("_config.yml", "stet: {collections: {recipes: {}}}\n");
  EXPECT_EQ(text,
            "other warning /stet/collections/recipes 1:31 there is no collection 'recipes' "
            "under collections:\n");
}

TEST(Schemas, ANewEntryGetsDefaultsAndItsDatesWithoutQuotes) {
  SmallSite site(files());
  WriteRequest r = request(EntryKind::kPost);
  r.front_matter = Map{{"title", "New"}, {"summary", "S"}, {"until", "2024-07-01"}};
  auto outcome = prepare_create(site.ground(), r).value();
  ASSERT_TRUE(std::holds_alternative<Prepared>(outcome)) << std::get<Refusal>(outcome).message;
  EXPECT_EQ(*std::get<Prepared>(outcome).after,
            "---\ntitle: New\nsummary: S\nuntil: 2024-07-01\nstatus: new\n---\n");
}

TEST(Schemas, AWriteThatBringsAMistakeIsRefusedAndAnOlderMistakeIsNotHeldAgainstIt) {
  SmallSite site(files());
  WriteRequest r = request(EntryKind::kPost, "2020-01-02-bad");
  r.front_matter_patch = Map{{"title", "Better"}};
  auto outcome = prepare_patch(site.ground(), r).value();
  ASSERT_TRUE(std::holds_alternative<Prepared>(outcome));
  EXPECT_EQ(std::get<Prepared>(outcome).warnings.size(), 2u);
  r.front_matter_patch = Map{{"status", "worse"}};
  outcome = prepare_patch(site.ground(), r).value();
  ASSERT_TRUE(std::holds_alternative<Refusal>(outcome));
  const Refusal& refusal = std::get<Refusal>(outcome);
  ASSERT_EQ(refusal.fields.size(), 1u);
  EXPECT_EQ(refusal.fields[0].pointer, "/front_matter/status");
}

TEST(Schemas, ADraftThatLacksSomethingIsNotPublished) {
  SmallSite site(files());
  Action action;
  action.verb = ActionVerb::kMove;
  action.request = request(EntryKind::kDraft, "d");
  action.to = "_posts/2020-01-05-d.md";
  CommitRequest commit;
  commit.actions = {action};
  auto outcome = prepare_commit(site.ground(), commit).value();
  ASSERT_TRUE(std::holds_alternative<Refusal>(outcome));
  EXPECT_EQ(std::get<Refusal>(outcome).fields.front().pointer, "/front_matter/summary");
}

TEST(Schemas, WhoDeletesAnEntryHearsWhoNamesIt) {
  SmallSite site(files());
  WriteRequest r = request(EntryKind::kItem, "ada");
  r.label = "people";
  auto outcome = prepare_delete(site.ground(), r).value();
  const Problems& warnings = std::get<Prepared>(outcome).warnings;
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(to_string(warnings[0]),
            "_posts/2020-01-01-x.md:4:11: authors/0 names 'ada', which is no longer there");
}

TEST(Schemas, APushIsToldWithACheckOfItsOwn) {
  Files before = files(), after = before;
  after["_posts/2020-01-03-y.md"] = post("status: odd\n");
  after["_posts/2020-01-02-bad.md"] = "---\ntitle: T\nstatus: odd\n---\nAnother body.\n";
  Push push;
  push.before = storage::make_memory_snapshot(before).value();
  push.after = storage::make_memory_snapshot(after).value();
  push.diff = storage::compare(*push.before, *push.after).value();
  auto problems = check_push(push).value();
  ASSERT_EQ(problems.size(), 3u);
  std::size_t errors = 0;
  for (const PushProblem& one : problems) {
    EXPECT_EQ(one.check, Check::kSchemas);
    errors += one.problem.severity == Severity::kError;
  }
  EXPECT_EQ(errors, 1u) << "what was wrong before is not the push's";
}

TEST(Schemas, OfTheWholeSiteAsManyAsAreAskedForAreTold) {
  Files many = files();
  for (int i = 10; i < 29; ++i) {
    many["_posts/2021-01-" + std::to_string(i) + "-x.md"] = post("status: odd\n");
    many["_posts/2021-02-" + std::to_string(i) + "-x.md"] = post("status: old\n");
  }
  SmallSite site(many);
  EXPECT_EQ(schema_problems(site.site()).value().size(), 3u + 19u);
  auto some = schema_problems(site.site(), 5).value();
  ASSERT_EQ(some.size(), 6u);
  EXPECT_EQ(some[1].pointer, "/front_matter/status");
  EXPECT_EQ(some.back().problem.path, "_config.yml");
  EXPECT_NE(some.back().problem.message.find("more than 5"), std::string::npos);
}

TEST(Schemas, TheWholeSiteIsAskedAndSaysNothingWithoutThem) {
  SmallSite site(files());
  auto problems = schema_problems(site.site()).value();
  std::string text;
  for (const SchemaProblem& one : problems) text += to_string(one.problem) + "\n";
  EXPECT_EQ(text,
            "_drafts/d.md:2:1: 'summary' is needed\n"
            "_posts/2020-01-02-bad.md:3:9: 'odd' is none of the options new, old\n"
            "_posts/2020-01-02-bad.md:2:1: 'summary' is needed\n");
  Files plain = files();
  plain["_config.yml"] = "title: none\n";
  EXPECT_TRUE(schema_problems(SmallSite(plain).site()).value().empty());
}

}  // namespace
}  // namespace stet::change
