#include "cms/image/tiff.h"

#include <algorithm>
#include <array>
#include <vector>

namespace stet::image {
namespace {

constexpr std::size_t kEntryBytes = 12;
constexpr std::uint32_t kOrientation = 0x0112, kGps = 0x8825;

// Bytes of one value, by its type.
constexpr std::array<std::size_t, 14> kTypeBytes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

class Block {
 public:
  explicit Block(std::string bytes) : bytes_(std::move(bytes)) {}

  bool begin() {
    if (bytes_.size() < 8 || bytes_.size() > kTiffBytesMax) return false;
    is_big_ = bytes_.starts_with("MM");
    bool is_known = is_big_ || bytes_.starts_with("II");
    return is_known && u16(2) == 42;
  }

  std::uint32_t u16(std::size_t at) const { return number(at, 2); }
  std::uint32_t u32(std::size_t at) const { return number(at, 4); }
  bool has(std::size_t at, std::size_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  // A directory with all of its entries and the next one's place.
  bool has_directory(std::size_t at) const {
    return at >= 8 && has(at, 2) && has(at + 2, u16(at) * kEntryBytes + 4);
  }

  // Nothing before byte 8, which says where all else is.
  void wipe(std::size_t at, std::size_t count) {
    if (at < 8 || !has(at, count)) return;
    std::fill_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at), count, '\0');
  }

  // Without the entry at `at` of the directory at `directory`: those behind move up.
  void remove_entry(std::size_t directory, std::size_t at) {
    std::size_t count = u16(directory), end = directory + 2 + count * kEntryBytes + 4;
    std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(at + kEntryBytes),
              bytes_.begin() + static_cast<std::ptrdiff_t>(end),
              bytes_.begin() + static_cast<std::ptrdiff_t>(at));
    wipe(end - kEntryBytes, kEntryBytes);
    set_u16(directory, static_cast<std::uint32_t>(count - 1));
  }

  // What the directory's entries hold, and the directory.
  void wipe_directory(std::size_t at) {
    if (!has_directory(at)) return;
    std::size_t count = u16(at);
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t entry = at + 2 + i * kEntryBytes;
      std::uint32_t type = u16(entry + 2);
      std::uint64_t bytes = type < kTypeBytes.size() ? kTypeBytes[type] : 0;
      bytes *= u32(entry + 4);
      if (bytes > 4 && bytes <= bytes_.size()) {
        wipe(u32(entry + 8), static_cast<std::size_t>(bytes));
      }
    }
    wipe(at, 2 + count * kEntryBytes + 4);
  }

  std::string take() { return std::move(bytes_); }

 private:
  std::uint32_t number(std::size_t at, std::size_t count) const {
    if (!has(at, count)) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      value =
          value << 8 | static_cast<unsigned char>(bytes_[is_big_ ? at + i : at + count - 1 - i]);
    }
    return value;
  }
  void set_u16(std::size_t at, std::uint32_t value) {
    auto high = static_cast<char>(value >> 8), low = static_cast<char>(value);
    bytes_[at] = is_big_ ? high : low;
    bytes_[at + 1] = is_big_ ? low : high;
  }

  std::string bytes_;
  bool is_big_ = false;
};

}  // namespace

int orientation_of(std::string_view tiff) {
  Block block{std::string(tiff.substr(0, std::min(tiff.size(), kTiffBytesMax)))};
  if (!block.begin()) return 1;
  std::size_t directory = block.u32(4);
  if (!block.has_directory(directory)) return 1;
  for (std::size_t i = 0; i < block.u16(directory); ++i) {
    std::size_t entry = directory + 2 + i * kEntryBytes;
    if (block.u16(entry) != kOrientation) continue;
    std::uint32_t value = block.u16(entry + 8);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

Result<std::string> without_place(std::string_view tiff) {
  Block block{std::string(tiff)};
  if (!block.begin()) return invalid_input("its EXIF block is broken");
  std::vector<std::size_t> places;
  std::size_t directory = block.u32(4);
  for (std::size_t i = 0; i < kDirectoriesMax && directory != 0; ++i) {
    if (!block.has_directory(directory)) return invalid_input("its EXIF block is broken");
    for (std::size_t entry = 0; entry < block.u16(directory);) {
      std::size_t at = directory + 2 + entry * kEntryBytes;
      if (block.u16(at) != kGps) {
        ++entry;
        continue;
      }
      places.push_back(block.u32(at + 8));
      block.remove_entry(directory, at);
    }
    directory = block.u32(directory + 2 + block.u16(directory) * kEntryBytes);
  }
  if (directory != 0) return invalid_input("its EXIF block has too many directories");
  for (std::size_t place : places) block.wipe_directory(place);
  return block.take();
}

}  // namespace stet::image
