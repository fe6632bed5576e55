#include "storage/backup/refs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/durable_file.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

using ::testing::HasSubstr;

const std::string kId(40, 'a');

TEST(Refs, AreReadAsTheyWereWritten) {
  Refs refs = {{"refs/heads/main", kId}, {"refs/remotes/o/HEAD", kId, "refs/remotes/o/main"}};
  EXPECT_EQ(parse_refs(to_text(refs)).value(), refs);
  EXPECT_EQ(parse_refs("").value(), Refs());
}

TEST(Refs, AreRefusedByTheLine) {
  for (const std::string& line : {kId + " HEAD",
                                  kId,
                                  std::string("short refs/heads/a"),
                                  kId + " refs/heads/a..b",
                                  kId + " refs/heads//a",
                                  kId + " refs/",
                                  kId + " refs/../../../etc/passwd",
                                  kId + " refs/heads/a refs/../b",
                                  kId + " refs/heads/a b c",
                                  std::string("")}) {
    auto refs = parse_refs(kId + " refs/heads/main\n" + line + "\n");
    ASSERT_FALSE(refs) << line;
    EXPECT_THAT(refs.error().message, HasSubstr("line 2"));
  }
  EXPECT_FALSE(parse_refs(kId + " refs/heads/main"));  // no end of the line
}

TEST(Refs, ListsAllOfThem) {
  TestRepository test;
  CommitId head = test.commit({{"a", "1"}});
  test.git({"tag", "-a", "v1", "-m", "first", head.hex()});
  test.git({"update-ref", "refs/stet/epoch", head.hex()});
  test.git({"symbolic-ref", "refs/remotes/o/HEAD", "refs/heads/main"});
  Refs refs = list_refs(test.path()).value();
  ASSERT_EQ(refs.size(), 4u);
  EXPECT_EQ(refs[0], (Ref{"refs/heads/main", head.hex()}));
  EXPECT_EQ(refs[1], (Ref{"refs/remotes/o/HEAD", head.hex(), "refs/heads/main"}));
  EXPECT_EQ(refs[3].name, "refs/tags/v1");
  EXPECT_NE(refs[3].id, head.hex());  // the tag's own
}

// git passes over them, and says it by the way.
TEST(Refs, ThatAreBrokenAreNamedWithTheMend) {
  for (const char* name : {"refs/heads/broken", "refs/heads/bad..name"}) {
    TestRepository test;
    CommitId head = test.commit({{"a", "1"}});
    ASSERT_TRUE(write_atomically(
        test.path() / name, std::string_view(name).ends_with("broken") ? "" : head.hex() + "\n"));
    auto refs = list_refs(test.path());
    ASSERT_FALSE(refs) << name;
    EXPECT_THAT(refs.error().message, HasSubstr((test.path() / name).string() + "' away"));
    ASSERT_TRUE(std::filesystem::remove(test.path() / name));
    EXPECT_TRUE(list_refs(test.path()));
  }
}

// One bundle onto the other, into a new repository.
class Bundles : public testing::Test {
 protected:
  void SetUp() override {
    made_ = from_.folder() / "made.git";
    ASSERT_TRUE(Repository::create(made_, "main"));
  }

  Refs bring(const Refs& known) {
    Refs refs = list_refs(from_.path()).value();
    std::string bytes;
    Status written =
        write_bundle({.repository = from_.path(), .refs = refs, .head = refs[0].id, .known = known},
                     [&](std::string_view piece) -> Status {
                       bytes += piece;
                       return {};
                     });
    EXPECT_TRUE(written);
    bytes_ = bytes.size();
    const auto path = from_.folder() / "made.bundle";
    EXPECT_TRUE(write_atomically(path, bytes));
    Status taken = take_bundle(made_, path);
    EXPECT_TRUE(taken) << taken.error().message;
    Status finished = finish_refs(made_, {.refs = refs, .branch = "main"});
    EXPECT_TRUE(finished) << finished.error().message;
    return refs;
  }

  TestRepository from_;
  std::filesystem::path made_;
  std::size_t bytes_ = 0;
};

TEST_F(Bundles, LeadToTheSameReferencesStepByStep) {
  from_.commit({{"a", std::string(10'000, 'a') + "1"}, {"b", "2"}});
  from_.git({"branch", "x", "main"});
  Refs first = bring({});
  EXPECT_EQ(list_refs(made_).value(), first);
  EXPECT_EQ(bring(first), first);  // nothing is new
  // What was a branch is a folder of branches now, and something is gone.
  from_.git({"branch", "-D", "x"});
  from_.git({"branch", "x/y", "main"});
  from_.commit({{"a", std::string(10'000, 'a') + "3"}});
  Refs third = bring(first);
  EXPECT_EQ(list_refs(made_).value(), third);
  EXPECT_LT(bytes_, 1'500u);  // one line of a file
  // History that is rewritten, to before what was known.
  from_.git({"update-ref", "refs/heads/main", from_.git({"rev-parse", "main~1"}).substr(0, 40)});
  Refs fourth = bring(third);
  EXPECT_EQ(list_refs(made_).value(), fourth);
}

TEST_F(Bundles, WhatIsKnownAndGoneIsNoHindrance) {
  from_.commit({{"a", "1"}});
  Refs known = {{"refs/heads/gone", std::string(40, '1')}};
  Refs refs = bring(known);
  EXPECT_EQ(list_refs(made_).value(), refs);
}

TEST_F(Bundles, AMissingObjectIsAnError) {
  CommitId head = from_.commit({{"a", "1"}});
  Refs refs = {{"refs/heads/main", head.hex()}, {"refs/heads/bad", std::string(40, '1')}};
  Status written = write_bundle({.repository = from_.path(), .refs = refs},
                                [](std::string_view) { return Status(); });
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr("git pack-objects failed"));
}

TEST_F(Bundles, OthersThanWereSaidAreRefused) {
  from_.commit({{"a", "1"}});
  Refs refs = bring({});
  refs[0].id = std::string(40, '1');
  EXPECT_FALSE(finish_refs(made_, {.refs = refs, .branch = "main"}));
  ASSERT_TRUE(write_atomically(from_.folder() / "no.bundle",
                               "# v2 git bundle\n" + kId + " refs/heads/main\n\nPACK"));
  Status taken = take_bundle(made_, from_.folder() / "no.bundle");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace stet::storage
