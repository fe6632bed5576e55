#include "api/git/proc_receive.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "api/git/pkt_line.h"

namespace stet::git {
namespace {

using Landing = Result<Landed>;

const std::string kOld(40, '0'), kNew(40, 'b'), kHead(40, 'c'), kMerge(40, 'd');

CommitId id(const std::string& hex) { return CommitId::parse(hex).value(); }

Landed landed(const std::string& after) {
  return {.judgement = {}, .branch = "refs/heads/main", .before = id(kHead), .after = id(after)};
}

// What the hook writes when git says `said`, and its status.
struct Said {
  Status status;
  std::string text;
};
Said converse_with(const std::string& said, const LandPush& land) {
  int input[2], output[2];
  EXPECT_EQ(::pipe(input), 0);
  EXPECT_EQ(::pipe(output), 0);
  EXPECT_EQ(::write(input[1], said.data(), said.size()), static_cast<ssize_t>(said.size()));
  ::close(input[1]);
  Status status = converse(input[0], output[1], land);
  ::close(output[1]);
  std::string text(4096, '\0');
  ssize_t got = ::read(output[0], text.data(), text.size());
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  ::close(input[0]);
  ::close(output[0]);
  return {status, text};
}

std::string update(const std::string& name) { return pkt_line(kOld + " " + kNew + " " + name); }

TEST(ProcReceive, AnswersEachUpdateWithWhereItWent) {
  Said said = converse_with(
      pkt_line("version=1") + "0000" + update("refs/for/main") + update("refs/for/b") + "0000",
      [](const RefUpdate& asked, const auto& options) -> Landing {
        EXPECT_TRUE(options.empty());
        if (asked.name == "refs/for/b") return unavailable("the disk is full");
        return landed(kMerge);
      });
  ASSERT_TRUE(said.status) << said.status.error().message;
  EXPECT_EQ(said.text,
            pkt_line("version=1") + "0000" + pkt_line("ok refs/for/main") +
                pkt_line("option old-oid " + kHead) + pkt_line("option new-oid " + kMerge) +
                pkt_line("ng refs/for/b the disk is full") + "0000");
}

TEST(ProcReceive, NamesTheBranchWhereItWentOnFromTheCommitItself) {
  EXPECT_EQ(report_of({"refs/for/main", std::nullopt, id(kNew)}, Landing(landed(kNew))),
            pkt_line("ok refs/for/main") + pkt_line("option refname refs/heads/main") +
                pkt_line("option old-oid " + kHead) + pkt_line("option new-oid " + kNew));
}

TEST(ProcReceive, HandsThePushsOptionsOn) {
  std::string version = "version=1";
  Said said = converse_with(pkt_line(version + '\0' + "push-options atomic") + "0000" +
                                update("refs/for/main") + "0000" + pkt_line("message=Why") +
                                pkt_line("x") + "0000",
                            [](const RefUpdate&, const std::vector<std::string>& options) {
                              EXPECT_EQ(options, (std::vector<std::string>{"message=Why", "x"}));
                              return Landing(landed(kMerge));
                            });
  ASSERT_TRUE(said.status);
  EXPECT_TRUE(said.text.starts_with(pkt_line(version + '\0' + "push-options") + "0000"));
}

TEST(ProcReceive, SeveralAtOnceAreNotMergedAtomically) {
  std::string version = "version=1";
  Said said = converse_with(pkt_line(version + '\0' + "atomic") + "0000" + update("refs/for/a") +
                                update("refs/for/b") + "0000",
                            [](const RefUpdate&, const auto&) {
                              ADD_FAILURE();
                              return Landing(internal(""));
                            });
  EXPECT_NE(said.text.find("ng refs/for/b several"), std::string::npos) << said.text;
}

TEST(ProcReceive, WhatGitWouldNotSayIsAnError) {
  const auto never = [](const RefUpdate&, const auto&) {
    ADD_FAILURE();
    return Landing(internal(""));
  };
  std::string greeting = pkt_line("version=1") + "0000";
  for (const std::string& text : {std::string(),
                                  pkt_line("version=2") + "0000",
                                  std::string("0000"),
                                  std::string("zzzz"),
                                  greeting,
                                  greeting + update("refs/for/main"),
                                  greeting + pkt_line("no ids") + "0000"}) {
    EXPECT_FALSE(converse_with(text, never).status) << text;
  }
}

}  // namespace
}  // namespace stet::git
