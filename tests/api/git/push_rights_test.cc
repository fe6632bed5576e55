// The gate for pushes, by roles: the same files and roles as the API's test has.

#include <gtest/gtest.h>

#include "api/git/push_gate.h"
#include "tests/api/auth/rights_matrix.h"
#include "tests/storage/git/test_repository.h"

namespace stet::git {
namespace {

using auth::Rights;
using auth::Role;
using auth::Scope;
using storage::TestRepository;

class PushRights : public testing::Test {
 protected:
  PushRights() {
    TestRepository::Files files;
    for (const auth::MatrixFile& file : auth::kMatrixFiles) {
      files[std::string(file.path)] = std::string(file.before);
    }
    first_ = repository_.commit(files);
  }
  Judgement judged(Role role, RefUpdate update) {
    GateSettings settings{.branch = "main", .policy = {}};
    settings.rights = Rights{.scopes = {Scope::kAdmin}, .role = role, .user = "jo"};
    auto judgement = judge(repository_.repository(), settings, {std::move(update)});
    EXPECT_TRUE(judgement) << judgement.error().message;
    return *judgement;
  }

  TestRepository repository_;
  CommitId first_;
};

TEST_F(PushRights, OfEachRoleReachTheFilesThatTheTableSays) {
  for (const auth::MatrixFile& file : auth::kMatrixFiles) {
    repository_.git({"branch", "-f", "work", first_.hex()});
    CommitId after =
        repository_.commit({{std::string(file.path), std::string(file.after)}}, {}, "work");
    for (const auto& [role, letter] : auth::kEachRole) {
      bool is_allowed = file.who.find(letter) != std::string_view::npos;
      for (const char* branch : {"refs/heads/main", "refs/heads/work"}) {
        Judgement judgement = judged(role, {branch, first_, after});
        EXPECT_EQ(!judgement.is_refused, is_allowed)
            << auth::name_of(role) << " " << file.path << " " << branch
            << (judgement.lines.empty() ? "" : " " + judgement.lines[0]);
      }
    }
  }
}

TEST_F(PushRights, OfAChangeAreThoseToProposeUnlessItHasItsTime) {
  auto pushed = [&](const std::string& path, const std::string& text) {
    repository_.git({"branch", "-f", "work", first_.hex()});
    return repository_.commit({{path, text}}, {}, "work");
  };
  const std::string change = "refs/heads/change/x";
  CommitId post = pushed("_posts/2020-01-01-x.md", "---\ntitle: X\n---\nB\n");
  EXPECT_TRUE(judged(Role::kAuthor, {"refs/heads/work", first_, post}).is_refused);
  EXPECT_FALSE(judged(Role::kAuthor, {change, std::nullopt, post}).is_refused);
  EXPECT_TRUE(judged(Role::kReader, {change, std::nullopt, post}).is_refused);
  CommitId theme = pushed("_layouts/default.html", "<b>{{ content }}</b>\n");
  EXPECT_TRUE(judged(Role::kAuthor, {change, std::nullopt, theme}).is_refused);
  // A push that sets a time, or goes on from one, is for who may publish.
  std::string scheduled =
      repository_.git({"commit-tree",
                       post.hex() + "^{tree}",
                       "-p",
                       post.hex(),
                       "-m",
                       "S\n\nStet-Change: schedule\nStet-Publish-At: 2030-01-01T00:00:00Z"});
  CommitId timed = *CommitId::parse(scheduled.substr(0, 40));
  Judgement refused = judged(Role::kAuthor, {change, post, timed});
  EXPECT_TRUE(refused.is_refused);
  ASSERT_FALSE(refused.lines.empty());
  EXPECT_NE(refused.lines[0].find("at a set time"), std::string::npos) << refused.lines[0];
  EXPECT_FALSE(judged(Role::kEditor, {change, post, timed}).is_refused);
}

TEST_F(PushRights, AnAuthorDeletesAndMovesDraftsOfTheirOwnAlone) {
  auto without = [&](const std::string& path) {
    repository_.git({"branch", "-f", "work", first_.hex()});
    return repository_.commit({}, {path}, "work");
  };
  EXPECT_FALSE(
      judged(Role::kAuthor, {"refs/heads/main", first_, without("_drafts/own.md")}).is_refused);
  EXPECT_TRUE(
      judged(Role::kAuthor, {"refs/heads/main", first_, without("_drafts/taken.md")}).is_refused);
  repository_.git({"branch", "-f", "work", first_.hex()});
  CommitId published =
      repository_.commit({{"_posts/2020-01-09-own.md", "---\ntitle: Own\nauthor: jo\n---\nA\n"}},
                         {"_drafts/own.md"},
                         "work");
  EXPECT_TRUE(judged(Role::kAuthor, {"refs/heads/main", first_, published}).is_refused);
  EXPECT_FALSE(judged(Role::kEditor, {"refs/heads/main", first_, published}).is_refused);
}

TEST_F(PushRights, AnAuthorMovesBranchesForwardAndNothingElse) {
  CommitId second = repository_.commit({{"_drafts/own.md", "---\nauthor: jo\n---\nB\n"}});
  for (const RefUpdate& update : {RefUpdate{"refs/tags/v1", std::nullopt, first_},
                                  RefUpdate{"refs/heads/work", first_, std::nullopt},
                                  RefUpdate{"refs/stet/x", std::nullopt, first_},
                                  RefUpdate{"refs/heads/main", second, first_}}) {
    Judgement judgement = judged(Role::kAuthor, update);
    EXPECT_TRUE(judgement.is_refused) << update.name;
  }
  EXPECT_FALSE(judged(Role::kAuthor, {"refs/heads/main", first_, second}).is_refused);
  EXPECT_FALSE(judged(Role::kEditor, {"refs/tags/v1", std::nullopt, first_}).is_refused);
  EXPECT_TRUE(judged(Role::kMaintainer, {"refs/stet/x", std::nullopt, first_}).is_refused);
}

}  // namespace
}  // namespace stet::git
