// The guide's pages: what each type of problem leads to, and what browsers are told.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "api/docs/examples.h"
#include "api/routes/openapi.h"
#include "api/routes/problem_type.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

TEST(Guide, EachTypeOfProblemLeadsToItsPlace) {
  World world;
  for (const ProblemRow& row : problem_types()) {
    std::string address = address_of(row);
    std::size_t sharp = address.find('#');
    Told told = world.admin({.target = address.substr(0, sharp)});
    ASSERT_EQ(told.status, 200);
    std::string place = "id=\"" + address.substr(sharp + 1) + "\"";
    EXPECT_NE(told.body.find(place), std::string::npos) << address;
  }
}

TEST(Guide, IsForAllAndRunsNothing) {
  World world;
  Told told = world.admin({.target = "/docs/"});
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.header("Content-Type"), "text/html; charset=utf-8");
  std::string policy = told.header("Content-Security-Policy");
  EXPECT_TRUE(policy.starts_with("default-src 'none'; style-src 'self'")) << policy;
  EXPECT_EQ(told.body.find("<script"), std::string::npos);
  EXPECT_EQ(told.body.find("style="), std::string::npos);
  Told again =
      world.admin({.target = "/docs/", .headers = {{"If-None-Match", told.header("ETag")}}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(world.admin({.target = "/docs"}).header("Location"), "/docs/");
  EXPECT_EQ(world.admin({.target = "/docs/guide.css"}).header("Content-Type"),
            "text/css; charset=utf-8");
}

TEST(Guide, WhatItDoesNotHaveIsAProblemOfTheCatalogue) {
  World world;
  for (const char* target : {"/docs/nothing", "/docsx", "/docs/../api"}) {
    Told told = world.admin({.target = target});
    EXPECT_EQ(told.status, 404) << target;
    EXPECT_EQ(told.json()["type"], "/docs/errors#not-found") << target;
  }
  Told told = world.admin({.method = "POST", .target = "/docs/"});
  EXPECT_EQ(told.status, 405);
  EXPECT_EQ(told.json()["type"], "/docs/errors#method-not-allowed");
}

std::vector<std::string> pages_of(World& world) {
  std::string start = world.admin({.target = "/docs/"}).body;
  std::vector<std::string> pages = {"/docs/"};
  constexpr std::string_view kLink = "<li><a href=\"/docs/";
  for (std::size_t at = 0; (at = start.find(kLink, at)) != std::string::npos;) {
    at += kLink.size() - 6;
    std::string page = start.substr(at, start.find('"', at) - at);
    if (std::find(pages.begin(), pages.end(), page) == pages.end()) pages.push_back(page);
  }
  return pages;
}

TEST(Guide, EveryOperationAndEverySchemaHasItsPlace) {
  World world;
  std::string all;
  for (const std::string& page : pages_of(world)) all += world.admin({.target = page}).body;
  Json document = openapi_document("1");
  auto expect_place = [&](const std::string& name) {
    std::string place = "<section id=\"" + name + "\">";
    std::size_t first = all.find(place);
    EXPECT_NE(first, std::string::npos) << name;
    EXPECT_EQ(all.find(place, first + 1), std::string::npos) << name << " is there twice";
  };
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      expect_place(operation["operationId"]);
    }
  }
  for (const auto& [name, schema] : document["components"]["schemas"].items()) expect_place(name);
}

TEST(Guide, EveryExampleIsOfAnOperation) {
  Json document = openapi_document("1");
  std::set<std::string> ids;
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      ids.insert(operation["operationId"].get<std::string>());
    }
  }
  for (const docs::Example& example : docs::examples()) {
    EXPECT_TRUE(ids.contains(std::string(example.operation))) << example.operation;
  }
}

// What belongs together has one page: an area without words of its own is one that nobody has
// thought of.
TEST(Guide, EveryAreaSaysWhatItIsAbout) {
  World world;
  for (const std::string& page : pages_of(world)) {
    std::string body = world.admin({.target = page}).body;
    std::size_t begin = body.find("</h1>"), end = body.find("<h2", begin);
    EXPECT_EQ(body.find("<p></p>", begin), std::string::npos) << page;
    EXPECT_GT(std::min(end, body.size()) - begin, 60u) << page;
  }
}

TEST(Guide, EveryLinkLeadsSomewhere) {
  World world;
  std::map<std::string, std::string> bodies;
  for (const std::string& page : pages_of(world)) {
    bodies[page] = world.admin({.target = page}).body;
  }
  EXPECT_GT(bodies.size(), 20u);
  for (const auto& [page, body] : bodies) {
    for (std::size_t at = 0; (at = body.find(" href=\"", at)) != std::string::npos;) {
      at += 7;
      std::string link = body.substr(at, body.find('"', at) - at);
      if (link.starts_with("https://") || link == "/docs/guide.css") continue;
      std::size_t sharp = std::min(link.find('#'), link.size());
      std::string target = sharp == 0 ? page : link.substr(0, sharp);
      ASSERT_TRUE(bodies.contains(target)) << link << " of " << page;
      if (sharp == link.size()) continue;
      EXPECT_NE(bodies[target].find(" id=\"" + link.substr(sharp + 1) + "\""), std::string::npos)
          << link << " of " << page;
    }
  }
}

}  // namespace
}  // namespace stet::api
