#include "cms/schedule/colour.h"

#include <gtest/gtest.h>

#include "tests/cms/site/made_site.h"

namespace stet::schedule {
namespace {

TEST(Colour, IsReadAsHexadecimal) {
  EXPECT_EQ(parse_colour("#1f7a8c"), (Colour{0x1f, 0x7a, 0x8c}));
  for (const char* bad : {"", "#fff", "1f7a8c0", "#1f7a8g", "#1F7A8C", "red", "#1f7a8c;"}) {
    EXPECT_EQ(parse_colour(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(to_string(Colour{0x1f, 0x7a, 0x8c}), "#1f7a8c");
}

TEST(Colour, ContrastIsThatOfWcag) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 0.001);
  EXPECT_NEAR(contrast({255, 255, 255}, {255, 255, 255}), 1, 0.001);
  EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.478, 0.001);  // the known near miss
  EXPECT_NEAR(contrast({255, 255, 255}, {0x76, 0x76, 0x76}), 4.542, 0.001);
}

// Every sixteenth of each channel: 4,913 colours.
template <typename Check>
void each_colour(Check check) {
  auto channel = [](int step) { return static_cast<std::uint8_t>(std::min(step * 16, 255)); };
  for (int r = 0; r <= 16; ++r) {
    for (int g = 0; g <= 16; ++g) {
      for (int b = 0; b <= 16; ++b) check(Colour{channel(r), channel(g), channel(b)});
    }
  }
}

TEST(Colour, InkCanBeReadOnEveryColour) {
  each_colour([](const Colour& colour) {
    EXPECT_GE(contrast(ink_on(colour), colour), kTextContrastMin) << to_string(colour);
  });
}

TEST(Colour, LinesCanBeSeenAndStayAsTheyAreWhereTheyAlreadyCan) {
  for (const Colour& paper : {Colour{255, 255, 255}, Colour{0x1e, 0x23, 0x26}}) {
    each_colour([&](const Colour& colour) {
      const Colour line = line_on(paper, colour);
      EXPECT_GE(contrast(line, paper), kLineContrastMin) << to_string(colour);
      if (contrast(colour, paper) >= kLineContrastMin) {
        EXPECT_EQ(line, colour);
      }
    });
  }
}

TEST(Colour, TheSheetNamesTracksThatHaveAColour) {
  Problems ignored;
  auto made = [&](const char* yaml) {
    site::MadeSite site({{"_data/event.yml", yaml}});
    return track_sheet(read_event(*site->data()->hash().find("event"), ignored));
  };
  EXPECT_EQ(made("title: X\ntracks: [Plain, {name: 'Aa </style>', color: red}]\n"), "");
  EXPECT_EQ(made("title: X\ntracks: [{name: 'Maps & {more}', color: '#FE0'}]\n"),
            ".track-maps-more { --track: #ffee00; --track-ink: #000000; --track-line: #998f00; }\n"
            "@media (prefers-color-scheme: dark) {\n"
            "  .track-maps-more { --track-line: #ffee00; }\n}\n");
  EXPECT_EQ(track_class("a.b"), "");
  EXPECT_EQ(track_class(""), "");
}

}  // namespace
}  // namespace stet::schedule
