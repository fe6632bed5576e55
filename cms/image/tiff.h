// EXIF's block (TIFF 6.0, EXIF 2.32): which way up a picture is, and where it was taken.
//
// Threads: pure functions. Limits: blocks of kTiffBytesMax, kDirectoriesMax directories. Input may
// be any bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::image {

inline constexpr std::size_t kTiffBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kDirectoriesMax = 16;

// 1 to 8 as EXIF counts them; 1 where the block does not say, or cannot be read.
int orientation_of(std::string_view tiff);
inline bool is_turned(int orientation) {
  return orientation >= 5;
}  // width and height change places

// The block without where it was taken, and just as long: the tag is taken out of its directory,
// and what it pointed at becomes zeros. Nothing else moves, so nothing else has to be understood.
// kInvalidInput: it is no such block, or is broken, and nobody knows what is in it.
Result<std::string> without_place(std::string_view tiff);

}  // namespace stet::image
