#include "api/git/push_gate.h"

#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::git {
namespace {

using auth::Scope;
using auth::ScopeSet;
using storage::TestRepository;

std::string joined(const Judgement& judgement) {
  std::string text;
  for (const std::string& line : judgement.lines) text += line + "\n";
  return text + (judgement.is_refused ? judgement.summary : "taken");
}

class PushGate : public testing::Test {
 protected:
  PushGate() {
    first_ = repository_.commit({{"_config.yml", "title: T\n"},
                                 {"_layouts/post.html", "{{ content }}"},
                                 {"_posts/2020-01-01-a.md", "---\ntitle: A\n---\nA\n"}});
  }

  CommitId commit(const TestRepository::Files& files, const std::string& branch = "main") {
    return repository_.commit(files, {}, branch);
  }
  std::string judged(RefUpdate update) {
    auto judgement = judge(repository_.repository(), settings_, {std::move(update)});
    if (!judgement) return "error: " + judgement.error().message;
    return joined(*judgement);
  }
  std::string judged_main(const CommitId& after) {
    return judged({"refs/heads/main", first_, after});
  }

  TestRepository repository_;
  CommitId first_;
  GateSettings settings_{.branch = "main", .policy = {}};
};

TEST_F(PushGate, TakesWhatIsSound) {
  CommitId after = commit({{"_posts/2020-01-02-b.md", "---\nlayout: post\ntitle: B\n---\nB\n"}});
  EXPECT_EQ(judged_main(after), "taken");
}

TEST_F(PushGate, RefusesAMistakeWithItsPlace) {
  CommitId after = commit({{"_posts/2020-01-02-b.md", "---\ntitle: B\ndate: never\n---\nB\n"}});
  EXPECT_EQ(judged_main(after),
            "_posts/2020-01-02-b.md:3: 'never' is no date; write it as 2020-10-11 10:00:00 +0000\n"
            "refused for 1 reason; nothing was changed");
  settings_.policy.documents = PushAction::kWarn;
  EXPECT_TRUE(judged_main(after).ends_with("\ntaken"));
  settings_.policy.documents = PushAction::kOff;
  EXPECT_EQ(judged_main(after), "taken");
}

TEST_F(PushGate, ShowsAMistakeOnAnotherBranchAndTakesIt) {
  CommitId after =
      commit({{"_posts/2020-01-02-b.md", "---\ntitle: B\ndate: never\n---\nB\n"}}, "work");
  std::string said = judged({"refs/heads/work", std::nullopt, after});
  EXPECT_EQ(said.find("_posts/2020-01-02-b.md:3: 'never' is no date"), 0u) << said;
  EXPECT_TRUE(said.ends_with("\ntaken")) << said;
}

TEST_F(PushGate, RefusesFilesBeyondTheLimitOnEveryBranchAndOfProposals) {
  constexpr std::size_t kMib = 1 << 20;
  settings_.file_bytes_max = kMib;
  const std::string fault =
      "assets/large.bin: it has 2 MiB, and a file may have 1 (git.file_mib of the server's "
      "settings); Git LFS is for larger ones\nrefused for 1 reason; nothing was changed";
  CommitId good = commit({{"assets/a.bin", std::string(kMib, 'a')}}, "good");
  EXPECT_EQ(judged({"refs/heads/good", std::nullopt, good}), "taken");
  const TestRepository::Files large = {{"assets/large.bin", std::string(2 * kMib, 'b')}};
  CommitId bad = commit(large, "bad");
  EXPECT_EQ(judged({"refs/heads/bad", std::nullopt, bad}), fault);
  EXPECT_EQ(judged({"refs/for/main", std::nullopt, bad}), fault);
  EXPECT_EQ(judged_main(commit(large)), fault);
}

TEST_F(PushGate, RefusesToLoseCommitsOfTheServedBranch) {
  CommitId second = commit({{"a.txt", "a"}});
  EXPECT_EQ(judged({"refs/heads/main", second, first_}).find("refs/heads/main: this would take"),
            0u);
  settings_.policy.force = PushAction::kOff;
  EXPECT_EQ(judged({"refs/heads/main", second, first_}), "taken");
  settings_.policy.force = PushAction::kRefuse;
  EXPECT_EQ(judged({"refs/heads/work", second, first_}), "taken") << "it is its pusher's own";
}

TEST_F(PushGate, RefusesDeletionByPolicyAndOfTheServedBranchAlways) {
  EXPECT_NE(judged({"refs/heads/work", first_, std::nullopt}), "taken");
  EXPECT_NE(judged({"refs/tags/v1", first_, std::nullopt}), "taken");
  settings_.policy.deletion = PushAction::kOff;
  EXPECT_EQ(judged({"refs/heads/work", first_, std::nullopt}), "taken");
  EXPECT_EQ(judged({"refs/tags/v1", first_, std::nullopt}), "taken");
  EXPECT_NE(judged({"refs/heads/main", first_, std::nullopt}), "taken");
}

TEST_F(PushGate, AsksTheTokenForTheScopeOfEachPath) {
  CommitId post = commit({{"_posts/2020-01-02-b.md", "---\ntitle: B\n---\nB\n"}});
  CommitId both = commit({{"_layouts/post.html", "<b>{{ content }}</b>"}});
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kPostsWrite}};
  EXPECT_EQ(judged_main(post), "taken");
  EXPECT_EQ(judged_main(both),
            "_layouts/post.html: to write this the token needs the scope theme:write\n"
            "refused for 1 reason; nothing was changed");
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kPostsWrite, Scope::kThemeWrite}};
  EXPECT_EQ(judged_main(both), "taken");
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kAdmin}};
  EXPECT_EQ(judged_main(both), "taken");
}

TEST_F(PushGate, ANewBranchIsAskedForWhatItChangesAndNotForWhatOthersHaveDoneMeanwhile) {
  repository_.git({"branch", "work", first_.hex()});
  commit({{"_layouts/post.html", "<b>{{ content }}</b>"}});
  CommitId after = commit({{"_posts/2020-01-02-b.md", "---\ntitle: B\n---\nB\n"}}, "work");
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kPostsWrite}};
  EXPECT_EQ(judged({"refs/heads/fresh", std::nullopt, after}), "taken");
  // Merging the served branch into one's own brings nothing that is not there already.
  CommitId merged = commit({{"_layouts/post.html", "<b>{{ content }}</b>"}}, "work");
  EXPECT_EQ(judged({"refs/heads/work", after, merged}), "taken");
  CommitId more = commit({{"_layouts/post.html", "<i>{{ content }}</i>"}}, "work");
  EXPECT_NE(judged({"refs/heads/work", merged, more}), "taken");
}

TEST_F(PushGate, AProposalNeedsABranchACommitAndAServerThatMerges) {
  CommitId tree =
      CommitId::parse(repository_.git({"rev-parse", "main^{tree}"}).substr(0, 40)).value();
  EXPECT_EQ(judged({"refs/for/main", std::nullopt, first_}), "taken");
  EXPECT_EQ(judged({"refs/for/main", first_, std::nullopt}).find("refs/for/main: there is nothing"),
            0u);
  EXPECT_EQ(judged({"refs/for/main", std::nullopt, tree}).find("refs/for/main: only commits"), 0u);
  EXPECT_EQ(judged({"refs/for/x", std::nullopt, first_}).find("refs/for/x: there is no branch"),
            0u);
  settings_.is_merging = false;
  EXPECT_EQ(judged({"refs/for/main", std::nullopt, first_}).find("refs/for/main: nothing merges"),
            0u);
}

TEST_F(PushGate, OnePushAsksForSoManyMergesAndNoMore) {
  std::vector<RefUpdate> updates(kProposalsMax, {"refs/for/main", std::nullopt, first_});
  EXPECT_FALSE(judge(repository_.repository(), settings_, updates)->is_refused);
  updates.push_back(updates.front());
  EXPECT_TRUE(judge(repository_.repository(), settings_, updates)->is_refused);
}

TEST_F(PushGate, OfOtherReferencesATokenMayMoveTagsAlone) {
  EXPECT_EQ(judged({"refs/stet/x", std::nullopt, first_}), "taken") << "from somebody with a shell";
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kThemeWrite}};
  EXPECT_NE(judged({"refs/stet/x", std::nullopt, first_}), "taken");
  EXPECT_EQ(judged({"refs/tags/v1", std::nullopt, first_}), "taken");
  EXPECT_NE(judged({"refs/tags/v1", first_, first_}), "taken");
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kAdmin}};
  EXPECT_EQ(judged({"refs/stet/x", std::nullopt, first_}), "taken");
}

TEST_F(PushGate, AnEpochIsRaisedByAnAdminAndNeverLowered) {
  auto id = [&](const char* text) { return *CommitId::parse(repository_.blob(text)); };
  const CommitId two = id("2\n");
  auto push = [&](std::optional<CommitId> after) {
    return judged({"refs/stet/epoch", std::nullopt, after});
  };
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kPostsWrite, Scope::kThemeWrite}};
  EXPECT_NE(push(two), "taken");
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kAdmin}};
  EXPECT_EQ(push(two), "taken");
  EXPECT_NE(push(id("1\n")), "taken");
  EXPECT_NE(push(first_), "taken");
  EXPECT_NE(push(std::nullopt), "taken");
  repository_.git({"update-ref", "refs/stet/epoch", two.hex()});
  EXPECT_NE(push(two), "taken");
  EXPECT_EQ(push(id("3\n")), "taken");
}

TEST_F(PushGate, OfAServerThatDoesNotLeadTakesAnEpochAndNothingElse) {
  settings_.read_only = "another leads";
  const CommitId after = commit({{"_posts/2020-01-02-b.md", "---\ntitle: B\n---\nB\n"}}, "work");
  for (const char* name : {"refs/heads/work", "refs/for/main", "refs/tags/v1"}) {
    EXPECT_NE(judged({name, std::nullopt, after}).find("another leads"), std::string::npos);
  }
  const CommitId two = *CommitId::parse(repository_.blob("2\n"));
  EXPECT_EQ(judged({"refs/stet/epoch", std::nullopt, two}), "taken");
}

TEST_F(PushGate, WhatStetKeepsAsideIsNotATokensToMove) {
  CommitId kept = commit({{"_posts/2020-01-02-b.md", "---\ntitle: B\n---\nB\n"}}, "kept");
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kPostsWrite, Scope::kThemeWrite}};
  settings_.policy.deletion = PushAction::kOff;
  for (const char* name : {"refs/heads/stet/replaced-0123456789ab", "refs/heads/stet"}) {
    EXPECT_NE(judged({name, kept, first_}), "taken") << name;
    EXPECT_NE(judged({name, kept, std::nullopt}), "taken") << name;
  }
  EXPECT_EQ(judged({"refs/heads/stetson", kept, first_}), "taken");
  settings_.rights = auth::Rights{.scopes = ScopeSet{Scope::kAdmin}};
  EXPECT_EQ(judged({"refs/heads/stet/replaced-0123456789ab", kept, std::nullopt}), "taken");
}

TEST_F(PushGate, TheFirstCommitOfABranchMayBePushed) {
  TestRepository empty;
  CommitId after = empty.commit({{"index.html", "hello"}}, {}, "other");
  auto judgement = judge(empty.repository(), settings_, {{"refs/heads/main", std::nullopt, after}});
  ASSERT_TRUE(judgement) << judgement.error().message;
  EXPECT_EQ(joined(*judgement), "taken");
}

TEST_F(PushGate, WhatIsNoCommitIsRefused) {
  auto blob = CommitId::parse(repository_.blob("x"));
  ASSERT_TRUE(blob);
  EXPECT_EQ(judged({"refs/heads/work", std::nullopt, *blob}).find(blob->hex() + " is no commit"),
            0u);
}

TEST_F(PushGate, ManyMistakesAreCounted) {
  TestRepository::Files files;
  for (int i = 0; i < 200; ++i) {
    files["_posts/2020-01-02-p" + std::to_string(i) + ".md"] =
        "---\ntitle: B\ndate: never\n---\nB\n";
  }
  auto judgement =
      judge(repository_.repository(), settings_, {{"refs/heads/main", first_, commit(files)}});
  ASSERT_TRUE(judgement);
  ASSERT_EQ(judgement->lines.size(), kLinesMax + 1);
  EXPECT_EQ(judgement->lines.back(), "... and 150 more");
  EXPECT_EQ(judgement->summary, "refused for 200 reasons; nothing was changed");
}

TEST(PushUpdates, AreReadAsGitWritesThem) {
  std::string zeros(40, '0'), ones(40, '1');
  auto updates = parse_updates(zeros + " " + ones + " refs/heads/a b\n" + ones + " " + zeros +
                               " refs/tags/v1\n");
  ASSERT_TRUE(updates) << updates.error().message;
  ASSERT_EQ(updates->size(), 2u);
  EXPECT_EQ((*updates)[0].name, "refs/heads/a b");
  EXPECT_FALSE((*updates)[0].before);
  EXPECT_EQ((*updates)[0].after->hex(), ones);
  EXPECT_FALSE((*updates)[1].after);
  std::string many;
  for (std::size_t i = 0; i <= kUpdatesMax; ++i) many += zeros + " " + ones + " refs/heads/x\n";
  for (const std::string& bad : {std::string("x"),
                                 zeros + " " + ones,
                                 zeros + " " + ones + " ",
                                 std::string("1 2 x"),
                                 zeros + " zz x",
                                 many}) {
    EXPECT_FALSE(parse_updates(bad)) << bad.substr(0, 100);
  }
}

}  // namespace
}  // namespace stet::git
