#include "cms/liquid/filters/site_url.h"

#include <algorithm>

#include "cms/liquid/filters/letters.h"
#include "cms/liquid/filters/uri.h"

namespace stet::liquid {
namespace {

std::string with_leading_slash(std::string_view text) {
  return text.empty() || text.front() == '/' ? std::string(text) : "/" + std::string(text);
}

// Most are of this kind, and are what they are: "/posts/2020/a-title.html".
bool is_plain_path(std::string_view text) {
  if (text.empty() || text.front() != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool is_after_slash = i > 0 && text[i - 1] == '/';
    if (is_after_slash && (c == '/' || c == '.')) return false;
    if (c != '/' && c != '.' && c != '-' && c != '_' && !is_ascii_alphanumeric(c)) return false;
  }
  return true;
}

// "https://example.org": neither a port nor a capital letter to be taken away.
bool is_plain_origin(std::string_view url) {
  std::size_t begin = url.find("://");
  if (begin != 4 && begin != 5) return false;
  if (url.substr(0, begin) != "http" && url.substr(0, begin) != "https") return false;
  std::string_view host = url.substr(begin + 3);
  auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return !host.empty() && std::all_of(host.begin(), host.end(), is_plain);
}

}  // namespace

Result<std::string> relative_url(std::string_view text, std::string_view baseurl) {
  if (baseurl.empty() && is_plain_path(text)) return std::string(text);
  Uri uri = TRY(Uri::parse(text));
  if (uri.is_absolute()) return std::string(text);
  if (baseurl.ends_with('/')) baseurl.remove_suffix(1);
  Uri joined = TRY(Uri::parse(with_leading_slash(baseurl) + with_leading_slash(text)));
  return joined.normalized().text();
}

Result<std::string> absolute_url(std::string_view text,
                                 std::string_view url,
                                 std::string_view baseurl) {
  if (baseurl.empty() && is_plain_path(text) && is_plain_origin(url)) {
    return std::string(url).append(text);
  }
  Uri uri = TRY(Uri::parse(text));
  if (uri.is_absolute()) return std::string(text);
  std::string path = TRY(relative_url(text, baseurl));
  if (url.empty()) return path;
  Uri joined = TRY(Uri::parse(std::string(url) + path));
  return joined.normalized().text();
}

}  // namespace stet::liquid
