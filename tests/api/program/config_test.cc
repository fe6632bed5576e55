// `stet config`: settings files that are checked, shown, and begun with.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/fault/server_process.h"
#include "tests/storage/git/test_repository.h"

namespace stet::program {
namespace {

class ConfigCommand : public testing::Test {
 protected:
  fault::Ran config(std::vector<std::string> words) {
    words.insert(words.begin(), {fault::ServerProcess::program(), "config"});
    return fault::run(words);
  }
  // `stet config check` of these settings.
  fault::Ran check(const std::string& settings) {
    std::ofstream(file(), std::ios::binary) << settings;
    return config({"check", file()});
  }
  std::string file() const { return (folder_.path() / "site.toml").string(); }
  std::string shown(const std::string& settings) {
    std::ofstream(file(), std::ios::binary) << settings;
    fault::Ran ran = config({"show", file()});
    EXPECT_EQ(ran.exit_code, 0) << settings;
    return ran.output;
  }

  storage::TemporaryFolder folder_;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(ConfigCommand, TheExampleHasEveryDefaultBehindItsMark) {
  fault::Ran example = config({"example"});
  ASSERT_EQ(example.exit_code, 0);
  EXPECT_EQ(check(example.output).output, file() + ": good\n");
  // Each `# key = value` above the example of a provider, without its mark.
  std::istringstream lines(example.output);
  std::string bare, section;
  int count = 0;
  for (std::string line; std::getline(lines, line) && !line.starts_with("# [oidc.");) {
    const bool is_setting = line.starts_with("# ") && has(line, " = ") && !has(line, "  stet ");
    bare += (is_setting ? line.substr(2) : line) + "\n";
    count += is_setting;
  }
  EXPECT_GT(count, 50);
  EXPECT_EQ(shown(bare), config({"show"}).output);
}

TEST_F(ConfigCommand, WhatIsShownIsASettingsFileThatSaysTheSame) {
  const std::string settings =
      "[http]\nport = 0\nurl = 'https://a.example'\ntrusted_proxies = ['::1',\n  \"127.0.0.1\", # "
      "us\n]\n"
      "[commits]\nname = \"A \\\"B\\\" \\\\ # C\"\n[audit]\nshare = 0.25\n"
      "[webhooks]\nallowed_networks = [\"10.1.0.0/16\"]\n[sessions]\nidle_minutes = 30\n"
      "[remote]\nrewritten = \"park\"\npush = false\n[media]\ntypes = [png]\n"
      "[oidc.a]\nissuer = \"https://a.example\"\nclient_id = \"x\"\ncreate_users = author\n";
  const std::string once = shown(settings);
  for (const char* part : {"port = 0\n",
                           R"(trusted_proxies = ["::1", "127.0.0.1"])",
                           R"(name = "A \"B\" \\ # C")",
                           "share = 0.25",
                           R"(allowed_networks = ["10.1.0.0/16"])",
                           "idle_minutes = 30",
                           "rewritten = \"park\"",
                           "push = false",
                           R"(types = ["png"])",
                           "[oidc.a]\n",
                           R"(create_users = "author")"}) {
    EXPECT_TRUE(has(once, part)) << part << "\nis not in\n" << once;
  }
  EXPECT_EQ(shown(once), once);
}

TEST_F(ConfigCommand, EachThingThatIsWrongIsNamedByLineWithItsMend) {
  struct Row {
    const char *settings, *said;
  };
  for (const Row& row : {
           Row{"[git]\npush_mib = 0\n", ":2: 'git.push_mib' is a number from 1 to 65536"},
           Row{"[git]\npush_mib = [1, 2]\n", ":2: 'git.push_mib' is one value"},
           Row{"[git]\npush_mb = 1\n",
               ":2: there is no setting 'git.push_mb'; [git] has push_mib,"},
           Row{"[gitt]\npush_mib = 1\n", ":2: there is no setting 'gitt.push_mib'; sections are ["},
           Row{"port = 1\n", ":1: there is no setting 'port'; sections are [http],"},
           Row{"[git]\nseconds = 1\n\nseconds = 2\n", ":4: 'git.seconds' stands in line 2 already"},
           Row{"[git\nseconds = 1\n", ":1: '[git' is no section"},
           Row{"[git]\nseconds\n", ":2: 'seconds' is no setting; write `key = value`"},
           Row{"[git]\nseconds =\n", ":2: there is no value"},
           Row{"[commits]\nname = a b\n", ":2: there is more behind the value of 'name'"},
           Row{"[commits]\nname = \"a\n", ":2: the text has no end; write \" behind it"},
           Row{"[commits]\nname = \"\\q\"\n", ":2: behind \\ in \"text\" stands one of"},
           Row{"[http]\ntrusted_proxies = [\"a\"\nport = 1\n",
               ":2: values of a list are parted by"},
           Row{"[http]\ntrusted_proxies = [\"a\",\n", ":2: the list has no end"},
           Row{"[http]\nadmin_url = \"cms.example\"\n", ":2: 'http.admin_url' is the address"},
           Row{"[http]\nallowed_origins = [\"https://a.example/app\"]\n",
               ":2: 'http.allowed_origins' names origins"},
           Row{"[http]\nallowed_origins = [\"\"]\n", ":2: 'http.allowed_origins' names origins"},
           Row{"[http]\nallowed_origins = [\"https://A.example/\", \"tauri://localhost\"]\n", ""},
           Row{"[http]\ntrusted_proxies = [\"localhost\"]\n", "'localhost' is no IP address"},
           Row{"[http]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n", ""},
           Row{"[http]\nport = 70000\n", ":2: 'http.port' is a number from 0 to 65535"},
           Row{"[push]\nforce = \"perhaps\"\n", ":2: 'perhaps' is nothing that 'force' can be"},
           Row{"[search]\nenabled = yes\n", ":2: 'search.enabled' is true or false, not 'yes'"},
           Row{"[audit]\nshare = 2\n", ":2: 'audit.share' is a number from 0 to 1"},
           Row{"[media]\ntypes = [\"png\", \"exe\"]\n", "has no type 'exe'; there are"},
           Row{"[hooks]\ngithub = \"/nowhere/secret\"\n", ":2: "},
           Row{"[hooks]\ngithub = \"credential:../x\"\n", ""},
           Row{"[oidc.a]\ncolour = \"red\"\n", ":2: there is no setting 'colour' of a provider"},
       }) {
    fault::Ran checked = check(row.settings);
    EXPECT_EQ(checked.exit_code, row.said[0] ? 1 : 0) << row.settings;
    EXPECT_TRUE(has(checked.output, row.said)) << row.settings << checked.output;
  }
}

TEST_F(ConfigCommand, AllThatIsWrongIsToldAtOnceInTheOrderOfLines) {
  const std::string said =
      check("[git]\nseconds = 0\nwaiting\n[oidc]\nx = 1\n[audit]\nshare = 1.5\n").output;
  std::size_t at = 0;
  for (const char* place : {":2: ", ":3: ", ":5: ", ":7: "}) {
    std::size_t next = said.find(place);
    EXPECT_NE(next, std::string::npos) << place << said;
    EXPECT_GE(next, at) << said;
    at = next;
  }
}

TEST_F(ConfigCommand, NoSecretIsShown) {
  const std::filesystem::path secret = folder_.path() / "secret";
  std::ofstream(secret) << "hunter2-hunter2\n";
  const std::string said = shown(
      "[remote]\nurl = \"https://me:hunter2-hunter2@git.example/x\"\n"
      "credential_helper = \"!echo password=hunter2-hunter2\"\n"
      "[hooks]\ngithub = \"" +
      secret.string() +
      "\"\ngitlab = \"credential:lab\"\n"
      "[oidc.a]\nissuer = \"https://a.example\"\nclient_id = \"x\"\nclient_secret_file = \"" +
      secret.string() + "\"\n");
  EXPECT_FALSE(has(said, "hunter2")) << said;
  EXPECT_TRUE(has(said, "github = \"" + secret.string() + "\"")) << said;
  EXPECT_TRUE(has(said, "gitlab = \"credential:lab\"")) << said;
}

TEST_F(ConfigCommand, AFileThatIsNotThereIsAnError) {
  EXPECT_NE(config({"check", (folder_.path() / "none.toml").string()}).exit_code, 0);
  EXPECT_NE(config({"show", (folder_.path() / "none.toml").string()}).exit_code, 0);
}

}  // namespace
}  // namespace stet::program
