#include "cms/liquid/filters/site_url.h"

#include "cms/liquid/filters/uri.h"

namespace stet::liquid {
namespace {

std::string with_leading_slash(std::string_view text) {
  return text.empty() || text.front() == '/' ? std::string(text) : "/" + std::string(text);
}

}  // namespace

Result<std::string> relative_url(std::string_view text, std::string_view baseurl) {
  Uri uri = TRY(Uri::parse(text));
  if (uri.is_absolute()) return std::string(text);
  if (baseurl.ends_with('/')) baseurl.remove_suffix(1);
  Uri joined = TRY(Uri::parse(with_leading_slash(baseurl) + with_leading_slash(text)));
  return joined.normalized().text();
}

Result<std::string> absolute_url(std::string_view text,
                                 std::string_view url,
                                 std::string_view baseurl) {
  Uri uri = TRY(Uri::parse(text));
  if (uri.is_absolute()) return std::string(text);
  std::string path = TRY(relative_url(text, baseurl));
  if (url.empty()) return path;
  Uri joined = TRY(Uri::parse(std::string(url) + path));
  return joined.normalized().text();
}

}  // namespace stet::liquid
