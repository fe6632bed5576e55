#include "storage/outbound/http_url.h"

#include <gtest/gtest.h>

namespace stet::storage {
namespace {

TEST(HttpUrl, TakesWhatCanBeCalled) {
  struct Row {
    const char *url, *host;
    std::uint16_t port;
  };
  for (const Row& row : {Row{"https://example.org/hooks?a=b", "example.org", 443},
                         Row{"http://example.org", "example.org", 80},
                         Row{"https://example.org:8443/x", "example.org", 8443},
                         Row{"https://8.8.8.8/", "8.8.8.8", 443},
                         Row{"https://[2606:4700::1111]/", "2606:4700::1111", 443},
                         Row{"https://example.org/?mail=a@b", "example.org", 443}}) {
    auto url = HttpUrl::parse(row.url, AddressFilter());
    ASSERT_TRUE(url) << row.url << ": " << url.error().message;
    EXPECT_EQ(url->host, row.host);
    EXPECT_EQ(url->port, row.port);
  }
}

TEST(HttpUrl, RefusesTheRest) {
  for (const char* wrong : {"",
                            "example.org",
                            "ftp://example.org/",
                            "file:///etc/passwd",
                            "gopher://example.org/",
                            "https://user@example.org/",
                            "https://user:password@example.org/",
                            "https://@example.org/",
                            "https:/user:password@example.org/",
                            "https:///user:password@example.org/",
                            "https://example.org/#x",
                            "https://example.org:22/",
                            "https://example.org:25/",
                            "http://127.0.0.1/",
                            "http://[::1]:8080/",
                            "http://[::ffff:127.0.0.1]/",
                            "http://169.254.169.254/latest/meta-data",
                            "http://2130706433/",
                            "http://0x7f.1/",
                            "http://0177.0.0.1/",
                            "https://exa mple.org/"}) {
    auto url = HttpUrl::parse(wrong, AddressFilter());
    ASSERT_FALSE(url) << wrong;
    EXPECT_EQ(url.error().code, ErrorCode::kInvalidInput) << wrong;
  }
  EXPECT_FALSE(HttpUrl::parse("https://example.org/" + std::string(3000, 'a'), AddressFilter()));
  EXPECT_FALSE(HttpUrl::parse(std::string_view("https://a.org/\0x", 16), AddressFilter()));
}

}  // namespace
}  // namespace stet::storage
