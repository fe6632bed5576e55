#include "cms/publish/variants.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "cms/publish/compress.h"
#include "cms/publish/compressor.h"
#include "storage/base/durable_file.h"
#include "tests/cms/publish/make.h"
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

TEST_F(VariantsTest, OfTheLastProcessNeedNotBeMadeAgain) {
  Page text = page(long_text());
  EXPECT_TRUE(*variants_.prepare(text));
  EXPECT_FALSE(*variants_.prepare(text));
  std::filesystem::remove(store_->path_of(text.content));  // what it would be made of
  Variants next(*store_);
  for (Variant variant : {Variant::kGzip, Variant::kBrotli}) {
    auto kept = next.get(text, variant);
    ASSERT_TRUE(kept && *kept);
    EXPECT_EQ(variant == Variant::kGzip ? gunzip(**kept) : unbrotli(**kept), long_text());
  }
}

TEST_F(VariantsTest, SpoiltOnDiskAreMadeAnew) {
  Page text = page(long_text());
  ASSERT_TRUE(variants_.prepare(text));
  std::filesystem::path file = store_->path_of(text.content).concat(".gz");
  std::string bytes = *read_file(file, 1 << 20);
  for (const std::string& spoilt : {bytes.substr(0, bytes.size() / 2),
                                    std::string("x"),
                                    bytes.substr(0, 20) + "?" + bytes.substr(21)}) {
    ASSERT_TRUE(write_atomically(file, spoilt));
    Variants next(*store_);
    auto made = next.get(text, Variant::kGzip);
    ASSERT_TRUE(made && *made);
    EXPECT_EQ(gunzip(**made), long_text());
    EXPECT_EQ(*read_file(file, 1 << 20), bytes);
  }
}

TEST_F(VariantsTest, GoWithTheirPage) {
  Page text = page(long_text());
  ASSERT_TRUE(variants_.prepare(text));
  auto keep = [](bool is_kept) { return [is_kept](const ContentHash&) { return is_kept; }; };
  ASSERT_TRUE(store_->collect(keep(true)) && store_->collect(keep(true)));
  EXPECT_TRUE(store_->has_form(text.content, "br"));
  EXPECT_EQ(*store_->collect(keep(false)), 1u);
  EXPECT_FALSE(store_->has_form(text.content, "br"));
  EXPECT_FALSE(store_->has_form(text.content, "gz"));
}

TEST_F(VariantsTest, AreMadeInTheBackgroundOfWhatIsNewFirst) {
  Compressor compressor(variants_);
  Page old = page(long_text()), fresh = page("new " + long_text()),
       gone = page("gone " + long_text());
  Live live;
  live.manifest = manifest_of({{path_of("old.html"), ManifestEntry::fresh(old)},
                               {path_of("fresh.html"), ManifestEntry::fresh(fresh)},
                               {path_of("stale.html"), ManifestEntry::stale(gone)}});
  compressor.add_all(live.manifest);
  compressor.add(std::vector<Change>{{path_of("gone.html"), ManifestEntry::fresh(gone)},
                                     {path_of("fresh.html"), ManifestEntry::fresh(fresh)}});
  int looks = 0;
  EXPECT_EQ(compressor.work(live, [&] { return ++looks > 2; }), 2u);
  EXPECT_FALSE(store_->has_form(gone.content, "gz")) << "nobody can ask for it";
  EXPECT_TRUE(store_->has_form(fresh.content, "gz"));
  EXPECT_FALSE(store_->has_form(old.content, "gz"));
  EXPECT_EQ(compressor.work(live, [] { return false; }), 0u);
  EXPECT_TRUE(store_->has_form(old.content, "br"));
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
