#include "cms/schedule/colour.h"

#include <algorithm>
#include <cmath>

namespace stet::schedule {
namespace {

constexpr Colour kBlack{0, 0, 0}, kWhite{255, 255, 255};
// What lines are held against: the brightest and, of dark pages, the least dark paper.
constexpr Colour kLightPaper = kWhite, kDarkPaper{0x1e, 0x23, 0x26};
constexpr int kSteps = 20;  // from a colour to black or white

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

double linear(std::uint8_t channel) {
  double part = channel / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const Colour& colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

Colour mixed(const Colour& from, const Colour& to, int step) {
  auto between = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(a + (b - a) * step / kSteps);
  };
  return {between(from.red, to.red), between(from.green, to.green), between(from.blue, to.blue)};
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  int parts[3];
  for (std::size_t i = 0; i < 3; ++i) {
    int high = digit(text[1 + 2 * i]), low = digit(text[2 + 2 * i]);
    if (high < 0 || low < 0) return std::nullopt;
    parts[i] = high * 16 + low;
  }
  return Colour{static_cast<std::uint8_t>(parts[0]),
                static_cast<std::uint8_t>(parts[1]),
                static_cast<std::uint8_t>(parts[2])};
}

std::string to_string(const Colour& colour) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "#";
  for (std::uint8_t part : {colour.red, colour.green, colour.blue}) {
    text += kDigits[part / 16];
    text += kDigits[part % 16];
  }
  return text;
}

double contrast(const Colour& one, const Colour& other) {
  const double a = luminance(one), b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Colour ink_on(const Colour& background) {
  return contrast(background, kWhite) >= contrast(background, kBlack) ? kWhite : kBlack;
}

Colour line_on(const Colour& paper, const Colour& colour) {
  const Colour end = ink_on(paper);
  for (int step = 0; step < kSteps; ++step) {
    Colour tried = mixed(colour, end, step);
    if (contrast(tried, paper) >= kLineContrastMin) return tried;
  }
  return end;
}

std::string track_class(std::string_view slug) {
  bool is_named = !slug.empty() && std::all_of(slug.begin(), slug.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
  return is_named ? "track-" + std::string(slug) : "";
}

std::string track_sheet(const Event& event) {
  std::string light, dark;
  for (const Track& track : event.tracks) {
    auto colour = parse_colour(track.color);
    std::string name = track_class(track.slug);
    if (!colour || name.empty()) continue;
    const std::string on_light = to_string(line_on(kLightPaper, *colour));
    const std::string on_dark = to_string(line_on(kDarkPaper, *colour));
    light += "." + name + " { --track: " + track.color +
             "; --track-ink: " + to_string(ink_on(*colour)) + "; --track-line: " + on_light +
             "; }\n";
    dark += "  ." + name + " { --track-line: " + on_dark + "; }\n";
  }
  if (light.empty()) return "";
  return light + "@media (prefers-color-scheme: dark) {\n" + dark + "}\n";
}

}  // namespace stet::schedule
