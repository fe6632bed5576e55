// `stet merge-driver`, called by git itself in a clone with the two settings that its help names.

#include <gtest/gtest.h>

#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

const std::string kPost = "_posts/2020-01-01-first.md";

class MergeDriver : public testing::Test {
 protected:
  MergeDriver() {
    Shown cloned = site_.sh("git clone -q site.git work && cd work && git branch side && " +
                            std::string("echo '* merge=stet' >> .git/info/attributes && ") +
                            "git config merge.stet.driver '" + fault::ServerProcess::program() +
                            " merge-driver %O %A %B %P %L'");
    EXPECT_TRUE(cloned.is_good()) << cloned.text;
  }
  // Both sides change files; then git merges.
  Shown merge(const GitSite::Files& ours, const GitSite::Files& theirs) {
    site_.commit("work", ours);
    EXPECT_TRUE(site_.git("work", "checkout -q side").is_good());
    site_.commit("work", theirs);
    EXPECT_TRUE(site_.git("work", "checkout -q main").is_good());
    return site_.git("work", "merge --no-edit side");
  }
  std::string content(const std::string& path) { return site_.sh("cat work/" + path).text; }

  GitSite site_;
};

TEST_F(MergeDriver, MergesByField) {
  Shown merged = merge({{kPost, "---\nlayout: post\ntitle: Ours\n---\nFirst body.\n"}},
                       {{kPost, "---\nlayout: page\ntitle: First\n---\nFirst body.\n"}});
  EXPECT_TRUE(merged.is_good()) << merged.text;
  EXPECT_EQ(content(kPost), "---\nlayout: page\ntitle: Ours\n---\nFirst body.\n");
}

TEST_F(MergeDriver, LeavesMarkersAroundTheFieldInConflict) {
  Shown merged = merge({{kPost, "---\nlayout: post\ntitle: Ours\n---\nFirst body.\n"}},
                       {{kPost, "---\nlayout: page\ntitle: Theirs\n---\nMore.\n"}});
  EXPECT_FALSE(merged.is_good());
  EXPECT_TRUE(merged.has("CONFLICT (content): Merge conflict in " + kPost)) << merged.text;
  EXPECT_TRUE(merged.has(kPost + ":3: /front_matter/title: it was \"First\", is now \"Ours\", and "
                                 "theirs is \"Theirs\""))
      << merged.text;
  EXPECT_EQ(content(kPost),
            "---\nlayout: page\n<<<<<<< ours\ntitle: Ours\n||||||| base\ntitle: "
            "First\n=======\ntitle: Theirs\n>>>>>>> theirs\n---\nMore.\n");
  EXPECT_TRUE(site_.git("work", "status --short").has("UU " + kPost));
}

TEST_F(MergeDriver, LeavesWhatIsNoTextAsItIsHere) {
  const std::string kOurs("a\0b", 3), kTheirs("b\0b", 3);
  Shown merged = merge({{"p.bin", kOurs}}, {{"p.bin", kTheirs}});
  EXPECT_FALSE(merged.is_good());
  EXPECT_TRUE(merged.has("is no text, or too large: not merged")) << merged.text;
  EXPECT_EQ(content("p.bin"), kOurs);
}

TEST_F(MergeDriver, TellsAFailureFromAConflict) {
  Shown failed = site_.sh(fault::ServerProcess::program() + " merge-driver a b c d.md");
  EXPECT_EQ(failed.exit_code, 129) << failed.text;
  site_.sh("echo x > a; echo y > b; echo z > c");
  Shown conflict = site_.sh(fault::ServerProcess::program() + " merge-driver a b c d.md 9");
  EXPECT_EQ(conflict.exit_code, 2) << conflict.text;
  EXPECT_TRUE(site_.sh("cat b").text.starts_with("<<<<<<<<< ours\ny\n"));
  EXPECT_EQ(site_.sh(fault::ServerProcess::program() + " merge-driver a a c d.md").exit_code, 0);
  EXPECT_EQ(site_.sh("cat a").text, "z\n");
}

TEST_F(MergeDriver, SaysHowItIsSetUp) {
  Shown help = site_.sh(fault::ServerProcess::program() + " help merge-driver");
  EXPECT_TRUE(help.is_good());
  EXPECT_TRUE(help.has("git config merge.stet.driver 'stet merge-driver %O %A %B %P %L'"))
      << help.text;
}

}  // namespace
}  // namespace stet::git
