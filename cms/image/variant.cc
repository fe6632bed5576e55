#include "cms/image/variant.h"

#include <algorithm>
#include <charconv>

#include "cms/image/reader.h"
#include "storage/base/hash.h"

namespace stet::image {
namespace {

constexpr std::size_t kHashDigits = 16;
constexpr std::size_t kChunksMax = 1000;
// To be raised whenever the same recipe comes to mean other bytes.
constexpr std::uint64_t kEdition = 1;

std::string_view extension_of(Format format) { return format == Format::kWebp ? ".webp" : ".jpg"; }

std::string_view without_extension(std::string_view path) {
  std::size_t dot = path.rfind('.'), slash = path.rfind('/');
  bool has_one = dot != path.npos && (slash == path.npos || dot > slash);
  return has_one ? path.substr(0, dot) : path;
}

bool is_animated_png(Reader& reader) {
  std::uint64_t at = 8;
  for (std::size_t i = 0; i < kChunksMax && at + 12 <= reader.size(); ++i) {
    std::string_view name = reader.view(at + 4, 4);
    if (name == "acTL") return true;
    if (name == "IDAT") return false;
    at += 12 + std::uint64_t{reader.u32(at)};
  }
  return false;
}

bool is_animated(const ByteSource& source, Format format) {
  Reader reader(source);
  if (format == Format::kPng) return is_animated_png(reader);
  if (format != Format::kWebp) return format == Format::kGif;
  return reader.view(12, 4) == "VP8X" && (reader.u8(20) & 2) != 0;
}

}  // namespace

std::optional<Picture> picture_of(const ByteSource& source) {
  const FileType* type = type_of_content(source);
  if (!type || !type->is_image()) return std::nullopt;
  auto size = size_of(source, type->format);
  if (!size) return std::nullopt;
  return Picture{type->format, *size, is_animated(source, type->format)};
}

std::vector<Recipe> recipes_of(const Picture& picture, const std::vector<std::uint32_t>& widths) {
  bool is_photograph = picture.format == Format::kJpeg;
  bool is_known =
      is_photograph || picture.format == Format::kPng || picture.format == Format::kWebp;
  if (!is_known || picture.is_animated || !picture.size) return {};
  const Size size = *picture.size;
  if (std::uint64_t{size.width} * size.height > kPixelsMax) return {};
  std::vector<Recipe> recipes;
  for (std::uint32_t width : widths) {
    if (width < size.width) recipes.push_back({Format::kWebp, width});
  }
  for (std::uint32_t width : widths) {
    if (is_photograph && width < size.width) recipes.push_back({Format::kJpeg, width});
  }
  return recipes;
}

std::string variant_path(std::string_view path, const BlobId& blob, const Recipe& recipe) {
  Fingerprint name = Fingerprinter()
                         .add(blob.hex())
                         .add(kEdition)
                         .add(static_cast<std::uint64_t>(recipe.format))
                         .add(recipe.width)
                         .finish();
  return std::string(without_extension(path)) + "-" + std::to_string(recipe.width) + "w-" +
         name.hex().substr(0, kHashDigits) + std::string(extension_of(recipe.format));
}

std::optional<VariantName> parse_variant_path(std::string_view path) {
  VariantName name;
  if (path.ends_with(extension_of(Format::kJpeg))) name.recipe.format = Format::kJpeg;
  std::string_view extension = extension_of(name.recipe.format);
  if (!path.ends_with(extension)) return std::nullopt;
  path.remove_suffix(extension.size());
  std::size_t last = path.rfind('-');
  if (last == path.npos || path.size() - last - 1 != kHashDigits) return std::nullopt;
  bool is_hex = path.find_first_not_of("0123456789abcdef", last + 1) == path.npos;
  std::size_t first = last == 0 ? path.npos : path.rfind('-', last - 1);
  if (!is_hex || first == path.npos || first == 0 || path[last - 1] != 'w') return std::nullopt;
  const char* begin = path.data() + first + 1;
  auto [end, error] = std::from_chars(begin, path.data() + last - 1, name.recipe.width);
  bool is_width = error == std::errc() && end == path.data() + last - 1 && *begin != '0' &&
                  name.recipe.width >= kWidthMin && name.recipe.width <= kWidthMax;
  if (!is_width) return std::nullopt;
  name.stem = path.substr(0, first);
  return name;
}

}  // namespace stet::image
