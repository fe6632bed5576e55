// What a file of media is, by its content; read once for each content, and remembered. Threads:
// any.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "cms/image/size.h"
#include "cms/site/site.h"
#include "storage/base/bounded_cache.h"
#include "storage/git/repository.h"
#include "storage/snapshot/large_files.h"

namespace stet::api {

struct MediaFacts {
  std::uint64_t size = 0;                  // in bytes
  const image::FileType* type = nullptr;   // null: its content is of no type that is known
  std::optional<image::Size> picture;      // none: it has none, or does not say, or is broken
  std::string broken;                      // why it is; "": it is not
  std::optional<storage::LfsPointer> lfs;  // where Git LFS keeps it
  bool is_missing = false;                 // there, and not here
};
using MediaFactsPtr = std::shared_ptr<const MediaFacts>;
using MediaFactsBytes = BoundedCache<BlobId, MediaFactsPtr>;

struct MediaFactsCache : MediaFactsBytes {
  static constexpr std::uint64_t kBytesMax = std::uint64_t{16} << 20;
  MediaFactsCache() : MediaFactsBytes(kBytesMax) {}
};

// Pictures are read, others known by their names: of what is no picture and large nothing is read.
struct MediaPlace {
  const storage::Repository& repository;
  const storage::LargeFiles* files = nullptr;  // null: Git LFS is not known here
  const site::Site& site;
};
Result<MediaFactsPtr> media_facts_of(MediaFactsCache& cache,
                                     const MediaPlace& place,
                                     const std::string& path);

}  // namespace stet::api
