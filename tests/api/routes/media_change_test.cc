// Media in unpublished work: uploaded, named, moved and deleted in a change, and seen there alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/shown_pictures.h"
#include "tests/api/routes/uploads.h"

namespace stet::api {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

storage::TestRepository::Files site_with_logo() {
  storage::TestRepository::Files files = World::small_site();
  files["assets/logo.png"] = kPng;
  files["about.md"] = "---\ntitle: About\n---\n![logo](/assets/logo.png)\n";
  return files;
}

Told with_tag(World& world,
              const std::string& method,
              const std::string& target,
              const std::string& body = "",
              const std::string& token = "") {
  Asked asked{.method = method,
              .target = target,
              .body = body,
              .headers = {{"If-Match", "*"}, {"Content-Type", "image/png"}}};
  if (method == "PATCH") asked.headers["Content-Type"] = "application/merge-patch+json";
  if (!token.empty()) asked.headers["Authorization"] = "Bearer " + token;
  return world.api(std::move(asked));
}

std::vector<std::string> holders(World& world, const std::string& target) {
  std::vector<std::string> paths;
  Json json = world.api({.target = target}).json();
  for (const Json& use : json["uses"]) paths.push_back(use["path"]);
  return paths;
}

TEST(MediaInAChange, AnUploadIsThereAndNowhereElse) {
  ChangeWorld world(site_with_logo());
  std::string id = world.begin("Spring"), in = "change=" + id;
  Told told = upload(world, "?name=x.png&" + in, kOther);
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.json()["change"], id);
  EXPECT_EQ(told.json()["items"][0]["path"], "assets/media/2023/x.png");
  EXPECT_EQ(told.json()["items"][0]["width"], 41);
  const std::string target = "/media/assets/media/2023/x.png";
  EXPECT_EQ(world.api({.target = target}).status, 404);
  EXPECT_EQ(world.api({.target = target + "?" + in}).json()["etag"], told.header("ETag"));
  EXPECT_EQ(world.api({.target = "/media-content/assets/media/2023/x.png?" + in}).body, kOther);
  EXPECT_EQ(world.api({.target = "/media"}).json()["total"], 1);
  EXPECT_EQ(world.api({.target = "/media?" + in}).json()["total"], 2);
  EXPECT_EQ(world.commits(), 1u);
  EXPECT_EQ(world.page("/assets/media/2023/x.png"), "404");
  EXPECT_EQ(world.change(id)["files"][0]["path"], "assets/media/2023/x.png");
  // What the change has, and what is live, is not stored again.
  Told again = upload(world, "?name=y.png&" + in, kOther);
  EXPECT_EQ(again.json()["items"][0]["is_duplicate"], true) << again.body;
  EXPECT_EQ(world.change(id)["commits"], 1);
  Told dry = upload(world,
                    "?name=z.svg&dry_run=1&" + in,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>");
  EXPECT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(dry.json()["change"], id);
  EXPECT_EQ(dry.json()["items"][0]["path"], "assets/media/2023/z.svg");
  EXPECT_EQ(world.change(id)["commits"], 1);
  Told published = world.post("/changes/" + id + "/publish", Json::object());
  ASSERT_EQ(published.status, 200) << published.body;
  EXPECT_EQ(world.page("/assets/media/2023/x.png"), kOther);
}

TEST(MediaInAChange, WhereAFileIsNamedIsToldOfTheChange) {
  ChangeWorld world(site_with_logo());
  std::string id = world.begin("Spring"), in = "?change=" + id;
  ASSERT_EQ(world.edit(id, "/posts/2020-01-01-first", {{"image", "/assets/logo.png"}}).status, 200);
  const std::string logo = "/media/assets/logo.png";
  EXPECT_THAT(holders(world, logo + in), ElementsAre("_posts/2020-01-01-first.md", "about.md"));
  EXPECT_THAT(holders(world, logo), ElementsAre("about.md"));
  EXPECT_THAT(holders(world, logo + in), ElementsAre("_posts/2020-01-01-first.md", "about.md"));
  EXPECT_EQ(world.api({.target = "/media" + in}).json()["items"][0]["use_count"], 2);
  Told refused = with_tag(world, "DELETE", logo + in);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.json()["uses"].size(), 2u) << refused.body;
  ASSERT_EQ(world.edit(id, "/posts/2020-01-01-first", {{"image", nullptr}}).status, 200);
  Told about = world.patch("/pages/about" + in, R"({"body": "None.\n"})", "*");
  ASSERT_EQ(about.status, 200) << about.body;
  Told gone = with_tag(world, "DELETE", logo + in);
  EXPECT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(world.api({.target = logo + in}).status, 404);
  EXPECT_EQ(world.page("/assets/logo.png"), kPng);
  EXPECT_EQ(with_tag(world, "DELETE", logo).status, 409);
}

TEST(MediaInAChange, AMoveTakesTheChangesNamesAlong) {
  ChangeWorld world(site_with_logo());
  std::string id = world.begin("Spring"), in = "?change=" + id;
  ASSERT_EQ(world.edit(id, "/posts/2020-01-01-first", {{"image", "/assets/logo.png"}}).status, 200);
  Told moved = with_tag(world, "PATCH", "/media/assets/logo.png" + in, R"({"name": "mark.png"})");
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(moved.json()["items"][0]["path"], "assets/mark.png");
  EXPECT_EQ(moved.header("Location"), "/api/v1/media/assets/mark.png");
  EXPECT_THAT(holders(world, "/media/assets/mark.png" + in),
              ElementsAre("_posts/2020-01-01-first.md", "about.md"));
  EXPECT_THAT(holders(world, "/media/assets/logo.png"), ElementsAre("about.md"));
  EXPECT_EQ(world.commits(), 1u);
}

TEST(MediaInAChange, AnAuthorReplacesThereWhatEditorsPublish) {
  ChangeWorld world(site_with_logo());
  std::string author = world.token_of(world.person("jo", auth::Role::kAuthor));
  std::string id = world.begin("Spring", author);
  const std::string logo = "/media/assets/logo.png";
  EXPECT_EQ(with_tag(world, "PUT", logo, kOther, author).status, 403);
  Told put = with_tag(world, "PUT", logo + "?change=" + id, kOther, author);
  EXPECT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(world.page("/assets/logo.png"), kPng);
  EXPECT_NE(world.post_as(author, "/changes/" + id + "/publish").status, 200);
}

TEST(MediaInAChange, ALostAnswerIsToldOnceMoreAsItWas) {
  ChangeWorld world(site_with_logo());
  std::string id = world.begin("Spring");
  const std::string form =
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n" + kOther +
      "\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.png\"\r\n\r\n" +
      kPng + "\r\n--B--\r\n";
  auto ask = [&](const std::string& method,
                 const std::string& target,
                 const std::string& body,
                 const std::string& type) {
    Asked asked{
        .method = method,
        .target = target,
        .body = body,
        .headers = {
            {"Idempotency-Key", method + target}, {"Content-Type", type}, {"If-Match", "*"}}};
    if (method == "POST") asked.headers.erase("If-Match");
    if (type.empty()) asked.headers.erase("Content-Type");
    Told first = world.api(asked);
    EXPECT_LT(first.status, 300) << first.body;
    // As if the server had been killed between the commit and the record.
    EXPECT_TRUE(world.ledger->forget_keys_before({world.clock.now().seconds + 1}));
    world.restart();
    Told again = world.api(asked);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true") << again.body;
    EXPECT_EQ(again.status, first.status) << again.body;
    EXPECT_EQ(again.json()["items"], first.json()["items"]) << target;
    EXPECT_EQ(again.json()["commit"], first.json()["commit"]);
    EXPECT_EQ(again.json()["change"], first.json()["change"]);
    EXPECT_FALSE(again.json().contains("actions"));
    for (const char* field : {"Location", "ETag"}) {
      EXPECT_EQ(again.header(field), first.header(field)) << target;
    }
  };
  constexpr char kForm[] = "multipart/form-data; boundary=B";
  for (const std::string& query : {std::string(), "?change=" + id}) {
    ask("POST", "/media" + query, form, kForm);
    ask("PUT", "/media/assets/logo.png" + query, image::png(5, 5), "image/png");
    ask("PATCH",
        "/media/assets/logo.png" + query,
        R"({"name": "mark.png"})",
        "application/merge-patch+json");
    std::string sign = query.empty() ? "?" : "&";
    ask("DELETE", "/media/assets/mark.png" + query + sign + "force=1", "", "");
  }
  EXPECT_EQ(world.change(id)["commits"], 4);
}

TEST(MediaInAChange, APreviewShowsItsPicturesSmallToo) {
  ShownPictures shown("{% responsive_image assets/new.png %}");
  ChangeWorld& world = shown.world;
  std::string id = world.begin("Spring");
  Told told = upload(world, "?name=new.png&folder=assets&change=" + id, image::png(300, 200));
  ASSERT_EQ(told.status, 201) << told.body;
  Told ticket = world.post("/changes/" + id + "/preview");
  ASSERT_LT(ticket.status, 300) << ticket.body;
  std::string url = ticket.json()["url"];
  Told page = world.admin({.target = url + "picture.html"});
  ASSERT_EQ(page.status, 200) << url << page.body;
  std::size_t at = page.body.find("-100w-"), begin = page.body.rfind('"', at) + 1;
  ASSERT_NE(at, std::string::npos) << page.body;
  std::string link = page.body.substr(begin, page.body.find(' ', at) - begin);
  Told small = world.admin({.target = link});
  EXPECT_EQ(small.status, 200) << link;
  EXPECT_EQ(small.header("Content-Type"), "image/webp");
}

TEST(MediaDryRun, ForeseesThePagesThatAnotherPictureChanges) {
  ShownPictures shown("{% responsive_image assets/x.png %}");
  ChangeWorld& world = shown.world;
  auto put = [&](const std::string& query) {
    Told told = with_tag(world, "PUT", "/media/assets/x.png" + query, image::png(300, 300));
    EXPECT_EQ(told.status, 200) << told.body;
    std::vector<std::string> urls = told.json()["changed_urls"];
    std::sort(urls.begin(), urls.end());
    return urls;
  };
  std::vector<std::string> foreseen = put("?dry_run=1");
  EXPECT_THAT(foreseen, Contains("/picture.html"));
  EXPECT_THAT(shown.page(), HasSubstr("width=\"400\""));
  EXPECT_EQ(put(""), foreseen);
  EXPECT_THAT(shown.page(), HasSubstr("width=\"300\""));
}

TEST(MediaDryRun, SaysOfAMoveWhatIsThereAfterwards) {
  ChangeWorld world(site_with_logo());
  Told dry =
      with_tag(world, "PATCH", "/media/assets/logo.png?dry_run=1", R"({"name": "mark.png"})");
  ASSERT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(dry.json()["items"][0]["path"], "assets/mark.png");
  Told moved = with_tag(world, "PATCH", "/media/assets/logo.png", R"({"name": "mark.png"})");
  std::vector<std::string> before = dry.json()["changed_urls"],
                           after = moved.json()["changed_urls"];
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  EXPECT_EQ(before, after);
}

}  // namespace
}  // namespace stet::api
