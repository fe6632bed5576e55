#include "cms/image/svg_rules.h"

#include <algorithm>
#include <array>
#include <string>

namespace stet::image {
namespace {

// SVG 1.1 and 2 without scripts, foreign markup, and fonts.
constexpr auto kElements = std::to_array<std::string_view>({
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
});
static_assert(std::is_sorted(kElements.begin(), kElements.end()));

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// As browsers read a URL: without blanks at its ends, tabs and line ends within.
std::string plain_url(std::string_view url) {
  std::string out;
  for (char c : url) {
    if (c != '\t' && c != '\n' && c != '\r') out += c;
  }
  auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  out.erase(out.begin(), std::find_if_not(out.begin(), out.end(), is_blank));
  while (!out.empty() && is_blank(out.back())) out.pop_back();
  return lower(out);
}

bool is_picture(std::string_view url) {
  for (std::string_view type : {"png", "jpeg", "jpg", "gif", "webp", "avif"}) {
    if (url.starts_with("data:image/" + std::string(type) + ";base64,")) return true;
  }
  return false;
}

bool is_good_link(std::string_view element, std::string_view value) {
  std::string url = plain_url(value);
  if (url.empty() || url.starts_with('#') || is_picture(url)) return true;
  if (local_name(element) != "a") return false;
  std::size_t colon = url.find(':');
  if (colon == url.npos || colon > url.find_first_of("/?#")) return true;  // of the same site
  std::string_view scheme = std::string_view(url).substr(0, colon);
  return scheme == "http" || scheme == "https" || scheme == "mailto";
}

}  // namespace

std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); }

bool is_utf8_name(std::string_view encoding) {
  std::string name = lower(encoding);
  return name == "utf-8" || name == "utf8" || name == "us-ascii";
}

bool is_good_element(std::string_view name) {
  return std::binary_search(kElements.begin(), kElements.end(), local_name(name));
}

bool is_good_css(std::string_view css) {
  // Escapes and comments could hide any of what is looked for.
  std::string text = lower(css);
  if (text.find('\\') != text.npos || text.find("@import") != text.npos) return false;
  for (std::string_view word : {"javascript:",
                                "expression(",
                                "behavior:",
                                "-moz-binding",
                                "image-set(",
                                "image(",
                                "src(",
                                "@font-face",
                                "@namespace"}) {
    if (text.find(word) != text.npos) return false;
  }
  for (std::size_t at = text.find("url"); at != text.npos; at = text.find("url", at + 1)) {
    std::size_t open = at + 3;
    if (open >= text.size() || text[open] != '(') continue;
    std::size_t value = text.find_first_not_of(" \t\r\n\"'", open + 1);
    if (value == text.npos) return false;
    bool is_own = text[value] == '#' || is_picture(std::string_view(text).substr(value));
    if (!is_own) return false;
  }
  return true;
}

bool is_good_animated(std::string_view attribute_name) {
  std::string name = lower(local_name(attribute_name));
  return name != "href" && name != "src" && name != "style" && name != "base" &&
         !name.starts_with("on");
}

bool is_good_attribute(std::string_view element, std::string_view name, std::string_view value) {
  std::string local = lower(local_name(name));
  if (local.starts_with("on") || name == "xml:base") return false;
  if (name == "xmlns" || name.starts_with("xmlns:")) return true;
  if (local == "href" || local == "src") return is_good_link(element, value);
  if (local == "srcdoc" || local == "data" || local == "action" || local == "formaction" ||
      local == "poster" || local == "srcset" || local == "ping") {
    return false;
  }
  return is_good_css(value);
}

}  // namespace stet::image
