#include "api/http/negotiate.h"

#include <gtest/gtest.h>

namespace stet::http {
namespace {

TEST(PreferredEncoding, IsTheSmallestOfTheMostWanted) {
  const std::pair<const char*, Encoding> kCases[] = {
      {"", Encoding::kIdentity},
      {"gzip", Encoding::kGzip},
      {"x-gzip", Encoding::kGzip},
      {"gzip, br", Encoding::kBrotli},
      {"GZIP, deflate, BR;q=0.5", Encoding::kGzip},
      {"br;q=0, gzip;q=0.1", Encoding::kGzip},
      {"*", Encoding::kBrotli},
      {"*;q=0.5, br;q=0", Encoding::kGzip},
      {"gzip;q=0.5, identity", Encoding::kIdentity},
      {"identity;q=0.5, gzip;q=0.5", Encoding::kGzip},
      {"gzip;q=0, br;q=0", Encoding::kIdentity},
      {";;,q=9", Encoding::kIdentity},
      {"gzip;q=9", Encoding::kIdentity},
      {"gzip;q=1.001", Encoding::kIdentity},
      {"gzip ; q=0.001", Encoding::kGzip},
      {"zstd", Encoding::kIdentity},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(preferred_encoding(text), expected) << text;
}

TEST(QualityOfMediaType, GoesByTheMostSpecificRange) {
  const std::tuple<const char*, const char*, int> kCases[] = {
      {"", "text/html", 1000},
      {"foo", "text/html", 1000},
      {"text/html,", "text/html", 1000},
      {"application/json", "text/html", 0},
      {"text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "text/html", 700},
      {"text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "text/plain", 300},
      {"text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "image/png", 500},
      {"*/*, text/html;q=0", "text/html", 0},
      {"Text/HTML;level=1;q=0.4", "text/html", 400},
      {"text/html;q=x", "text/html", 1000},
  };
  for (const auto& [accept, type, expected] : kCases) {
    EXPECT_EQ(quality_of_media_type(accept, type), expected) << accept;
  }
}

TEST(Preference, IsFoundWithItsValue) {
  EXPECT_EQ(preference("respond-async, wait=10", "wait"), "10");
  EXPECT_EQ(preference("respond-async, wait=10", "respond-async"), "");
  EXPECT_EQ(preference("Wait", "wait"), "");
  EXPECT_EQ(preference("handling=\"strict\"; x=y", "handling"), "strict");
  EXPECT_EQ(preference("a, b", "wait"), std::nullopt);
  EXPECT_EQ(preference("", "wait"), std::nullopt);
}

}  // namespace
}  // namespace stet::http
