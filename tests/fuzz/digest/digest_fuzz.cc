// Content-Digest and Want-Content-Digest: a line is the field, the rest is the content. What is
// given where it was wanted is right.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/http/content_digest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::size_t end = text.find('\n');
  std::string_view field = text.substr(0, end);
  std::string_view content = end == std::string_view::npos ? "" : text.substr(end + 1);
  stet::http::check_digest(field, content);
  auto given = stet::http::wanted_digest(field, content);
  if (!given) return 0;
  if (stet::http::check_digest(*given, content) != stet::http::DigestCheck::kRight) std::abort();
  std::string other = std::string(content) + "x";
  if (stet::http::check_digest(*given, other) != stet::http::DigestCheck::kWrong) std::abort();
  return 0;
}
