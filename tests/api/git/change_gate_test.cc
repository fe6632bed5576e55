// What a push notes of a change: who may say it by the API may say it so, and nobody else.

#include "api/git/change_gate.h"

#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::git {
namespace {

using auth::Rights;
using auth::Role;
using storage::TestRepository;

constexpr char kPost[] = "_posts/2020-01-01-x.md";

class ChangeGate : public testing::Test {
 protected:
  ChangeGate() { repository_.commit({{kPost, "---\ntitle: X\n---\nB\n"}}); }

  // A commit that changes nothing.
  CommitId say(const CommitId& parent, const std::string& words) {
    std::string made = repository_.git(
        {"commit-tree", parent.hex() + "^{tree}", "-p", parent.hex(), "-m", "S\n\n" + words});
    return *CommitId::parse(made.substr(0, 40));
  }
  // Opened by `ada`, who is a maintainer, and edited by `al`.
  CommitId change(const std::string& path, const std::string& text) {
    CommitId opened = say(*repository_.repository().head_of("main").value(),
                          "Stet-User: ada\nStet-Change: open\nStet-Title: T");
    repository_.git({"branch", "-f", "change/x", opened.hex()});
    CommitId edited = repository_.commit({{path, text}}, {}, "change/x");
    CommitId named = say(edited, "Stet-User: al");
    repository_.git({"branch", "-f", "change/x", named.hex()});
    return named;
  }
  bool is_refused(const std::string& user, Role role, RefUpdate update) {
    GateSettings settings{.branch = "main", .policy = {}};
    settings.rights = Rights{.scopes = {auth::Scope::kAdmin}, .role = role, .user = user};
    settings.actor = user;
    auto judgement = judge(repository_.repository(), settings, {std::move(update)});
    EXPECT_TRUE(judgement) << judgement.error().message;
    return judgement->is_refused;
  }

  TestRepository repository_;
};

TEST_F(ChangeGate, RefusesWordsOfThoseWhoHaveMadeButAnEdit) {
  CommitId head = change("_layouts/default.html", "<b>{{ content }}</b>\n");
  struct Row {
    const char* words;
    bool of_writer, of_editor, of_opener;  // who is refused
  };
  const Row rows[] = {{"Stet-Change: withdraw", true, true, false},
                      {"Stet-Change: reopen", true, true, false},
                      {"Stet-Change: open\nStet-Title: Mine", true, true, false},
                      {"Stet-Change: unschedule", true, true, false},
                      {"Stet-Change: describe\nStet-Title: T", false, true, false},
                      {"Signed-off-by: jo", false, false, false}};
  for (const Row& row : rows) {
    CommitId said = say(head, row.words);
    RefUpdate update{"refs/heads/change/x", head, said};
    EXPECT_EQ(is_refused("al", Role::kAuthor, update), row.of_writer) << row.words;
    EXPECT_EQ(is_refused("ed", Role::kEditor, update), row.of_editor) << row.words;
    EXPECT_EQ(is_refused("ada", Role::kMaintainer, update), row.of_opener) << row.words;
    // The same by a merge that the server is asked for, and below further commits.
    RefUpdate proposal{"refs/for/change/x", std::nullopt, said};
    EXPECT_EQ(is_refused("al", Role::kAuthor, proposal), row.of_writer) << row.words;
    RefUpdate deeper{"refs/heads/change/x", head, say(said, "Signed-off-by: jo")};
    EXPECT_EQ(is_refused("al", Role::kAuthor, deeper), row.of_writer) << row.words;
  }
}

TEST_F(ChangeGate, LetsThoseEndAChangeWhoMayPublishIt) {
  CommitId head = change(kPost, "---\ntitle: Y\n---\nB\n");
  RefUpdate update{"refs/heads/change/x", head, say(head, "Stet-Change: withdraw")};
  EXPECT_TRUE(is_refused("al", Role::kAuthor, update));
  EXPECT_FALSE(is_refused("ed", Role::kEditor, update));
  // A branch of one's own says what it likes, but no set time.
  RefUpdate begun{"refs/heads/change/y", std::nullopt, update.after};
  EXPECT_FALSE(is_refused("ed", Role::kEditor, begun));
}

// What is live is not written by a push either where approvals are wanted.
TEST(ReviewGate, LeavesTheServedBranchToChangesThatAreApproved) {
  TestRepository repository;
  auto judged = [&](Role role, const CommitId& before, const CommitId& after) {
    GateSettings settings{.branch = "main", .policy = {}};
    settings.rights = Rights{.scopes = {auth::Scope::kAdmin}, .role = role, .user = "jo"};
    auto judgement = judge(repository.repository(), settings, {{"refs/heads/main", before, after}});
    EXPECT_TRUE(judgement) << judgement.error().message;
    return judgement->is_refused ? judgement->lines.at(0) : "";
  };
  std::string config = "stet: {review: {approvals: 1}}\n";
  CommitId first = repository.commit({{"_config.yml", config}, {kPost, "---\n---\nB\n"}});
  CommitId draft = repository.commit({{"_drafts/d.md", "---\n---\nD\n"}});
  EXPECT_EQ(judged(Role::kEditor, first, draft), "");
  CommitId post = repository.commit({{kPost, "---\n---\nC\n"}});
  EXPECT_NE(judged(Role::kEditor, draft, post).find("refs/heads/change/"), std::string::npos);
  EXPECT_NE(judged(Role::kAdmin, draft, post), "");
  // The rules are those before the push.
  CommitId loosened = repository.commit({{"_config.yml", "title: T\n"}});
  EXPECT_NE(judged(Role::kMaintainer, post, loosened), "");
  EXPECT_EQ(judged(Role::kEditor, loosened, repository.commit({{kPost, "---\n---\nD\n"}})), "");
}

}  // namespace
}  // namespace stet::git
