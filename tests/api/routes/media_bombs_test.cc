// Uploads that are little, and would be much if somebody unpacked or decoded them: nobody does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/api/routes/shown_pictures.h"
#include "tests/api/routes/uploads.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string deflated(std::size_t zeros) {
  const std::string bytes(zeros, '\0');
  uLongf size = ::compressBound(bytes.size());
  std::string packed(size, '\0');
  ::compress(reinterpret_cast<Bytef*>(packed.data()),
             &size,
             reinterpret_cast<const Bytef*>(bytes.data()),
             bytes.size());
  packed.resize(size);
  return packed;
}

// A kilobyte a megabyte: as many pixels as the head says, or as many as could be told.
TEST(MediaBombs, APictureOfTooManyPixelsIsKeptAndNeverDecoded) {
  const std::string packed = deflated(std::size_t{4} << 20);
  for (const auto& [name, bytes, width] : std::vector<std::tuple<std::string, std::string, int>>{
           {"bomb.png", image::png_of(65'000, 65'000, "", packed), 65'000},
           {"long.png", image::png_of(0x7fffffff, 1, "", packed), 0x7fffffff},
           {"bomb.webp", image::webp(16'384, 16'384), 16'384},
           {"bomb.gif", image::gif(65'535, 65'535), 65'535},
           {"bomb.jpg", image::jpeg(65'500, 65'500), 65'500},
           {"bomb.avif", image::avif(65'000, 65'000), 65'000}}) {
    ShownPictures shown("{% responsive_image assets/" + name + " %}");
    Told told = upload(shown.world, "?folder=assets&name=" + name, bytes);
    ASSERT_EQ(told.status, 201) << name << told.body;
    EXPECT_EQ(told.json()["items"][0]["width"], width);
    // No page links to a smaller version, and there is none to be had.
    EXPECT_THAT(shown.page(), Not(HasSubstr("srcset"))) << name;
    EXPECT_THAT(shown.page(), HasSubstr("/assets/" + name));
    Json read = shown.world.api({.target = "/media/assets/" + name}).json();
    EXPECT_EQ(read["variants"], Json::array());
    EXPECT_EQ(shown.world.api({.target = "/media-content/assets/" + name + "?width=100"}).status,
              400);
  }
}

// Its head is honest, and there is far more behind it than the head says.
TEST(MediaBombs, APictureWhoseBytesBecomeTooManyIsShownAsItIs) {
  ShownPictures shown("{% responsive_image assets/x.png %}");
  Told put =
      shown.world.api({.method = "PUT",
                       .target = "/media/assets/x.png",
                       .body = image::png_of(400,
                                             300,
                                             image::png_chunk("zTXt",
                                                              "note" + std::string(2, '\0') +
                                                                  deflated(std::size_t{64} << 20)),
                                             deflated(std::size_t{64} << 20)),
                       .headers = {{"If-Match", "*"}, {"Content-Type", "image/png"}}});
  ASSERT_EQ(put.status, 200) << put.body;
  int status = shown.world.site({.target = "/base" + shown.link(100)}).status;
  EXPECT_TRUE(status == 200 || status == 302) << status;
}

TEST(MediaBombs, AnSvgDeclaresNothingAndIsNoDeeperThanPeopleDraw) {
  World world;
  std::string laughs = "<!DOCTYPE svg [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 30; ++i) {
    std::string inner = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) laughs += inner;
    laughs += "\">";
  }
  laughs += "]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&a29;</text></svg>";
  std::string quadratic = "<!DOCTYPE svg [<!ENTITY a \"" + std::string(50'000, 'x') + "\">]><svg>";
  for (int i = 0; i < 50'000; ++i) quadratic += "&a;";
  std::string deep = "<svg xmlns=\"http://www.w3.org/2000/svg\">";
  for (int i = 0; i < 100'000; ++i) deep += "<g>";
  for (const auto& [svg, word] : std::vector<std::pair<std::string, std::string>>{
           {laughs, "line 1"},
           {quadratic + "</svg>", "line 1"},
           {"<!DOCTYPE svg [<!ENTITY % x SYSTEM \"http://127.0.0.1/x\"> %x;]><svg/>", "line 1"},
           {"<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>", "line 1"},
           {deep, "line 1"},
           {image::svg("<path d=\"" + std::string(17u << 20, '0') + "\"/>"), "too large"}}) {
    Told told = upload(world, "?name=x.svg", svg);
    EXPECT_EQ(told.status, 422) << told.body.substr(0, 300);
    EXPECT_THAT(told.body, HasSubstr(word)) << svg.substr(0, 60);
    EXPECT_THAT(told.body, Not(HasSubstr("root:")));
  }
  EXPECT_EQ(world.commits(), 1u);
}

TEST(MediaBombs, WhatTravelsPackedIsNotUnpacked) {
  World world;
  const std::string packed = "\x1f\x8b\x08" + std::string(7, '\0') + deflated(1 << 20);
  for (const char* coding : {"gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip", "odd"}) {
    for (const auto& [method, target] :
         std::vector<std::pair<std::string, std::string>>{{"POST", "/media?name=x.png"},
                                                          {"PUT", "/media/assets/x.png"},
                                                          {"POST", "/posts"},
                                                          {"POST", "/commits"}}) {
      Told told = world.api({.method = method,
                             .target = target,
                             .body = target.starts_with("/media") ? image::png(3, 3) : packed,
                             .headers = {{"Content-Encoding", coding},
                                         {"If-Match", "*"},
                                         {"Content-Type", "application/json"}}});
      EXPECT_EQ(told.status, 415) << coding << target << told.body;
      EXPECT_EQ(told.header("Accept-Encoding"), "identity");
    }
  }
  EXPECT_EQ(upload(world, "?name=x.svgz", packed).status, 415);
  EXPECT_EQ(
      upload(world, "?name=x.png", image::png(3, 3), {{"Content-Encoding", "identity"}}).status,
      201);
  EXPECT_EQ(world.commits(), 2u);
}

// A ZIP that names itself a thousand times, and one whose entry says that it holds four gigabytes.
TEST(MediaBombs, AnArchiveIsAFileAndNobodyLooksInside) {
  World world;
  std::string zip = std::string("PK\3\4\x14\0\0\0\x08\0", 10) + std::string(8, '\0') +
                    std::string("\x10\0\0\0\xff\xff\xff\xff", 8) + "\1" + std::string(3, '\0') +
                    "x" + deflated(1 << 20);
  for (int i = 0; i < 1000; ++i) zip += std::string("PK\1\2", 4) + std::string(42, '\0');
  Told told = upload(world, "?name=bomb.zip", zip);
  ASSERT_EQ(told.status, 201) << told.body;
  EXPECT_EQ(told.json()["items"][0]["size"], zip.size());
  EXPECT_EQ(
      world.api({.target = told.json()["items"][0]["content"].get<std::string>().substr(7)}).body,
      zip);
}

TEST(MediaBombs, AFormOfManyPartsIsRefusedByTheirNumber) {
  World world;
  std::string body;
  for (int i = 0; i < 100'000; ++i) {
    body += "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
  }
  const std::map<std::string, std::string> type = {
      {"Content-Type", "multipart/form-data; boundary=B"}};
  EXPECT_EQ(upload(world, "", body + "--B--", type).status, 400);
  body = "--B\r\nContent-Disposition: form-data; name=\"" + std::string(1 << 20, 'a') +
         "\"\r\n\r\n\r\n--B--";
  EXPECT_EQ(upload(world, "", body, type).status, 400);
}

}  // namespace
}  // namespace stet::api
