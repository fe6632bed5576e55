#include "api/targets/redirect.h"

#include <algorithm>

namespace stet::targets {
namespace {

constexpr std::size_t kPageBytesMax = 8192, kUrlBytesMax = 2000;

std::string unescaped(std::string_view text) {
  constexpr std::string_view kAmpersand = "&amp;";
  std::string result(text);
  for (std::size_t at = 0; (at = result.find(kAmpersand, at)) != result.npos; ++at) {
    result.replace(at, kAmpersand.size(), "&");
  }
  return result;
}

}  // namespace

std::optional<std::string> redirect_of(std::string_view html) {
  constexpr std::string_view kRefresh = R"(<meta http-equiv="refresh" content="0; url=)";
  if (html.size() > kPageBytesMax) return std::nullopt;
  const std::size_t begin = html.find(kRefresh);
  if (begin == html.npos) return std::nullopt;
  html.remove_prefix(begin + kRefresh.size());
  std::string url = unescaped(html.substr(0, html.find('"')));
  const bool is_whole =
      url.starts_with('/') || url.starts_with("https://") || url.starts_with("http://");
  const bool is_plain =
      std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127; });
  if (!is_whole || !is_plain || url.size() > kUrlBytesMax) return std::nullopt;
  return url;
}

}  // namespace stet::targets
