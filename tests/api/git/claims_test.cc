// What a pushed commit may not say: somebody else's name, and what only the server does.

#include "api/git/claims.h"

#include <gtest/gtest.h>

#include "tests/api/git/git_client.h"
#include "tests/storage/git/test_repository.h"

namespace stet::git {
namespace {

using auth::Role;
using auth::Scope;
using storage::TestRepository;

TEST(Claims, AreTheServersOwnTrailersOfOthers) {
  struct Case {
    const char *message, *claim;
  };
  for (const Case& c : std::vector<Case>{
           {"Edit", ""},
           {"Edit\n\nSigned-off-by: Al <al@example.org>", ""},
           {"Edit\n\nStet-User: jo", ""},
           {"Edit\n\nStet-User: al", "Stet-User: al"},
           {"Edit\n\nStet-User: jo\nStet-User: al", "Stet-User: al"},
           {"Edit\n\nSTET-User: al\n\n", "STET-User: al"},
           {"Edit\n\nStet-Token: 17", "Stet-Token: 17"},
           {"Edit\n\nStet-Scheduled-By: jo", "Stet-Scheduled-By: jo"},
           {"Edit\n\nStet-Published-Change: x", "Stet-Published-Change: x"},
           {"Edit\n\nStet-Change: publish\nStet-Published-As: 1", "Stet-Change: publish"},
           {"Edit\n\nStet-Change: describe\nStet-Title: T", ""},
           // Not in the last paragraph, or not all trailers: nobody reads it as one.
           {"Edit\n\nStet-User: al\n\nText.", ""},
           {"Stet-User: al", ""},
       }) {
    EXPECT_EQ(claim_of(c.message, "jo"), c.claim) << c.message;
  }
  EXPECT_EQ(claim_of("Edit\n\nStet-User: ", ""), "Stet-User: ");
}

class PushedClaims : public testing::Test {
 protected:
  PushedClaims() {
    first_ = repository_.commit({{"_posts/2020-01-01-a.md", "---\ntitle: A\n---\nA\n"}});
  }

  // That no branch names.
  CommitId forged(const CommitId& parent, const std::string& trailers) {
    std::string made = repository_.git(
        {"commit-tree", first_.hex() + "^{tree}", "-p", parent.hex(), "-m", "Edit\n\n" + trailers});
    return *CommitId::parse(made.substr(0, 40));
  }

  Judgement judged(Role role, RefUpdate update) {
    GateSettings settings{.branch = "main", .policy = {}, .actor = "jo"};
    settings.rights = auth::Rights{.scopes = {Scope::kAdmin}, .role = role, .user = "jo"};
    auto judgement = judge(repository_.repository(), settings, {std::move(update)});
    EXPECT_TRUE(judgement) << judgement.error().message;
    return *judgement;
  }

  TestRepository repository_;
  CommitId first_;
};

TEST_F(PushedClaims, AreRefusedOnEveryBranchAndTagWhereverTheyLieInThePush) {
  CommitId bad = forged(first_, "Stet-User: al"), after = forged(bad, "Stet-User: jo");
  for (const char* name : {"refs/heads/main",
                           "refs/heads/work",
                           "refs/heads/change/x",
                           "refs/tags/v1",
                           "refs/for/main"}) {
    auto before = std::string(name) == "refs/heads/main" ? std::optional(first_) : std::nullopt;
    Judgement judgement = judged(Role::kEditor, {name, before, after});
    EXPECT_TRUE(judgement.is_refused) << name;
    ASSERT_FALSE(judgement.lines.empty()) << name;
    EXPECT_NE(judgement.lines[0].find("says 'Stet-User: al'"), std::string::npos)
        << judgement.lines[0];
    EXPECT_FALSE(judged(Role::kAdmin, {name, before, after}).is_refused) << name;
  }
}

TEST_F(PushedClaims, OfCommitsThatTheRepositoryHasAreNotAskedAgain) {
  CommitId known = forged(first_, "Stet-User: al"), after = forged(known, "Stet-User: jo");
  repository_.git({"update-ref", "refs/heads/change/x", known.hex()});
  EXPECT_FALSE(judged(Role::kEditor, {"refs/heads/main", first_, after}).is_refused);
  EXPECT_FALSE(judged(Role::kEditor, {"refs/heads/work", std::nullopt, known}).is_refused);
}

TEST_F(PushedClaims, WhatIsNoCommitHasNone) {
  std::string blob = repository_.blob("x");
  EXPECT_TRUE(
      judged(Role::kEditor, {"refs/tags/v1", std::nullopt, *CommitId::parse(blob)}).lines.empty());
}

// Two people who trust each other's names: one pushes as the other, and approves it.
TEST(PushedOverHttp, WhoPushesToAChangeHasWrittenToItWhateverTheCommitsSay) {
  GitSite site;
  site.serve("");
  std::string secret = site.token("posts:write");
  ASSERT_TRUE(site.sh("git clone -q " + site.url(secret) + " work").is_good());
  site.commit("work", {{"_posts/2020-01-02-b.md", "---\nlayout: post\ntitle: B\n---\nB\n"}});
  ASSERT_TRUE(site.git("work", "push -q origin HEAD:refs/heads/change/x").is_good());
  auto approve = [&](const std::string& token) {
    return fault::call(site.server().admin_port(),
                       "POST",
                       "/api/v1/changes/x/reviews",
                       {"Authorization: Bearer " + token, "Content-Type: application/json"},
                       R"({"verdict": "approve"})");
  };
  fault::Answer own = approve(secret);
  EXPECT_EQ(own.status, 403) << own.body;
  EXPECT_NE(own.body.find("somebody else approves it"), std::string::npos) << own.body;
  fault::Answer others = approve(site.token("posts:write"));
  EXPECT_EQ(others.status, 201) << others.body;
  // And a name that is somebody else's does not come in at all.
  ASSERT_TRUE(
      site.sh("cd work && git commit -q --allow-empty -m 'Edit\n\nStet-User: al'").is_good());
  Shown refused = site.git("work", "push -q origin HEAD:refs/heads/change/x");
  EXPECT_FALSE(refused.is_good());
  EXPECT_TRUE(refused.has("Stet-User: al")) << refused.text;
}

}  // namespace
}  // namespace stet::git
