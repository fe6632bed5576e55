// A Micropub client of another make: npm's micropub-helper, of an exact version.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/micropub/endpoint.h"
#include "tests/api/http/loopback.h"
#include "tests/api/routes/world.h"

namespace stet::micropub {
namespace {

namespace fs = std::filesystem;

int run(const std::string& command) { return std::system(("( " + command + " )").c_str()); }

// Where the client is installed; empty where npm or the registry is not there.
fs::path installed(const fs::path& folder) {
  if (run("command -v node npm >/dev/null 2>&1") != 0) return {};
  fs::copy("tests/api/micropub/client", folder);
  std::string install = "cd '" + folder.string() + "' && timeout 120 npm ci --silent --no-audit";
  return run(install + " >/dev/null 2>&1") == 0 ? folder : fs::path();
}

TEST(MicropubClient, AClientOfAnotherMakeIsServed) {
  storage::TemporaryFolder folder;
  fs::path client = installed(folder.path() / "client");
  if (client.empty()) GTEST_SKIP() << "npm or its registry is not there";
  api::World world({{"_config.yml", "url: https://example.org\n"},
                    {"index.html", "---\n---\n"},
                    {"_posts/2020-01-01-old.md", "---\ntitle: Old\n---\nOld.\n"}});
  Endpoint endpoint(*world.backend);
  http::TestServer server(
      [&](http::Request request, http::Responder responder) {
        responder.send(endpoint.answer(request));
      },
      {},
      false);
  std::string out = (folder.path() / "out").string();
  std::string story =
      "cd '" + client.string() +
      "' && timeout 60 node story.cjs http://127.0.0.1:" + std::to_string(server.port()) +
      "/micropub " + world.token("posts:write");
  int status = run(story + " > '" + out + "' 2>&1");
  std::ostringstream said;
  said << std::ifstream(out).rdbuf();
  EXPECT_EQ(status, 0) << said.str();
  EXPECT_THAT(said.str(), ::testing::StartsWith("done https://example.org/"));
  EXPECT_THAT(world.repository.git({"log", "--format=%s", "main"}),
              ::testing::HasSubstr("by-a-client"));
}

}  // namespace
}  // namespace stet::micropub
