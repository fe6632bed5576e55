#include "api/targets/s3_bucket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/targets/redirect.h"
#include "tests/api/targets/fake_bucket.h"
#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kRedirect[] =
    R"(<!DOCTYPE html><meta http-equiv="refresh" content="0; url=/new/?a=1&amp;b=2">)";

class S3BucketTest : public testing::Test {
 protected:
  S3Settings settings() const {
    return {.endpoint = fake_.endpoint(),
            .bucket = "site",
            .prefix = "www",
            .is_path_style = true,
            .credentials = {"an-id", "a-secret"},
            .concurrent_max = 1,
            .pause_ms = 1};
  }
  std::unique_ptr<S3Bucket> open(S3Settings settings) {
    storage::AddressFilter loopback({*Network::parse("127.0.0.0/8")});
    auto opened = S3Bucket::open(std::move(settings), loopback, "stet/test", clock_);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return std::move(*opened);
  }
  std::string why_not(S3Settings settings) {
    auto opened = S3Bucket::open(std::move(settings), storage::AddressFilter(), "stet", clock_);
    return opened ? "" : opened.error().message;
  }
  Result<RoundOutcome> publish(const Files& files) {
    auto bucket = open(settings());
    return world_.run(*bucket, world_.live(files));
  }

  TargetWorld world_;
  SystemClock clock_;
  FakeBucket fake_;
};

TEST_F(S3BucketTest, PutsAssetsThenPagesAndDeletesLast) {
  ASSERT_TRUE(publish({{"z.css", "c"}, {"a b.html", "page"}, {"old/index.html", kRedirect}}));
  EXPECT_THAT(
      fake_.take_requests(),
      ElementsAre(
          "PUT /site/www/z.css", "PUT /site/www/a%20b.html", "PUT /site/www/old/index.html"));
  auto objects = fake_.objects();
  EXPECT_EQ(objects["/site/www/z.css"].type, "text/css; charset=utf-8");
  EXPECT_EQ(objects["/site/www/z.css"].cache, "public, max-age=3600");
  EXPECT_EQ(objects["/site/www/a%20b.html"].cache, "public, max-age=0, must-revalidate");
  EXPECT_EQ(objects["/site/www/a%20b.html"].redirect, "");
  EXPECT_EQ(objects["/site/www/old/index.html"].redirect, "/new/?a=1&b=2");
  ASSERT_TRUE(publish({{"n.css", "n"}, {"a b.html", "newer"}}));
  EXPECT_THAT(fake_.take_requests(),
              ElementsAre("PUT /site/www/n.css",
                          "PUT /site/www/a%20b.html",
                          "DELETE /site/www/old/index.html",
                          "DELETE /site/www/z.css"));
}

TEST_F(S3BucketTest, NamesTheBucketInTheHostUnlessItIsToldOtherwise) {
  S3Settings virtual_host = settings();
  virtual_host.endpoint = fake_.endpoint("localhost");  // and so is all below it
  virtual_host.is_path_style = false;
  auto bucket = open(virtual_host);
  auto outcome = world_.run(*bucket, world_.live({{"a.css", "a"}}));
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ("http://" + fake_.objects().at("/www/a.css").host, fake_.endpoint("site.localhost"));
}

TEST_F(S3BucketTest, TriesAgainWhatIsRefusedForAMoment) {
  fake_.answer({{503}, {429}, {500}});
  ASSERT_TRUE(publish({{"a.css", "a"}}));
  EXPECT_THAT(fake_.take_requests(), SizeIs(4));
}

TEST_F(S3BucketTest, GivesUpAfterAWhileAndGoesOnNextTime) {
  fake_.answer({{200}, {503}, {503}, {503}, {503}, {503}});
  auto outcome = publish({{"a.css", "a"}, {"b.css", "b"}, {"c.html", "c"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("'b.css': the bucket answered 503"));
  fake_.take_requests();
  ASSERT_TRUE(publish({{"a.css", "a"}, {"b.css", "b"}, {"c.html", "c"}}));
  EXPECT_THAT(fake_.take_requests(), ElementsAre("PUT /site/www/b.css", "PUT /site/www/c.html"));
}

TEST_F(S3BucketTest, TellsWhatTheBucketSaysWithTheMendAndNoSecret) {
  fake_.answer({{403,
                 "<Error><Code>SignatureDoesNotMatch</Code><Message>no\x1b[2J\x01</Message>"
                 "<StringToSign>a-secret</StringToSign></Error>"}});
  auto outcome = publish({{"a.css", "a"}, {"b.html", "b"}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::kForbidden);
  EXPECT_THAT(outcome.error().message, HasSubstr("SignatureDoesNotMatch"));
  EXPECT_THAT(outcome.error().message, HasSubstr("look at the credentials"));
  EXPECT_THAT(outcome.error().message, Not(HasSubstr("a-secret")));
  EXPECT_THAT(outcome.error().message, Not(HasSubstr("\x1b")));
  EXPECT_THAT(fake_.take_requests(), SizeIs(1)) << "what somebody has to mend is not tried again";
}

TEST_F(S3BucketTest, TakesNoAnswerForEver) {
  fake_.answer({{.status = 0, .is_none = true}, {200, std::string(1 << 20, 'x')}});
  S3Settings hurried = settings();
  hurried.seconds_max = 1;
  auto bucket = open(hurried);
  ASSERT_TRUE(world_.run(*bucket, world_.live({{"a.css", "a"}})));
  EXPECT_THAT(fake_.take_requests(), SizeIs(2));
}

TEST_F(S3BucketTest, HasLimits) {
  S3Settings small = settings();
  small.file_bytes_max = 1 << 20;
  auto bucket = open(small);
  auto outcome = world_.run(*bucket, world_.live({{"a.css", std::string((1 << 20) + 1, 'a')}}));
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("more than 1 MiB"));
  std::string path;
  for (int i = 0; i < 6; ++i) path += std::string(200, 'a') + "/";
  outcome = publish({{path + "index.html", "x"}});
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("at most 1024 bytes"));
  EXPECT_THAT(fake_.take_requests(), SizeIs(0));
}

TEST_F(S3BucketTest, RefusesSettingsThatCannotBeMeant) {
  auto with = [&](auto change) {
    S3Settings changed = settings();
    changed.endpoint = "https://s3.example.org";
    change(changed);
    return why_not(changed);
  };
  EXPECT_EQ(with([](auto&) {}), "");
  EXPECT_THAT(with([](auto& s) { s.endpoint = "s3.example.org"; }), HasSubstr("endpoint"));
  EXPECT_THAT(with([](auto& s) { s.endpoint += "/path"; }), HasSubstr("endpoint"));
  EXPECT_THAT(with([](auto& s) { s.endpoint = "http://127.0.0.1:9000"; }),
              HasSubstr("allowed_networks"));
  EXPECT_THAT(with([](auto& s) { s.bucket = "A/b"; }), HasSubstr("bucket"));
  EXPECT_THAT(with([](auto& s) { s.prefix = "/a"; }), HasSubstr("prefix"));
  EXPECT_THAT(with([](auto& s) { s.credentials.secret = ""; }), HasSubstr("credentials"));
  EXPECT_THAT(with([](auto& s) { s.credentials.secret = "a\nb"; }), HasSubstr("credentials"));
  EXPECT_THAT(with([](auto& s) { s.page_cache = "a\r\nX: b"; }), HasSubstr("cache_control"));
}

TEST(Redirect, IsAPageThatOnlyLeadsElsewhere) {
  EXPECT_EQ(redirect_of(kRedirect), "/new/?a=1&b=2");
  EXPECT_EQ(redirect_of("<p>text</p>"), std::nullopt);
  EXPECT_EQ(redirect_of("<meta http-equiv=\"refresh\" content=\"0; url=javascript:alert(1)\">"),
            std::nullopt);
  EXPECT_EQ(redirect_of("<meta http-equiv=\"refresh\" content=\"0; url=/a\r\nX: b\">"),
            std::nullopt);
  EXPECT_EQ(redirect_of(kRedirect + std::string(10'000, ' ')), std::nullopt) << "a page with text";
}

}  // namespace
}  // namespace stet::targets
