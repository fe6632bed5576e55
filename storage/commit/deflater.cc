#include "storage/commit/deflater.h"

#include <zlib.h>

#include <algorithm>

namespace stet::storage {
namespace {

// Up to this size a window of 4 KiB sees all, and its tables are quickly cleared.
constexpr std::size_t kSmallBytes = 4096;
constexpr int kSmallWindowBits = 12;
constexpr int kSmallMemoryLevel = 5;
constexpr std::size_t kPartBytesMax = std::size_t{1} << 30;  // zlib counts in 32 bits

class Stream {
 public:
  Stream(int level, int window_bits, int memory_level)
      : is_open_(deflateInit2(
                     &stream_, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY) ==
                 Z_OK) {}
  ~Stream() {
    if (is_open_) deflateEnd(&stream_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  bool append(std::string& to, std::string_view bytes) {
    if (!is_open_ || deflateReset(&stream_) != Z_OK) return false;
    std::size_t end = to.size();
    to.resize(end + deflateBound(&stream_, static_cast<uLong>(bytes.size())));
    int code = Z_OK;
    do {
      std::size_t part = std::min(bytes.size(), kPartBytesMax);
      std::size_t room = std::min(to.size() - end, kPartBytesMax);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream_.avail_in = static_cast<uInt>(part);
      stream_.next_out = reinterpret_cast<Bytef*>(to.data() + end);
      stream_.avail_out = static_cast<uInt>(room);
      code = deflate(&stream_, part == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
      bytes.remove_prefix(part - stream_.avail_in);
      end += room - stream_.avail_out;
    } while (code == Z_OK);
    to.resize(end);
    return code == Z_STREAM_END;
  }

 private:
  z_stream stream_{};
  const bool is_open_;
};

}  // namespace

struct Deflater::Streams {
  Stream none{Z_NO_COMPRESSION, MAX_WBITS, MAX_MEM_LEVEL - 1};
  Stream usual_small{Z_DEFAULT_COMPRESSION, kSmallWindowBits, kSmallMemoryLevel};
  Stream usual{Z_DEFAULT_COMPRESSION, MAX_WBITS, MAX_MEM_LEVEL - 1};
};

Deflater::Deflater() : streams_(std::make_unique<Streams>()) {}
Deflater::~Deflater() = default;

Status Deflater::append(std::string& to, std::string_view bytes, Effort effort) {
  bool is_small = bytes.size() <= kSmallBytes;
  Stream& stream = effort == Effort::kNone ? streams_->none
                   : is_small              ? streams_->usual_small
                                           : streams_->usual;
  if (!stream.append(to, bytes)) return unavailable("compressing an object failed: out of memory");
  return {};
}

}  // namespace stet::storage
