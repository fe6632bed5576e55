// Colours that can be read: WCAG 2's contrast, the ink for a background, and the sheet of a
// schedule's tracks.
//
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cms/schedule/event.h"

namespace stet::schedule {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;

  friend bool operator==(const Colour&, const Colour&) = default;
};

inline constexpr double kTextContrastMin = 4.5;  // WCAG 2.2 1.4.3, level AA
inline constexpr double kLineContrastMin = 3.0;  // WCAG 2.2 1.4.11

// "#aa0000", in small letters.
std::optional<Colour> parse_colour(std::string_view text);
std::string to_string(const Colour& colour);

// 1 to 21, whichever of the two is the brighter one.
double contrast(const Colour& one, const Colour& other);

// Black or white, whichever can be read better on it: always by kTextContrastMin at least.
Colour ink_on(const Colour& background);

// The colour, brought as far towards black or white as it must be to be seen as a line on `paper`.
Colour line_on(const Colour& paper, const Colour& colour);

// CSS: for each track with a colour the class `track-SLUG`, which sets the properties --track,
// --track-ink (for text on it) and --track-line (on the page's paper, light or dark as the reader
// wants it).
std::string track_sheet(const Event& event);

// "track-tools", and "" where the slug is none that CSS can name.
std::string track_class(std::string_view slug);

}  // namespace stet::schedule
