// Micropub: the server tests of micropub.rocks, each under its number, and what they do not ask.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "api/micropub/endpoint.h"
#include "tests/api/routes/world.h"
#include "tests/cms/image/pictures.h"

namespace stet::micropub {
namespace {

using api::Asked;
using api::Json;
using api::Told;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kForm[] = "application/x-www-form-urlencoded";
constexpr char kPost[] = "---\n# kept\ntitle:  Old   # why\ntags: [one, two]\n---\n\nOld body.\n";

storage::TestRepository::Files files() {
  return {{"_config.yml",
           "url: https://example.org\n"
           "stet: {micropub: {syndicate-to: [{uid: 'https://social.example/', name: Social}]}}\n"},
          {"index.html", "---\n---\n{% for post in site.posts %}{{ post.title }};{% endfor %}"},
          {"_layouts/post.html", "{{ content }}"},
          {"_posts/2020-01-01-old.md", kPost}};
}

constexpr char kOld[] = "https://example.org/2020/01/01/old.html";

class Micropub : public ::testing::Test {
 protected:
  Micropub() : world_(files()), endpoint_(*world_.backend) {
    world_.backend->admin_url = "http://admin.example";
  }

  Told ask(Asked asked, bool has_token = true) {
    if (has_token && !asked.headers.contains("Authorization")) {
      asked.headers["Authorization"] = "Bearer " + world_.token("posts:write");
    }
    asked.headers.emplace("Host", "whatever.a-client.says");
    http::Response response = endpoint_.answer(api::request_of(asked));
    Told told{response.status, response.headers, ""};
    if (const auto* text = std::get_if<std::string>(&response.body)) told.body = *text;
    return told;
  }
  Told form(const std::string& body, bool has_token = true) {
    return ask({"POST", "/micropub", body, {{"Content-Type", kForm}}}, has_token);
  }
  Told json(const std::string& body) {
    return ask({"POST", "/micropub", body, {{"Content-Type", "application/json"}}});
  }
  // A form with files: {name, filename, content}; without a filename a field.
  Told upload(const std::vector<std::array<std::string, 3>>& parts,
              const std::string& path = "/micropub",
              const std::string& scope = "posts:write") {
    std::string body;
    for (const auto& [name, filename, content] : parts) {
      body += "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"";
      if (!filename.empty()) body += "; filename=\"" + filename + "\"";
      body += "\r\n\r\n" + content + "\r\n";
    }
    return ask({"POST",
                path,
                body + "--B--\r\n",
                {{"Content-Type", "multipart/form-data; boundary=B"},
                 {"Authorization", "Bearer " + world_.token(scope)}}});
  }
  Told get(const std::string& query) { return ask({"GET", "/micropub?" + query, {}, {}}); }
  Told source(const std::string& url) { return get("q=source&url=" + url); }

  // Made, public, and with these properties.
  void expect_made(const Told& told, const std::string& properties) {
    ASSERT_EQ(told.status, 201) << told.body;
    std::string location = told.header("Location");
    EXPECT_EQ(location.find("https://example.org/2023/11/"), 0u) << location;
    EXPECT_EQ(world_.site({.target = location.substr(19)}).status, 200) << location;
    Json shown = source(location).json()["properties"];
    Json wanted = Json::parse(properties);
    for (const auto& [name, value] : wanted.items()) EXPECT_EQ(shown[name], value) << shown;
  }
  void expect_fault(const Told& told, int status, const std::string& error) {
    EXPECT_EQ(told.status, status) << told.body;
    EXPECT_EQ(told.json()["error"], error) << told.body;
    EXPECT_FALSE(told.json()["error_description"].get<std::string>().empty());
  }
  std::string old_file() {
    return world_.repository.git({"show", "main:_posts/2020-01-01-old.md"});
  }
  Told update(const std::string& what) {
    return json(R"({"action": "update", "url": ")" + std::string(kOld) + "\", " + what + "}");
  }

  api::World world_;
  Endpoint endpoint_;
};

TEST_F(Micropub, Rocks100AFormMakesAnEntry) {
  expect_made(form("h=entry&content=Micropub+test+of+a+form"),
              R"({"content": ["Micropub test of a form"]})");
}

TEST_F(Micropub, Rocks101AFormWithSeveralCategories) {
  expect_made(form("h=entry&content=Hello&category[]=test1&category[]=test2"),
              R"({"category": ["test1", "test2"]})");
}

TEST_F(Micropub, Rocks104AFormWithAPhotosAddress) {
  expect_made(form("h=entry&content=Hello&photo=https%3A%2F%2Fexample.org%2Fa.jpg"),
              R"({"photo": ["https://example.org/a.jpg"]})");
}

TEST_F(Micropub, Rocks107AFormWithOneCategory) {
  expect_made(form("h=entry&content=Hello&category=test1"), R"({"category": ["test1"]})");
}

TEST_F(Micropub, Rocks200JsonMakesAnEntry) {
  expect_made(json(R"({"type": ["h-entry"], "properties": {"content": ["Hello of JSON"]}})"),
              R"({"content": ["Hello of JSON"]})");
}

TEST_F(Micropub, Rocks201JsonWithSeveralCategories) {
  expect_made(json(R"({"type": ["h-entry"], "properties": {"content": ["Hello"],
                       "category": ["test1", "test2"]}})"),
              R"({"category": ["test1", "test2"]})");
}

TEST_F(Micropub, Rocks202JsonWithHtml) {
  Told told = json(R"({"type": ["h-entry"], "properties": {"name": ["Html"],
                       "content": [{"html": "<p>This has <b>bold</b> text.</p>"}]}})");
  expect_made(told, R"({"content": ["<p>This has <b>bold</b> text.</p>"]})");
  EXPECT_THAT(world_.page(told.header("Location").substr(19)), HasSubstr("has <b>bold</b> text"));
}

TEST_F(Micropub, Rocks203JsonWithAPhotosAddress) {
  expect_made(json(R"({"type": ["h-entry"], "properties": {"content": ["Hello"],
                       "photo": ["https://example.org/a.jpg"]}})"),
              R"({"photo": ["https://example.org/a.jpg"]})");
}

TEST_F(Micropub, Rocks204JsonWithANestedObject) {
  const char kCheckin[] = R"({"type": ["h-card"], "properties": {"name": ["Los Gorditos"],
                              "locality": ["Portland"]}})";
  expect_made(json(R"({"type": ["h-entry"], "properties": {"content": ["Lunch meeting"],
                       "checkin": [)" +
                   std::string(kCheckin) + "]}}"),
              R"({"checkin": [)" + std::string(kCheckin) + "]}");
}

TEST_F(Micropub, Rocks205JsonWithAPhotoAndItsAlt) {
  const char kPhoto[] = R"({"value": "https://example.org/a.jpg", "alt": "Photo of a sunset"})";
  expect_made(json(R"({"type": ["h-entry"], "properties": {"content": ["Hello"], "photo": [)" +
                   std::string(kPhoto) + "]}}"),
              R"({"photo": [)" + std::string(kPhoto) + "]}");
}

TEST_F(Micropub, Rocks206JsonWithSeveralPhotos) {
  expect_made(json(R"({"type": ["h-entry"], "properties": {"content": ["Hello"],
                       "photo": ["https://example.org/a.jpg", "https://example.org/b.jpg"]}})"),
              R"({"photo": ["https://example.org/a.jpg", "https://example.org/b.jpg"]})");
}

const std::string kPicture = image::png(40, 30), kOtherPicture = image::png(41, 30);
constexpr char kAt[] = "https://example.org/assets/media/2023/";

TEST_F(Micropub, Rocks300AFormWithAPhoto) {
  std::size_t commits = world_.commits();
  Told told = upload(
      {{"h", "", "entry"}, {"content", "", "Nice sunset"}, {"photo", "sunset.png", kPicture}});
  expect_made(told, R"({"photo": [")" + std::string(kAt) + R"(sunset.png"]})");
  EXPECT_EQ(world_.page("/assets/media/2023/sunset.png"), kPicture);
  EXPECT_EQ(world_.commits(), commits + 1);
}

TEST_F(Micropub, Rocks301AFormWithTwoPhotos) {
  Told told = upload({{"h", "", "entry"},
                      {"content", "", "Two"},
                      {"photo[]", "a.png", kPicture},
                      {"photo[]", "a.png", kOtherPicture}});
  expect_made(told, R"({"photo": [")" + std::string(kAt) + R"(a.png", ")" + kAt + R"(a-2.png"]})");
  EXPECT_EQ(world_.page("/assets/media/2023/a-2.png"), kOtherPicture);
}

TEST_F(Micropub, FilmsAndSoundComeAsFilesTooAndBesideAddresses) {
  Told told = upload({{"name", "", "Noise"},
                      {"photo", "", "https://example.org/b.png"},
                      {"photo", "a.png", kPicture},
                      {"video", "film.webm", "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"},
                      {"audio", "x.flac", "fLaC"}});
  expect_made(told,
              R"({"photo": ["https://example.org/b.png", ")" + std::string(kAt) +
                  R"(a.png"], "video": [")" + kAt + R"(film.webm"], "audio": [")" + kAt +
                  R"(x.flac"]})");
}

TEST_F(Micropub, AFileThatMayNotComeInMakesNoPost) {
  std::size_t commits = world_.commits();
  expect_fault(
      upload({{"content", "", "x"}, {"photo", "a.png", "<html>"}}), 400, "invalid_request");
  expect_fault(
      upload({{"content", "", "x"}, {"resume", "a.png", kPicture}}), 400, "invalid_request");
  expect_fault(upload({{"action", "", "delete"}, {"url", "", kOld}, {"photo", "a.png", kPicture}}),
               400,
               "invalid_request");
  expect_fault(
      upload({{"content", "", "x"}, {"photo", "a.png", kPicture}}, "/micropub", "content:read"),
      401,
      "insufficient_scope");
  std::vector<std::array<std::string, 3>> many(21, {"photo", "a.png", kPicture});
  expect_fault(upload(many), 400, "invalid_request");
  expect_fault(ask({"POST", "/micropub", "--B", {{"Content-Type", "multipart/form-data"}}}),
               400,
               "invalid_request");
  EXPECT_EQ(ask({"POST",
                 "/micropub",
                 "h=entry&content=x",
                 {{"Content-Type", kForm}, {"Content-Encoding", "gzip"}}})
                .status,
            415);
  EXPECT_EQ(world_.commits(), commits);
  // Nor is anything left in the repository for who may add nothing.
  std::string loose = world_.repository.git({"count-objects"});
  upload({{"file", "a.png", kPicture}}, "/micropub/media", "content:read");
  EXPECT_EQ(world_.repository.git({"count-objects"}), loose);
}

TEST_F(Micropub, Rocks700TheConfigurationNamesTheMediaEndpoint) {
  EXPECT_EQ(get("q=config").json()["media-endpoint"], "http://admin.example/micropub/media");
}

TEST_F(Micropub, Rocks701APhotoIsUploadedToTheMediaEndpoint) {
  for (int i = 0; i < 2; ++i) {  // the second time it is there already
    Told told = upload({{"file", "sunset.png", kPicture}}, "/micropub/media");
    EXPECT_EQ(told.status, 201) << told.body;
    EXPECT_EQ(told.header("Location"), std::string(kAt) + "sunset.png");
    EXPECT_EQ(told.body, "");
  }
  EXPECT_EQ(world_.page("/assets/media/2023/sunset.png"), kPicture);
}

TEST_F(Micropub, Rocks702AnEntryIsMadeWithThePhotoOfTheMediaEndpoint) {
  Told told = upload({{"file", "sunset.png", kPicture}}, "/micropub/media");
  std::string address = told.header("Location");
  expect_made(json(R"({"type": ["h-entry"], "properties": {"content": ["Nice"],
                       "photo": [")" +
                   address + "\"]}}"),
              R"({"photo": [")" + address + "\"]}");
  Json uses = world_.api({.target = "/media/assets/media/2023/sunset.png"}).json()["uses"];
  EXPECT_EQ(uses.size(), 1u) << uses;
}

TEST_F(Micropub, TheMediaEndpointTakesOneFileAndNothingElse) {
  constexpr char kMedia[] = "/micropub/media";
  expect_fault(upload({{"photo", "a.png", kPicture}}, kMedia), 400, "invalid_request");
  expect_fault(upload({}, kMedia), 400, "invalid_request");
  expect_fault(upload({{"file", "a.png", kPicture}, {"file", "b.png", kPicture}}, kMedia),
               400,
               "invalid_request");
  expect_fault(upload({{"file", "a.html", "<html>"}}, kMedia), 400, "invalid_request");
  expect_fault(
      upload({{"file", "a.png", kPicture}}, kMedia, "content:read"), 401, "insufficient_scope");
  EXPECT_EQ(ask({"GET", kMedia, {}, {}}).status, 405);
  expect_fault(
      ask({"POST", kMedia, kPicture, {{"Content-Type", "image/png"}}}), 415, "invalid_request");
  EXPECT_EQ(world_.commits(), 1u);
}

TEST_F(Micropub, Rocks400AnUpdateReplacesAProperty) {
  EXPECT_EQ(update(R"("replace": {"content": ["This is the updated text."]})").status, 204);
  EXPECT_EQ(
      old_file(),
      "---\n# kept\ntitle:  Old   # why\ntags: [one, two]\n---\n\nThis is the updated text.\n");
}

TEST_F(Micropub, Rocks401AnUpdateAddsAValueToAProperty) {
  EXPECT_EQ(update(R"("add": {"category": ["three"]})").status, 204);
  EXPECT_EQ(old_file(),
            "---\n# kept\ntitle:  Old   # why\ntags: [one, two, three]\n---\n\nOld body.\n");
}

TEST_F(Micropub, Rocks402AnUpdateAddsAPropertyThatWasNotThere) {
  EXPECT_EQ(update(R"("add": {"syndication": ["https://social.example/1"]})").status, 204);
  EXPECT_THAT(old_file(), HasSubstr("\nsyndication: https://social.example/1\n"));
}

TEST_F(Micropub, Rocks403AnUpdateTakesAValueAway) {
  EXPECT_EQ(update(R"("delete": {"category": ["one"]})").status, 204);
  EXPECT_THAT(old_file(), HasSubstr("tags: [two]\n"));
}

TEST_F(Micropub, Rocks404AnUpdateTakesAPropertyAway) {
  EXPECT_EQ(update(R"("delete": ["category"])").status, 204);
  EXPECT_THAT(old_file(), Not(HasSubstr("tags")));
}

TEST_F(Micropub, Rocks405AnUpdateWhoseValueIsNoListIsRefused) {
  expect_fault(update(R"("replace": {"content": "No list"})"), 400, "invalid_request");
  EXPECT_EQ(old_file(), kPost);
}

TEST_F(Micropub, Rocks500And502AFormDeletesAndUndeletes) {
  EXPECT_EQ(form("action=delete&url=" + std::string(kOld)).status, 204);
  EXPECT_EQ(world_.site({.target = "/2020/01/01/old.html"}).status, 404);
  EXPECT_THAT(world_.page("/"), Not(HasSubstr("Old")));
  EXPECT_EQ(form("action=undelete&url=" + std::string(kOld)).status, 204);
  EXPECT_EQ(world_.site({.target = "/2020/01/01/old.html"}).status, 200);
  EXPECT_EQ(old_file(), kPost);
}

TEST_F(Micropub, Rocks501And503JsonDeletesAndUndeletes) {
  EXPECT_EQ(json(R"({"action": "delete", "url": ")" + std::string(kOld) + "\"}").status, 204);
  EXPECT_EQ(world_.site({.target = "/2020/01/01/old.html"}).status, 404);
  EXPECT_EQ(json(R"({"action": "undelete", "url": ")" + std::string(kOld) + "\"}").status, 204);
  EXPECT_EQ(world_.site({.target = "/2020/01/01/old.html"}).status, 200);
}

TEST_F(Micropub, Rocks600TheConfigurationIsTold) {
  Told told = get("q=config");
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.header("Content-Type"), "application/json");
  EXPECT_TRUE(told.json()["syndicate-to"].is_array());
  EXPECT_FALSE(told.json()["post-types"].empty());
}

TEST_F(Micropub, Rocks601WhereElseAPostMayGoIsTold) {
  EXPECT_EQ(get("q=syndicate-to").json(),
            Json::parse(R"({"syndicate-to": [{"uid": "https://social.example/",
                                              "name": "Social"}]})"));
}

TEST_F(Micropub, Rocks602TheSourceOfAPostIsTold) {
  EXPECT_EQ(source(kOld).json(),
            Json::parse(R"({"type": ["h-entry"], "properties": {"name": ["Old"],
                            "category": ["one", "two"], "content": ["Old body."],
                            "post-status": ["published"]}})"));
}

TEST_F(Micropub, Rocks603SomePropertiesOfThemAreTold) {
  EXPECT_EQ(
      get("q=source&properties[]=content&properties[]=category&url=" + std::string(kOld)).json(),
      Json::parse(R"({"properties": {"category": ["one", "two"],
                            "content": ["Old body."]}})"));
  EXPECT_EQ(get("q=source&properties=name&url=" + std::string(kOld)).json(),
            Json::parse(R"({"properties": {"name": ["Old"]}})"));
}

TEST_F(Micropub, Rocks800ATokenInTheHeaderIsTaken) {
  Told told =
      ask({"POST",
           "/micropub",
           "h=entry&content=Hello",
           {{"Content-Type", kForm}, {"Authorization", "Bearer " + world_.token("posts:write")}}});
  EXPECT_EQ(told.status, 201) << told.body;
}

TEST_F(Micropub, Rocks801And802ATokenInTheFormIsTakenAndNotKept) {
  std::string token = world_.token("posts:write");
  Told told = form("h=entry&content=Hello&access_token=" + token, false);
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_THAT(world_.repository.git({"show", "main"}), Not(HasSubstr(token)));
  EXPECT_THAT(world_.repository.git({"show", "main"}), Not(HasSubstr("access_token")));
}

TEST_F(Micropub, Rocks803WithoutATokenNothingIsMade) {
  expect_fault(form("h=entry&content=Hello", false), 401, "unauthorized");
  expect_fault(ask({"GET", "/micropub?q=config", {}, {}}, false), 401, "unauthorized");
  expect_fault(form("h=entry&content=Hello&access_token=nosuch", false), 401, "unauthorized");
  EXPECT_EQ(world_.commits(), 1u);
}

TEST_F(Micropub, Rocks804ATokenOfAnotherScopeIsRefused) {
  Told told =
      ask({"POST",
           "/micropub",
           "h=entry&content=Hello",
           {{"Content-Type", kForm}, {"Authorization", "Bearer " + world_.token("content:read")}}});
  expect_fault(told, 401, "insufficient_scope");
  EXPECT_THAT(told.header("WWW-Authenticate"), HasSubstr("insufficient_scope"));
}

TEST_F(Micropub, Rocks805TwoTokensAreRefused) {
  Told told = form("h=entry&content=Hello&access_token=" + world_.token("posts:write"));
  EXPECT_EQ(told.status, 400);
  EXPECT_TRUE(told.json().is_discarded()) << told.body;
}

TEST_F(Micropub, ADraftIsAtTheApisAddressAndCanBeUpdatedThere) {
  Told told = form("h=entry&name=Soon&content=Hello&post-status=draft");
  ASSERT_EQ(told.status, 201) << told.body;
  std::string location = told.header("Location");
  EXPECT_EQ(location, "http://admin.example/api/v1/drafts/soon");
  EXPECT_EQ(source(location).json()["properties"]["post-status"], Json::array({"draft"}));
  told =
      json(R"({"action": "update", "url": ")" + location + R"(", "replace": {"name": ["Later"]}})");
  EXPECT_EQ(told.status, 204) << told.body;
}

TEST_F(Micropub, TheSlugIsTheClientsAndAnUpdateThatMovesThePageSaysWhere) {
  Told told = form(
      "h=entry&name=A+long+title&mp-slug=short&content=Hello"
      "&published=2022-03-04T10:00:00Z");
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.header("Location"), "https://example.org/2022/03/04/short.html");
  told = json(R"({"action": "update", "url": "https://example.org/2022/03/04/short.html",
                  "replace": {"published": ["2022-03-05T10:00:00Z"]}})");
  EXPECT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.header("Location"), "https://example.org/2022/03/05/short.html");
}

TEST_F(Micropub, PostsThatAskForOneSlugHaveTwoPages) {
  const std::string body =
      "h=entry&content=Hello&mp-slug=my+Slug%2F&published=2022-03-04T10:00:00Z";
  EXPECT_EQ(form(body).header("Location"), "https://example.org/2022/03/04/my-slug.html");
  EXPECT_EQ(form(body).header("Location"), "https://example.org/2022/03/04/my-slug-2.html");
  EXPECT_EQ(form("h=entry&content=Hi&mp-slug=..%2F..%2F&published=2022-03-04T10:00:00Z")
                .header("Location"),
            "https://example.org/2022/03/04/hi.html");
}

TEST_F(Micropub, WhatIsToBeSeenByFewerThanAllIsNotMadePublic) {
  expect_fault(form("h=entry&content=x&visibility=private"), 400, "invalid_request");
  expect_fault(form("h=entry&content=x&visibility=unlisted"), 400, "invalid_request");
  expect_fault(form("h=entry&content=x&post-status=private"), 400, "invalid_request");
  expect_fault(form("h=entry&content=x&post-status[]=draft&post-status[]=published"),
               400,
               "invalid_request");
  expect_fault(json(R"({"action": "update", "url": ")" + std::string(kOld) +
                    R"(", "replace": {"visibility": ["private"]}})"),
               400,
               "invalid_request");
  EXPECT_EQ(world_.commits(), 1u);
  EXPECT_EQ(form("h=entry&content=x&visibility=public&post-status=published").status, 201);
  EXPECT_THAT(world_.repository.git({"show", "main"}), Not(HasSubstr("visibility")));
}

TEST_F(Micropub, WhatCannotBeIsRefusedInItsWords) {
  expect_fault(json("{"), 400, "invalid_request");
  expect_fault(
      json(R"({"action": "delete", "url": "https://example.org/nosuch"})"), 400, "invalid_request");
  expect_fault(
      json(R"({"action": "delete", "url": "https://example.org/"})"), 400, "invalid_request");
  expect_fault(source("nowhere"), 400, "invalid_request");
  expect_fault(get("q=source"), 400, "invalid_request");
  expect_fault(get("q=nosuch"), 400, "invalid_request");
  expect_fault(form("h=entry&content=x&published=soon"), 400, "invalid_request");
  expect_fault(form("h=entry&content=x&" + std::string(3000, 'k') + "=x"), 400, "invalid_request");
  EXPECT_EQ(ask({"POST", "/micropub", "x", {{"Content-Type", "text/plain"}}}).status, 415);
  EXPECT_EQ(ask({"PUT", "/micropub", {}, {}}).status, 405);
  EXPECT_EQ(world_.commits(), 1u);
}

TEST_F(Micropub, AnAuthorWritesDraftsOfTheirOwnAlone) {
  storage::UserRow jo = world_.person("jo", auth::Role::kAuthor);
  std::map<std::string, std::string> headers = {{"Content-Type", kForm},
                                                {"Authorization", "Bearer " + world_.token_of(jo)}};
  expect_fault(ask({"POST", "/micropub", "h=entry&content=Hello", headers}), 403, "forbidden");
  expect_fault(ask({"POST", "/micropub", "action=delete&url=" + std::string(kOld), headers}),
               403,
               "forbidden");
  Told told = ask({"POST", "/micropub", "h=entry&content=Hello&post-status=draft", headers});
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_THAT(world_.repository.git({"show", "main"}), HasSubstr("+author: jo"));
}

TEST_F(Micropub, TagsAreToldForCompletion) {
  EXPECT_EQ(get("q=category").json(), Json::parse(R"({"categories": ["one", "two"]})"));
}

}  // namespace
}  // namespace stet::micropub
