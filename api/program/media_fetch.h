// Files of media from another server, for an import: called where the address filter allows it,
// judged as uploads are, and given names as uploads have them.
//
// What cannot be had stays where it is, and is told. A redirect is followed only from http to
// https of the same address. Threads: one; it waits for one file after another. Limits: kMediaMs a
// file, what an upload may have; kMediaBytesMax in all, where they go into memory. A server that
// kMediaFailuresMax times in a row gives no answer is asked no more.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "api/program/import_place.h"
#include "cms/site_import/uploads.h"
#include "storage/outbound/address_filter.h"

namespace stet::program {

inline constexpr std::int64_t kMediaMs = 120'000;
inline constexpr int kMediaFailuresMax = 5;
inline constexpr std::uint64_t kMediaBytesMax = std::uint64_t{1} << 30;

struct FetchedMedia {
  std::map<std::string, std::string, std::less<>> paths;  // by address
  std::vector<storage::FileEdit> edits;                   // those that are not there yet
  std::vector<schedule_import::Finding> findings;
};

// Into `folder` of the place, in folders by year and month where the addresses have such.
Result<FetchedMedia> fetch_media(const std::vector<site_import::Upload>& uploads,
                                 const ImportPlace& place,
                                 const std::string& folder,
                                 const storage::AddressFilter& filter);

}  // namespace stet::program
