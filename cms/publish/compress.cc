#include "cms/publish/compress.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace stet::publish {
namespace {

constexpr int kGzipLevel = 6, kGzipWindow = 15 + 16, kGzipMemory = 8;  // + 16: gzip's own wrapper
constexpr std::size_t kPiece = 64 * 1024;                              // that is unpacked at once
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

Result<std::string> gunzip(std::string_view bytes, std::uint64_t bytes_max) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK)
    return unavailable("there is no memory to unpack");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), UINT32_MAX));
  std::string plain, piece(kPiece, '\0');
  int state = Z_OK;
  while (state == Z_OK && plain.size() <= bytes_max) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    plain.append(piece, 0, piece.size() - stream.avail_out);
  }
  const bool is_whole = state == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (is_whole && plain.size() <= bytes_max) return plain;
  return invalid_input("these bytes are no gzip, or too many");
}

Result<std::string> unbrotli(std::string_view bytes, std::uint64_t bytes_max) {
  std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> decoder(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  if (!decoder) return unavailable("there is no memory to unpack");
  std::string plain, piece(kPiece, '\0');
  std::size_t left = bytes.size();
  auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
  BrotliDecoderResult state = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (state == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && plain.size() <= bytes_max) {
    std::size_t room = piece.size();
    auto* out = reinterpret_cast<std::uint8_t*>(piece.data());
    state = BrotliDecoderDecompressStream(decoder.get(), &left, &next, &room, &out, nullptr);
    plain.append(piece, 0, piece.size() - room);
  }
  const bool is_whole = state == BROTLI_DECODER_RESULT_SUCCESS && left == 0;
  if (is_whole && plain.size() <= bytes_max) return plain;
  return invalid_input("these bytes are no Brotli, or too many");
}

}  // namespace stet::publish
