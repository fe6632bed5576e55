// A healthy site, and one fault at a time: by the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "storage/base/durable_file.h"
#include "storage/base/hash.h"
#include "storage/sqlite/database.h"
#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Doctor : public testing::Test {
 protected:
  void SetUp() override {
    site_.serve();
    ASSERT_TRUE(site_.server().is_ready());
  }

  Json ask(const std::string& flags = "") {
    Shown said = site_.sh("'" + fault::ServerProcess::program() +
                          "' doctor --repo site.git --json " + flags + " 2>/dev/null");
    Json json = Json::parse(said.text, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << said.text;
    if (json.is_discarded()) return {{"healthy", false}, {"symptoms", Json::array()}};
    EXPECT_EQ(json["healthy"].get<bool>(), said.exit_code == 0);
    return json;
  }

  // What is said of errors and warnings, one line each.
  std::vector<std::string> wrong(const std::string& flags = "") {
    std::vector<std::string> lines;
    const Json json = ask(flags);
    for (const Json& symptom : json.at("symptoms")) {
      if (symptom["severity"] == "note") continue;
      EXPECT_FALSE(symptom["mend"].get<std::string>().empty());
      lines.push_back(symptom["severity"].get<std::string>() + ": " +
                      symptom["check"].get<std::string>() + ": " +
                      symptom["what"].get<std::string>());
    }
    return lines;
  }

  void push(const GitSite::Files& files) {
    ASSERT_TRUE(site_.sh("git clone -q site.git work").is_good());
    site_.commit("work", files);
    Shown pushed = site_.git("work", "push -q origin HEAD:main");
    ASSERT_TRUE(pushed.is_good()) << pushed.text;
  }

  // The one that there is.
  std::string only(const std::string& flags = "") {
    auto lines = wrong(flags);
    EXPECT_EQ(lines.size(), 1u) << ::testing::PrintToString(lines);
    return lines.empty() ? "" : lines.front();
  }

  fs::path in(const std::string& path) const { return site_.repository() / path; }

  GitSite site_;
};

TEST_F(Doctor, IsSilentOnAHealthySiteServedOrNot) {
  site_.token("admin");
  EXPECT_THAT(wrong(), IsEmpty());
  EXPECT_THAT(wrong("--quick"), IsEmpty());
  site_.stop();
  EXPECT_THAT(wrong(), IsEmpty());
  Shown said = site_.sh("'" + fault::ServerProcess::program() + "' doctor --repo site.git");
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_THAT(said.text, HasSubstr("nothing is wrong\n"));
}

TEST_F(Doctor, ComparesEveryPageWithWhatItsCommitMakes) {
  const std::string flags = "--pages --settings settings.toml";
  auto expect_compared = [&] {
    Json json = ask(flags);
    EXPECT_EQ(json["healthy"], true) << json;
    EXPECT_THAT(json.dump(), Not(HasSubstr("were not compared")));
  };
  expect_compared();
  // Other flags than the server has make other pages, which is no fault.
  EXPECT_THAT(ask(flags + " --future").dump(), HasSubstr("pages were not compared"));
  push({{"_config.yml", "title: Themed\nstet:\n  theme: default\n"}});
  expect_compared();
}

// What no server had when it published: LFS fetches by itself, whenever somebody runs it.
TEST_F(Doctor, FindsAPageThatIsNotWhatItsCommitMakes) {
  const std::string oid = sha256_hex("film");
  push({{"film.webm",
         "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 4\n"}});
  EXPECT_THAT(wrong("--pages --settings settings.toml"), IsEmpty());
  site_.stop();
  fs::create_directories(in("lfs/objects") / oid.substr(0, 2) / oid.substr(2, 2));
  ASSERT_TRUE(
      write_atomically(in("lfs/objects") / oid.substr(0, 2) / oid.substr(2, 2) / oid, "film"));
  EXPECT_THAT(only("--pages --settings settings.toml"),
              HasSubstr("1 live pages are not what their commit makes: 'film.webm'"));
}

TEST_F(Doctor, FindsAPageThatIsSpoiltOnTheDisk) {
  for (const auto& file : fs::recursive_directory_iterator(in("stet/pages"))) {
    if (!file.is_regular_file() || file.path().has_extension()) continue;
    std::ofstream(file.path(), std::ios::app) << "x";
  }
  EXPECT_THAT(only(), HasSubstr("warning: pages: "));
  EXPECT_THAT(wrong("--quick"), IsEmpty());
}

TEST_F(Doctor, FindsAnObjectThatIsMissingAndOneThatIsSpoilt) {
  site_.stop();
  ASSERT_TRUE(site_
                  .sh("cd site.git && mv objects/pack/*.pack . && for p in *.pack; do "
                      "git unpack-objects -q < $p; done; rm -f *.pack objects/pack/*")
                  .is_good());
  EXPECT_THAT(wrong(), IsEmpty());
  std::string blob = site_.git("site.git", "rev-parse main:index.html").text;
  fs::path object = in("objects") / blob.substr(0, 2) / blob.substr(2, 38);
  std::string bytes = read_file(object, 1 << 20).value();
  fs::permissions(object, fs::perms::owner_write, fs::perm_options::add);
  ASSERT_TRUE(write_atomically(object, bytes.substr(0, bytes.size() / 2)));
  EXPECT_THAT(wrong(), testing::Contains(HasSubstr("error: objects: error: ")));
  fs::remove(object);
  EXPECT_THAT(wrong("--quick"), testing::Contains(HasSubstr("missing blob " + blob.substr(0, 40))));
}

TEST_F(Doctor, FindsADamagedLedger) {
  EXPECT_EQ(site_.server().terminate(), 0);  // nothing is left in SQLite's log
  std::fstream file(in("stet/ledger.sqlite"), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(3 * 4096);
  file << std::string(4096, '\0');
  file.close();
  EXPECT_THAT(wrong(), testing::Contains(HasSubstr("error: ledger: the ledger is damaged")));
  for (const char* part : {"-wal", "-shm", "as the user that serves", "tar -xf ARCHIVE"}) {
    EXPECT_THAT(ask().dump(), HasSubstr(part));
  }
}

// git 1.x and converters wrote such commits, and fetches take them.
TEST_F(Doctor, TakesHistoryAsItWasOnceWrittenAndQuotesWhatIsWrong) {
  site_.stop();
  auto write = [&](const std::string& name, const std::string& author) {
    Shown written = site_.sh("cd site.git && git update-ref refs/tags/" + name +
                             " $(printf 'tree %s\\nauthor " + author + "\\ncommitter " + author +
                             "\\n\\nx\\n' $(git rev-parse main^{tree}) | git hash-object -t commit "
                             "-w --literally --stdin)");
    ASSERT_TRUE(written.is_good()) << written.text;
  };
  write("space", "A <a@b.example>1 +0000");
  write("zone", "A <a@b.example> 1 +00000");
  EXPECT_THAT(wrong(), IsEmpty());
  EXPECT_THAT(wrong("--quick"), IsEmpty());
  write("mail", "A 1 +0000");
  EXPECT_THAT(only(),
              AllOf(HasSubstr("warning: objects: error in commit "), HasSubstr("missingEmail")));
}

// systemd hands them to the service alone, and none to whoever asks from a shell.
TEST_F(Doctor, NeedsNoSecretsThatAreTheServicesAlone) {
  site_.stop();
  ASSERT_TRUE(write_atomically(site_.folder() / "service.toml",
                               "[hooks]\ngithub = \"credential:github\"\n"));
  EXPECT_THAT(wrong("--settings service.toml"), IsEmpty());
  Shown targets = site_.sh("'" + fault::ServerProcess::program() +
                           "' target list --repo site.git --settings service.toml");
  EXPECT_TRUE(targets.is_good()) << targets.text;
}

TEST_F(Doctor, FindsALedgerThatIsNewerOrOlderOrNone) {
  site_.stop();
  auto set_version = [&](const std::string& version) {
    auto database =
        *storage::Database::open(in("stet/ledger.sqlite"), storage::Database::Kind::kLedger);
    ASSERT_TRUE(database.execute("PRAGMA user_version = " + version));
  };
  set_version("1000");
  EXPECT_THAT(only(), HasSubstr("written by a newer stet"));
  set_version("1");
  EXPECT_THAT(ask().dump(), HasSubstr("back it up before this stet is started"));
  EXPECT_THAT(wrong(), IsEmpty());
  fs::remove(in("stet/ledger.sqlite"));
  EXPECT_THAT(only(), HasSubstr("warning: ledger: there is no ledger"));
  EXPECT_FALSE(fs::exists(in("stet/ledger.sqlite")));
  ASSERT_TRUE(write_atomically(in("stet/ledger.sqlite"), "no database"));
  fs::permissions(in("stet/ledger.sqlite"), static_cast<fs::perms>(0600));
  EXPECT_THAT(only(), HasSubstr("is no ledger of stet"));
}

TEST_F(Doctor, FindsWhatOthersMayRead) {
  fs::permissions(in("stet/ledger.sqlite"), static_cast<fs::perms>(0640));
  EXPECT_THAT(only(), HasSubstr("error: permissions: others may read or write"));
  fs::permissions(in("stet/ledger.sqlite"), static_cast<fs::perms>(0600));
  fs::permissions(in("stet"), static_cast<fs::perms>(0755));
  EXPECT_THAT(only(), HasSubstr("error: permissions: others may read or write"));
}

TEST_F(Doctor, FindsWhatBelongsToAnother) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  ASSERT_EQ(::chown(in("refs/heads").c_str(), 4321, 4321), 0);
  EXPECT_THAT(only(), HasSubstr("belongs to user 4321"));
}

TEST_F(Doctor, FindsHooksThatAreMissingOrOthersOrCallNothing) {
  const fs::path hook = in("hooks/pre-receive");
  const std::string script = read_file(hook, 1 << 16).value();
  fs::permissions(hook, static_cast<fs::perms>(0644));
  EXPECT_THAT(only(), HasSubstr("error: hooks: hooks/pre-receive is no program"));
  fs::remove(hook);
  EXPECT_THAT(only(), HasSubstr("error: hooks: hooks/pre-receive is missing"));
  ASSERT_TRUE(write_program(hook, "#!/bin/sh\nexit 0\n"));
  EXPECT_THAT(only(), HasSubstr("warning: hooks: hooks/pre-receive is not stet's"));
  std::string gone = script;
  for (std::size_t at; (at = gone.find(fault::ServerProcess::program())) != gone.npos;) {
    gone.replace(at, fault::ServerProcess::program().size(), "/gone/it'\\''s/stet");
  }
  ASSERT_TRUE(write_program(hook, gone));
  EXPECT_THAT(only(), HasSubstr("calls '/gone/it's/stet', which is not there"));
}

TEST_F(Doctor, FindsALockThatAKilledGitHasLeft) {
  ASSERT_TRUE(write_atomically(in("refs/heads/main.lock"), ""));
  EXPECT_THAT(wrong(), IsEmpty());
  fs::last_write_time(in("refs/heads/main.lock"),
                      fs::file_time_type::clock::now() - std::chrono::hours(1));
  EXPECT_THAT(only(), HasSubstr("error: locks: "));
}

TEST_F(Doctor, FindsACommitOfTheFuture) {
  site_.stop();
  ASSERT_TRUE(site_
                  .sh("export GIT_COMMITTER_DATE='2090-01-01T00:00:00Z'; git -C site.git "
                      "update-ref refs/heads/later $(git -C site.git commit-tree -m x main^{tree})")
                  .is_good());
  EXPECT_THAT(only(), HasSubstr("'later' was made at 2090-01-01T00:00:00Z"));
}

TEST_F(Doctor, FindsABranchThatIsNotThere) {
  site_.stop();
  ASSERT_TRUE(site_.git("site.git", "symbolic-ref HEAD refs/heads/none").is_good());
  EXPECT_THAT(only(), HasSubstr("HEAD names the branch 'none', which is not there"));
}

TEST_F(Doctor, FindsWhatIsNoRepositoryAndSettingsThatAreWrong) {
  Shown said = site_.sh("'" + fault::ServerProcess::program() + "' doctor --repo work-not-there");
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(said.text, HasSubstr("error: repository: "));
  ASSERT_TRUE(write_atomically(site_.folder() / "bad.toml", "[hooks]\nnone = \"x\"\n"));
  EXPECT_THAT(only("--settings bad.toml"), HasSubstr("bad.toml:2"));
}

TEST_F(Doctor, FindsADiskThatIsNearlyFull) {
  site_.stop();
  const std::string small = "mount -t tmpfs -o size=40m tmpfs small";
  if (!site_.sh("mkdir small && unshare -rm " + small).is_good()) {
    GTEST_SKIP() << "no file system can be mounted here";
  }
  Shown said = site_.sh("unshare -rm sh -c '" + small +
                        " && cp -a site.git small && exec \"$0\" "
                        "doctor --repo small/site.git' '" +
                        fault::ServerProcess::program() + "'");
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(said.text, HasSubstr("error: disk: the disk of 'small/site.git' has "));
}

TEST_F(Doctor, FindsProgramsThatAreMissing) {
  const fs::path alone = site_.folder() / "alone";
  std::error_code failure;
  fs::create_hard_link(fault::ServerProcess::program(), alone, failure);
  if (failure) fs::copy_file(fault::ServerProcess::program(), alone);
  Shown said = site_.sh("./alone doctor --repo site.git");
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(said.text, HasSubstr("error: programs: stet-sass is not at"));
  EXPECT_THAT(said.text, HasSubstr("note: programs: pictures are shown as they are"));
}

TEST_F(Doctor, LeavesARepackInPeace) {
  ASSERT_TRUE(write_atomically(in("objects/maintenance.lock"), ""));
  Json json = ask();
  EXPECT_EQ(json["healthy"], true) << json;
  EXPECT_THAT(json.dump(), HasSubstr("the objects were not looked at"));
  fs::remove(in("objects/maintenance.lock"));
  ask();
  EXPECT_FALSE(fs::exists(in("objects/maintenance.lock")));
}

}  // namespace
}  // namespace stet::git
