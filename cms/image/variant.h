// Smaller versions of a picture, for screens that need no more: which ones it has, and what they
// are called.
//
// A name tells the picture's content and the recipe, so it is of one content for ever:
// "assets/x-640w-1a2b3c4d5e6f7a8b.webp" of "assets/x.jpg". Threads: pure functions. Input may be
// anything.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/image/size.h"
#include "storage/base/object_id.h"

namespace stet::image {

struct Picture {
  Format format = Format::kJpeg;
  std::optional<Size> size;
  bool is_animated = false;
};

// What a file's content is; none: it is no picture, or is broken.
std::optional<Picture> picture_of(const ByteSource& source);

struct Recipe {
  Format format = Format::kWebp;  // or kJpeg
  std::uint32_t width = 0;
  friend bool operator==(const Recipe&, const Recipe&) = default;
};

inline constexpr std::array<std::uint32_t, 6> kUsualWidths = {320, 640, 960, 1280, 1920, 2560};
inline constexpr std::uint32_t kWidthMin = 16, kWidthMax = 8192;
inline constexpr std::size_t kWidthsMax = 12;
// What claims more pixels is not decoded.
inline constexpr std::uint64_t kPixelsMax = 100'000'000;

// WebP in every width that is less than the picture's, JPEG too where it is one. None of what is
// animated, drawn, or too large.
std::vector<Recipe> recipes_of(const Picture& picture, const std::vector<std::uint32_t>& widths);

std::string variant_path(std::string_view path, const BlobId& blob, const Recipe& recipe);

struct VariantName {
  std::string stem;  // "assets/x"
  Recipe recipe;
};
// None: the path is none of a variant's. Whether there is such a picture, only a site can tell.
std::optional<VariantName> parse_variant_path(std::string_view path);

}  // namespace stet::image
