#include "api/http/url.h"

#include <algorithm>
#include <vector>

#include "storage/base/utf8.h"

namespace stet::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_plain_in_path(char c) {
  return is_unreserved(c) || std::string_view("/!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

template <typename Keep>
std::string encode(std::string_view text, Keep keep) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (keep(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 15];
  }
  return encoded;
}

std::optional<std::string> decode_form(std::string_view text) {
  std::string blanks(text);
  for (char& c : blanks) {
    if (c == '+') c = ' ';
  }
  return percent_decode(blanks);
}

// True for most paths; false says nothing.
bool is_normal(std::string_view path) {
  if (!path.starts_with('/')) return false;
  for (std::size_t slash = 0; slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    if (slash + 1 < path.size() && (path[slash + 1] == '/' || path[slash + 1] == '.')) return false;
  }
  return true;
}

// "http://host/path" to "/path"; the authority goes to `authority`.
Result<std::string_view> origin_form(std::string_view target, std::string& authority) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equal_without_case(target.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t end = rest.find_first_of("/?");
    authority = rest.substr(0, end);
    if (authority.empty() || authority.find('@') != std::string::npos) {
      return invalid_input("the request target names no host");
    }
    return end == std::string_view::npos ? std::string_view("/") : rest.substr(end);
  }
  return invalid_input("the request target is neither a path nor an http URL");
}

}  // namespace

std::string_view query_part(std::string_view target) {
  return target.substr(std::min(target.find('?'), target.size()));
}

Result<Target> parse_target(std::string_view target) {
  Target parsed;
  if (target == "*") {
    parsed.path = "*";
    return parsed;
  }
  if (target.find('#') != std::string_view::npos) {
    return invalid_input("the request target has a fragment");
  }
  if (!target.starts_with('/')) target = TRY(origin_form(target, parsed.authority));

  const std::size_t mark = target.find('?');
  auto path = percent_decode(target.substr(0, mark));
  if (!path) return invalid_input("the path has a '%' without two hexadecimal digits after it");
  if (path->find('\0') != std::string::npos) return invalid_input("the path has a NUL");
  parsed.path = normalized_path(*path);
  parsed.has_utf8_path = is_utf8(parsed.path);

  if (mark != std::string_view::npos) {
    auto query = parse_query(target.substr(mark + 1));
    if (!query) {
      return invalid_input("the query has a '%' without two hexadecimal digits, or too many pairs");
    }
    parsed.query = std::move(*query);
  }
  return parsed;
}

std::optional<std::string> percent_decode(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return std::string(text);
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::optional<Query> parse_query(std::string_view text) {
  Query query;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (pair.empty()) continue;
    if (query.size() == kQueryPairsMax) return std::nullopt;
    const std::size_t equals = pair.find('=');
    auto name = decode_form(pair.substr(0, equals));
    auto value = decode_form(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    query.emplace_back(std::move(*name), std::move(*value));
  }
  return query;
}

std::string normalized_path(std::string_view path) {
  if (is_normal(path)) return std::string(path);
  std::string normal = "/";
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const bool is_last = slash == std::string_view::npos;
    const std::string_view segment = path.substr(0, slash);
    path.remove_prefix(is_last ? path.size() : slash + 1);
    if (segment.empty() || segment == ".") continue;
    if (segment == "..") {  // "/a/b/" to "/a/"
      if (normal.size() > 1) normal.erase(normal.rfind('/', normal.size() - 2) + 1);
      continue;
    }
    normal += segment;
    if (!is_last) normal += '/';
  }
  return normal;
}

std::string percent_encode_path(std::string_view path) { return encode(path, is_plain_in_path); }
std::string percent_encode(std::string_view text) { return encode(text, is_unreserved); }

}  // namespace stet::http
