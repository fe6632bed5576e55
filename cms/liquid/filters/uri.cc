#include "cms/liquid/filters/uri.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/letters.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

constexpr std::string_view kUnreservedMarks = "-._~";
constexpr std::string_view kSubDelims = "!$&'()*+,;=";

// Which marks may stand bare beside letters, digits and -._~
struct Bare {
  std::string_view marks;
  bool keeps_encoded_plus = false;  // %2B stays, for a bare + means a blank in a query
};

constexpr Bare kAnywhere{":/?#[]@!$&'()*+,;="};
constexpr Bare kInSegment{"!$&'()*+,;=:@"};
constexpr Bare kInQuery{"!$'()*+,=:@/?", true};
constexpr Bare kInFragment{"!$&'()*+,;=:@/?"};
constexpr Bare kInHost{"!$&'()*+,;=[:]"};

std::string decode_percent(std::string_view text, bool keeps_plus) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int byte = percent_byte(text.substr(i, 3));
    if (byte < 0) {
      out += text[i];
      continue;
    }
    if (keeps_plus && byte == '+') {
      out += "%2B";
    } else {
      out += static_cast<char>(byte);
    }
    i += 2;
  }
  return out;
}

bool is_bare(char c, const Bare& bare) {
  return is_ascii_alphanumeric(c) || kUnreservedMarks.find(c) != kUnreservedMarks.npos ||
         bare.marks.find(c) != bare.marks.npos;
}

std::string normalize(std::string_view component, const Bare& bare) {
  auto stays = [&](char c) { return is_bare(c, bare); };
  if (std::all_of(component.begin(), component.end(), stays)) return std::string(component);
  std::string plain = normalize_nfkc(decode_percent(component, bare.keeps_encoded_plus));
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    char c = plain[i];
    bool is_kept_plus = bare.keeps_encoded_plus && plain.compare(i, 3, "%2B") == 0;
    if (is_bare(c, bare) || is_kept_plus) {
      out += c;
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

template <typename Each>
void split(std::string_view text, char separator, Each each) {
  for (;;) {
    std::size_t at = text.find(separator);
    each(text.substr(0, at));
    if (at == text.npos) return;
    text.remove_prefix(at + 1);
  }
}

std::string normalize_each(std::string_view text, char separator, const Bare& bare) {
  std::string out;
  bool is_first = true;
  split(text, separator, [&](std::string_view piece) {
    if (!is_first) out += separator;
    is_first = false;
    out += normalize(piece, bare);
  });
  return out;
}

// RFC 3986, 5.2.4, and leading dot segments are dropped.
std::string remove_dot_segments(std::string_view path) {
  bool is_rooted = path.starts_with('/');
  if (is_rooted) path.remove_prefix(1);
  std::vector<std::string_view> kept;
  bool ends_in_dots = false;
  split(path, '/', [&](std::string_view segment) {
    ends_in_dots = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!ends_in_dots) kept.push_back(segment);
  });
  if (ends_in_dots && (is_rooted || !kept.empty())) kept.push_back("");
  std::string out = is_rooted ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  return out;
}

int usual_port(std::string_view scheme) {
  static constexpr std::pair<std::string_view, int> kPorts[] = {{"http", 80},
                                                                {"https", 443},
                                                                {"ftp", 21},
                                                                {"tftp", 69},
                                                                {"sftp", 22},
                                                                {"ssh", 22},
                                                                {"ws", 80},
                                                                {"wss", 443}};
  for (const auto& [name, port] : kPorts) {
    if (name == scheme) return port;
  }
  return -1;
}

std::uint32_t adapt_bias(std::uint32_t delta, std::uint32_t count, bool is_first) {
  delta = is_first ? delta / 700 : delta / 2;
  delta += delta / count;
  std::uint32_t k = 0;
  for (; delta > 455; k += 36) delta /= 35;
  return k + 36 * delta / (delta + 38);
}

void append_variable_length(std::string& out, std::uint32_t delta, std::uint32_t bias) {
  auto digit = [](std::uint32_t d) { return static_cast<char>(d < 26 ? 'a' + d : '0' + d - 26); };
  for (std::uint32_t k = 36;; k += 36) {
    std::uint32_t threshold = k <= bias ? 1 : std::min<std::uint32_t>(k - bias, 26);
    if (delta < threshold) {
      out += digit(delta);
      return;
    }
    out += digit(threshold + (delta - threshold) % (36 - threshold));
    delta = (delta - threshold) / (36 - threshold);
  }
}

// RFC 3492 for one label, which is small and holds characters that are not ASCII.
std::string punycode(std::string_view label) {
  std::vector<char32_t> letters;
  std::string out = "xn--";
  while (!label.empty()) letters.push_back(take_code_point(label));
  for (char32_t c : letters) {
    if (c < 0x80) out += static_cast<char>(c);
  }
  auto handled = static_cast<std::uint32_t>(out.size() - 4);
  const std::uint32_t basic = handled;
  if (basic > 0) out += '-';
  char32_t next = 0x80;
  std::uint32_t delta = 0;
  std::uint32_t bias = 72;
  while (handled < letters.size()) {
    char32_t least = 0x10FFFF;
    for (char32_t c : letters) {
      if (c >= next) least = std::min(least, c);
    }
    delta += (least - next) * (handled + 1);
    next = least;
    for (char32_t c : letters) {
      if (c < next) ++delta;
      if (c != next) continue;
      append_variable_length(out, delta, bias);
      bias = adapt_bias(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++next;
  }
  return out;
}

std::string normalize_host(std::string_view host) {
  constexpr std::size_t kLabelBytesMax = 255;  // of DNS 63; longer ones are left as they are
  std::string plain = normalize_nfkc(downcase(decode_percent(strip(host), false)));
  std::string out;
  split(plain, '.', [&](std::string_view label) {
    if (!out.empty()) out += '.';
    bool is_ascii = std::all_of(label.begin(), label.end(), [](char c) { return (c & 0x80) == 0; });
    bool is_left = is_ascii || label.size() > kLabelBytesMax || !is_utf8(label);
    out += is_left ? std::string(label) : punycode(label);
  });
  if (out.size() > 1 && out.ends_with('.') && out[out.size() - 2] != '.') out.pop_back();
  return normalize(out, kInHost);
}

std::string normalize_authority(std::string_view authority, std::string_view scheme) {
  std::string out;
  if (std::size_t at = authority.rfind('@'); at != authority.npos) {
    out += normalize_each(authority.substr(0, at), ':', kInSegment);
    out += '@';
    authority.remove_prefix(at + 1);
  }
  std::size_t colon = authority.find_last_of(":]");
  bool has_port = colon != authority.npos && authority[colon] == ':';
  out += normalize_host(authority.substr(0, has_port ? colon : authority.npos));
  std::string_view port = has_port ? authority.substr(colon + 1) : "";
  if (!port.empty() && port != std::to_string(usual_port(scheme))) out += ":" + std::string(port);
  return out;
}

bool is_scheme(std::string_view text) {
  char first = text.front();
  if (!is_ascii_alphanumeric(first) || (first >= '0' && first <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_ascii_alphanumeric(c) || c == '.' || c == '+' || c == '-';
  });
}

// Takes off and returns what stands before the first of `ends`.
std::string take_until(std::string_view& text, std::string_view ends) {
  std::size_t end = std::min(text.find_first_of(ends), text.size());
  std::string taken(text.substr(0, end));
  text.remove_prefix(end);
  return taken;
}

}  // namespace

Result<Uri> Uri::parse(std::string_view text) {
  Uri uri;
  std::size_t colon = text.find_first_of(":/?#");
  if (colon != text.npos && colon > 0 && text[colon] == ':') {
    if (!is_scheme(text.substr(0, colon))) {
      return invalid_input("Invalid scheme format: '" + printable(text.substr(0, colon), 80) + "'");
    }
    uri.scheme = std::string(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    uri.authority = take_until(text, "/?#");
  }
  uri.path = take_until(text, "?#");
  if (text.starts_with('?')) {
    text.remove_prefix(1);
    uri.query = take_until(text, "#");
  }
  if (text.starts_with('#')) uri.fragment = std::string(text.substr(1));
  return uri;
}

Uri Uri::normalized() const {
  Uri out;
  if (scheme) out.scheme = lower_ascii(*scheme);
  std::string_view scheme_name = out.scheme ? std::string_view(*out.scheme) : "";
  if (authority) out.authority = normalize_authority(*authority, scheme_name);
  out.path = remove_dot_segments(normalize_each(strip(path), '/', kInSegment));
  bool is_web = scheme_name == "http" || scheme_name == "https" || scheme_name == "ftp";
  if (out.path.empty() && is_web) out.path = "/";
  if (query) out.query = normalize_each(*query, '&', kInQuery);
  if (out.query && out.query->empty()) out.query.reset();
  if (fragment) out.fragment = normalize(*fragment, kInFragment);
  if (out.fragment && out.fragment->empty()) out.fragment.reset();
  return out;
}

std::string Uri::text() const {
  std::string out;
  if (scheme) out += *scheme + ":";
  if (authority) out += "//" + *authority;
  out += path;
  if (query) out += "?" + *query;
  if (fragment) out += "#" + *fragment;
  return out;
}

std::string normalize_component(std::string_view component) {
  return normalize(component, kAnywhere);
}

}  // namespace stet::liquid
