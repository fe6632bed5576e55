// What a site says of its media, and what a server lets in.
//
//     stet:
//       media:
//         folder: assets/media   # where uploads go
//         by: year               # assets/media/2026; or none
//
// Threads: pure functions, values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cms/image/file_type.h"
#include "cms/site/config.h"
#include "storage/base/clock.h"

namespace stet::media {

struct Rules {
  std::string folder = "assets/media";
  bool is_by_year = true;
};

Rules rules_of(const site::Config& config);

// Where an upload of this moment goes: "assets/media/2026", by the site's zone.
std::string folder_for(const site::Config& config, Instant now);

// The server's: of its settings, never of the repository.
struct Limits {
  std::uint64_t file_bytes_max = std::uint64_t{100} << 20;
  std::uint64_t request_bytes_max = std::uint64_t{256} << 20;
  std::vector<std::string> types;  // names of image::file_types(); empty: all of them

  bool allows(const image::FileType& type) const;
};

}  // namespace stet::media
