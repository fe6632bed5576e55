#include "cms/publish/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <cstdint>

namespace stet::publish {
namespace {

constexpr int kGzipLevel = 6, kGzipWindow = 15 + 16, kGzipMemory = 8;  // + 16: gzip's own wrapper
constexpr int kBrotliQuality = 5;  // of 11; beyond it, time grows faster than size shrinks

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, kGzipLevel, Z_DEFLATED, kGzipWindow, kGzipMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return "";
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  bool is_whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(is_whole ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

std::string brotli(std::string_view bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  bool is_whole = BrotliEncoderCompress(kBrotliQuality,
                                        BROTLI_DEFAULT_WINDOW,
                                        BROTLI_MODE_TEXT,
                                        bytes.size(),
                                        reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                        &size,
                                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(is_whole ? size : 0);
  return out;
}

}  // namespace stet::publish
