// What a write says of what it takes and what it does not: nothing that is wrong goes in silently.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> messages(const Json& problems) {
  std::vector<std::string> texts;
  for (const Json& problem : problems) texts.push_back(problem["message"]);
  return texts;
}

TEST(WriteFaults, ADateThatIsActedOnMustBeOne) {
  World world;
  for (const char* value : {"\"soon\"", "5", "[\"x\"]", "\"2026-13-45\"", "\"2026-02-31\""}) {
    Told told =
        world.patch(kFirst, R"({"front_matter": {"unpublish": )" + std::string(value) + "}}");
    EXPECT_EQ(told.status, 422) << value << told.body;
    EXPECT_EQ(told.json()["errors"][0]["pointer"], "/front_matter/unpublish") << told.body;
  }
  Told taken =
      world.patch(kFirst, R"({"front_matter": {"unpublish": "2033-01-01 10:00:00 +0200"}})");
  EXPECT_EQ(taken.status, 200) << taken.body;
}

TEST(WriteFaults, AUrlThatAnotherFileHasIsTold) {
  World world;
  const char* edit = R"({"front_matter": {"permalink": "/about/"}})";
  Told dry = world.patch(std::string(kFirst) + "?dry_run=1", edit);
  Told told = world.patch(kFirst, edit);
  ASSERT_EQ(told.status, 200) << told.body;
  for (const Told* one : {&dry, &told}) {
    Json problem = one->json()["problems"][0];
    EXPECT_EQ(problem["severity"], "warning") << one->body;
    EXPECT_EQ(problem["path"], "_posts/2020-01-01-first.md");
    EXPECT_GT(problem["line"], 1);
    EXPECT_THAT(std::string(problem["message"]), HasSubstr("this has the URL of about.md"));
  }
  Told mended = world.patch(kFirst, R"({"front_matter": {"permalink": "/elsewhere/"}})");
  EXPECT_EQ(mended.json()["problems"], Json::array()) << mended.body;
}

TEST(WriteFaults, AnAddressThatCannotBePublishedIsTold) {
  for (const std::string& permalink :
       {std::string("/%2e%2e/x/"), "/" + std::string(300, 'x') + "/"}) {
    World world;
    std::string edit = Json({{"front_matter", {{"permalink", permalink}}}}).dump();
    Told dry = world.patch(std::string(kFirst) + "?dry_run=1", edit);
    Told told = world.patch(kFirst, edit);
    ASSERT_EQ(told.status, 200) << told.body;
    Json listed = world.api({.target = "/problems"}).json()["items"];
    for (const Json& problems : {dry.json()["problems"], told.json()["problems"], listed}) {
      ASSERT_EQ(problems.size(), 1u) << problems.dump();
      EXPECT_EQ(problems[0]["path"], "_posts/2020-01-01-first.md");
      EXPECT_THAT(std::string(problems[0]["message"]), HasSubstr("this is shown nowhere"));
    }
    EXPECT_THAT(dry.json()["changed_urls"], Not(Contains("")));
    EXPECT_EQ(world.page("/first/"), "404");
  }
}

TEST(WriteFaults, AKeyThatIsTooLongForYamlIsRefused) {
  World world;
  Told told = world.patch(kFirst, Json({{"front_matter", {{std::string(3000, 'k'), 1}}}}).dump());
  EXPECT_EQ(told.status, 422) << told.body;
  EXPECT_THAT(told.body, HasSubstr("shorten it"));
}

TEST(WriteFaults, WholeNumbersBeyond64BitsAreNotMadeTexts) {
  World world;
  for (const char* number :
       {"18446744073709551615", "12345678901234567890123", "-9223372036854775809"}) {
    Told told = world.patch(kFirst, R"({"front_matter": {"x": [1, )" + std::string(number) + "]}}");
    EXPECT_EQ(told.status, 422) << told.body;
    EXPECT_EQ(told.json()["errors"][0]["pointer"], "/front_matter/x/1") << told.body;
    EXPECT_THAT(told.body, HasSubstr("put it in quotes"));
  }
  Told kept = world.patch(kFirst, R"({"front_matter": {"x": 9223372036854775807}})");
  EXPECT_EQ(kept.json()["entry"]["front_matter"]["x"], 9223372036854775807) << kept.body;
}

TEST(WriteFaults, BlankLinesThatABodyLosesAreTold) {
  World world;
  for (const char* body : {R"("\n\nlead\n")", R"("\r\nlead\n")"}) {
    Told told = world.patch(kFirst, R"({"body": )" + std::string(body) + "}");
    ASSERT_EQ(told.status, 200) << told.body;
    EXPECT_EQ(told.json()["entry"]["body"], "lead\n");
    EXPECT_THAT(messages(told.json()["problems"]),
                ElementsAre(HasSubstr("blank lines at the beginning of the body are not kept")));
  }
  // What is read and written again is as it was, and nothing is said.
  Json entry = world.api({.target = kFirst}).json();
  Told again = world.patch(kFirst, dump({{"body", entry["body"]}}));
  EXPECT_EQ(again.json()["is_unchanged"], true);
  EXPECT_EQ(again.json()["problems"], Json::array()) << again.body;
}

TEST(WriteFaults, ATextThatIsTooLargeIsTooLargeWhereverThatIsFound) {
  World world;
  std::string large = dump({{"body", std::string(6 << 20, 'x')}});
  Told told = world.patch(kFirst, large);
  EXPECT_EQ(told.status, 413) << told.body.substr(0, 500);
  EXPECT_THAT(std::string(told.json()["type"]), HasSubstr("too-large"));
}

TEST(WriteFaults, AnotherCharsetThanUtf8IsNotTaken) {
  World world;
  auto send = [&](const std::string& type) {
    return world
        .api({.method = "PATCH",
              .target = kFirst,
              .body = R"({"front_matter": {"title": "T"}})",
              .headers = {{"Content-Type", type}, {"If-Match", "*"}}})
        .status;
  };
  const std::string type = "application/merge-patch+json";
  EXPECT_EQ(send(type + "; charset=utf-16"), 415);
  EXPECT_EQ(send(type + "; x=y ; Charset=\"latin1\""), 415);
  EXPECT_EQ(send(type + ";charset=UTF-8"), 200);
  EXPECT_EQ(send(type + "; charset=\"utf-8\""), 200);
}

TEST(WriteFaults, SettingsOfAnotherTypeAreToldByTheWriteAndByProblems) {
  World world;
  Told told = world.patch("/config",
                          R"({"plugins": "x", "defaults": "x", "paginate": -1,
                              "stet": {"api": {"anonymous": ["nosuch"], "cors": "x",
                                              "max_age": -5}}})");
  ASSERT_EQ(told.status, 200) << told.body;
  auto has_all = [](const Json& problems) {
    std::string all;
    for (const Json& problem : problems) {
      EXPECT_EQ(problem["path"], "_config.yml");
      all += std::string(problem["message"]) + "\n";
    }
    for (const char* part : {"'plugins' is a list",
                             "'defaults' is a list",
                             "'paginate' is a number",
                             "'nosuch' is nothing that can be read",
                             "'x' is no origin",
                             "max_age is a number"}) {
      EXPECT_THAT(all, HasSubstr(part));
    }
  };
  has_all(told.json()["problems"]);
  EXPECT_GT(told.json()["problems"][0]["line"], 0);
  has_all(world.api({.target = "/problems?path=_config.yml"}).json()["items"]);
}

}  // namespace
}  // namespace stet::api
