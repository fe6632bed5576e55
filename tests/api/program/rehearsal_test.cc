// A site is backed up while people write, lost, and put back: everything is there again. By HTTP
// and git, against the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "storage/base/durable_file.h"
#include "storage/base/hash.h"
#include "storage/sqlite/database.h"
#include "tests/api/git/git_client.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;

constexpr char kFilm[] = "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm";
constexpr std::uint64_t kBytesMax = 1 << 24;

// Every row of every table, as SQL would write it.
std::multiset<std::string> rows_of(const fs::path& ledger) {
  auto database = *storage::Database::open(ledger, storage::Database::Kind::kLedger);
  std::multiset<std::string> rows;
  auto tables = *database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (tables.step().value()) {
    std::string name = tables.text(0), values;
    auto columns = *database.prepare("SELECT name FROM pragma_table_info('" + name + "')");
    while (columns.step().value()) values += "|| ',' || quote(\"" + columns.text(0) + "\")";
    auto row = *database.prepare("SELECT ''" + values + " FROM \"" + name + "\"");
    while (row.step().value()) rows.insert(name + row.text(0));
  }
  return rows;
}

std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    files[file.path().lexically_relative(folder)] = read_file(file.path(), kBytesMax).value();
  }
  return files;
}

class Rehearsal : public testing::Test {
 protected:
  static std::string program() { return "'" + fault::ServerProcess::program() + "'"; }

  void begin() {
    ASSERT_TRUE(site_.sh("git clone -q site.git work").is_good());
    Files posts = {{"feed.xml", "---\n---\n{{ site.time | date_to_xmlschema }}\n"}};
    for (int i = 1; i < 20; ++i) {
      posts["_posts/2021-01-" + std::string(i < 10 ? "0" : "") + std::to_string(i) + "-post.md"] =
          "---\nlayout: post\ntitle: Post " + std::to_string(i) + "\n---\nText.\n";
    }
    site_.commit("work", posts);
    ASSERT_TRUE(site_.git("work", "push -q origin HEAD:main").is_good());
    for (const char* name : {"anna", "ben"}) site_.add_person(name, "editor");
    // Nobody listens where the webhook goes: its deliveries wait in the ledger.
    site_.serve("[webhooks]\nallowed_networks = [\"127.0.0.0/8\"]\n");
    for (const char* name : {"anna", "ben"}) tokens_[name] = site_.token_of_person(name);
    tokens_["root"] = site_.token("admin");
    fs::path object = site_.repository() / "lfs/objects/" / film_.substr(0, 2) / film_.substr(2, 2);
    fs::create_directories(object);
    ASSERT_TRUE(write_atomically(object / film_, "a film that LFS keeps"));
  }

  Json ask(const std::string& who,
           const std::string& method,
           const std::string& target,
           const Json& body,
           int status) {
    std::vector<std::string> headers = {"Authorization: Bearer " + tokens_[who], "If-Match: *"};
    if (!body.is_null()) {
      headers.push_back(method == "PATCH" ? "Content-Type: application/merge-patch+json"
                                          : "Content-Type: application/json");
    }
    fault::Answer answer = fault::call(
        site_.server().admin_port(), method, target, headers, body.is_null() ? "" : body.dump());
    EXPECT_EQ(answer.status, status) << answer.body;
    return Json::parse(answer.body, nullptr, false);
  }

  // A change with comments and a review, media, a webhook, a tag, a push over HTTP.
  void fill() {
    change_ = ask("anna", "POST", "/api/v1/changes", {{"title", "Spring"}}, 201)["self"];
    std::string id = change_.substr(change_.rfind('/') + 1);
    ask("anna",
        "PATCH",
        "/api/v1/posts/2020-01-01-first?change=" + id,
        {{"front_matter", {{"title", "Better"}}}},
        200);
    ask("ben", "POST", change_ + "/comments", {{"body", "Which one?"}}, 201);
    ask("ben", "POST", change_ + "/reviews", {{"verdict", "ask"}, {"body", "Say which."}}, 201);
    ask("root", "POST", "/api/v1/webhooks", {{"url", "http://127.0.0.1:59999/in"}}, 201);
    fault::Answer film = fault::call(site_.server().admin_port(),
                                     "POST",
                                     "/api/v1/media?name=film.webm",
                                     {"Authorization: Bearer " + tokens_["anna"]},
                                     std::string(kFilm, sizeof kFilm - 1));
    ASSERT_EQ(film.status, 201) << film.body;
    ASSERT_TRUE(site_.sh("git clone -q " + site_.url(tokens_["anna"]) + " pushed").is_good());
    site_.commit("pushed", {{"_posts/2022-01-01-pushed.md", "---\ntitle: Pushed\n---\nText.\n"}});
    Shown pushed = site_.git("pushed", "push -q origin HEAD:main");
    ASSERT_TRUE(pushed.is_good()) << pushed.text;
    ASSERT_TRUE(site_.git("site.git", "tag -am one v1 main").is_good());
  }

  // Ben writes until it is over; what he was told is live.
  void write_until(const std::atomic<bool>& is_over) {
    for (int i = 0; !is_over; ++i) {
      Json made =
          ask("ben",
              "POST",
              "/api/v1/posts",
              {{"front_matter", {{"title", "Written " + std::to_string(i)}}}, {"body", "Text.\n"}},
              201);
      std::lock_guard lock(mutex_);
      acknowledged_.push_back(made.value("commit", ""));
    }
  }

  std::vector<std::string> acknowledged() {
    std::lock_guard lock(mutex_);
    return acknowledged_;
  }

  // The archive that was made.
  std::string back_up() {
    Shown made = site_.sh(program() + " backup --repo site.git --to shelf --keep 2");
    EXPECT_TRUE(made.is_good()) << made.text;
    return made.text.substr(0, made.text.find(": "));
  }

  // Of a moment in which nothing else was written to the ledger.
  std::multiset<std::string> back_up_still() {
    const fs::path ledger = site_.repository() / "stet/ledger.sqlite";
    for (int i = 0; i < 100; ++i) {
      auto before = rows_of(ledger);
      back_up();
      if (rows_of(ledger) == before) return before;
    }
    ADD_FAILURE() << "the ledger never rests";
    return {};
  }

  std::map<std::string, std::string> built(const std::string& repository, const Json& live) {
    Shown done = site_.sh("rm -rf out && " + program() + " build -q --repo " + repository +
                          " --ref " + live["commit"].get<std::string>() + " --time " +
                          live["instant"].get<std::string>() + " --url " +
                          live["url"].get<std::string>() + " -d out");
    EXPECT_TRUE(done.is_good()) << done.text;
    return files_in(site_.folder() / "out");
  }

  void expect_served(const std::map<std::string, std::string>& pages) {
    for (const auto& [path, bytes] : pages) {
      std::string url = "/" + path;
      if (url.ends_with("/index.html")) url.resize(url.size() - 10);
      fault::Answer page = fault::call(site_.server().port(), "GET", url);
      EXPECT_EQ(page.status, 200) << url;
      EXPECT_EQ(page.body, bytes) << url;
    }
  }

  std::string everything_in(const std::string& repository) {
    return site_
        .sh("cd " + repository +
            " && cat HEAD && git for-each-ref && git rev-list --objects --all "
            "| sort && git fsck --strict --no-dangling")
        .text;
  }

  // Archives, each with the commits that Ben was told of before it began.
  using Backups = std::vector<std::pair<std::string, std::vector<std::string>>>;

  Backups back_up_while_ben_writes() {
    std::atomic<bool> is_over{false};
    std::thread ben([&] { write_until(is_over); });
    Backups made;
    for (int i = 0; i < 3; ++i) {
      for (std::size_t before = acknowledged().size(); acknowledged().size() < before + 3;) {
        std::this_thread::yield();
      }
      auto told = acknowledged();
      made.emplace_back(back_up(), std::move(told));
    }
    is_over = true;
    ben.join();
    return made;
  }

  void expect_to_have(const std::string& archive, const std::vector<std::string>& commits) {
    Shown restored =
        site_.sh("rm -rf early.git && " + program() + " restore " + archive + " --repo early.git");
    ASSERT_TRUE(restored.is_good()) << restored.text;
    for (const std::string& commit : commits) {
      EXPECT_TRUE(site_.git("early.git", "merge-base --is-ancestor " + commit + " main").is_good())
          << commit;
    }
  }

  // A site that is served, as everybody sees it.
  struct Known {
    std::multiset<std::string> rows;
    Json live, changes;
    std::map<std::string, std::string> pages;
    std::string everything;
  };

  Known back_up_and_look() {
    Known known{.rows = back_up_still(),
                .live = ask("root", "GET", "/api/v1/status", nullptr, 200)["live"],
                .changes = ask("anna", "GET", "/api/v1/changes", nullptr, 200),
                .pages = {},
                .everything = everything_in("site.git")};
    known.pages = built("site.git", known.live);
    EXPECT_GT(known.pages.size(), 25u);
    expect_served(known.pages);
    return known;
  }

  // For readers, for whoever had a token or has a password, for who looks at changes.
  void expect_to_serve(const Known& before) {
    Json again = ask("root", "GET", "/api/v1/status", nullptr, 200)["live"];
    EXPECT_EQ(again["commit"], before.live["commit"]);
    expect_served(built("site.git", again));
    EXPECT_EQ(ask("anna", "GET", "/api/v1/changes", nullptr, 200), before.changes);
    EXPECT_EQ(ask("ben", "GET", change_ + "/comments", nullptr, 200)["items"][0]["body"],
              "Which one?");
    site_.token_of_person("anna");
  }

  // Over HTTP; and the gate stands for those by a path as well.
  void expect_to_take_pushes() {
    site_.commit("pushed", {{"_posts/2022-01-02-after.md", "---\ntitle: After\n---\nText.\n"}});
    Shown pushed = site_.sh("cd pushed && git remote set-url origin " + site_.url(tokens_["anna"]) +
                            " && git pull -q --rebase origin main && git push -q origin HEAD:main");
    EXPECT_TRUE(pushed.is_good()) << pushed.text;
    EXPECT_THAT(site_.page("/"), HasSubstr("After"));
    site_.commit("work", {{"_posts/2022-01-03-bad.md", "---\ntitle: [\n---\n"}});
    ASSERT_TRUE(site_.git("work", "pull -q --rebase origin main").is_good());
    EXPECT_THAT(site_.git("work", "push -q origin HEAD:main").text,
                HasSubstr("refused for 1 reason"));
  }

  using Files = GitSite::Files;

  GitSite site_;
  std::map<std::string, std::string> tokens_;
  std::string change_;
  const std::string film_ = sha256_hex("a film that LFS keeps");
  std::mutex mutex_;
  std::vector<std::string> acknowledged_;
};

TEST_F(Rehearsal, ASiteIsBackedUpWhilePeopleWriteAndLostAndPutBack) {
  begin();
  fill();
  for (const auto& [archive, told] : back_up_while_ben_writes()) expect_to_have(archive, told);
  const Known before = back_up_and_look();

  // The disk is lost.
  site_.server().kill();
  site_.stop();
  ASSERT_TRUE(site_.sh("rm -rf site.git").is_good());
  EXPECT_THAT(site_.sh(program() + " restore shelf --check").text,
              HasSubstr("whole, as the site was at"));
  Shown restored = site_.sh(program() + " restore shelf --repo site.git");
  ASSERT_TRUE(restored.is_good()) << restored.text;

  EXPECT_EQ(everything_in("site.git"), before.everything);
  EXPECT_EQ(rows_of(site_.repository() / "stet/ledger.sqlite"), before.rows);
  EXPECT_EQ(built("site.git", before.live), before.pages);
  const fs::path object =
      site_.repository() / "lfs/objects/" / film_.substr(0, 2) / film_.substr(2, 2) / film_;
  EXPECT_EQ(read_file(object, kBytesMax).value(), "a film that LFS keeps");

  site_.serve();
  expect_to_serve(before);
  expect_to_take_pushes();
  Shown healthy = site_.sh(program() + " doctor --repo site.git");
  EXPECT_TRUE(healthy.is_good()) << healthy.text;
}

TEST_F(Rehearsal, WhatIsKilledLeavesAWholeOneOrNone) {
  site_.token("admin");
  auto killed_after = [&](int hundredths, const std::string& words) {
    site_.sh("timeout -s KILL 0." + std::string(hundredths < 10 ? "0" : "") +
             std::to_string(hundredths) + " " + program() + " " + words);
  };
  for (int hundredths = 2; hundredths < 60; hundredths += 6) {
    killed_after(hundredths, "backup --repo site.git --to shelf");
  }
  back_up();
  EXPECT_EQ(site_.sh("ls -A shelf | grep -v '^stet-.*[.]tar$'").text, "");
  EXPECT_TRUE(site_
                  .sh("for a in shelf/*.tar; do " + program() +
                      " restore $a --check || exit 1; "
                      "done")
                  .is_good());
  for (int hundredths = 2; hundredths < 90; hundredths += 8) {
    killed_after(hundredths, "restore shelf --repo killed.git");
    if (!fs::exists(site_.folder() / "killed.git")) continue;
    EXPECT_EQ(everything_in("killed.git"), everything_in("site.git"));
    EXPECT_TRUE(fs::exists(site_.folder() / "killed.git/stet/ledger.sqlite"));
    fs::remove_all(site_.folder() / "killed.git");
  }
  EXPECT_TRUE(site_.sh(program() + " restore shelf --repo new.git").is_good());
  // What git was still writing when its parent was killed goes with a later one.
  std::string left = "?";
  for (int i = 0; i < 20 && !left.empty(); ++i) {
    site_.sh("rm -f another.tar; " + program() + " backup --repo site.git another.tar");
    left = site_.sh("ls -A | grep '^[.]stet-stage'").text;
  }
  EXPECT_EQ(left, "");
}

TEST_F(Rehearsal, BackupAndRestoreSayWhatIsAskedOfThem) {
  Shown said = site_.sh(program() + " backup --repo site.git kept.tar");
  EXPECT_THAT(said.text, HasSubstr("there is no ledger"));
  EXPECT_FALSE(fs::exists(site_.repository() / "stet"));
  site_.token("admin");
  for (const auto& [words, expected] : std::vector<std::pair<std::string, std::string>>{
           {"backup --repo site.git", "name where to"},
           {"backup --repo site.git kept.tar --to shelf", "name where to"},
           {"backup --repo site.git kept.tar --keep 2", "are for backups --to FOLDER"},
           {"backup --repo site.git none/kept.tar", "No such file"},
           {"backup --repo site.git kept.tar", "kept.tar: whole, "},
           {"backup --repo site.git kept.tar", "is there already"},
           {"restore kept.tar", "name where to: --repo"},
           {"restore none.tar --repo new.git", "No such file"},
           {"restore kept.tar --repo site.git", "is there already, and nothing is overwritten"},
           {"restore kept.tar --repo new.git --state new-state", "serve --repo new.git --state"}}) {
    EXPECT_THAT(site_.sh(program() + " " + words).text, HasSubstr(expected)) << words;
  }
  EXPECT_TRUE(fs::exists(site_.folder() / "new-state/ledger.sqlite"));
  EXPECT_THAT(read_file(site_.folder() / "new.git/hooks/pre-receive", kBytesMax).value(),
              HasSubstr("--state '" + (site_.folder() / "new-state").string() + "'"));
}

TEST_F(Rehearsal, AnOlderStateIsPutBackWhereItIsNamedAlone) {
  site_.token("admin");
  const std::string first = back_up();
  const std::string newest = back_up();
  fs::resize_file(site_.folder() / newest, 1000);
  Shown checked = site_.sh(program() + " restore shelf --check");
  EXPECT_FALSE(checked.is_good());
  EXPECT_THAT(checked.text, HasSubstr("warning: '" + newest + "': it is cut off"));
  Shown refused = site_.sh(program() + " restore shelf --repo new.git");
  EXPECT_FALSE(refused.is_good());
  EXPECT_THAT(refused.text, HasSubstr("name '" + first + "' itself to go back to it"));
  EXPECT_FALSE(fs::exists(site_.folder() / "new.git"));
  EXPECT_TRUE(site_.sh(program() + " restore " + first + " --repo new.git").is_good());
}

TEST_F(Rehearsal, AHookOfSomebodyElseIsNamedAndLeft) {
  site_.token("admin");
  ASSERT_TRUE(
      site_.sh("printf '#!/bin/sh\\n' > site.git/hooks/update; chmod 755 site.git/hooks/update")
          .is_good());
  EXPECT_THAT(site_.sh(program() + " backup --repo site.git kept.tar").text,
              HasSubstr("hooks/update is not stet's, and is not in the backup"));
}

}  // namespace
}  // namespace stet::git
