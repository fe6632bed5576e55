// The guide's pages: what each type of problem leads to, and what browsers are told.

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace stet::api
