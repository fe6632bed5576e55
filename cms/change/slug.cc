#include "cms/change/slug.h"

#include <algorithm>

#include "cms/liquid/filters/slugify.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

constexpr std::size_t kSlugBytesMax = 80;

// At most so many bytes, whole characters, and whole words where that leaves some.
std::string shortened(std::string slug) {
  if (slug.size() <= kSlugBytesMax) return slug;
  std::string_view rest = slug;
  while (!rest.empty() && slug.size() - rest.size() < kSlugBytesMax) take_code_point(rest);
  std::size_t end = std::min(slug.size() - rest.size(), kSlugBytesMax);
  while (end > 0 && (static_cast<unsigned char>(slug[end]) & 0xc0) == 0x80) --end;
  std::size_t hyphen = slug.rfind('-', end);
  slug.resize(hyphen != std::string::npos && hyphen > kSlugBytesMax / 2 ? hyphen : end);
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

}  // namespace

std::string slug_of_text(std::string_view text) {
  if (text.empty() || !is_utf8(text)) return "";
  std::string slug = liquid::slugify(text, "latin");
  if (slug.empty()) slug = liquid::slugify(text, "default");
  return shortened(std::move(slug));
}

}  // namespace stet::change
