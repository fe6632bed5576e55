#include "api/http/forwarded.h"

#include <gtest/gtest.h>

namespace stet::http {
namespace {

// "address proto, address proto" of the hops; "-": refused.
std::string read(std::string_view field) {
  auto hops = parse_forwarded(field);
  if (!hops) return "-";
  std::string text;
  for (const ForwardedHop& hop : *hops) {
    text += (text.empty() ? "" : ", ") + hop.address + " " + hop.proto;
  }
  return text;
}

TEST(Forwarded, IsReadAsItsStandardHasIt) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", ""},
      {"for=192.0.2.43", "192.0.2.43 "},
      {"FOR=\"192.0.2.43:47011\";Proto=https;by=203.0.113.60", "192.0.2.43 https"},
      {"for=192.0.2.43:47011", "-"},
      {"for=192.0.2.43, for=\"[2001:db8:cafe::17]:4711\"", "192.0.2.43 , 2001:db8:cafe::17 "},
      {"for=unknown,for=_hidden ;proto=http", "-"},
      {"for=unknown,for=_hidden;proto=http", " ,  http"},
      {"for=\"19\\2.0.2.43\"", "192.0.2.43 "},
      {"for=1.2.3.4;host=\"a;b, c\"", "1.2.3.4 "},
      {"for=1.2.3.999", " "},
      {"for=", "-"},
      {"for=\"1.2.3.4", "-"},
      {"for=\"1.2.3.4\\", "-"},
      {"for=1.2.3.4;for=5.6.7.8", "-"},
      {"for=1.2.3.4,", "-"},
      {",for=1.2.3.4", "-"},
      {"for=[::1]", "-"},
      {"1.2.3.4", "-"},
  };
  for (const auto& [field, expected] : kCases) EXPECT_EQ(read(field), expected) << field;
}

TEST(Forwarded, HasSoManyHopsAndNoMore) {
  std::string field = "for=1.2.3.4";
  for (std::size_t i = 1; i < kForwardedHopsMax; ++i) field += ",for=1.2.3.4";
  EXPECT_TRUE(parse_forwarded(field));
  EXPECT_FALSE(parse_forwarded(field + ",for=1.2.3.4"));
}

}  // namespace
}  // namespace stet::http
