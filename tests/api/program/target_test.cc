// The program publishes to where its settings say, and proves that the copy is true.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <mutex>

#include "storage/base/durable_file.h"
#include "tests/api/git/git_client.h"
#include "tests/api/http/loopback.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class TargetCommand : public testing::Test {
 protected:
  fs::path www() const { return site_.folder() / "www"; }
  std::string file(const std::string& path) const {
    auto bytes = read_file(www() / path, 1 << 20);
    return bytes ? *bytes : "";
  }
  Shown stet(const std::string& words) {
    return site_.sh(fault::ServerProcess::program() + " " + words);
  }
  Shown target(const std::string& words) {
    return stet("target " + words + " --repo site.git --settings settings.toml");
  }
  void wait_until(const std::function<bool()>& is_so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!is_so()) ASSERT_LT(std::chrono::steady_clock::now(), end) << "it did not come";
  }

  // Its public half.
  std::string make_key() {
    Shown key = stet("target key mirror.key");
    EXPECT_TRUE(key.is_good()) << key.text;
    EXPECT_FALSE(stet("target key mirror.key").is_good()) << "it is there already";
    EXPECT_EQ(fs::status(site_.folder() / "mirror.key").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    return key.text.substr(0, key.text.find('\n'));
  }
  // A folder that is signed, with a cache in front, and a branch.
  std::string settings() {
    const std::string folder = site_.folder().string();
    std::ofstream(folder + "/purge") << "X-Key: secret\n";
    fs::permissions(folder + "/purge", fs::perms::owner_read);
    std::string text =
        "[targets]\nallowed_networks = [\"127.0.0.0/8\"]\n[targets.www]\ntype = \"directory\"\n";
    text += "folder = \"" + folder + "/www\"\nsign_key = \"" + folder + "/mirror.key\"\n";
    text += "purge_url = \"http://127.0.0.1:" + std::to_string(cache_.port()) + "/purge\"\n";
    text += "purge_headers = [\"Content-Type: application/json\"]\n";
    text += "purge_header_file = \"" + folder + "/purge\"\n";
    text += "purge_body = '{\"files\": [{urls}]}'  # one line\npurge_batch = 30\n";
    return text + "[targets.pages]\ntype = \"git\"\n";
  }
  // What the cache was told.
  std::string told() {
    std::lock_guard lock(mutex_);
    return told_;
  }

  GitSite site_;
  std::mutex mutex_;
  std::string told_;
  http::TestServer cache_{[this](http::Request request, http::Responder responder) {
    std::lock_guard lock(mutex_);
    told_ += request.method + " " + std::string(request.header("X-Key").value_or("")) + " " +
             *request.body.read(100'000) + "\n";
    responder.send(http::Response::text(200, ""));
  }};
};

TEST_F(TargetCommand, FollowsPushesSignsTellsCachesAndGoesOnWithoutAServer) {
  const std::string key = make_key();
  site_.serve(settings());
  ASSERT_TRUE(site_.server().is_ready());
  wait_until([&] { return !file(".well-known/site-manifest.txt.minisig").empty(); });
  EXPECT_NE(file("index.html"), "");
  site_.sh("git clone -q site.git work");
  site_.commit("work", {{"new.md", "---\ntitle: New\n---\nA new page.\n"}});
  ASSERT_TRUE(site_.git("work", "push -q origin main").is_good());
  const std::string head = site_.head().substr(0, 10);
  wait_until([&] { return target("list").has("www\tdirectory\t" + head); });
  EXPECT_THAT(file("new.html") + file("new/index.html"), HasSubstr("A new page."));
  wait_until([&] { return target("list").has("pages\tgit\t" + head); });
  EXPECT_TRUE(site_.git("site.git", "log -1 --format=%s gh-pages").has("Publish " + head));
  Shown verified = stet("verify www --key " + key);
  EXPECT_TRUE(verified.is_good()) << verified.text;
  EXPECT_EQ(site_.server().terminate(), 0);
  EXPECT_THAT(told(), HasSubstr("POST secret {\"files\": [\"http"));
  std::ofstream(www() / "index.html") << "defaced";
  verified = stet("verify www --key mirror.key.pub");
  EXPECT_FALSE(verified.is_good());
  EXPECT_TRUE(verified.has("altered\tindex.html")) << verified.text;
  fs::remove(site_.repository() / "stet" / "targets.sqlite");
  Shown run = target("run www");
  EXPECT_TRUE(run.is_good()) << run.text;
  EXPECT_TRUE(stet("verify www --key " + key).is_good());
  EXPECT_TRUE(target("run nowhere").has("no such target"));
}

TEST_F(TargetCommand, SettingsThatAreWrongNameTheirPlaceAndTheMend) {
  std::ofstream(site_.folder() / "open") << "id\nsecret\n";
  const std::string open = (site_.folder() / "open").string();
  fs::permissions(open, fs::perms::owner_read | fs::perms::others_read);
  const std::string s3 =
      "[targets.a]\ntype = \"s3\"\nendpoint = \"https://s3.example\"\nbucket = \"site\"\n";
  struct Row {
    std::string settings;
    const char* said;
  };
  for (const Row& row :
       {Row{"[targets.a]\ntype = \"ftp\"\n", "directory, git, s3 or rsync"},
        Row{"[targets.A]\ntype = \"git\"\n", "a-z, 0-9"},
        Row{"[targets]\nfolder = \"/x\"\n", "[targets.pages]"},
        Row{"[targets]\nallowed_networks = [\"everywhere\"]\n", "settings.toml:2'"},
        Row{"[targets.a]\ntype = \"directory\"\n", "needs 'folder'"},
        Row{"[targets.a]\ntype = \"directory\"\nfolder = \"www\"\n", "whole path"},
        Row{"[targets.a]\ntype = \"git\"\nfolder = \"/x\"\n", "no setting 'folder'"},
        Row{"[targets.a]\ntype = \"git\"\nbranch = \"main\"\n", "the one that is served"},
        Row{"[targets.a]\ntype = \"git\"\n[targets.b]\ntype = \"git\"\n", "same place"},
        Row{"[targets.a]\ntype = \"git\"\nurl = \"https://me:secret@x.example/\"\n", "credentials"},
        Row{"[targets.a]\ntype = \"git\"\nseconds = 0\n", "from 1 to"},
        Row{"[targets.a]\ntype = \"git\"\nsign_key = \"/nowhere/at/all\"\n", "/nowhere/at/all"},
        Row{"[targets.a]\ntype = \"git\"\npurge_url = \"https://10.0.0.1/\"\n", "allowed_networks"},
        Row{s3, "AWS_ACCESS_KEY_ID"},
        Row{s3 + "credentials = \"" + open + "\"\n", "chmod 600"},
        Row{s3 + "colour = \"red\"\n", "no setting 'colour'"}}) {
    std::ofstream(site_.folder() / "settings.toml") << row.settings;
    Shown shown = stet("serve --repo site.git --port 0 --admin-port 0 --settings " +
                       (site_.folder() / "settings.toml").string());
    EXPECT_FALSE(shown.is_good()) << row.settings;
    EXPECT_TRUE(shown.has(row.said)) << row.settings << shown.text;
    EXPECT_FALSE(shown.has("secret@")) << shown.text;
  }
}

}  // namespace
}  // namespace stet::git
