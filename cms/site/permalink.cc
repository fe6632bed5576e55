#include "cms/site/permalink.h"

#include <cctype>
#include <cstring>

#include "cms/liquid/filters/strftime.h"
#include "storage/base/hex.h"

namespace stet::site {
namespace {

struct Style {
  std::string_view name, permalink;
};

constexpr Style kStyles[] = {
    {"none", "/:categories/:title:output_ext"},
    {"date", "/:categories/:year/:month/:day/:title:output_ext"},
    {"ordinal", "/:categories/:year/:y_day/:title:output_ext"},
    {"pretty", "/:categories/:year/:month/:day/:title/"},
    {"weekdate", "/:categories/:year/W:week/:short_day/:title:output_ext"},
};

struct DatePart {
  std::string_view placeholder, format;  // strftime's
};

// drops/url_drop.rb says each of these by strftime too.
constexpr DatePart kDateParts[] = {
    {"year", "%Y"},
    {"month", "%m"},
    {"day", "%d"},
    {"hour", "%H"},
    {"minute", "%M"},
    {"second", "%S"},
    {"i_day", "%-d"},
    {"i_month", "%-m"},
    {"short_month", "%b"},
    {"long_month", "%B"},
    {"short_year", "%y"},
    {"y_day", "%j"},
    {"w_year", "%G"},
    {"week", "%V"},
    {"w_day", "%u"},
    {"short_day", "%a"},
    {"long_day", "%A"},
};

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at; (at = text.find(from)) != std::string_view::npos;) {
    out.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return out.append(text);
}

std::string squeezed(std::string_view text, char c) {
  std::string out;
  for (char x : text) {
    if (x != c || out.empty() || out.back() != c) out += x;
  }
  return out;
}

std::string sanitized(std::string_view url) {
  return squeezed(replaced(replaced(url, "..", "/"), "./", ""), '/');
}

bool is_placeholder_char(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

bool stays_plain(unsigned char c) {
  return std::isalnum(c) || (c != 0 && std::strchr("-._~!$&'()*+,;=:@/?", c) != nullptr);
}

}  // namespace

std::string permalink_template(std::string_view style) {
  for (const Style& known : kStyles) {
    if (known.name == style) return std::string(known.permalink);
  }
  return std::string(style);
}

std::string with_permalink_suffix(std::string page_template, std::string_view style) {
  if (style == "pretty") return page_template + "/";
  if (style == "date" || style == "ordinal" || style == "none") {
    return page_template + ":output_ext";
  }
  if (style.ends_with("/")) return page_template + "/";
  if (style.ends_with(":output_ext")) return page_template + ":output_ext";
  return page_template;
}

Result<std::string> expand_permalink(std::string_view permalink, const Placeholder& placeholder) {
  std::string out = "/";
  for (std::size_t i = 0; i < permalink.size();) {
    std::size_t end = i + 1;
    bool is_name = permalink[i] == ':';
    while (is_name && end < permalink.size() && is_placeholder_char(permalink[end])) ++end;
    if (!is_name || end == i + 1) {
      out += permalink[i++];
      continue;
    }
    std::string_view name = permalink.substr(i + 1, end - i - 1);
    auto value = placeholder(name);
    std::string_view rest;
    if (!value && name.ends_with("_")) {
      rest = "_";
      value = placeholder(name.substr(0, name.size() - 1));
    }
    if (!value) {
      return invalid_input("permalink '" + std::string(permalink) + "' has the placeholder ':" +
                           std::string(name) + "', which does not exist here");
    }
    out += escape_path(*value);
    out += rest;
    i = end;
  }
  return sanitized(out);
}

std::string fill_permalink(std::string_view permalink,
                           const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string out = "/" + std::string(permalink);
  for (const auto& [name, value] : values) {
    if (out.find(':') == std::string::npos) break;
    out = replaced(out, ":" + std::string(name), escape_path(value));
  }
  return sanitized(out);
}

std::optional<std::string> date_placeholder(std::string_view name, const Time& time) {
  for (const DatePart& part : kDateParts) {
    if (part.placeholder == name) return liquid::strftime(part.format, time, "");
  }
  return std::nullopt;
}

std::string escape_path(std::string_view path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (char c : path) {
    auto byte = static_cast<unsigned char>(c);
    if (stays_plain(byte)) {
      out += c;
    } else {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

std::string unescape_path(std::string_view escaped) {
  std::string out;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    std::uint8_t byte;
    if (escaped[i] == '%' && i + 2 < escaped.size() &&
        decode_hex(escaped.substr(i + 1, 2), {&byte, 1})) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += escaped[i];
    }
  }
  return out;
}

std::string output_path_of(std::string_view url, std::string_view output_extension) {
  std::string path = unescape_path(url);
  if (url.ends_with("/")) path += "index.html";
  if (!output_extension.empty() && !path.ends_with(output_extension) && !url.ends_with("/")) {
    path += output_extension;
  }
  std::size_t begin = path.find_first_not_of('/');
  return begin == std::string::npos ? "index.html" : squeezed(path.substr(begin), '/');
}

}  // namespace stet::site
