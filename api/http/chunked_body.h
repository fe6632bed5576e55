// A chunked body taken apart (RFC 9112 7.1): strict, byte by byte, holding nothing back.
//
// Beast has a reader of chunks too, but what it tells depends on how the bytes were cut. Extensions
// and trailers are checked for shape and dropped. Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stet::http {

class ChunkedBody {
 public:
  enum class Found {
    kMore,   // all was taken, and more is to come
    kPiece,  // `piece` is of the body
    kEnd,    // the body is whole
    kMalformed,
    kTooLarge,  // the chunks are more than the body may have
    kTooLong,   // a size line or the trailers
  };
  struct Step {
    Found found;
    std::size_t consumed;
    std::string_view piece = {};
  };

  // `line_bytes_max`: of one size line with its extensions, or of all trailers.
  explicit ChunkedBody(std::uint32_t line_bytes_max) : line_bytes_max_(line_bytes_max) {}

  // `body_bytes_max` counts from the body's start, and is the same each time.
  Step feed(std::string_view bytes, std::uint64_t body_bytes_max);

 private:
  enum class At {
    kSize,
    kBlank,
    kExtension,
    kSizeEnd,
    kData,
    kDataEnd,
    kDataLineEnd,
    kTrailerStart,
    kTrailer,
    kTrailerEnd,
    kBodyEnd,
    kDone,
  };

  bool take(char c);
  bool take_size(char c);
  bool take_trailer(char c);
  bool end_line(At next);

  const std::uint32_t line_bytes_max_;
  At at_ = At::kSize;
  std::uint32_t line_bytes_ = 0;
  unsigned digits_ = 0;
  bool has_colon_ = false;
  std::uint64_t chunk_bytes_ = 0;  // of the current chunk, what is left
  std::uint64_t body_bytes_ = 0;
};

}  // namespace stet::http
