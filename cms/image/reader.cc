#include "cms/image/reader.h"

#include <algorithm>

namespace stet::image {

std::string_view Reader::view(std::uint64_t offset, std::size_t count) {
  count = std::min(count, kViewBytesMax);
  bool is_there = offset >= begin_ && offset - begin_ <= window_.size() &&
                  count <= window_.size() - static_cast<std::size_t>(offset - begin_);
  if (!is_there) {
    auto read = source_.read(offset, kViewBytesMax);
    begin_ = offset;
    window_ = read ? *std::move(read) : std::string();
  }
  std::string_view found =
      std::string_view(window_).substr(static_cast<std::size_t>(offset - begin_), count);
  if (found.size() < count) has_failed_ = true;
  return found;
}

std::uint32_t Reader::number(std::uint64_t offset, std::size_t bytes, bool is_big) {
  std::string_view found = view(offset, bytes);
  if (found.size() < bytes) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    auto byte = static_cast<unsigned char>(found[is_big ? i : bytes - 1 - i]);
    value = value << 8 | byte;
  }
  return value;
}

}  // namespace stet::image
