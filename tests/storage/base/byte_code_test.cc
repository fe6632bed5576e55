#include "storage/base/byte_code.h"

#include <gtest/gtest.h>

#include <limits>

namespace stet {
namespace {

TEST(ByteCode, WhatWasWrittenIsReadInTheSameOrder) {
  ByteWriter out;
  out.byte(7);
  out.number(std::numeric_limits<std::uint64_t>::max());
  for (std::uint64_t count : {0ull, 127ull, 128ull, 16'384ull, ~0ull}) out.count(count);
  for (std::int64_t count : {std::int64_t{0},
                             std::int64_t{-1},
                             std::int64_t{63},
                             std::int64_t{-64},
                             std::numeric_limits<std::int64_t>::min()}) {
    out.signed_count(count);
  }
  out.text("a\0b");
  out.short_text("");
  out.array(std::array<std::uint8_t, 3>{1, 2, 3});
  std::string bytes = out.take();
  ByteReader in(bytes);
  EXPECT_EQ(in.byte(), 7);
  EXPECT_EQ(in.number(), std::numeric_limits<std::uint64_t>::max());
  for (std::uint64_t count : {0ull, 127ull, 128ull, 16'384ull, ~0ull}) EXPECT_EQ(in.count(), count);
  for (std::int64_t count : {std::int64_t{0},
                             std::int64_t{-1},
                             std::int64_t{63},
                             std::int64_t{-64},
                             std::numeric_limits<std::int64_t>::min()}) {
    EXPECT_EQ(in.signed_count(), count);
  }
  EXPECT_EQ(in.text(), "a");
  EXPECT_EQ(in.short_text(), "");
  EXPECT_EQ(in.array<3>(), (std::array<std::uint8_t, 3>{1, 2, 3}));
  EXPECT_TRUE(in.is_done());
}

TEST(ByteCode, SmallCountsAreOneByte) {
  ByteWriter out;
  out.count(127);
  out.signed_count(-64);
  EXPECT_EQ(out.size(), 2u);
}

TEST(ByteCode, WhatIsCutIsNotGood) {
  ByteWriter out;
  out.short_text("four");
  out.number(5);
  std::string whole = out.take();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string cut = whole.substr(0, size);
    ByteReader in(cut);
    in.short_text();
    in.number();
    EXPECT_FALSE(in.is_good()) << size;
  }
}

TEST(ByteCode, NoNumberOfThingsIsBelievedThatTheBytesCannotHold) {
  ByteWriter out;
  out.count(1'000'000);
  std::string bytes = out.take() + "xy";
  ByteReader in(bytes);
  EXPECT_EQ(in.count_of(1), 0u);
  EXPECT_FALSE(in.is_good());
  std::string endless(11, '\xff');
  ByteReader more(endless);
  more.count();
  EXPECT_FALSE(more.is_good());
}

}  // namespace
}  // namespace stet
