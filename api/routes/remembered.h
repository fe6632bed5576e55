// What answers are made of, kept in memory until it is out of date or there is too much of it.
// Threads: any.
#pragma once

#include <memory>
#include <string>

#include "api/routes/list_index.h"
#include "api/routes/other_sites.h"
#include "storage/base/bounded_cache.h"

namespace stet::api {

struct Remembered {
  static constexpr std::uint64_t kTextBytesMax = std::uint64_t{32} << 20;

  ListIndexes lists;
  OtherSites sites;
  // JSON of entries of lists, by all that it follows from.
  BoundedCache<std::string, std::shared_ptr<const std::string>> texts{kTextBytesMax};
};

}  // namespace stet::api
