#include "api/targets/purger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

#include "tests/api/http/loopback.h"
#include "tests/api/targets/target_world.h"

namespace stet::targets {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

storage::AddressFilter loopback() {
  return storage::AddressFilter({*storage::Network::parse("127.0.0.0/8")});
}

// A CDN that notes what it is told.
class Cache {
 public:
  Cache()
      : server_([this](http::Request request, http::Responder responder) {
          std::lock_guard lock(mutex_);
          calls_.push_back(request.method + " " + request.target + " " +
                           std::string(request.header("Fastly-Key").value_or("")) + " " +
                           *request.body.read(100'000));
          responder.send(http::Response::text(status, "a secret of yours"));
        }) {}
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + path;
  }
  std::vector<std::string> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(calls_, {});
  }
  std::atomic<int> status{200};

 private:
  std::mutex mutex_;
  std::vector<std::string> calls_;
  http::TestServer server_;
};

std::unique_ptr<Purger> purger(PurgeSettings settings) {
  auto opened = Purger::open(std::move(settings), loopback(), "stet/test");
  EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
  return std::move(*opened);
}

TEST(Purger, SpeaksAsEachCacheWants) {
  Cache cache;
  const std::vector<std::string> two = {"https://example.org/a/", "https://example.org/b%20c"};
  // Cloudflare's.
  auto many = purger({.url = cache.url("/zones/z/purge_cache"),
                      .headers = {},
                      .body = R"({"files": [{urls}]})",
                      .batch = 30});
  ASSERT_TRUE(many->purge(two));
  EXPECT_THAT(cache.take(),
              ElementsAre("POST /zones/z/purge_cache  "
                          R"({"files": ["https://example.org/a/", "https://example.org/b%20c"]})"));
  // bunny's.
  auto encoded =
      purger({.url = cache.url("/purge") + "?url={url:encoded}", .headers = {}, .body = ""});
  ASSERT_TRUE(encoded->purge({two[1]}));
  EXPECT_THAT(cache.take(), ElementsAre("POST /purge?url=https%3A%2F%2Fexample.org%2Fb%2520c  "));
  // Fastly's, of which there is also one with PURGE.
  auto one = purger({.method = "DELETE",
                     .url = cache.url("{path}"),
                     .headers = {{"Fastly-Key", "k {host}"}},
                     .body = ""});
  ASSERT_TRUE(one->purge({two[0]}));
  EXPECT_THAT(cache.take(), ElementsAre("DELETE /a/ k example.org "));
}

TEST(Purger, RefusesWhatCannotBeMeant) {
  auto why = [](PurgeSettings settings) {
    auto opened = Purger::open(std::move(settings), loopback(), "stet/test");
    return opened ? "" : opened.error().message;
  };
  EXPECT_THAT(why({.method = "BREW", .url = "https://x.example/", .headers = {}, .body = ""}),
              HasSubstr("purge_method"));
  EXPECT_THAT(why({.url = "ftp://x.example/", .headers = {}, .body = ""}), HasSubstr("purge_url"));
  EXPECT_THAT(why({.url = "https://x.example{path}", .headers = {}, .body = "", .batch = 2}),
              HasSubstr("purge_batch"));
  EXPECT_THAT(why({.url = "https://x.example/", .headers = {}, .body = "", .batch = 501}),
              HasSubstr("500"));
  EXPECT_THAT(why({.url = "https://x.example/", .headers = {{"A", "b\r\nC: d"}}, .body = ""}),
              HasSubstr("purge_headers"));
}

TEST(Purger, TellsOfWhatChangedUntilItIsTakenAndOnce) {
  TargetWorld world;
  RecordingTarget target;
  Cache cache;
  auto caching = purger(
      {.url = cache.url("/p"), .headers = {{"Fastly-Key", "k"}}, .body = "{urls}", .batch = 2});
  auto parts = world.parts(target);
  parts.purger = caching.get();
  auto round = *Round::open(parts);
  cache.status = 500;
  auto outcome =
      round->run(world.live({{"a/index.html", "a"}, {"b.css", "b"}, {"index.html", "h"}}));
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("answered 500"));
  EXPECT_THAT(outcome.error().message, Not(HasSubstr("secret")));
  cache.take();
  cache.status = 200;
  world.restart();
  auto later = world.parts(target);
  later.purger = caching.get();
  round = *Round::open(later);
  ASSERT_TRUE(round->run(world.live({{"a/index.html", "a"}, {"index.html", "h"}})));
  EXPECT_THAT(cache.take(),
              ElementsAre(R"(POST /p k "https://example.org/b.css", "https://example.org/a/")",
                          R"(POST /p k "https://example.org/")"));
  ASSERT_TRUE(round->run(world.live({{"a/index.html", "a"}, {"index.html", "h"}})));
  EXPECT_THAT(cache.take(), IsEmpty());
}

}  // namespace
}  // namespace stet::targets
