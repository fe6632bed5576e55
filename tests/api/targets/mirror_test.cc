// Copies of a site that prove that they are true, and some that are not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/targets/directory.h"
#include "api/targets/mirror_check.h"
#include "api/targets/site_manifest.h"
#include "tests/api/http/loopback.h"
#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MirrorTest : public testing::Test {
 protected:
  Result<RoundOutcome> publish(const Files& files, const std::string& name = "out") {
    auto target = Directory::open({.folder = world_.folder(name)}, *world_.store, *world_.variants);
    Sealer sealer(secret_, *world_.state, *world_.store);
    auto parts = world_.parts(**target);
    parts.seal = [&](auto& live, auto& expected, auto& bytes_of) {
      return sealer.seal(live, expected, bytes_of);
    };
    auto live = world_.live(files);
    live.commit = *CommitId::parse(std::string(40, 'c'));
    auto round = Round::open(parts);
    EXPECT_TRUE(round);
    return (*round)->run(live);
  }
  void write(const std::string& path, const std::string& bytes) {
    fs::create_directories((world_.folder() / path).parent_path());
    ASSERT_TRUE(write_atomically(world_.folder() / path, bytes));
  }
  std::string read(const std::string& path, const std::string& name = "out") const {
    auto bytes = read_file(world_.folder(name) / path, 1 << 20);
    return bytes ? *bytes : "";
  }
  Result<MirrorFindings> check() { return check_folder(world_.folder(), secret_.public_key()); }

  TargetWorld world_;
  CountingRandom random_{9};
  MinisignSecretKey secret_ = MinisignSecretKey::make(random_);
};

const Files kCopied = {
    {"index.html", "home"}, {"a/index.html", std::string(3000, 'a')}, {"x.css", "x"}};

TEST_F(MirrorTest, ATrueCopyIsFoundTrue) {
  ASSERT_TRUE(publish(kCopied));
  EXPECT_NE(read("a/index.html.gz"), "");
  auto found = check();
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_TRUE(found->is_true());
  EXPECT_EQ(found->good, 3u);
  EXPECT_EQ(found->trusted, "commit " + std::string(40, 'c') + " site.time 2023-11-14T22:13:20Z");
  EXPECT_THAT(read(kManifestPath), HasSubstr("  a/index.html\n"));
}

TEST_F(MirrorTest, AManifestMayBePackedAsWell) {
  Files files;
  for (int i = 0; i < 50; ++i) files[std::to_string(i) + ".html"] = "page";
  ASSERT_TRUE(publish(files));
  ASSERT_NE(read(std::string(kManifestPath) + ".gz"), "");
  EXPECT_TRUE(check()->is_true());
  write(std::string(kManifestPath) + ".gz", "another");
  EXPECT_THAT(check()->extra, ElementsAre(std::string(kManifestPath) + ".gz"));
}

TEST_F(MirrorTest, SaysWhatIsMissingAlteredAndExtra) {
  ASSERT_TRUE(publish(kCopied));
  write("index.html", "defaced");
  write("more/evil.js", "x");
  write("a/index.html.gz", "another page, packed");
  fs::remove(world_.folder() / "x.css");
  auto found = check();
  ASSERT_TRUE(found);
  EXPECT_THAT(found->altered, ElementsAre("index.html"));
  EXPECT_THAT(found->missing, ElementsAre("x.css"));
  EXPECT_THAT(found->extra, ElementsAre("a/index.html.gz", "more/evil.js"));
  EXPECT_EQ(found->good, 1u);
  EXPECT_FALSE(found->is_true());
}

TEST_F(MirrorTest, BelievesNoManifestThatIsNotSigned) {
  ASSERT_TRUE(publish(kCopied));
  const std::string text = read(kManifestPath), signature = read(kSignaturePath);
  write(kManifestPath, text + "# more\n");
  EXPECT_EQ(check().error().code, ErrorCode::kForbidden);
  write(kManifestPath, text);
  EXPECT_TRUE(check());
  const auto stranger = MinisignSecretKey::make(random_);
  write(kSignaturePath, stranger.sign(text, "commit"));
  EXPECT_EQ(check().error().code, ErrorCode::kForbidden);
  fs::remove(world_.folder() / kSignaturePath);
  EXPECT_EQ(check().error().code, ErrorCode::kNotFound);
}

TEST_F(MirrorTest, IsTheSameBytesOfTheSameSite) {
  ASSERT_TRUE(publish(kCopied));
  const std::string text = read(kManifestPath), signature = read(kSignaturePath);
  world_.state.reset();
  fs::remove(world_.scratch.path() / "targets.sqlite");
  world_.restart();
  ASSERT_TRUE(publish(kCopied, "other"));
  EXPECT_EQ(read(kManifestPath, "other"), text);
  EXPECT_EQ(read(kSignaturePath, "other"), signature);
}

TEST_F(MirrorTest, FollowsAnEditAndHasNoFindingsAfterwards) {
  ASSERT_TRUE(publish(kCopied));
  auto outcome = publish({{"index.html", "new"}, {"x.css", "x"}});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->written, 3u) << "the page, the manifest, its signature";
  EXPECT_TRUE(check()->is_true());
  EXPECT_THAT(check()->extra, IsEmpty());
}

TEST_F(MirrorTest, ManifestsThatAreNoneAreRefused) {
  const std::string hash(64, 'a');
  EXPECT_TRUE(parse_site_manifest("# commit x\n" + hash + "  a/b c.html\n"));
  for (const std::string& line : {hash + "  ../x",
                                  hash + " x",
                                  hash + "  ",
                                  hash.substr(1) + "  x",
                                  std::string(64, 'g') + "  x",
                                  std::string("x"),
                                  std::string()}) {
    EXPECT_FALSE(parse_site_manifest("# commit x\n" + line + "\n")) << line;
  }
}

TEST_F(MirrorTest, IsCheckedOverHttpToo) {
  ASSERT_TRUE(publish(kCopied));
  http::TestServer server([&](http::Request request, http::Responder responder) {
    std::string path = request.path.substr(1);
    if (path.empty() || path.ends_with('/')) path += "index.html";
    const bool is_broken = path == "x.css";
    const std::string bytes = is_broken ? "later" : read(path);
    const int status = is_broken ? 500 : bytes.empty() ? 404 : 200;
    responder.send(http::Response::text(status, bytes));
  });
  const std::string url = "http://127.0.0.1:" + std::to_string(server.port());
  storage::AddressFilter loopback({*Network::parse("127.0.0.0/8")});
  auto check = [&] { return check_url(url, secret_.public_key(), loopback, "stet/test"); };
  auto found = check();
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->good, 2u);
  EXPECT_THAT(found->unread, ElementsAre("x.css: it answered 500"));
  write("index.html", "defaced");
  fs::remove(world_.folder() / "a/index.html");
  found = check();
  ASSERT_TRUE(found);
  EXPECT_THAT(found->altered, ElementsAre("index.html"));
  EXPECT_THAT(found->missing, ElementsAre("a/index.html"));
  fs::remove(world_.folder() / kManifestPath);
  EXPECT_EQ(check().error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet::targets
