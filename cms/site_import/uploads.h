// Media of a site of WordPress: files below wp-content/uploads, which an export only names.
//
// Threads: pure functions. Limits: kUploadsMax. Cost: linear in the bodies.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site_import/wxr.h"

namespace stet::site_import {

inline constexpr std::size_t kUploadsMax = 20'000;

struct Upload {
  Place place;            // that first names it
  std::string address;    // in full: "https://example.org/wp-content/uploads/2020/05/x.jpg"
  std::string file_name;  // "x.jpg"
  std::string folder;     // "2020/05"; "" where the address has none
};

// Attachments, and what texts show of the same site's uploads; each once. What is beyond the limit
// is in no list, and `untold` says how many. Spellings of an address are one (site_name.h).
struct Uploads {
  std::vector<Upload> list;
  std::size_t untold = 0;
};
Uploads uploads_of(const WxrExport& site);

// By address_key() of Upload's address, where its file has gone: "/assets/media/2020/05/x.jpg".
using NewAddresses = std::map<std::string, std::string, std::less<>>;

// With each address of an upload that has moved in its place; smaller versions ("x-300x200.jpg")
// become the picture itself.
std::string with_new_addresses(std::string_view html,
                               const WxrExport& site,
                               const NewAddresses& moved);

}  // namespace stet::site_import
