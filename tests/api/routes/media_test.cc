// Media by the API: uploaded, listed, looked at, replaced, moved, deleted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "tests/api/routes/uploads.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

storage::TestRepository::Files site() {
  storage::TestRepository::Files files = World::small_site();
  files["assets/logo.png"] = kPng;
  files["_posts/2020-03-03-third.md"] =
      "---\nlayout: default\ntitle: Third\nimage: /assets/logo.png\n---\n"
      "![logo](../../assets/logo.png)\n";
  files["_data/media.yml"] = "assets/logo.png:\n  alt: The logo\n  credit: Jo\n";
  return files;
}

std::string form_of(const std::vector<std::array<std::string, 3>>& parts) {
  std::string body;
  for (const auto& [name, filename, content] : parts) {
    body += "--BOUND\r\nContent-Disposition: form-data; name=\"" + name + "\"";
    // Browsers send one where nobody has chosen a file.
    if (name == "file") body += "; filename=\"" + filename + "\"";
    body += "\r\n\r\n" + content + "\r\n";
  }
  return body + "--BOUND--\r\n";
}

Told upload_form(World& world, const std::vector<std::array<std::string, 3>>& parts) {
  return upload(
      world, "", form_of(parts), {{"Content-Type", "multipart/form-data; boundary=BOUND"}});
}

TEST(Media, AnUploadIsACommitAndAnswersWhatItIs) {
  World world(site());
  Told told = upload(world, "?name=Caf%C3%A9%20Blick.PNG", kOther);
  ASSERT_EQ(told.status, 201) << told.body;
  Json item = told.json()["items"][0];
  EXPECT_EQ(item["path"], "assets/media/2023/cafe-blick.png");
  EXPECT_EQ(item["url"], "/assets/media/2023/cafe-blick.png");
  EXPECT_EQ(item["type"], "image/png");
  EXPECT_EQ(item["width"], 41);
  EXPECT_EQ(item["height"], 30);
  EXPECT_EQ(item["size"], kOther.size());
  EXPECT_EQ(item["is_duplicate"], false);
  EXPECT_EQ(told.header("Location"), "/api/v1/media/assets/media/2023/cafe-blick.png");
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_EQ(told.json()["commit"], world.head());
  EXPECT_EQ(world.page("/assets/media/2023/cafe-blick.png"), kOther);
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%s"}), HasSubstr("Add cafe-blick.png"));
  EXPECT_THAT(world.repository.git({"fsck", "--full", "--strict"}), Not(HasSubstr("error")));
  Told read = world.api({.target = "/media/assets/media/2023/cafe-blick.png"});
  EXPECT_EQ(read.json()["etag"], told.header("ETag"));
  EXPECT_THAT(read.header("ETag"), HasSubstr(told.header("ETag").substr(1, 40)));
}

TEST(Media, AFormTakesSeveralFilesInOneCommit) {
  World world(site());
  Told told = upload_form(world,
                          {{"file", "a.png", image::png(1, 1)},
                           {"folder", "", "assets/img/"},
                           {"file", "a.png", image::png(2, 2)},
                           {"message", "", "Two pictures"},
                           {"file", "", ""}});
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.json()["items"][0]["path"], "assets/img/a.png");
  EXPECT_EQ(told.json()["items"][1]["path"], "assets/img/a-2.png");
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_THAT(world.repository.git({"log", "-1", "--format=%s"}), HasSubstr("Two pictures"));
}

TEST(Media, AContentThatIsThereAlreadyIsToldAndNotStoredAgain) {
  World world(site());
  Told told = upload(world, "?name=new.png", kPng);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["items"][0]["path"], "assets/logo.png");
  EXPECT_EQ(told.json()["items"][0]["is_duplicate"], true);
  EXPECT_EQ(world.commits(), 1u);
  told = upload(world, "?name=new.png&duplicate=allow", kPng);
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.json()["items"][0]["path"], "assets/media/2023/new.png");
  // Twice in one request, too.
  told = upload_form(world, {{"file", "x.png", kOther}, {"file", "y.png", kOther}});
  EXPECT_EQ(told.json()["items"][0]["is_duplicate"], false);
  EXPECT_EQ(told.json()["items"][1]["path"], told.json()["items"][0]["path"]);
  EXPECT_EQ(world.commits(), 3u);
}

TEST(Media, ADryRunStoresNothing) {
  World world(site());
  Told told = upload(world, "?name=x.png&dry_run=1", kOther);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["dry_run"], true);
  EXPECT_EQ(told.json()["items"][0]["path"], "assets/media/2023/x.png");
  EXPECT_EQ(world.commits(), 1u);
  std::string blob = told.json()["items"][0]["etag"].get<std::string>().substr(1, 40);
  EXPECT_NE(world.repository.try_git({"cat-file", "-e", blob}).exit_code, 0);
}

TEST(Media, AKeySentAgainGivesTheSameAnswer) {
  World world(site());
  std::map<std::string, std::string> headers = {{"Idempotency-Key", "\"k\""}};
  Told first = upload(world, "?name=x.png", kOther, headers);
  Told second = upload(world, "?name=x.png", kOther, headers);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(upload(world, "?name=x.png", kPng, headers).status, 422);
  EXPECT_EQ(world.commits(), 2u);
}

TEST(Media, TheSameBytesManyTimesAtOnceAreOneFile) {
  World world(site());
  constexpr int kUploads = 6;
  std::vector<Told> told(kUploads);
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < kUploads; ++i) {
      clients.emplace_back(
          [&, i] { told[i] = upload(world, "?name=x" + std::to_string(i) + ".png", kOther); });
    }
  }
  std::set<std::string> paths;
  int made = 0;
  for (const Told& one : told) {
    ASSERT_TRUE(one.status == 200 || one.status == 201) << one.body;
    made += one.status == 201 ? 1 : 0;
    paths.insert(one.json()["items"][0]["path"]);
  }
  EXPECT_EQ(made, 1);
  EXPECT_EQ(paths.size(), 1u);
  EXPECT_EQ(world.commits(), 2u);
}

TEST(Media, AreListedByTypeFolderNameAndUse) {
  World world(site());
  upload(world, "?name=b.png", image::png(3, 3));
  upload(world, "?name=doc.pdf", "%PDF-1.4\n");
  auto paths = [&](const std::string& query) {
    std::vector<std::string> found;
    Json json = world.api({.target = "/media" + query}).json();
    for (const Json& item : json["items"]) found.push_back(item["path"]);
    return found;
  };
  EXPECT_THAT(
      paths(""),
      ElementsAre("assets/logo.png", "assets/media/2023/b.png", "assets/media/2023/doc.pdf"));
  EXPECT_THAT(paths("?type=image"), ElementsAre("assets/logo.png", "assets/media/2023/b.png"));
  EXPECT_THAT(paths("?type=pdf"), ElementsAre("assets/media/2023/doc.pdf"));
  Told unknown = world.api({.target = "/media?type=nope"});
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(unknown.json()["parameter"], "type");
  EXPECT_THAT(paths("?folder=assets/media/"),
              ElementsAre("assets/media/2023/b.png", "assets/media/2023/doc.pdf"));
  EXPECT_THAT(paths("?name=LOGO"), ElementsAre("assets/logo.png"));
  EXPECT_THAT(paths("?unused=1&sort=-name"),
              ElementsAre("assets/media/2023/doc.pdf", "assets/media/2023/b.png"));
  EXPECT_THAT(paths("?sort=size").front(), "assets/media/2023/doc.pdf");
  EXPECT_EQ(world.api({.target = "/media?sort=colour"}).status, 400);
  EXPECT_EQ(world.api({.target = "/media?cursor=x"}).status, 400);
  Json logo = world.api({.target = "/media?name=logo"}).json()["items"][0];
  EXPECT_EQ(logo["use_count"], 2);  // the post, and what is said of it
  EXPECT_EQ(logo["about"], (Json{{"alt", "The logo"}, {"credit", "Jo"}}));
}

TEST(Media, AListIsReadPageByPageBothWays) {
  storage::TestRepository::Files files = site();
  for (int i = 10; i < 35; ++i) files["img/" + std::to_string(i) + ".gif"] = image::gif(1, 1);
  World world(files);
  for (const char* sort : {"path", "-path", "name", "size", "-date"}) {
    std::string target = "/media?folder=img&limit=7&sort=" + std::string(sort);
    std::vector<std::string> forth, back;
    std::string next, last;
    do {
      Json page = world.api({.target = target + (next.empty() ? "" : "&cursor=" + next)}).json();
      EXPECT_EQ(page["total"], 25);
      for (const Json& item : page["items"]) forth.push_back(item["path"]);
      next = page["next"].is_null() ? "" : page["next"].get<std::string>();
      if (next.empty()) last = page["prev"];
    } while (!next.empty());
    EXPECT_EQ(std::set<std::string>(forth.begin(), forth.end()).size(), 25u) << sort;
    for (std::string cursor = last; !cursor.empty();) {
      Json page = world.api({.target = target + "&cursor=" + cursor}).json();
      std::vector<std::string> paths;
      for (const Json& item : page["items"]) paths.push_back(item["path"]);
      back.insert(back.begin(), paths.begin(), paths.end());
      cursor = page["prev"].is_null() ? "" : page["prev"].get<std::string>();
    }
    EXPECT_EQ(back, (std::vector<std::string>(forth.begin(), forth.begin() + 21))) << sort;
  }
}

TEST(Media, WhereAFileIsNamedIsToldWithItsLine) {
  World world(site());
  Json json = world.api({.target = "/media/assets/logo.png"}).json();
  ASSERT_EQ(json["uses"].size(), 3u) << json.dump(1);
  EXPECT_EQ(json["uses"][1],
            (Json{{"path", "_posts/2020-03-03-third.md"},
                  {"line", 4},
                  {"column", 8},
                  {"text", "/assets/logo.png"},
                  {"is_sure", true}}));
  EXPECT_EQ(world.api({.target = "/media/index.html"}).status, 404);
  EXPECT_EQ(world.api({.target = "/media/assets/none.png"}).status, 404);
}

TEST(Media, AnotherContentTakesTheSamePathByItsVersion) {
  World world(site());
  std::string tag = world.tag_of("/media/assets/logo.png");
  auto put =
      [&](const std::string& bytes, const std::string& match, const std::string& query = "") {
        std::map<std::string, std::string> headers = {{"Content-Type", "image/png"}};
        if (!match.empty()) headers["If-Match"] = match;
        return world.api({.method = "PUT",
                          .target = "/media/assets/logo.png" + query,
                          .body = bytes,
                          .headers = headers});
      };
  EXPECT_EQ(put(kOther, "").status, 428);
  EXPECT_EQ(put(image::gif(1, 1), tag).status, 422);
  EXPECT_EQ(put("<html>", tag).status, 415);
  EXPECT_EQ(put(kOther, tag, "?dry_run=1").status, 200);
  EXPECT_EQ(world.commits(), 1u);
  Told told = put(kOther, tag);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["items"][0]["width"], 41);
  EXPECT_EQ(world.page("/assets/logo.png"), kOther);
  EXPECT_EQ(world.api({.target = "/media/assets/logo.png"}).json()["uses"].size(), 3u);
  EXPECT_EQ(put(kPng, tag).status, 412);
  EXPECT_EQ(put(kPng, "*").status, 200);
}

TEST(Media, AMoveTakesWhatNamesTheFileAlong) {
  World world(site());
  std::string tag = world.tag_of("/media/assets/logo.png");
  Told told = world.patch("/media/assets/logo.png", R"({"path": "img/the logo.png"})", tag);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.json()["items"][0]["path"], "img/the logo.png");
  EXPECT_EQ(world.repository.git({"show", "main:_posts/2020-03-03-third.md"}),
            "---\nlayout: default\ntitle: Third\nimage: /img/the%20logo.png\n---\n"
            "![logo](../img/the%20logo.png)\n");
  EXPECT_EQ(world.commits(), 2u);
  EXPECT_EQ(world.page("/assets/logo.png"), "404");
  EXPECT_EQ(world.page("/img/the%20logo.png"), kPng);
  tag = world.tag_of("/media/img/the%20logo.png");
  for (const auto& [json, status] :
       std::vector<std::pair<std::string, int>>{{R"({"path": "img/the logo.png"})", 422},
                                                {R"({"path": "img/logo.gif"})", 422},
                                                {R"({"path": "_includes/logo.png"})", 422},
                                                {R"({"path": "../logo.png"})", 422},
                                                {R"({"path": ".git/logo.png"})", 422},
                                                {R"({"path": "/logo.png"})", 422},
                                                {R"({"name": "a/b.png"})", 422},
                                                {R"({})", 422},
                                                {R"({"path": "a.png", "name": "b.png"})", 422},
                                                {R"({"name": "back.png", "alt": "x"})", 422},
                                                {R"({"name": "back.png"})", 200}}) {
    EXPECT_EQ(world.patch("/media/img/the%20logo.png", json, tag).status, status) << json;
  }
  EXPECT_EQ(world.page("/img/back.png"), kPng);
}

TEST(Media, ADeletionThatWouldBreakPagesIsRefusedWithThem) {
  World world(site());
  std::string tag = world.tag_of("/media/assets/logo.png");
  auto remove = [&](const std::string& query) {
    return world.api({.method = "DELETE",
                      .target = "/media/assets/logo.png" + query,
                      .headers = {{"If-Match", tag}}});
  };
  Told refused = remove("");
  ASSERT_EQ(refused.status, 409) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("force=1"));
  EXPECT_EQ(refused.json()["uses"].size(), 3u);
  EXPECT_EQ(refused.json()["uses"][2]["line"], 6);
  EXPECT_EQ(world.commits(), 1u);
  Told told = remove("?force=1");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(world.page("/assets/logo.png"), "404");
  // What it broke is said now, by the commit, and for as long as it is so.
  EXPECT_EQ(told.json()["uses"], refused.json()["uses"]);
  EXPECT_EQ(told.json()["problems"].size(), 3u) << told.body;
  std::string commit = world.repository.git({"log", "-1", "--format=%B"});
  EXPECT_THAT(commit, HasSubstr("Stet-Breaks: _posts/2020-03-03-third.md:6"));
  auto wrong = [&] {
    return world.api({.target = "/problems?path=_posts/2020-03-03-third.md"}).json();
  };
  EXPECT_EQ(wrong()["total"], 2) << wrong();
  EXPECT_EQ(wrong()["items"][1]["line"], 6);
  EXPECT_THAT(wrong()["items"][1].dump(), HasSubstr("names a file that is not there"));
  Told unused = upload(world, "?name=x.png", kOther);
  std::string self = unused.json()["items"][0]["self"];
  EXPECT_EQ(world
                .admin({.method = "DELETE",
                        .target = self,
                        .headers = {{"Authorization", "Bearer " + world.token("posts:write")},
                                    {"If-Match", unused.header("ETag")}}})
                .status,
            200);
}

TEST(Media, AFolderIsOneOfTheRepository) {
  World world(site());
  for (const char* folder : {"/etc", "//x", "/", "/assets/img"}) {
    Told told = upload(world, "?name=a.png&folder=" + std::string(folder), kOther);
    EXPECT_EQ(told.status, 422) << folder << told.body;
    EXPECT_THAT(told.body, HasSubstr("without a slash before it"));
  }
  EXPECT_EQ(upload(world, "?name=a.png&folder=assets/img/", kOther).status, 201);
}

TEST(Media, AHeadWithoutAPictureIsNone) {
  World world(site());
  std::string head = image::gif(1, 1).substr(0, 13);
  Told told = upload(world, "?name=a.gif", head + std::string(16, 'x'));
  EXPECT_EQ(told.status, 422) << told.body;
  EXPECT_THAT(told.body, HasSubstr("a head, and no picture behind it"));
}

TEST(Media, BytesComeInPartsAndHarmless) {
  World world(site());
  std::string target = "/media-content/assets/logo.png";
  Told told = world.api({.target = target});
  EXPECT_EQ(told.body, kPng);
  EXPECT_EQ(told.header("Content-Type"), "image/png");
  EXPECT_THAT(told.header("Content-Security-Policy"), HasSubstr("sandbox; default-src 'none'"));
  EXPECT_EQ(told.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(told.header("Content-Disposition"), HasSubstr("inline"));
  Told part = world.api({.target = target, .headers = {{"Range", "bytes=4-7"}}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, kPng.substr(4, 4));
  EXPECT_EQ(world.api({.target = target, .headers = {{"Range", "bytes=99999-"}}}).status, 416);
  EXPECT_EQ(
      world.api({.target = target, .headers = {{"If-None-Match", told.header("ETag")}}}).status,
      304);
  Told pdf = upload(world, "?name=x.pdf", "%PDF-1.4 <script>alert(1)</script>");
  std::string content = pdf.json()["items"][0]["content"];
  Told shown = world.api({.target = content.substr(7)});
  EXPECT_EQ(shown.header("Content-Type"), "application/pdf");
  EXPECT_THAT(shown.header("Content-Disposition"), HasSubstr("attachment"));
}

TEST(Media, AnAuthorAddsFilesAndChangesNone) {
  World world(site());
  std::string token = "Bearer " + world.token_of(world.person("jo", auth::Role::kAuthor));
  Told told = upload(world, "?name=x.png", kOther, {{"Authorization", token}});
  ASSERT_EQ(told.status, 201) << told.body;
  for (const char* method : {"PUT", "DELETE"}) {
    Told refused = world.api(
        {.method = method,
         .target = "/media/assets/media/2023/x.png",
         .body = method[0] == 'P' ? kPng : "",
         .headers = {{"Authorization", token}, {"Content-Type", "image/png"}, {"If-Match", "*"}}});
    EXPECT_EQ(refused.status, 403) << refused.body;
  }
  std::string editor = "Bearer " + world.token_of(world.person("ed", auth::Role::kEditor));
  EXPECT_EQ(world
                .api({.method = "DELETE",
                      .target = "/media/assets/media/2023/x.png",
                      .headers = {{"Authorization", editor}, {"If-Match", "*"}}})
                .status,
            200);
}

}  // namespace
}  // namespace stet::api
