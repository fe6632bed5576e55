#include "cms/publish/variants.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "cms/publish/compress.h"
#include "tests/cms/publish/scratch.h"

namespace stet::publish {
namespace {

std::string long_text() {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "<p>Paragraph " + std::to_string(i) + ".</p>\n";
  return text;
}

std::string gunzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string unbrotli(const std::string& bytes) {
  std::string out(1 << 20, '\0');
  std::size_t size = out.size();
  EXPECT_EQ(BrotliDecoderDecompress(bytes.size(),
                                    reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                    &size,
                                    reinterpret_cast<std::uint8_t*>(out.data())),
            BROTLI_DECODER_RESULT_SUCCESS);
  out.resize(size);
  return out;
}

TEST(Compress, IsUndoneByOtherReadersAndAlwaysTheSame) {
  for (const std::string& text : {std::string(), std::string("x"), long_text()}) {
    EXPECT_EQ(gunzip(gzip(text)), text);
    EXPECT_EQ(unbrotli(brotli(text)), text);
    EXPECT_EQ(gzip(text), gzip(text));
    EXPECT_EQ(brotli(text), brotli(text));
  }
}

class VariantsTest : public testing::Test {
 protected:
  VariantsTest() : store_(*Store::open(scratch_.path() / "pages")), variants_(*store_) {}

  Page page(const std::string& bytes, const std::string& type = "text/html") {
    return {.content = *store_->put(bytes), .bytes = bytes.size(), .type = type};
  }

  Scratch scratch_;
  std::unique_ptr<Store> store_;
  Variants variants_;
};

TEST_F(VariantsTest, AreMadeOnceAndKept) {
  Page text = page(long_text());
  EXPECT_FALSE(variants_.is_ready(text, Variant::kGzip));
  auto made = variants_.get(text, Variant::kGzip);
  ASSERT_TRUE(made && *made);
  EXPECT_EQ(gunzip(**made), long_text());
  EXPECT_TRUE(variants_.is_ready(text, Variant::kGzip));
  EXPECT_FALSE(variants_.is_ready(text, Variant::kBrotli));
  EXPECT_EQ(*variants_.get(text, Variant::kGzip), *made);
}

TEST_F(VariantsTest, WhatWouldNotBeSmallerTravelsAsItIs) {
  std::string noise;
  for (std::uint32_t i = 0, state = 1; i < 2000; ++i) {
    state = state * 1664525 + 1013904223;
    noise += static_cast<char>(state >> 24);
  }
  for (const Page& asked : {page("short"), page(long_text(), "image/png"), page(noise)}) {
    for (Variant variant : {Variant::kGzip, Variant::kBrotli}) {
      auto made = variants_.get(asked, variant);
      ASSERT_TRUE(made);
      EXPECT_FALSE(*made);
      EXPECT_TRUE(variants_.is_ready(asked, variant));
    }
  }
}

TEST_F(VariantsTest, OfALostPageAreNotFound) {
  Page lost = page(long_text());
  std::filesystem::remove(store_->path_of(lost.content));
  auto made = variants_.get(lost, Variant::kBrotli);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet::publish
