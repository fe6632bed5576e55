#include "storage/base/utf8.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

TEST(Utf8, TellsWellFormedFromBroken) {
  for (const char* good : {"", "a", "ü", "€", "\U0001f600", "\uffff", "سلام"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const char* bad : {"\x80",
                          "\xc0\x80",
                          "\xc3",
                          "\xe0\x80\x80",
                          "\xed\xa0\x80",
                          "\xf4\x90\x80\x80",
                          "\xf8\x88\x80\x80\x80",
                          "a\xe2\x82"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Utf8, PrefixesEndBeforeTheFirstOtherByte) {
  for (std::size_t ascii = 0; ascii < 40; ++ascii) {
    std::string text(ascii, 'a');
    EXPECT_EQ(ascii_prefix(text), ascii);
    EXPECT_EQ(ascii_prefix(text + "ü" + text), ascii);
    EXPECT_EQ(utf8_prefix(text + "ü" + text), 2 * ascii + 2);
    EXPECT_EQ(utf8_prefix(text + "ü" + text + "\xff" + text), 2 * ascii + 2);
  }
}

TEST(Utf8, CodePointsRoundTrip) {
  for (char32_t c : {U'a', U'ü', U'€', U'\U0001f600'}) {
    std::string text;
    append_code_point(text, c);
    std::string_view rest = text;
    EXPECT_EQ(take_code_point(rest), c);
    EXPECT_TRUE(rest.empty());
  }
  std::string_view broken =
      "\xff"
      "a";
  EXPECT_EQ(take_code_point(broken), U'\ufffd');
  EXPECT_EQ(broken, "a");
}

TEST(Utf8, PrintableNeverBreaksATerminal) {
  EXPECT_EQ(printable(std::string_view("a\0\xff\x1b"
                                       "ü",
                                       6),
                      100),
            "a\\x00\\xff\\x1bü");
  EXPECT_EQ(printable("üüü", 4), "üü...");
}

}  // namespace
}  // namespace stet
