// What a route takes is named where it is asked for, and where something else was sent.

#include <gtest/gtest.h>

#include "api/routes/route.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

std::string path_below_root(const Route& route) {
  std::string path = route.pattern.substr(std::string(kApiRoot).size());
  for (std::size_t open; (open = path.find('{')) != std::string::npos;) {
    path.replace(open, path.find('}') - open + 1, "sample");
  }
  return path;
}

TEST(MediaTypes, OfEveryPatchAndPostAreNamedByOptions) {
  World world;
  for (const Route& route : routes()) {
    bool is_asked = route.method == "PATCH" || route.method == "POST";
    if (!is_asked || route.request_type.empty() || route.is_anonymous) continue;
    Told told = world.api({.method = "OPTIONS", .target = path_below_root(route)});
    EXPECT_EQ(told.status, 204) << route.pattern;
    EXPECT_EQ(told.header(accepting_field(route.method)), accepted_types(route)) << route.pattern;
  }
}

TEST(MediaTypes, ThatAreNotTakenAreRefusedWithThoseThatAre) {
  World world;
  std::size_t refused = 0;
  for (const Route& route : routes()) {
    if (route.request_type.empty() || route.needs_session || route.is_anonymous) continue;
    Told told = world.api({.method = route.method,
                           .target = path_below_root(route),
                           .body = "{}",
                           .headers = {{"Content-Type", "text/x-other"}, {"If-Match", "*"}}});
    if (told.status == 404 || told.status == 400 || told.status == 503) continue;
    EXPECT_EQ(told.status, 415) << route.method << " " << route.pattern << told.body;
    std::string named = told.header(accepting_field(route.method));
    if (route.takes_bytes) {
      // Bytes of any type are looked at; of what they are not, the types are named.
      EXPECT_TRUE(named.starts_with("multipart/form-data, image/jpeg, ")) << named;
      EXPECT_EQ(named.find("*/*"), std::string::npos) << named;
    } else {
      EXPECT_EQ(named, accepted_types(route)) << route.pattern;
    }
    ++refused;
  }
  EXPECT_GT(refused, 20u);
}

TEST(Retirement, IsToldByStandardHeaders) {
  http::Headers headers;
  Route route;
  route.deprecated_at = 1'767'225'600;
  route.sunset_at = 1'798'761'600;
  add_retirement(route, headers);
  EXPECT_EQ(headers.find("Deprecation"), "@1767225600");
  EXPECT_EQ(headers.find("Sunset"), "Fri, 01 Jan 2027 00:00:00 GMT");
  EXPECT_EQ(headers.find("Link"), "</docs/deprecation>; rel=\"deprecation\"; type=\"text/html\"");
  http::Headers none;
  add_retirement(Route(), none);
  EXPECT_FALSE(none.find("Deprecation"));
}

}  // namespace
}  // namespace stet::api
