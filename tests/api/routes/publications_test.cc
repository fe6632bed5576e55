// Publications that are kept: listed, looked at, gone back to.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/routes/inner_links.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kAbout[] = "/pages/about.md";

// Three publications: "About us." (1), "Second." (2), "Third." (3).
struct ThreeStates {
  World world;
  std::vector<std::string> commits;

  ThreeStates() {
    commits.push_back(world.head());
    for (const char* body : {"Second.", "Third."}) {
      EXPECT_EQ(world.patch(kAbout, R"({"body": ")" + std::string(body) + R"("})").status, 200);
      commits.push_back(world.head());
    }
  }
  Told roll_back(const std::string& to) {
    return world.api({.method = "POST", .target = "/rollback", .body = R"({"to": )" + to + "}"});
  }
  Json status() { return world.api({.target = "/status"}).json(); }
};

TEST(Publications, AreListedTheNewestFirst) {
  ThreeStates three;
  Json items = three.world.api({.target = "/publications"}).json()["items"];
  ASSERT_EQ(items.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(items[i]["commit"], three.commits[2 - i]);
    EXPECT_EQ(items[i]["number"], 3 - i);
    EXPECT_EQ(items[i]["is_live"], i == 0);
  }
}

TEST(Rollback, MakesAnOlderStateLiveAtOnceAndNothingElse) {
  ThreeStates three;
  World& world = three.world;
  Told told = three.roll_back("\"" + three.commits[0] + "\"");
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["live"]["number"], 1);
  EXPECT_EQ(told.json()["rollback"]["by"], "test");
  EXPECT_THAT(world.page("/about/"), HasSubstr("About us."));
  EXPECT_EQ(world.head(), three.commits[2]) << "the branch stays where it is";
  // The head is looked at, and is no news.
  ASSERT_TRUE(world.pipeline->publish_head("main"));
  EXPECT_THAT(world.page("/about/"), HasSubstr("About us."));
  EXPECT_EQ(three.status()["rollback"]["in_place_of"], three.commits[2]);
  EXPECT_EQ(three.status()["newest"], 3);
  // What is written and read by the API is what the branch has.
  EXPECT_THAT(world.api({.target = kAbout}).json()["body"].get<std::string>(), HasSubstr("Third."));
}

TEST(Rollback, EndsWhenItIsReleased) {
  ThreeStates three;
  ASSERT_EQ(three.roll_back("2").status, 200);
  EXPECT_THAT(three.world.page("/about/"), HasSubstr("Second."));
  Told told = three.world.api({.method = "DELETE", .target = "/rollback"});
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_TRUE(told.json()["rollback"].is_null());
  EXPECT_THAT(three.world.page("/about/"), HasSubstr("Third."));
  EXPECT_EQ(three.world.api({.method = "DELETE", .target = "/rollback"}).status, 404);
}

TEST(Rollback, EndsWhenTheBranchMovesOn) {
  ThreeStates three;
  ASSERT_EQ(three.roll_back("1").status, 200);
  ASSERT_EQ(three.world.patch(kAbout, R"({"body": "Mended."})").status, 200);
  EXPECT_THAT(three.world.page("/about/"), HasSubstr("Mended."));
  EXPECT_TRUE(three.status()["rollback"].is_null());
}

TEST(Rollback, ToTheNewestIsARelease) {
  ThreeStates three;
  ASSERT_EQ(three.roll_back("1").status, 200);
  EXPECT_EQ(three.roll_back("3").status, 200);
  EXPECT_TRUE(three.status()["rollback"].is_null());
  EXPECT_EQ(three.roll_back("3").status, 409);
}

TEST(Rollback, TakesBackWhatHasJustComeInToo) {
  ThreeStates three;
  three.world.repository.commit({{"about.md", "---\nlayout: default\n---\nPushed.\n"}});
  ASSERT_EQ(three.roll_back("3").status, 200) << "the push is publication 4";
  ASSERT_TRUE(three.world.pipeline->publish_head("main"));
  EXPECT_THAT(three.world.page("/about/"), HasSubstr("Third."));
}

TEST(Rollback, RefusesWhatItCannotGoTo) {
  ThreeStates three;
  Told gone = three.roll_back("99");
  EXPECT_EQ(gone.status, 404);
  EXPECT_EQ(gone.json()["kept"].size(), 3u);
  EXPECT_EQ(three.roll_back("\"" + std::string(40, '0') + "\"").status, 404);
  EXPECT_EQ(three.roll_back("\"main\"").status, 422);
  EXPECT_EQ(three.roll_back("-1").status, 404);
  EXPECT_EQ(three.roll_back("1, \"x\": 2").status, 422);
  EXPECT_EQ(three.roll_back("").status, 400);
}

class Previews : public testing::Test {
 protected:
  static storage::TestRepository::Files files() {
    auto files = World::small_site();
    files["_config.yml"] = "url: http://example.org\npermalink: /:title/\nbaseurl: /blog\n";
    files["_layouts/default.html"] =
        "<html><link href='/site.css'><a href=\"{{ '/first/' | absolute_url }}\">1</a>"
        "<a href=second>2</a>{{ content }}</html>\n";
    files["site.css"] = "@import '/more.css'; a { background: url(/a.png) }\n";
    return files;
  }
  Previews() : world_(files()) {
    old_ = world_.head();
    world_.repository.commit(
        {{"about.md", "---\nlayout: default\n---\nNew.\n"}, {"site.css", "a { color: red }\n"}});
    EXPECT_TRUE(world_.pipeline->publish_head("main"));
  }
  std::string ticket(const std::string& of) {
    Told told =
        world_.api({.method = "POST", .target = "/previews", .body = R"({"of": ")" + of + R"("})"});
    EXPECT_EQ(told.status, 201) << told.body;
    EXPECT_EQ(told.header("Location"), told.json()["url"].get<std::string>());
    return told.header("Location");
  }

  World world_;
  std::string old_;
};

TEST_F(Previews, ShowAnOldStateToWhoHasTheAddress) {
  std::string place = ticket(old_);
  Told told = world_.admin({.target = place + "about/"});
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_THAT(told.body, HasSubstr("About us."));
  EXPECT_EQ(told.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(told.body, HasSubstr("<link href='" + place + "site.css'>"));
  EXPECT_THAT(told.body, HasSubstr("<a href=\"" + place + "blog/first/\">"));
  EXPECT_THAT(told.body, HasSubstr("<a href=second>"));
  EXPECT_THAT(world_.admin({.target = place + "blog/first/"}).body, HasSubstr("First body."));
  Told css = world_.admin({.target = place + "site.css"});
  EXPECT_EQ(css.body,
            "@import '" + place + "more.css'; a { background: url(" + place + "a.png) }\n");
  EXPECT_EQ(world_.admin({.target = place + "about"}).header("Location"), place + "about/");
  EXPECT_EQ(world_.admin({.target = place.substr(0, place.size() - 1)}).header("Location"), place);
  EXPECT_EQ(world_.admin({.target = place + "never/"}).status, 404);
  EXPECT_EQ(world_.admin({.method = "POST", .target = place}).status, 405);
}

TEST_F(Previews, CanDoNothingButShow) {
  Told told = world_.admin({.target = ticket(old_)});
  std::string policy = told.header("Content-Security-Policy");
  EXPECT_THAT(policy, StartsWith("sandbox allow-same-origin; default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("form-action 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("script")));
  EXPECT_THAT(policy, Not(HasSubstr("allow-forms")));
  EXPECT_EQ(told.header("Cache-Control"), "no-store");
  EXPECT_EQ(told.header("Referrer-Policy"), "no-referrer");
  // An editor of the same origin shows it beside the text.
  EXPECT_THAT(told.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'self'"));
  EXPECT_EQ(told.header("X-Frame-Options"), "SAMEORIGIN");
}

TEST_F(Previews, OfACommitNeedAToken) {
  std::string target = "/preview/" + old_ + "/about/";
  EXPECT_EQ(world_.admin({.target = target}).status, 401);
  std::map<std::string, std::string> reader = {
      {"Authorization", "Bearer " + world_.token("content:read")}};
  Told told = world_.admin({.target = target, .headers = reader});
  EXPECT_EQ(told.status, 200);
  EXPECT_THAT(told.body, HasSubstr("href='/preview/" + old_ + "/site.css'"));
  std::string unknown = "/preview/" + std::string(40, 'a') + "/";
  EXPECT_EQ(world_.admin({.target = unknown}).status, 401);
  EXPECT_EQ(world_.admin({.target = unknown, .headers = reader}).status, 404);
}

TEST_F(Previews, AreOfAnyCommitWhetherAPublicationIsKeptOrNot) {
  // Two commits of one push: the first of them was never live.
  world_.repository.commit({{"about.md", "---\ntitle: About\n---\nBetween the two.\n"}});
  std::string between = world_.head();
  world_.repository.commit({{"about.md", "---\ntitle: About\n---\nAfter both.\n"}});
  std::string place = ticket(between);
  EXPECT_THAT(world_.admin({.target = place + "about/"}).body, HasSubstr("Between the two."));
  EXPECT_EQ(world_.admin({.target = place + "never/"}).status, 404);
  std::string body = R"({"of": ")" + std::string(40, 'a') + R"("})";
  EXPECT_EQ(world_.api({.method = "POST", .target = "/previews", .body = body}).status, 404);
}

TEST_F(Previews, EndAfterAnHour) {
  std::string place = ticket(old_);
  world_.clock.advance_seconds(auth::Tickets::kLifetimeSeconds - 1);
  EXPECT_EQ(world_.admin({.target = place}).status, 200);
  world_.clock.advance_seconds(1);
  EXPECT_EQ(world_.admin({.target = place}).status, 401);
  for (const char* guess : {"/preview/", "/preview/x/", "/preview//about/"}) {
    EXPECT_EQ(world_.admin({.target = guess}).status, 401) << guess;
  }
}

TEST(Tickets, AreBoundedAndTheOldestGoFirst) {
  ManualClock clock{Instant{1000}};
  SystemRandom random;
  auth::Tickets tickets(clock, random);
  std::string first = tickets.make(1).secret, second = tickets.make(2).secret;
  for (std::size_t i = 0; i + 1 < auth::Tickets::kTicketsMax; ++i) tickets.make(3);
  EXPECT_FALSE(tickets.find(first));
  EXPECT_EQ(tickets.find(second), 2u);
}

TEST(InnerLinks, StayBelowTheirPlace) {
  struct Row {
    const char *html, *inside;
  };
  for (const Row& row : {
           Row{"<a href=\"/x\">", "<a href=\"/p/x\">"},
           Row{"<a href='/x' title='/x'>/x</a>", "<a href='/p/x' title='/x'>/x</a>"},
           Row{"<A HREF = /x>", "<A HREF = /p/x>"},
           Row{"<a href=\"x\"><a href=\"#x\"><a href=\"?x\"><a href>",
               "<a href=\"x\"><a href=\"#x\"><a href=\"?x\"><a href>"},
           Row{"<a href=\"//cdn.example/x\"><a href=\"http://s.org.example/\">",
               "<a href=\"//cdn.example/x\"><a href=\"http://s.org.example/\">"},
           Row{"<a href=\"http://s.org/x\"><a href=\"http://s.org\">",
               "<a href=\"/p/x\"><a href=\"/p/\">"},
           Row{"<img src=/a.png srcset=\"/a.png 1x, /b.png 2x\"/>",
               "<img src=/p/a.png srcset=\"/p/a.png 1x, /p/b.png 2x\"/>"},
           Row{"<source srcset=\"/a.png, b.png\">", "<source srcset=\"/p/a.png, b.png\">"},
           Row{"<!-- <a href=\"/x\"> --><a href=\"/x\">",
               "<!-- <a href=\"/x\"> --><a href=\"/p/x\">"},
           Row{"<script>a('<a href=\"/x\">')</script><b>",
               "<script>a('<a href=\"/x\">')</script><b>"},
           Row{"<style>a{background:url('/x')}</style>",
               "<style>a{background:url('/p/x')}</style>"},
           Row{"<p style=\"background: url(/x)\">", "<p style=\"background: url(/p/x)\">"},
           Row{"<p style=\"background: url(&#39;/x&#39;)\">",
               "<p style=\"background: url(&#39;/p/x&#39;)\">"},
           Row{"<p style='background: url(&quot;/x&quot;), url(&#x27;/y'>",
               "<p style='background: url(&quot;/p/x&quot;), url(&#x27;/p/y'>"},
           Row{"a < b <= c </p> <", "a < b <= c </p> <"},
           Row{"<a href=\"/x", "<a href=\"/p/x"},
           Row{"<a href=", "<a href="},
           Row{"<script>", "<script>"},
           Row{"<!-- open", "<!-- open"},
           Row{"", ""},
       }) {
    EXPECT_EQ(with_inner_links(row.html, {"/p", "http://s.org"}), row.inside) << row.html;
  }
  EXPECT_EQ(with_inner_links("<a href=\"http://s.org/x\">", {"/p", ""}),
            "<a href=\"http://s.org/x\">");
  EXPECT_EQ(with_inner_urls("@import url( \"/x\" ); @media u { url(", {"/p", ""}),
            "@import url( \"/p/x\" ); @media u { url(");
}

}  // namespace
}  // namespace stet::api
