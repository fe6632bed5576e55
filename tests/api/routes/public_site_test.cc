// The public origin: what a browser, a cache and a prober see.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <set>
#include <thread>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PublicSite, ServesPagesWithTagsAndTypes) {
  World world;
  Told told = world.site({.target = "/first/"});
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(told.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(told.header("Cache-Control"), "no-cache");
  EXPECT_THAT(told.header("ETag"), ::testing::MatchesRegex("\"[0-9a-f]+\""));
  Told again =
      world.site({.target = "/first/", .headers = {{"If-None-Match", told.header("ETag")}}});
  EXPECT_EQ(again.status, 304);
  EXPECT_THAT(again.body, IsEmpty());
  EXPECT_EQ(again.header("ETag"), told.header("ETag"));
}

TEST(PublicSite, SendsPartsOfPages) {
  World world;
  std::string whole = world.page("/first/");
  Told part = world.site({.target = "/first/", .headers = {{"Range", "bytes=1-4"}}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, whole.substr(1, 4));
  EXPECT_EQ(part.header("Content-Range"), "bytes 1-4/" + std::to_string(whole.size()));
  Told none = world.site({.target = "/first/", .headers = {{"Range", "bytes=99999-"}}});
  EXPECT_EQ(none.status, 416);
  EXPECT_EQ(none.header("Content-Range"), "bytes */" + std::to_string(whole.size()));
}

TEST(PublicSite, SendsWhatTheClientTakesCompressedUnderATagOfItsOwn) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "Line " + std::to_string(i) + ".\n";
  World world({{"index.html", "---\n---\n" + text}});
  Told plain = world.site({.target = "/"});
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(plain.header("Content-Encoding"), "");
  std::set<std::string> tags = {plain.header("ETag")};
  for (const char* coding : {"gzip", "br"}) {
    Told told = world.site({.target = "/", .headers = {{"Accept-Encoding", coding}}});
    EXPECT_EQ(told.status, 200);
    EXPECT_EQ(told.header("Content-Encoding"), coding);
    EXPECT_EQ(told.header("Content-Type"), plain.header("Content-Type"));
    EXPECT_EQ(told.header("Vary"), "Accept-Encoding");
    EXPECT_LT(told.body.size(), plain.body.size());
    EXPECT_TRUE(tags.insert(told.header("ETag")).second) << told.header("ETag");
    Told again = world.site(
        {.target = "/",
         .headers = {{"Accept-Encoding", coding}, {"If-None-Match", told.header("ETag")}}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.header("Vary"), "Accept-Encoding");
    // The tag of another form is of another answer.
    again = world.site(
        {.target = "/",
         .headers = {{"Accept-Encoding", coding}, {"If-None-Match", plain.header("ETag")}}});
    EXPECT_EQ(again.status, 200);
  }
  Told part =
      world.site({.target = "/", .headers = {{"Accept-Encoding", "gzip"}, {"Range", "bytes=1-4"}}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, plain.body.substr(1, 4));
  EXPECT_EQ(part.header("Content-Encoding"), "");
}

TEST(PublicSite, LeadsToTheSlashAndKeepsTheQuery) {
  World world;
  Told told = world.site({.target = "/first?x=1"});
  EXPECT_EQ(told.status, 301);
  EXPECT_EQ(told.header("Location"), "/first/?x=1");
  EXPECT_EQ(world.site({.target = "/about"}).status, 301);
}

TEST(PublicSite, HasNothingButPages) {
  World world;
  for (const char* target : {"/api/v1/posts",
                             "/hooks/github",
                             "/health",
                             "/_config.yml",
                             "/.git/HEAD",
                             "/../../etc/passwd",
                             "/%2e%2e/HEAD",
                             "/..%2fHEAD",
                             "/stet/ledger.sqlite",
                             "/_layouts/default.html",
                             "/%ff%fe"}) {
    Told told = world.site({.target = target});
    EXPECT_EQ(told.status, 404) << target;
    EXPECT_EQ(told.header("Content-Type"), "text/html; charset=utf-8") << target;
  }
}

TEST(PublicSite, IsForReading) {
  World world;
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    Told told = world.site({.method = method, .target = "/first/"});
    EXPECT_EQ(told.status, 405) << method;
    EXPECT_EQ(told.header("Allow"), "GET, HEAD") << method;
  }
}

TEST(PublicSite, ShowsTheSitesOwnNotFoundPage) {
  auto files = World::small_site();
  files["404.html"] = "---\nlayout: default\ntitle: Lost\npermalink: /404.html\n---\nLost.\n";
  World world(files);
  Told told = world.site({.target = "/never/", .headers = {{"Range", "bytes=0-1"}}});
  EXPECT_EQ(told.status, 404);
  EXPECT_THAT(told.body, HasSubstr("<h1>Lost</h1>"));
  EXPECT_EQ(told.header("ETag"), "");
}

TEST(PublicSite, AStalePageIsRenderedBeforeItIsShown) {
  auto files = World::small_site();
  for (int i = 0; i < 5; ++i) {
    files["p" + std::to_string(i) + ".md"] = "---\nlayout: default\ntitle: P\n---\nx\n";
  }
  pipeline::PipelineOptions options;
  options.eager_pages_max = 1;
  World world(files, options);
  world.repository.commit({{"_layouts/default.html", "<html>new {{ content }}</html>\n"}});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  EXPECT_GE(world.publisher->live()->manifest.stale_count(), 5u);
  http::Request request = request_of({.target = "/p3/"});
  EXPECT_FALSE(world.public_site->answer_at_once(request));
  EXPECT_THAT(world.page("/p3/"), HasSubstr("<html>new "));
  EXPECT_TRUE(world.public_site->answer_at_once(request));
}

// Tells each time that it is looked at, on another thread: in the middle of whatever is timed.
class TellingClock final : public Clock {
 public:
  Instant now() const override { return Instant{1'700'000'000}; }
  std::int64_t monotonic_ns() const override {
    if (told) std::thread(told).join();
    return 0;
  }
  std::function<void()> told;
};

TEST(PublicSite, AStalePageIsNotShownAsItWasWhileTheServerStarts) {
  pipeline::PipelineOptions options;
  options.eager_pages_max = 1;
  options.threads = 1;
  World world({}, options);
  world.repository.commit({{"_layouts/default.html", "<html>new {{ content }}</html>\n"}});
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  ASSERT_TRUE(world.publisher->live()->manifest.find("about/index.html")->is_stale());
  // The next process: what the last one published is shown at once, all is rendered meanwhile.
  TellingClock clock;
  pipeline::Pipeline next(
      world.repository.repository(), *world.store, *world.publisher, clock, options);
  PublicSite site(next, *world.publisher, *world.store, *world.variants);
  std::set<int> seen;
  bool had_site = false;
  clock.told = [&] {
    http::Response response = site.answer(request_of({.target = "/about/"}));
    seen.insert(response.status);
    if (response.status == 503) {
      had_site = had_site || next.site();
      return;
    }
    auto* text = std::get_if<std::shared_ptr<const std::string>>(&response.body);
    ASSERT_TRUE(text && *text);
    EXPECT_THAT(**text, HasSubstr("<html>new "));
  };
  EXPECT_FALSE(next.is_ready());
  ASSERT_TRUE(next.publish_head("main"));
  EXPECT_TRUE(next.is_ready());
  EXPECT_TRUE(had_site) << "it was asked before the site was there, and after";
  EXPECT_EQ(seen, (std::set<int>{200, 503}));
}

TEST(PublicSite, ALargeFileThatAPowerCutHasCutIsMadeAgain) {
  constexpr std::size_t kBytes = std::size_t{5} << 20;
  auto files = World::small_site();
  files["large.bin"] = std::string(kBytes, 'x');
  World world(files);
  auto content = world.publisher->live()->manifest.find("large.bin")->page()->content;
  const std::filesystem::path file = world.store->path_of(content);
  for (std::uintmax_t left : {std::uintmax_t{0}, std::uintmax_t{3}}) {
    std::filesystem::resize_file(file, left);
    EXPECT_EQ(world.site({.target = "/large.bin"}).status, 200);
    EXPECT_EQ(std::filesystem::file_size(file), kBytes);
  }
}

TEST(PublicSite, WaitsForNoDiskOnTheReactor) {
  World world;
  EXPECT_FALSE(world.public_site->answer_at_once(request_of({.target = "/first/"})));
  world.page("/first/");
  EXPECT_TRUE(world.public_site->answer_at_once(request_of({.target = "/first/"})));
  EXPECT_TRUE(world.public_site->answer_at_once(request_of({.target = "/first"})));
  EXPECT_TRUE(world.public_site->answer_at_once(request_of({.target = "/never"})));
}

}  // namespace
}  // namespace stet::api
