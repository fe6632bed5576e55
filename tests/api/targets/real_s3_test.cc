// Publishing to an S3 of another make: s3rver of npm, behind a second verifier of signatures, which
// counts the requests. `./dev test` installs it; without it the tests are left out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "api/targets/s3_bucket.h"
#include "tests/api/http/loopback.h"
#include "tests/api/http/node_script.h"
#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr char kFolder[] = "build/npm/s3";

class RealS3Test : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(std::string(kFolder) + "/node_modules/s3rver")) {
      GTEST_SKIP() << "`./dev test` installs s3rver in " << kFolder;
    }
    script_ = std::make_unique<http::NodeScript>(std::string(kFolder) + "/server.mjs");
    auto told = json::parse(script_->first_line(), nullptr, false);
    ASSERT_TRUE(told.is_object()) << "it said: " << script_->first_line();
    port_ = told["port"];
  }

  std::unique_ptr<S3Bucket> open(S3Credentials credentials = {"S3RVER", "S3RVER"}) {
    auto opened = S3Bucket::open({.endpoint = "http://127.0.0.1:" + std::to_string(port_),
                                  .bucket = "site",
                                  .prefix = "www",
                                  .is_path_style = true,
                                  .credentials = std::move(credentials)},
                                 storage::AddressFilter({*Network::parse("127.0.0.0/8")}),
                                 "stet/test",
                                 clock_);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return std::move(*opened);
  }
  http::Received get(const std::string& path) {
    http::Client client(port_);
    client.send(http::get(path, "Connection: close\r\n"));
    return client.receive();
  }
  // {"PUT": 3}; since it was last asked.
  json take_requests() { return json::parse(get("/-/requests").body, nullptr, false); }

  TargetWorld world_;
  SystemClock clock_;
  std::unique_ptr<http::NodeScript> script_;
  std::uint16_t port_ = 0;
};

Files large_site(int pages) {
  Files files = {{"style.css", "p {}"}};
  for (int i = 0; i < pages - 1; ++i) {
    files["posts/" + std::to_string(i) + "/index.html"] = "<p>" + std::to_string(i) + "</p>";
  }
  return files;
}

TEST_F(RealS3Test, TenThousandPagesAreTenThousandRequestsAndOneEditIsOne) {
  auto bucket = open();
  auto round = *Round::open(world_.parts(*bucket));
  Files files = large_site(10'000);
  auto first = round->run(world_.live(files));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->written, 10'000u);
  EXPECT_EQ(take_requests(), json({{"PUT", 10'000}}));
  files["posts/7/index.html"] = "<p>edited</p>";
  auto edit = round->run(world_.live(files));
  ASSERT_TRUE(edit) << edit.error().message;
  EXPECT_EQ(take_requests(), json({{"PUT", 1}}));
  files.erase("posts/8/index.html");
  ASSERT_TRUE(round->run(world_.live(files)));
  EXPECT_EQ(take_requests(), json({{"DELETE", 1}}));
  ASSERT_TRUE(round->run(world_.live(files)));
  EXPECT_EQ(take_requests(), json::object());
  EXPECT_EQ(bucket->requests(), 10'002u);
}

TEST_F(RealS3Test, ItGivesBackWhatItWasGiven) {
  auto bucket = open();
  const std::string name = "Über uns/what's + new?.html";
  ASSERT_TRUE(
      world_.run(*bucket, world_.live({{name, "<p>ü</p>"}, {"p.png", std::string(300, '\0')}})));
  http::Received page = get("/site/www/%C3%9Cber%20uns/what%27s%20%2B%20new%3F.html");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<p>ü</p>");
  EXPECT_EQ(page.field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.field("Cache-Control"), "public, max-age=0, must-revalidate");
  EXPECT_EQ(get("/site/www/p.png").body, std::string(300, '\0'));
  ASSERT_TRUE(world_.run(*bucket, world_.live({})));
  EXPECT_EQ(get("/site/www/p.png").status, 404);
}

TEST_F(RealS3Test, ItTellsASecretThatIsWrong) {
  auto bucket = open({"S3RVER", "another"});
  auto outcome = world_.run(*bucket, world_.live({{"a.css", "a"}}));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::kForbidden);
  EXPECT_THAT(outcome.error().message, HasSubstr("SignatureDoesNotMatch"));
}

}  // namespace
}  // namespace stet::targets
