// What one caller may ask of the server, what a repository may hold, and how both are seen.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "api/auth/rate_limiter.h"
#include "api/routes/slow_writes.h"
#include "api/targets/target_follower.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPatch[] = R"({"front_matter": {"title": "New"}})";

std::string metrics_of(World& world) { return world.api({.target = "/metrics"}).body; }

TEST(Limits, RequestsBeyondTheRateAre429AndGoOnLater) {
  World world;
  auth::RateLimiter limiter({.requests = 3, .writes = 0}, world.clock);
  world.backend->limiter = &limiter;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(world.api({.target = "/posts"}).status, 200);
  Told told = world.api({.target = "/posts"});
  EXPECT_EQ(told.status, 429);
  EXPECT_EQ(told.header("Retry-After"), "20");
  EXPECT_THAT(told.json()["type"].get<std::string>(), HasSubstr("too-many"));
  EXPECT_EQ(world.admin({.target = "/api/v1/posts"}).status, 401) << "nobody is known to ask";
  world.clock.advance_seconds(20);
  EXPECT_EQ(world.api({.target = "/posts"}).status, 200);
}

TEST(Limits, WritesHaveARateOfTheirOwnAndNothingIsWritten) {
  World world;
  auth::RateLimiter limiter({.requests = 0, .writes = 1}, world.clock);
  world.backend->limiter = &limiter;
  EXPECT_EQ(world.patch(kFirst, kPatch).status, 200);
  const std::string head = world.head();
  EXPECT_EQ(world.patch(kFirst, R"({"front_matter": {"title": "Newer"}})").status, 429);
  EXPECT_EQ(world.head(), head);
  EXPECT_THAT(metrics_of(world), HasSubstr("\nstet_rate_limited_total 1\n"));
}

TEST(Limits, AFullRepositoryTakesNoWritesAndSaysSo) {
  World world;
  UpkeepCounts upkeep;
  upkeep.pack_bytes = 2000;
  upkeep.pack_bytes_max = 1000;
  world.backend->upkeep = &upkeep;
  const std::string head = world.head();
  Told told = world.patch(kFirst, kPatch);
  EXPECT_EQ(told.status, 507);
  EXPECT_THAT(told.json()["detail"].get<std::string>(), HasSubstr("limits.repository_mib"));
  EXPECT_EQ(world.head(), head);
  EXPECT_EQ(world.api({.target = "/posts"}).status, 200);
  EXPECT_EQ(world.api({.target = "/status"}).json()["repository"]["is_full"], true);
  EXPECT_THAT(metrics_of(world), HasSubstr("\nstet_repository_full 1\n"));
  upkeep.pack_bytes_max = 0;
  EXPECT_EQ(world.patch(kFirst, kPatch).status, 200);
}

TEST(SlowWritesTest, TheSlowestAreKeptForADay) {
  SlowWrites slow;
  auto write = [](std::int64_t at, std::int64_t took) {
    return SlowWrite{.at = {at},
                     .request_id = std::to_string(took),
                     .method = "PATCH",
                     .path = "/",
                     .took_ns = took,
                     .timing = ""};
  };
  for (int i = 0; i < 100; ++i) slow.keep(write(i, (i * 37) % 100));
  auto kept = slow.list({100});
  ASSERT_EQ(kept.size(), SlowWrites::kKept);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(kept[i].took_ns, 99 - static_cast<std::int64_t>(i));
  }
  EXPECT_TRUE(slow.list({100 + SlowWrites::kSeconds}).empty());
  slow.keep(write(100 + SlowWrites::kSeconds, 1));
  EXPECT_EQ(slow.list({100 + SlowWrites::kSeconds}).size(), 1u);
}

TEST(SlowWritesTest, AreExplainedByTheirSteps) {
  World world;
  SlowWrites slow;
  world.backend->slow_writes = &slow;
  Told told = world.patch(kFirst, kPatch);
  Json items = world.api({.target = "/status/slow-writes"}).json()["items"];
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0]["timing"], told.header("Server-Timing"));
  const std::string reader = "Bearer " + world.token("content:read");
  EXPECT_EQ(
      world.api({.target = "/status/slow-writes", .headers = {{"Authorization", reader}}}).status,
      403)
      << "paths of drafts are among them";
  EXPECT_EQ(items[0]["method"], "PATCH");
  EXPECT_THAT(items[0]["path"].get<std::string>(), HasSubstr(kFirst));
}

targets::TargetReport failing_report() {
  targets::TargetReport report;
  report.name = "www";
  report.kind = "directory";
  report.place = "/srv/www";
  report.files = 7;
  report.behind = 2;
  report.failed = Instant{1'700'000'000};
  report.error = "the disk is full";
  return report;
}

TEST(Targets, AreListedAndRunOnDemandByAdmins) {
  World world;
  std::string ran;
  world.backend->targets = [] { return std::vector{failing_report()}; };
  world.backend->run_target = [&](std::string_view name) {
    if (name == "www") ran = name;
    return name == "www";
  };
  Json items = world.api({.target = "/targets"}).json()["items"];
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0]["error"], "the disk is full");
  EXPECT_EQ(items[0]["succeeded"], nullptr);
  EXPECT_EQ(world.api({.target = "/status"}).json()["targets"], items);
  EXPECT_EQ(world.api({.method = "POST", .target = "/targets/none/run"}).status, 404);
  EXPECT_EQ(world.api({.method = "POST", .target = "/targets/www/run"}).status, 202);
  EXPECT_EQ(ran, "www");
  const std::string reader = "Bearer " + world.token("content:read");
  const Json told =
      world.api({.target = "/status", .headers = {{"Authorization", reader}}}).json()["targets"];
  EXPECT_EQ(told[0]["place"], nullptr);
  EXPECT_EQ(told[0]["error"], "it failed; admins are told why");
  EXPECT_EQ(told[0]["behind"], 2);
  EXPECT_EQ(world
                .api({.method = "POST",
                      .target = "/targets/www/run",
                      .headers = {{"Authorization", reader}}})
                .status,
            403);
  EXPECT_THAT(metrics_of(world), HasSubstr("\nstet_target_behind{target=\"www\"} 2\n"));
}

TEST(RouteCounts, TellRequestsErrorsAndDurationsOfEachOperation) {
  RequestCounts counts;
  counts.note_route("GET", "/api/v1/posts?limit=1", 200, 700);
  counts.note_route("GET", "/api/v1/posts/x%20y", 404, 30'000);
  counts.note_route("POST", "/site.git/git-receive-pack", 200, 90'000'000);
  counts.note_route("GET", "/nothing", 404, 10);
  std::map<std::string, const RouteCounts*> by_name;
  for (const auto& [name, of] : counts.routes()) {
    std::uint64_t count = 0;
    for (const auto& bucket : of.took) count += bucket;
    if (count > 0) by_name.emplace(name, &of);
  }
  ASSERT_EQ(by_name.size(), 4u);
  EXPECT_EQ(by_name.at("git")->took.back(), 1u) << "longer than a minute";
  EXPECT_EQ(by_name.at("other")->statuses[3], 1u);
}

TEST(Metrics, ACommitWaitsForTheDiskAndThatIsCounted) {
  World world;
  EXPECT_EQ(world.patch(kFirst, kPatch).status, 200);
  const std::string text = metrics_of(world), name = "\nstet_fsync_duration_seconds_count ";
  ASSERT_THAT(text, HasSubstr(name));
  EXPECT_NE(text[text.find(name) + name.size()], '0');
  EXPECT_THAT(text, HasSubstr("\nstet_fsync_duration_seconds_bucket{le=\"0.0001\"} "));
}

TEST(Status, SaysHowFarABuildIs) {
  World world;
  Progress progress;
  world.backend->progress = &progress;
  EXPECT_EQ(world.api({.target = "/status"}).json()["work"], nullptr);
  progress.begin("rendering pages", 4000);
  progress.add(17);
  EXPECT_EQ(world.api({.target = "/status"}).json()["work"],
            Json({{"what", "rendering pages"}, {"done", 17}, {"total", 4000}}));
}

TEST(Metrics, HistogramsAreCumulativeAndInSeconds) {
  World world;
  world.requests.note_route("GET", "/api/v1/status", 200, 700);
  world.requests.note_route("GET", "/api/v1/status", 200, 3'000'000);
  const std::string text = metrics_of(world);
  for (const char* line : {"stet_route_requests_total{route=\"status\",status=\"2xx\"} 2",
                           "stet_route_duration_seconds_bucket{route=\"status\",le=\"0.001\"} 1",
                           "stet_route_duration_seconds_bucket{route=\"status\",le=\"2\"} 1",
                           "stet_route_duration_seconds_bucket{route=\"status\",le=\"10\"} 2",
                           "stet_route_duration_seconds_bucket{route=\"status\",le=\"+Inf\"} 2",
                           "stet_route_duration_seconds_sum{route=\"status\"} 3.0007",
                           "stet_route_duration_seconds_count{route=\"status\"} 2"}) {
    EXPECT_THAT(text, HasSubstr(std::string("\n") + line + "\n"));
  }
  EXPECT_THAT(text, Not(HasSubstr("route=\"targets\""))) << "nobody has asked for it";
}

// Every name of ours that the dashboard asks Prometheus for.
std::set<std::string> names_of_dashboard() {
  std::ifstream file("api/package/grafana.json");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_FALSE(Json::parse(text, nullptr, false).is_discarded());
  std::set<std::string> names;
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz_";
  for (const char* begin : {"stet_", "process_"}) {
    for (std::size_t at = text.find(begin); at != std::string::npos;
         at = text.find(begin, at + 1)) {
      const bool is_inner = at > 0 && kLetters.find(text[at - 1]) != std::string::npos;
      if (!is_inner) names.insert(text.substr(at, text.find_first_not_of(kLetters, at) - at));
    }
  }
  return names;
}

TEST(Metrics, TheDashboardAsksForNoneThatIsNotThere) {
  World world;
  auth::RateLimiter limiter({}, world.clock);
  UpkeepCounts upkeep;
  world.backend->limiter = &limiter;
  world.backend->upkeep = &upkeep;
  world.backend->targets = [] { return std::vector{failing_report()}; };
  world.backend->process = [] { return ProcessNumbers(); };
  world.requests.note_route("GET", "/api/v1/status", 200, 700);
  const std::string text = metrics_of(world);
  const auto names = names_of_dashboard();
  EXPECT_GT(names.size(), 15u);
  for (const std::string& name : names) {
    EXPECT_TRUE(text.find("\n" + name + " ") != std::string::npos ||
                text.find("\n" + name + "{") != std::string::npos)
        << name;
  }
}

}  // namespace
}  // namespace stet::api
