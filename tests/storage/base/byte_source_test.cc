#include "storage/base/byte_source.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

TEST(ByteSource, PartsOfMemoryEndWhereItEnds) {
  MemorySource source("0123456789");
  EXPECT_EQ(*source.read(8, 5), "89");
  EXPECT_EQ(*source.read(10, 5), "");
  EXPECT_EQ(*source.read(1000, 5), "");
  PartSource part(source, 2, 5);
  EXPECT_EQ(*read_all(part, 100), "23456");
  EXPECT_EQ(*part.read(3, 100), "56");
  EXPECT_FALSE(read_all(part, 4));
}

struct Row {
  std::vector<Splice> splices;
  const char* expected;
};

TEST(ByteSource, SplicesStandInThePlaceOfWhatTheyReplaceAtEveryOffset) {
  MemorySource source("0123456789");
  for (const Row& row : {Row{{}, "0123456789"},
                         Row{{{0, 0, "ab"}}, "ab0123456789"},
                         Row{{{0, 3, ""}}, "3456789"},
                         Row{{{2, 2, "xyz"}, {4, 0, "-"}, {9, 1, ""}}, "01xyz-45678"},
                         Row{{{10, 0, "end"}}, "0123456789end"},
                         Row{{{0, 10, ""}}, ""}}) {
    SplicedSource spliced(source, row.splices);
    std::string expected = row.expected;
    EXPECT_EQ(spliced.size(), expected.size());
    for (std::size_t at = 0; at <= expected.size(); ++at) {
      for (std::size_t count : {0u, 1u, 2u, 5u, 100u}) {
        EXPECT_EQ(*spliced.read(at, count), expected.substr(at, count)) << at << " " << count;
      }
    }
  }
}

TEST(ByteSource, AnErrorEndsTheWalkThroughItsPieces) {
  std::string large(std::size_t{1} << 20, 'x');
  MemorySource source(large);
  int pieces = 0;
  std::string all;
  ASSERT_TRUE(for_each_piece(source, [&](std::string_view piece) {
    ++pieces;
    all += piece;
    return Status();
  }));
  EXPECT_GT(pieces, 1);
  EXPECT_EQ(all, large);
  pieces = 0;
  EXPECT_FALSE(for_each_piece(source, [&](std::string_view) -> Status {
    ++pieces;
    return unavailable("full");
  }));
  EXPECT_EQ(pieces, 1);
}

}  // namespace
}  // namespace stet
