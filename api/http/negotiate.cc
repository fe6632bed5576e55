#include "api/http/negotiate.h"

#include <algorithm>

#include "api/http/headers.h"

namespace stet::http {
namespace {

constexpr int kElementsMax = 64;
constexpr int kQualityMax = 1000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t end = text.find(mark);
  const std::string_view taken = trimmed(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

// "0.5" to 500; none if it is no qvalue (RFC 9110 12.4.2).
std::optional<int> parse_quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int quality = (text[0] - '0') * kQualityMax;
  int unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    quality += (c - '0') * unit;
    unit /= 10;
  }
  return quality <= kQualityMax ? std::optional(quality) : std::nullopt;
}

// Calls `use(name, quality)` for each well-formed element of a list.
template <typename Use>
void for_each_weighted(std::string_view list, Use use) {
  for (int count = 0; !list.empty() && count < kElementsMax; ++count) {
    std::string_view element = take_until(list, ',');
    const std::string_view name = take_until(element, ';');
    std::optional<int> quality = kQualityMax;
    while (!element.empty()) {
      const std::string_view parameter = take_until(element, ';');
      if (parameter.size() >= 2 && equal_without_case(parameter.substr(0, 2), "q=")) {
        quality = parse_quality(parameter.substr(2));
      }
    }
    if (!name.empty() && quality) use(name, *quality);
  }
}

}  // namespace

Encoding preferred_encoding(std::string_view accept_encoding) {
  std::optional<int> brotli, gzip, identity, any;
  for_each_weighted(accept_encoding, [&](std::string_view name, int quality) {
    if (equal_without_case(name, "br")) brotli = quality;
    if (equal_without_case(name, "gzip") || equal_without_case(name, "x-gzip")) gzip = quality;
    if (equal_without_case(name, "identity")) identity = quality;
    if (name == "*") any = quality;
  });
  const int of_brotli = brotli.value_or(any.value_or(0));
  const int of_gzip = gzip.value_or(any.value_or(0));
  // Without a word about it identity is welcome, but less than what was named.
  const int of_identity = identity.value_or(0);
  if (of_brotli > 0 && of_brotli >= of_gzip && of_brotli >= of_identity) return Encoding::kBrotli;
  if (of_gzip > 0 && of_gzip >= of_identity) return Encoding::kGzip;
  return Encoding::kIdentity;
}

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::kGzip: return "gzip";
    case Encoding::kBrotli: return "br";
    case Encoding::kIdentity: break;
  }
  return "";
}

int quality_of_media_type(std::string_view accept, std::string_view media_type) {
  const std::string_view type = media_type.substr(0, media_type.find('/'));
  int best_specificity = 0;
  int quality = 0;
  bool has_any = false;
  for_each_weighted(accept, [&](std::string_view range, int wanted) {
    const std::size_t slash = range.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == range.size()) return;
    has_any = true;
    int specificity = 0;
    if (range == "*/*")
      specificity = 1;
    else if (range.substr(slash) == "/*" && equal_without_case(range.substr(0, slash), type))
      specificity = 2;
    else if (equal_without_case(range, media_type))
      specificity = 3;
    if (specificity == 0 || specificity < best_specificity) return;
    quality = specificity == best_specificity ? std::max(quality, wanted) : wanted;
    best_specificity = specificity;
  });
  return has_any ? quality : kQualityMax;
}

std::optional<std::string_view> preference(std::string_view prefer, std::string_view name) {
  for (int count = 0; !prefer.empty() && count < kElementsMax; ++count) {
    std::string_view element = take_until(prefer, ',');
    std::string_view whole = take_until(element, ';');
    const std::string_view token = take_until(whole, '=');
    if (!equal_without_case(token, name)) continue;
    std::string_view value = trimmed(whole);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return std::nullopt;
}

}  // namespace stet::http
