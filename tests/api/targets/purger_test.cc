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
  return storage::AddressFilter({*Network::parse("127.0.0.0/8")});
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
          const bool is_refused =
              !refused.empty() && calls_.back().find(refused) != std::string::npos;
          responder.send(http::Response::text(is_refused ? 400 : +status, "a secret of yours"));
        }) {}
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + path;
  }
  std::vector<std::string> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(calls_, {});
  }
  std::atomic<int> status{200};
  std::string refused;  // in a body; set before the first call

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
  EXPECT_THAT(why({.url = "{url}", .headers = {}, .body = ""}), HasSubstr("names the machine"));
  EXPECT_THAT(why({.url = "https://{host}{path}", .headers = {}, .body = ""}),
              HasSubstr("names the machine"));
  EXPECT_THAT(why({.url = "https://x.example/", .headers = {}, .body = "", .batch = 501}),
              HasSubstr("500"));
  EXPECT_THAT(why({.url = "https://x.example/", .headers = {{"A", "b\r\nC: d"}}, .body = ""}),
              HasSubstr("purge_headers"));
}

TEST(Purger, IsNotLedElsewhereByWhatASiteSaysOfItsAddress) {
  Cache cache;
  auto fastly = purger(
      {.url = cache.url("/purge/{host}{path}"), .headers = {{"Fastly-Key", "k"}}, .body = ""});
  for (const std::string url : {"https://example.org/../../service/s/purge_all?x=/index.html",
                                "https://example.org/%2e%2E/service/",
                                "https://example.org/..",
                                "https://example.org/a?b",
                                "https://example.org\r\nX: y/",
                                "https://example.org/a b"}) {
    SCOPED_TRACE(url);
    auto told = fastly->purge({"https://example.org/a/", url});
    ASSERT_FALSE(told) << url;
    EXPECT_EQ(told.error().code, ErrorCode::kInvalidInput) << url;
  }
  EXPECT_THAT(cache.take(), IsEmpty());
  EXPECT_TRUE(fastly->purge({"https://example.org/gr%C3%B6%C3%9Fe/"}));
}

class RefusedPurge : public testing::Test {
 protected:
  RefusedPurge() {
    auto parts = world_.parts(target_);
    parts.purger = caching_.get();
    parts.note = [this](std::string_view note) { notes_.emplace_back(note); };
    round_ = *Round::open(parts);
  }

  TargetWorld world_;
  RecordingTarget target_;
  Cache cache_;
  std::unique_ptr<Purger> caching_ =
      purger({.url = cache_.url("/p"), .headers = {}, .body = "{urls}", .batch = 5});
  std::vector<std::string> notes_;
  std::unique_ptr<Round> round_;
};

TEST_F(RefusedPurge, OfOneAmongOthersIsDroppedAndSaid) {
  cache_.refused = "a.css";
  ASSERT_TRUE(round_->run(world_.live({{"a.css", "a"}, {"b.css", "b"}, {"c.css", "c"}})));
  EXPECT_THAT(notes_,
              ElementsAre("one: purge: the cache answered 400 to 'https://example.org/a.css'"));
  EXPECT_EQ(cache_.take().size(), 5u) << "all, the first alone, the newest, and then the others";
  ASSERT_TRUE(round_->run(world_.live({{"a.css", "a"}, {"b.css", "b"}, {"c.css", "c"}})));
  EXPECT_THAT(cache_.take(), IsEmpty());
}

TEST_F(RefusedPurge, OfAllIsAFaultOfTheSettingsAndForgetsNothing) {
  cache_.status = 404;
  const Files files = {{"a.css", "a"}, {"b.css", "b"}};
  auto outcome = round_->run(world_.live(files));
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("answered 404"));
  EXPECT_EQ(cache_.take().size(), 3u) << "however many wait";
  cache_.status = 403;
  EXPECT_FALSE(round_->run(world_.live(files))) << "a key that is old";
  cache_.take();
  cache_.status = 200;
  ASSERT_TRUE(round_->run(world_.live(files)));
  EXPECT_EQ(cache_.take().size(), 1u);
  EXPECT_THAT(notes_, IsEmpty());
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
