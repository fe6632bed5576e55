#include "api/git/pkt_line.h"

#include <gtest/gtest.h>

namespace stet::git {
namespace {

using Kind = PktStep::Kind;

TEST(PktLine, IsItsLengthInHexAndTheText) {
  EXPECT_EQ(pkt_line("version=1"), "000dversion=1");
  EXPECT_EQ(pkt_line(""), "0004");
  EXPECT_EQ(pkt_line(std::string(kPktLineBytesMax + 10, 'x')).size(), kPktLineBytesMax + 4);
}

TEST(PktLine, IsReadAsItWasWritten) {
  for (std::size_t size : {0, 1, 15, 16, 4000, 65516}) {
    std::string text(size, 'x');
    std::string lines = pkt_line(text) + "0000";
    PktStep step = next_pkt(lines);
    EXPECT_EQ(step.kind, Kind::kLine);
    EXPECT_EQ(step.text, text);
    EXPECT_EQ(step.consumed, size + 4);
  }
}

TEST(PktLine, LosesOneNewlineAtItsEnd) {
  EXPECT_EQ(next_pkt("0006a\n").text, "a");
  EXPECT_EQ(next_pkt("0007a\n\n").text, "a\n");
}

TEST(PktLine, WhatIsNotWholeYetAsksForMore) {
  const std::string whole = "000Aabcdef";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(next_pkt(whole.substr(0, size)).kind, Kind::kMore) << size;
  }
  EXPECT_EQ(next_pkt(whole).text, "abcdef");
}

TEST(PktLine, AFlushEndsAndWhatIsNoLengthIsMalformed) {
  PktStep flush = next_pkt("0000000dversion=1");
  EXPECT_EQ(flush.kind, Kind::kFlush);
  EXPECT_EQ(flush.consumed, 4u);
  for (const char* bytes : {"0001", "0002", "0003", "00g4", "-001", "zz", "ffff", " 004"}) {
    EXPECT_EQ(next_pkt(bytes).kind, Kind::kMalformed) << bytes;
  }
}

}  // namespace
}  // namespace stet::git
