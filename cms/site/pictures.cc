#include "cms/site/pictures.h"

#include <algorithm>

#include "cms/site/site.h"

namespace stet::site {

std::optional<image::Picture> Pictures::find(const Site& site, std::string_view path) {
  auto blob = site.blob_of(path);
  if (!blob) return std::nullopt;
  if (auto known = known_.find(*blob)) return *known;
  auto bytes = site.read_path(path);
  if (!bytes) return std::nullopt;
  return keep(*blob, MemorySource(*bytes));
}

void Pictures::note(const BlobId& blob, const ByteSource& content) {
  if (!known_.find(blob)) keep(blob, content);
}

std::optional<image::Picture> Pictures::keep(const BlobId& blob, const ByteSource& content) {
  std::optional<image::Picture> picture;
  if (content.size() <= kReadBytesMax) picture = image::picture_of(content);
  auto kept = std::make_shared<const std::optional<image::Picture>>(picture);
  return *known_.put(blob, kept, sizeof *kept);
}

std::vector<std::uint32_t> picture_widths(const liquid::Value& widths) {
  std::vector<std::uint32_t> found;
  if (widths.type() == liquid::Type::kArray) {
    for (const liquid::Value& width : widths.as_array().items) {
      if (width.type() != liquid::Type::kInteger) continue;
      std::int64_t number = width.as_integer();
      bool is_good = number >= image::kWidthMin && number <= image::kWidthMax;
      if (is_good && found.size() < image::kWidthsMax) {
        found.push_back(static_cast<std::uint32_t>(number));
      }
    }
  }
  if (found.empty()) found.assign(image::kUsualWidths.begin(), image::kUsualWidths.end());
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace stet::site
