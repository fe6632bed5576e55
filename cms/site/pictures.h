// What a site's pictures are, as far as templates print it: read once for each content.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/image/variant.h"
#include "cms/liquid/value.h"
#include "storage/base/bounded_cache.h"

namespace stet::site {

class Site;

class Pictures {
 public:
  // `has_variants`: somebody makes smaller versions of them, so they may be linked to.
  explicit Pictures(bool has_variants = false) : has_variants_(has_variants) {}

  bool has_variants() const { return has_variants_; }

  // Of the file at that path of the site; none: it is not there, or is no picture, or none that can
  // be read.
  std::optional<image::Picture> find(const Site& site, std::string_view path);

  // What the content of that name is, before it is anywhere.
  void note(const BlobId& blob, const ByteSource& content);

 private:
  static constexpr std::uint64_t kBytesMax = std::uint64_t{8} << 20;
  static constexpr std::uint64_t kReadBytesMax = std::uint64_t{64} << 20;

  std::optional<image::Picture> keep(const BlobId& blob, const ByteSource& content);

  const bool has_variants_;
  BoundedCache<BlobId, std::shared_ptr<const std::optional<image::Picture>>> known_{kBytesMax};
};

// The widths of `stet: {media: {widths: [...]}}`, out of that list; the usual ones where it is
// none.
std::vector<std::uint32_t> picture_widths(const liquid::Value& widths);

}  // namespace stet::site
