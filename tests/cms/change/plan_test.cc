// Several writes as one: all or nothing, moves with their links, and undoing.

#include "cms/change/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/change/undo.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

using document::Data;
using Map = Data::Map;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kFirst[] = "_posts/2020-01-01-first.md";

Files files() {
  return {
      {"_config.yml",
       "url: http://example.org\nbaseurl: /b\npermalink: /:title/\n"
       "plugins: [jekyll-redirect-from]\ninclude: [_pages]\n"},
      {kFirst, "---\ntitle: First # kept\n---\n\nSee [other](2020-02-02-second.md).\n"},
      {"_posts/2020-02-02-second.md",
       "---\ntitle: Second\n---\n{% post_url 2020-01-01-first %} [a](/first/#x) "
       "[b]({{ site.baseurl }}/first/) {{ '/first/' | relative_url }}\n"
       "[c](2020-01-01-first.md#y) `[c](2020-01-01-first.md)`\n"},
      {"docs/page.md",
       "---\ntitle: Page\n---\n{% link _posts/2020-01-01-first.md %} "
       "[d](../_posts/2020-01-01-first.md) [e](http://example.org/b/first/) "
       "[f](http://elsewhere.org/first/)\n"},
      {"_includes/nav.html", "<a href=\"/b/first/\">{% link _posts/2020-01-01-first.md %}</a>\n"},
      {"index.md", "---\ntitle: Home\n---\nHome.\n"},
      {"docs/up.md", "---\ntitle: Up\n---\n[a](/) [b](../../#x) [c](../page/)\n"},
      {"_layouts/default.html", "{{ content }}\n"}};
}

class Planned : public ::testing::Test {
 protected:
  Planned() : site_(files()) {
    ground_ = std::make_unique<Ground>(site_.ground());
    ground_->site_with = [this](const Edits& edits) -> Result<site::SitePtr> {
      Files changed = files();
      for (const auto& [path, content] : edits) {
        changed.erase(path.string());
        if (content) changed[path.string()] = *content;
      }
      later_.push_back(std::make_unique<SmallSite>(changed));
      return later_.back()->shared();
    };
  }

  PlanOutcome prepare(std::vector<Action> actions) {
    CommitRequest request;
    request.actions = std::move(actions);
    request.author_name = "Ada";
    request.author_email = "ada@example.org";
    auto outcome = prepare_commit(*ground_, request);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return std::move(*outcome);
  }

  Plan plan(std::vector<Action> actions) {
    PlanOutcome outcome = prepare(std::move(actions));
    auto* refusal = std::get_if<Refusal>(&outcome);
    if (refusal) ADD_FAILURE() << refusal->message;
    return refusal ? Plan() : std::move(std::get<Plan>(outcome));
  }

  Refusal refusal(std::vector<Action> actions) {
    PlanOutcome outcome = prepare(std::move(actions));
    auto* refusal = std::get_if<Refusal>(&outcome);
    EXPECT_NE(refusal, nullptr) << "was prepared";
    return refusal ? *refusal : Refusal();
  }

  static std::string text(const Plan& plan, const std::string& path) {
    auto it = plan.edits.find(RepoPath::parse(path).value());
    return it == plan.edits.end() ? "unchanged" : it->second.value_or("deleted");
  }

  SmallSite site_;
  std::unique_ptr<Ground> ground_;
  std::vector<std::unique_ptr<SmallSite>> later_;
};

Action move(std::string name, std::string to, std::string slug = "") {
  Action action;
  action.verb = ActionVerb::kMove;
  action.request = request(EntryKind::kPost, std::move(name));
  action.to = std::move(to);
  action.slug = std::move(slug);
  return action;
}

Action create(EntryKind kind, Map fields) {
  Action action;
  action.verb = ActionVerb::kCreate;
  action.request = request(kind);
  action.request.front_matter = Data(std::move(fields));
  return action;
}

TEST_F(Planned, AMoveTakesItsLinksAlongAndChangesNoOtherByte) {
  Plan moved = plan({move("2020-01-01-first", "", "begin")});
  EXPECT_EQ(text(moved, kFirst), "deleted");
  EXPECT_EQ(text(moved, "_posts/2020-01-01-begin.md"),
            "---\ntitle: First # kept\nredirect_from:\n  - /first/\n---\n\nSee "
            "[other](2020-02-02-second.md).\n");
  EXPECT_EQ(text(moved, "_posts/2020-02-02-second.md"),
            "---\ntitle: Second\n---\n{% post_url 2020-01-01-begin %} [a](/begin/#x) "
            "[b]({{ site.baseurl }}/begin/) {{ '/begin/' | relative_url }}\n"
            "[c](2020-01-01-begin.md#y) `[c](2020-01-01-first.md)`\n");
  EXPECT_EQ(text(moved, "docs/page.md"),
            "---\ntitle: Page\n---\n{% link _posts/2020-01-01-begin.md %} "
            "[d](../_posts/2020-01-01-begin.md) [e](http://example.org/b/begin/) "
            "[f](http://elsewhere.org/first/)\n");
  EXPECT_EQ(text(moved, "_includes/nav.html"),
            "<a href=\"/b/begin/\">{% link _posts/2020-01-01-begin.md %}</a>\n");
  ASSERT_EQ(moved.actions.size(), 1u);
  EXPECT_EQ(moved.actions[0].relinked.size(), 3u);
  EXPECT_THAT(moved.diff, HasSubstr("rename from _posts/2020-01-01-first.md\nrename to "));
  EXPECT_EQ(moved.change_set.message,
            "Move _posts/2020-01-01-first.md to _posts/2020-01-01-begin.md");
}

TEST_F(Planned, AMoveToAnotherFolderMendsTheFilesOwnLinks) {
  Plan moved = plan({move("2020-01-01-first", "_posts/2020/2020-01-01-first.md")});
  EXPECT_THAT(text(moved, "_posts/2020/2020-01-01-first.md"),
              HasSubstr("[other](../2020-02-02-second.md)"));
  // Its address stays, so nothing need lead there.
  EXPECT_EQ(text(moved, "_posts/2020/2020-01-01-first.md").find("redirect_from"),
            std::string::npos);
  EXPECT_THAT(text(moved, "_posts/2020-02-02-second.md"),
              HasSubstr("{% post_url 2020-01-01-first %} [a](/first/#x)"));
}

TEST_F(Planned, LinksToTheStartPageHaveNoNameToBeFoundBy) {
  Action start = move("index", "start.md");
  start.request = request(EntryKind::kPage, "index");
  Plan moved = plan({start});
  EXPECT_EQ(text(moved, "docs/up.md"),
            "---\ntitle: Up\n---\n[a](/start/) [b](../../start/#x) [c](../page/)\n");
}

TEST_F(Planned, WhatTheTokenMayNotWriteIsToldAndStays) {
  ground_->may_write = [](const RepoPath& path) { return !path.is_below("_includes"); };
  Plan moved = plan({move("2020-01-01-first", "", "begin")});
  EXPECT_EQ(text(moved, "_includes/nav.html"), "unchanged");
  ASSERT_EQ(moved.warnings.size(), 1u);
  EXPECT_EQ(moved.warnings[0].path, "_includes/nav.html");
  EXPECT_EQ(moved.warnings[0].line, 1);
}

TEST_F(Planned, MovesThatCannotBeAreRefused) {
  struct Row {
    Action action;
    std::string pointer;
    Refusal::Kind kind;
  };
  using Kind = Refusal::Kind;
  for (Row& row : std::vector<Row>{
           {move("2020-01-01-first", "", ""), "/to", Kind::kInvalid},
           {move("2020-01-01-first", "a.md", "b"), "/to", Kind::kInvalid},
           {move("2020-01-01-first", "", "a/b"), "/slug", Kind::kInvalid},
           {move("2020-01-01-first", "../a.md", ""), "/to", Kind::kInvalid},
           {move("2020-01-01-first", "_posts/undated.md", ""), "/to", Kind::kInvalid},
           {move("2020-01-01-first", "_posts/2020-02-02-second.md", ""), "", Kind::kExists},
           {move("2020-01-01-none", "", "b"), "", Kind::kNotFound},
       }) {
    Refusal refused = refusal({row.action});
    EXPECT_EQ(refused.kind, row.kind) << refused.message;
    EXPECT_EQ(refused.action, 0u);
    EXPECT_EQ(refused.fields.empty() ? "" : refused.fields[0].pointer, row.pointer)
        << refused.message;
  }
}

TEST_F(Planned, LaterActionsSeeEarlierOnes) {
  Plan made = plan({create(EntryKind::kPost, {{"title", "Twin"}}),
                    create(EntryKind::kPost, {{"title", "Twin"}})});
  ASSERT_EQ(made.actions.size(), 2u);
  EXPECT_EQ(made.actions[0].path.filename(), "2024-06-01-twin.md");
  EXPECT_EQ(made.actions[1].path.filename(), "2024-06-01-twin-2.md");
  EXPECT_EQ(made.change_set.edits.size(), 2u);
  EXPECT_EQ(made.change_set.preconditions.size(), 2u);
  EXPECT_THAT(made.change_set.message, HasSubstr("Change 2 entries"));
}

TEST_F(Planned, AFileIsTheBusinessOfOneAction) {
  Action patch;
  patch.verb = ActionVerb::kPatch;
  patch.request = request(EntryKind::kPost, "2020-01-01-first");
  patch.request.body = "Twice.\n";
  Refusal refused = refusal({move("2020-01-01-first", "", "begin"), patch});
  EXPECT_EQ(refused.action, 1u);
  Refusal twice = refusal({patch, patch});
  EXPECT_EQ(twice.action, 1u);
  EXPECT_THAT(twice.message, HasSubstr("action 0"));
}

TEST_F(Planned, APatchThatLinksToWhatMovesFollowsToo) {
  Action patch;
  patch.verb = ActionVerb::kPatch;
  patch.request = request(EntryKind::kPost, "2020-02-02-second");
  patch.request.body = "[now](/first/)\n";
  Plan made = plan({patch, move("2020-01-01-first", "", "begin")});
  EXPECT_EQ(text(made, "_posts/2020-02-02-second.md"), "---\ntitle: Second\n---\n[now](/begin/)\n");
  EXPECT_THAT(*made.actions[0].after, HasSubstr("/begin/"));
}

TEST_F(Planned, NothingIsRefusedInSilence) {
  EXPECT_EQ(refusal({}).fields.at(0).pointer, "/actions");
  std::vector<Action> many(kActionsMax + 1, create(EntryKind::kPost, {{"title", "x"}}));
  EXPECT_EQ(refusal(many).fields.at(0).pointer, "/actions");
}

class Undone : public Planned {
 protected:
  // The commit went from `before` to `after`; the site has what it has.
  UndoRequest undo(const Files& before, const Files& after) {
    UndoRequest request;
    request.parent = storage::make_memory_snapshot(before).value();
    request.commit = storage::make_memory_snapshot(after).value();
    request.diff = storage::compare(*request.parent, *request.commit).value();
    request.author_name = "Ada";
    request.author_email = "ada@example.org";
    request.message = "Revert";
    return request;
  }
  PlanOutcome outcome(const UndoRequest& request) {
    auto outcome = prepare_undo(*ground_, request);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return std::move(*outcome);
  }
};

TEST_F(Undone, LaterEditsOfOtherFieldsStay) {
  std::string now = files().at(kFirst);
  std::string then = "---\ntitle: First # kept\n---\n\nSee.\n";
  std::string before = "---\ntitle: Old # kept\n---\n\nSee.\n";
  PlanOutcome made = outcome(undo({{kFirst, before}}, {{kFirst, then}}));
  ASSERT_TRUE(std::holds_alternative<Plan>(made));
  EXPECT_EQ(text(std::get<Plan>(made), kFirst),
            "---\ntitle: Old # kept\n---\n\nSee [other](2020-02-02-second.md).\n");
}

TEST_F(Undone, WhatWasChangedAgainIsAConflictThatAChoiceDecides) {
  UndoRequest request =
      undo({{kFirst, "---\ntitle: Oldest\n---\n"}}, {{kFirst, "---\ntitle: Middle\n---\n"}});
  PlanOutcome refused = outcome(request);
  ASSERT_TRUE(std::holds_alternative<Refusal>(refused));
  const Refusal& refusal = std::get<Refusal>(refused);
  ASSERT_EQ(refusal.conflicts.size(), 1u);
  EXPECT_EQ(refusal.conflicts[0].first, kFirst);
  EXPECT_EQ(refusal.conflicts[0].second.pointer, "/front_matter/title");
  EXPECT_EQ(refusal.conflicts[0].second.ours, Data("First"));
  EXPECT_EQ(refusal.conflicts[0].second.theirs, Data("Oldest"));
  using Take = document::Choice::Take;
  request.choices[kFirst] = {{"/front_matter/title", Take::kTheirs, {}}};
  EXPECT_THAT(text(std::get<Plan>(outcome(request)), kFirst), HasSubstr("title: Oldest # kept"));
  request.choices[kFirst] = {{"/front_matter/title", Take::kValue, Data("Own")}};
  EXPECT_THAT(text(std::get<Plan>(outcome(request)), kFirst), HasSubstr("title: Own # kept"));
  request.choices[kFirst] = {{"/front_matter/title", Take::kOurs, {}}};
  EXPECT_TRUE(std::get<Plan>(outcome(request)).is_unchanged);
}

TEST_F(Undone, FilesComeBackAndGo) {
  Plan back = std::get<Plan>(outcome(undo({{"gone.txt", "x"}}, {})));
  EXPECT_EQ(text(back, "gone.txt"), "x");
  Plan gone = std::get<Plan>(outcome(undo({}, {{kFirst, files().at(kFirst)}})));
  EXPECT_EQ(text(gone, kFirst), "deleted");
  PlanOutcome changed = outcome(undo({}, {{kFirst, "---\ntitle: Other\n---\n"}}));
  EXPECT_TRUE(std::holds_alternative<Refusal>(changed));
}

TEST_F(Undone, AMovedFileGoesBackWithItsLaterEdits) {
  std::string old_path = "_posts/2019-01-01-old.md";
  std::string moved = "---\ntitle: First # kept\nredirect_from: /old/\n---\nSee.\n";
  std::string old = "---\ntitle: First # kept\n---\nSee.\n";
  Plan back = std::get<Plan>(outcome(undo({{old_path, old}}, {{kFirst, moved}})));
  EXPECT_EQ(text(back, kFirst), "deleted");
  EXPECT_THAT(text(back, old_path), HasSubstr("[other](2020-02-02-second.md)"));
}

TEST_F(Undone, FilesThatMovedWithOneBodyGoBackEachToItsOwnPlace) {
  const std::string second = "_posts/2020-02-02-second.md";
  const std::string a = "_posts/2019-01-01-a.md", b = "_posts/2019-01-02-b.md";
  std::string of_second = "---\ntitle: Second\n---\nSame.\n";
  std::string of_first = "---\ntitle: First # kept\n---\nSame.\n";
  Plan back = std::get<Plan>(
      outcome(undo({{a, of_second}, {b, of_first}}, {{kFirst, of_first}, {second, of_second}})));
  EXPECT_THAT(text(back, a), HasSubstr("post_url")) << "what was written to the second since";
  EXPECT_THAT(text(back, b), HasSubstr("[other]"));
  EXPECT_EQ(text(back, kFirst), "deleted");
  EXPECT_EQ(text(back, second), "deleted");
}

}  // namespace
}  // namespace stet::change
