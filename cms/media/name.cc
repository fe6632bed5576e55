#include "cms/media/name.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "cms/liquid/filters/slugify.h"
#include "storage/base/utf8.h"

namespace stet::media {
namespace {

constexpr std::size_t kNameBytesMax = 4096;

struct Free {
  void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};

std::string composed(std::string_view text) {
  utf8proc_uint8_t* raw = nullptr;
  utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()),
      &raw,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE));
  std::unique_ptr<utf8proc_uint8_t, Free> owned(raw);
  if (size < 0 || !raw) return std::string(text);
  return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

std::string_view extension_of(std::string_view name) {
  std::size_t dot = name.rfind('.');
  return dot == name.npos || dot == 0 ? std::string_view() : name.substr(dot);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// Of whole characters.
std::string shortened(std::string stem) {
  if (stem.size() <= kStemBytesMax) return stem;
  std::size_t end = kStemBytesMax;
  while (end > 0 && (static_cast<unsigned char>(stem[end]) & 0xc0) == 0x80) --end;
  stem.resize(end);
  while (stem.ends_with('-')) stem.pop_back();
  return stem;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

// In Latin letters without accents, where that loses none of its letters.
std::string slug_of(std::string_view stem) {
  std::string latin = liquid::slugify(stem, "latin"), own = liquid::slugify(stem, "default");
  return characters(latin) < characters(own) ? own : latin;
}

bool is_reserved(std::string_view stem) {
  constexpr auto kNames = std::to_array<std::string_view>({"con", "prn", "aux", "nul"});
  if (std::find(kNames.begin(), kNames.end(), stem) != kNames.end()) return true;
  bool is_port = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
  return is_port && stem[3] >= '0' && stem[3] <= '9';
}

}  // namespace

std::string clean_name(std::string_view name, const image::FileType& type) {
  name.remove_prefix(name.find_last_of("/\\") + 1);
  if (name.size() > kNameBytesMax) name.remove_prefix(name.size() - kNameBytesMax);
  std::string text;
  for (std::string_view rest = name; !rest.empty();) append_code_point(text, take_code_point(rest));
  std::string_view extension = extension_of(text);
  bool is_fitting = !extension.empty() && type.has_extension(extension);
  // What looks like an extension and is another goes with it: "x.php" of a JPEG is x.jpg.
  bool is_short = extension.size() <= 6 && extension.find(' ') == extension.npos;
  std::string_view stem =
      std::string_view(text).substr(0, text.size() - (is_short ? extension.size() : 0));
  std::string slug = shortened(slug_of(composed(stem)));
  if (slug.empty()) slug = "file";
  if (is_reserved(slug)) slug = "file-" + slug;
  return slug + (is_fitting ? lower(extension) : std::string(type.own_extension()));
}

std::string numbered(std::string_view name, int number) {
  std::size_t dot = std::min(name.rfind('.'), name.size());
  return std::string(name.substr(0, dot)) + "-" + std::to_string(number) +
         std::string(name.substr(dot));
}

bool is_media_path(std::string_view path) {
  for (std::string_view rest = path; !rest.empty();) {
    if (rest.front() == '_' || rest.front() == '.') return false;
    std::size_t slash = rest.find('/');
    rest = slash == rest.npos ? std::string_view() : rest.substr(slash + 1);
  }
  std::string_view name = path.substr(path.rfind('/') + 1);
  std::string_view extension = extension_of(name);
  return !extension.empty() && image::type_of_extension(extension) != nullptr;
}

}  // namespace stet::media
