// What is made of the command line: manual pages, and what shells complete.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/fault/server_process.h"
#include "tests/storage/git/test_repository.h"

namespace stet::program {
namespace {

std::string stet(std::vector<std::string> words) {
  words.insert(words.begin(), fault::ServerProcess::program());
  fault::Ran ran = fault::run(words);
  EXPECT_EQ(ran.exit_code, 0) << words.back();
  return ran.output;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// Blanks and ends of lines as one blank each.
std::string on_one_line(const std::string& text) {
  std::string joined;
  for (char c : text) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t';
    if (!is_blank || !joined.ends_with(' ')) joined += is_blank ? ' ' : c;
  }
  return joined;
}

// The page as somebody reads it, on one line; what groff complains of is in `complaints`.
struct Page {
  std::string text, complaints;
};
Page read(const std::string& name, const std::filesystem::path& folder) {
  std::ofstream(folder / name) << stet({"help", "--page", name});
  const std::string file = (folder / name).string();
  fault::Ran shown = fault::run({"/bin/sh",
                                 "-c",
                                 "LC_ALL=C.UTF-8 man --warnings -E UTF-8 -Tutf8 -l '" + file +
                                     "' 2>'" + file + ".err' | col -bx"});
  std::ifstream complaints(file + ".err");
  return {on_one_line(shown.output), std::string(std::istreambuf_iterator<char>(complaints), {})};
}

class ManualPages : public testing::Test {
 protected:
  void SetUp() override {
    if (fault::run({"/bin/sh", "-c", "command -v man && command -v col"}).exit_code != 0) {
      GTEST_SKIP() << "there is no man(1)";
    }
  }
  storage::TemporaryFolder folder_;
};

TEST_F(ManualPages, GroffHasNothingToSayOfAny) {
  std::vector<std::string> pages = lines_of(stet({"help", "--pages"}));
  ASSERT_GT(pages.size(), 10U);
  for (const std::string& name : pages) {
    Page page = read(name, folder_.path());
    EXPECT_EQ(page.complaints, "") << name;
    EXPECT_TRUE(has(page.text, "NAME")) << name;
    EXPECT_TRUE(has(page.text, "SEE ALSO")) << name;
  }
}

TEST_F(ManualPages, ACommandsPageHasAllThatItsHelpHas) {
  const std::string page = read("stet-serve.1", folder_.path()).text;
  for (const char* part : {"stet-serve - serve a repository",
                           "--admin-port UINT",
                           "of the API (default: 4001; 0: a free one)",
                           "-s, --source DIR",
                           "Of a working folder:",
                           "--no-watch"}) {
    EXPECT_TRUE(has(page, part)) << part << "\nis not in\n" << page;
  }
  EXPECT_FALSE(has(page, "A first site")) << "the program's own epilogue";
  const std::string token = read("stet-token.1", folder_.path()).text;
  EXPECT_TRUE(has(token, "stet token create --repo DIR --scope TEXT [OPTIONS]")) << token;
  EXPECT_TRUE(has(read("stet.1", folder_.path()).text, "stet token create --repo site.git"));
  EXPECT_TRUE(has(read("stet-merge-driver.1", folder_.path()).text, "echo '* merge=stet' >>"));
  EXPECT_TRUE(has(read("stet.toml.5", folder_.path()).text, "push_mib"));
}

TEST(Help, APageThatThereIsNotIsAnError) {
  const std::string program = fault::ServerProcess::program();
  EXPECT_EQ(fault::run({program, "help", "--page", "stet-nothing.1"}).exit_code, 1);
  EXPECT_EQ(fault::run({program, "help", "--completion", "tcsh"}).exit_code, 1);
}

// What bash offers behind these words.
std::vector<std::string> offered(const std::string& words) {
  storage::TemporaryFolder folder;
  std::ofstream(folder.path() / "stet.bash") << stet({"help", "--completion", "bash"});
  std::filesystem::create_directory(folder.path() / "site.git");
  std::ofstream(folder.path() / "site.toml") << "";
  fault::Ran ran = fault::run({"/bin/bash",
                               "-c",
                               "cd '" + folder.path().string() +
                                   "' && set -u && . ./stet.bash && COMP_WORDS=(" + words +
                                   ") && COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) && _stet && "
                                   "printf '%s\\n' \"${COMPREPLY[@]}\""});
  EXPECT_EQ(ran.exit_code, 0) << words;
  std::vector<std::string> lines = lines_of(ran.output);
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(Completion, BashOffersCommandsOptionsAndFilesWhereTheyBelong) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(offered("stet se"), Words{"serve"});
  EXPECT_EQ(offered("stet token ''"), (Words{"create", "list", "revoke"}));
  EXPECT_EQ(offered("stet config ch"), Words{"check"});
  EXPECT_EQ(offered("stet serve --admin"), Words{"--admin-port"});
  EXPECT_EQ(offered("stet serve --repo ''"), Words{"site.git"});
  EXPECT_EQ(offered("stet serve --settings si"), (Words{"site.git", "site.toml"}));
  EXPECT_EQ(offered("stet serve --port ''"), Words{""});
  EXPECT_EQ(offered("stet token create --scope x --da"), Words{"--days"});
  EXPECT_EQ(offered("stet help exp"), Words{"explain"});
  EXPECT_EQ(offered("stet config check si"), (Words{"site.git", "site.toml"}));
}

TEST(Completion, EachCommandOfTheHelpIsInAllOfThem) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = stet({"help", "--completion", shell});
    for (const std::string& page : lines_of(stet({"help", "--pages"}))) {
      if (!page.starts_with("stet-")) continue;
      const std::string command = page.substr(5, page.rfind('.') - 5);
      EXPECT_TRUE(has(script, command)) << shell << ": " << command;
    }
  }
}

TEST(Completion, ShellsThatAreThereReadTheirs) {
  storage::TemporaryFolder folder;
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string file = (folder.path() / shell).string();
    std::ofstream(file) << stet({"help", "--completion", shell});
    const std::string test =
        "! command -v " + std::string(shell) + " >/dev/null || " + shell + " -n '" + file + "'";
    EXPECT_EQ(fault::run({"/bin/sh", "-c", test}).exit_code, 0) << shell;
  }
}

}  // namespace
}  // namespace stet::program
