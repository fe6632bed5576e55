// Uploads by somebody who means harm: paths, types, bombs, forms that are none.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/uploads.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MediaHostile, NoNameLeavesTheFolderOfUploads) {
  World world;
  for (const char* name : {"../../../etc/passwd",
                           "..%2f..%2f_config.yml",
                           "%2e%2e%2fx.png",
                           ".git%2fhooks%2fpost-update",
                           "C:%5cwindows%5cx.png",
                           "%00.png",
                           "a%00b.png",
                           "_layouts/default.html",
                           "....//....//x",
                           "%ff%fe",
                           "CON",
                           "x.png/",
                           "%e2%80%ae%20gnp.exe",
                           "~",
                           "x.html"}) {
    Told told = upload(world, "?duplicate=allow&name=" + std::string(name), kPng);
    ASSERT_EQ(told.status, 201) << name << told.body;
    std::string path = told.json()["items"][0]["path"];
    EXPECT_TRUE(path.starts_with("assets/media/2023/")) << path;
    EXPECT_TRUE(path.ends_with(".png")) << path;
    EXPECT_EQ(path.find(".."), std::string::npos);
    EXPECT_EQ(std::count(path.begin(), path.end(), '/'), 3);
  }
  EXPECT_EQ(world.repository.git({"ls-tree", "--name-only", "main", "_layouts/"}),
            "_layouts/default.html\n");
}

TEST(MediaHostile, NoFolderIsOneThatTheSiteKeepsForItself) {
  World world;
  for (const char* folder : {"..",
                             "../x",
                             "a/../b",
                             ".git/hooks",
                             "_layouts",
                             "_includes/x",
                             "a//b",
                             "a/.hidden",
                             "a/_x",
                             "%00",
                             "a%5cb",
                             "vendor/bundle/x",
                             "#x"}) {
    std::string encoded = std::string(folder) == "#x" ? "%23x" : folder;
    Told told = upload(world, "?name=x.png&folder=" + encoded, kPng);
    EXPECT_EQ(told.status, 422) << folder << told.body;
    EXPECT_THAT(told.body, HasSubstr("/folder")) << folder;
  }
  EXPECT_EQ(world.commits(), 1u);
}

TEST(MediaHostile, WhatBrowsersRunIsNotTakenWhateverItIsCalled) {
  World world;
  for (const char* content : {"<!doctype html><script>alert(1)</script>",
                              "<html>",
                              "<script>alert(1)</script>",
                              "alert(1)",
                              "#!/bin/sh\nrm -rf /",
                              "\x7f"
                              "ELF\2\1\1",
                              "<?xml version='1.0'?><x/>",
                              "<?php system('x'); ?>",
                              "body {}",
                              "{}"}) {
    for (const char* name : {"x.png", "x.html", "x.js"}) {
      Told told =
          upload(world, "?name=" + std::string(name), content, {{"Content-Type", "image/png"}});
      EXPECT_EQ(told.status, 415) << content;
      EXPECT_THAT(told.body, HasSubstr("taken are jpeg, png"));
    }
  }
  EXPECT_EQ(world.commits(), 1u);
}

TEST(MediaHostile, APictureThatIsCutOffIsRefused) {
  World world;
  for (const std::string& broken : {kPng.substr(0, 60),
                                    image::jpeg(40, 30).substr(0, 30),
                                    image::webp(40, 30).substr(0, 30),
                                    image::gif(0, 0),
                                    image::avif(4, 4).substr(0, 40)}) {
    Told told = upload(world, "?name=x.png", broken);
    EXPECT_EQ(told.status, 422) << told.body;
  }
}

TEST(MediaHostile, WhatIsTooLargeIsRefusedBeforeItIsStored) {
  World world;
  world.backend->media.file_bytes_max = 1000;
  Told told = upload(world, "?name=x.gif", image::gif(1, 1) + std::string(1000, 'x'));
  EXPECT_EQ(told.status, 413) << told.body;
  EXPECT_THAT(told.body, HasSubstr("more than the 1000"));
  world.backend->media.types = {"jpeg", "pdf"};
  told = upload(world, "?name=x.gif", image::gif(1, 1));
  EXPECT_EQ(told.status, 415);
  EXPECT_THAT(told.body, HasSubstr("taken are jpeg, pdf"));
  // A route that takes files has a limit of its own, for those who may write alone.
  auto limit = [&](const std::string& target, const std::string& method, bool has_token) {
    Asked asked{.method = method, .target = target};
    if (has_token) asked.headers["Authorization"] = "Bearer x";
    return world.admin_site->body_bytes_max(request_of(asked));
  };
  EXPECT_EQ(limit("/api/v1/media", "POST", true), world.backend->media.request_bytes_max);
  EXPECT_EQ(limit("/api/v1/media/x.png", "PUT", true), world.backend->media.request_bytes_max);
  EXPECT_EQ(limit("/api/v1/media", "POST", false), Router::kAnonymousBodyBytesMax);
  EXPECT_EQ(limit("/api/v1/posts", "POST", true), Router::kBodyBytesMax);
}

TEST(MediaHostile, FormsThatAreNoneAreRefusedWithTheReason) {
  World world;
  const std::string good =
      "--B\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"x.png\"\r\n\r\n" +
      kPng + "\r\n";
  auto ask = [&](const std::string& body, const std::string& type) {
    return upload(world, "", body, {{"Content-Type", type}});
  };
  const std::string form = "multipart/form-data; boundary=B";
  EXPECT_EQ(ask(good, form).status, 400);
  EXPECT_EQ(ask(good + "--B--", "multipart/form-data").status, 400);
  EXPECT_EQ(ask(good + "--B--", "multipart/mixed; boundary=B").status, 400);
  EXPECT_EQ(ask("--B--", form).status, 400);
  EXPECT_EQ(ask("", form).status, 400);
  EXPECT_EQ(
      ask("--B\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\nx\r\n--B--", form).status,
      400);
  std::string many;
  for (int i = 0; i < 21; ++i) many += good;
  Told told = ask(many + "--B--", form);
  EXPECT_EQ(told.status, 400);
  EXPECT_THAT(told.body, HasSubstr("more than 20"));
  // One bad file refuses all of them.
  std::string bad = good;
  bad.replace(bad.find(kPng), kPng.size(), "<html>");
  told = ask(good + bad + "--B--", form);
  EXPECT_EQ(told.status, 415);
  EXPECT_EQ(told.json()["file"], 1);
  EXPECT_EQ(world.commits(), 1u);
  EXPECT_EQ(ask(good + "--B--", form).status, 201);
}

TEST(MediaHostile, AnEmptyBodyIsNoFile) {
  World world;
  EXPECT_EQ(upload(world, "?name=x.png", "").status, 400);
}

}  // namespace
}  // namespace stet::api
