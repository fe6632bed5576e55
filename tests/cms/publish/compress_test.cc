#include "cms/publish/compress.h"

#include <gtest/gtest.h>

namespace stet::publish {
namespace {

TEST(Compress, WhatIsPackedComesBack) {
  for (const std::string& bytes :
       {std::string(), std::string("x"), std::string(1 << 20, 'a'), std::string(3, '\0')}) {
    auto gzipped = gunzip(gzip(bytes), 1 << 20);
    ASSERT_TRUE(gzipped);
    EXPECT_EQ(*gzipped, bytes);
    auto brotlied = unbrotli(brotli(bytes), 1 << 20);
    ASSERT_TRUE(brotlied);
    EXPECT_EQ(*brotlied, bytes);
  }
}

TEST(Compress, RefusesWhatIsNoneNotWholeMoreOrTooLarge) {
  const std::string text(100'000, 'a');
  for (auto [packed, unpack] :
       {std::pair(gzip(text), &gunzip), std::pair(brotli(text), &unbrotli)}) {
    EXPECT_FALSE(unpack(packed, text.size() - 1));
    EXPECT_TRUE(unpack(packed, text.size()));
    EXPECT_FALSE(unpack(packed + "more", text.size()));
    for (std::size_t size = 0; size < packed.size(); ++size) {
      EXPECT_FALSE(unpack(packed.substr(0, size), text.size())) << size;
    }
    EXPECT_FALSE(unpack("<html>", text.size()));
  }
}

}  // namespace
}  // namespace stet::publish
