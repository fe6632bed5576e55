// Arbitrary bytes on the wire, cut at arbitrary places: the same is told either way, within the
// limits.
//
// The first byte of the input seeds the cuts; the rest is the wire.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "api/http/conditional.h"
#include "api/http/negotiate.h"
#include "api/http/url.h"
#include "tests/api/http/parsing.h"

namespace {

void check(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "broken: " << what << '\n';
  std::abort();
}

// Small, so that they are reached.
constexpr stet::http::ParserLimits kLimits{.header_bytes_max = 512,
                                           .header_fields_max = 8,
                                           .target_bytes_max = 128,
                                           .body_bytes_max = 256};

void check_target(std::string_view text) {
  const auto target = stet::http::parse_target(text);
  if (!target || target->path == "*") return;
  const std::string& path = target->path;
  check(path.starts_with('/'), "a path begins with a slash");
  check(path.find('\0') == std::string::npos, "a path has no NUL");
  check((path + "/").find("/../") == std::string::npos, "a path has no dot segments");
  check(path.find("//") == std::string::npos, "a path has no empty segments");
  check(stet::http::normalized_path(path) == path, "normalising twice changes nothing");
  check(stet::http::percent_decode(stet::http::percent_encode_path(path)) == path,
        "encoding is undone by decoding");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view wire(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = stet::http::told_about(wire, kLimits, [&] { return wire.size(); });
  std::uint32_t seed = data[0];
  const std::string cut = stet::http::told_about(wire, kLimits, [&] {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 24) % 16;
  });
  check(whole == cut, "cutting the bytes changes nothing");

  const std::string_view text = wire.substr(0, 1024);
  check_target(text);
  stet::http::parse_entity_tags(text);
  stet::http::parse_range(text, 1000);
  stet::http::preferred_encoding(text);
  stet::http::quality_of_media_type(text, "text/html");
  return 0;
}
