#include "api/git/unzipped.h"

#include <zlib.h>

#include <array>
#include <string>

namespace stet::git {
namespace {

constexpr int kGzipWindowBits = 15 + 16;

}  // namespace

Result<http::Body> unzipped(const http::Body& packed, std::uint64_t bytes_max) {
  std::string input = TRY(packed.read(bytes_max));
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindowBits) != Z_OK) return unavailable("there is no memory");
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  std::string bytes;
  std::array<Bytef, 65536> piece;
  int code = Z_OK;
  while (code == Z_OK && bytes.size() <= bytes_max) {
    stream.next_out = piece.data();
    stream.avail_out = piece.size();
    code = inflate(&stream, Z_NO_FLUSH);
    bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (bytes.size() > bytes_max) {
    return invalid_input("the body has more than " + std::to_string(bytes_max) +
                         " bytes when it is unpacked");
  }
  if (code != Z_STREAM_END) return invalid_input("the body is no whole gzip");
  return http::Body(std::move(bytes));
}

}  // namespace stet::git
