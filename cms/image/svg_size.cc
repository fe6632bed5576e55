#include "cms/image/svg_size.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace stet::image {
namespace {

constexpr double kSideMax = 1e6;
constexpr std::size_t kPrefixBytesMax = 40;  // of a namespace's

// The first element's tag: "<svg ...".
std::string_view tag_of(std::string_view text) {
  for (std::size_t at = text.find("svg"); at != text.npos; at = text.find("svg", at + 1)) {
    std::size_t from = at > kPrefixBytesMax ? at - kPrefixBytesMax : 0;
    std::string_view before = text.substr(from, at - from);
    bool is_tag =
        before.ends_with('<') || (before.ends_with(':') && before.find('<') != before.npos);
    bool ends =
        at + 3 < text.size() && std::string_view(" \t\r\n>/").find(text[at + 3]) != text.npos;
    if (!is_tag || !ends) continue;
    return text.substr(at, std::min(text.find('>', at), text.size()) - at);
  }
  return {};
}

std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != tag.npos; at = tag.find(name, at + 1)) {
    bool is_whole = at > 0 && std::string_view(" \t\r\n").find(tag[at - 1]) != tag.npos;
    std::size_t sign = tag.find_first_not_of(" \t\r\n", at + name.size());
    if (!is_whole || sign == tag.npos || tag[sign] != '=') continue;
    std::size_t quote = tag.find_first_not_of(" \t\r\n", sign + 1);
    if (quote == tag.npos || (tag[quote] != '"' && tag[quote] != '\'')) return {};
    std::size_t end = tag.find(tag[quote], quote + 1);
    return end == tag.npos ? std::string_view() : tag.substr(quote + 1, end - quote - 1);
  }
  return {};
}

// Takes a number off the text; none: there is none.
std::optional<double> take_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n,"), text.size()));
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<std::uint32_t> pixels(std::optional<double> value) {
  if (!value || *value < 0.5 || *value > kSideMax) return std::nullopt;
  return static_cast<std::uint32_t>(std::lround(*value));
}

std::optional<std::uint32_t> length(std::string_view text) {
  auto value = take_number(text);
  bool is_in_pixels = text.empty() || text == "px";
  return is_in_pixels ? pixels(value) : std::nullopt;
}

}  // namespace

std::optional<Size> svg_size(std::string_view text) {
  std::string_view tag = tag_of(text);
  auto width = length(attribute(tag, "width")), height = length(attribute(tag, "height"));
  if (width && height) return Size{*width, *height};
  std::string_view box = attribute(tag, "viewBox");
  for (int i = 0; i < 2; ++i) {
    if (!take_number(box)) return std::nullopt;
  }
  auto box_width = take_number(box), box_height = take_number(box);
  width = pixels(box_width);
  height = pixels(box_height);
  return width && height ? std::optional(Size{*width, *height}) : std::nullopt;
}

}  // namespace stet::image
