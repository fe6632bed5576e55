// What happens to the repository while no server runs: the next one shows what a build from nothing
// makes of the branch's head.

#include <gtest/gtest.h>

#include <fstream>

#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Deed {
  const char *what, *before, *deed;  // scripts; the second while it is served, the third while not
};

void PrintTo(const Deed& deed, std::ostream* out) { *out << deed.what; }

constexpr Deed kDeeds[] = {
    {"a commit by hand",
     "",
     "git clone -q site.git hand && cd hand && echo by hand > hand.txt && git add . && "
     "git commit -qm hand && git push -q"},
    {"the branch moved back, and what was live pruned",
     "git clone -q site.git hand && cd hand && echo gone > gone.txt && git add . && "
     "git commit -qm gone && git push -q",
     "cd site.git && git update-ref refs/heads/main main~1 && "
     "git reflog expire --expire=all --all && git gc -q --prune=now"},
    {"repacked",
     "git clone -q site.git hand && cd hand && echo x > x.txt && git add . && git commit -qm x && "
     "git push -q",
     "cd site.git && git pack-refs --all && git repack -q -a -d -f"},
    {"a backup put back, with a commit on top",
     // Files of git come and go while it is served; a copy of a moment when none did is taken.
     "for n in 1 2 3 4 5 6 7 8 9; do cp -a site.git backup.git 2> /dev/null && break; "
     "rm -rf backup.git; sleep 0.2; done; git clone -q site.git hand && cd hand && "
     "echo lost > lost.txt && git add . && git commit -qm lost && git push -q",
     "rm -rf site.git hand && mv backup.git site.git && git clone -q site.git hand && cd hand && "
     "echo later > later.txt && git add . && git commit -qm later && git push -q"},
    {"another branch's history",
     "",
     "git clone -q site.git hand && cd hand && git checkout -q --orphan new && git rm -rfq . && "
     "echo all else > index.html && git add . && git commit -qm new && git push -q origin new && "
     "cd ../site.git && git update-ref refs/heads/main new"},
};

class WhileDown : public testing::TestWithParam<Deed> {
 protected:
  void run(const char* script) {
    if (!*script) return;
    Shown shown = site_.sh(script);
    ASSERT_TRUE(shown.is_good()) << shown.text;
  }

  GitSite site_;
};

TEST_P(WhileDown, IsHealedAtTheNextStart) {
  const Deed& deed = GetParam();
  site_.serve();
  run(deed.before);
  site_.stop();
  run(deed.deed);
  site_.serve();
  std::string token = site_.token("content:read");
  fault::Answer status = fault::call(
      site_.server().admin_port(), "GET", "/api/v1/status", {"Authorization: Bearer " + token});
  ASSERT_EQ(status.status, 200);
  EXPECT_EQ(fault::member(status.body, "commit"), site_.head().substr(0, 40));
  fs::path out = site_.folder() / "out";
  fault::Ran built = fault::run({fault::ServerProcess::program(),
                                 "build",
                                 "--repo",
                                 site_.repository().string(),
                                 "--ref",
                                 fault::member(status.body, "commit"),
                                 "--time",
                                 fault::member(status.body, "instant"),
                                 "--url",
                                 fault::member(status.body, "url"),
                                 "-d",
                                 out.string()});
  ASSERT_EQ(built.exit_code, 0) << built.output;
  int pages = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(out)) {
    if (!entry.is_regular_file()) continue;
    ++pages;
    std::string path = "/" + entry.path().lexically_relative(out).generic_string();
    EXPECT_EQ(site_.page(path), text_of(entry.path())) << path;
  }
  EXPECT_GT(pages, 0);
  EXPECT_EQ(fault::call(site_.server().port(), "GET", "/gone.txt").status, 404);
  EXPECT_EQ(fault::call(site_.server().port(), "GET", "/lost.txt").status, 404);
}

INSTANTIATE_TEST_SUITE_P(Deeds, WhileDown, testing::ValuesIn(kDeeds), [](const auto& row) {
  return "Deed" + std::to_string(row.index);
});

}  // namespace
}  // namespace stet::git
