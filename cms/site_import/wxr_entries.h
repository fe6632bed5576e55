// Posts, drafts and pages of an export as front matter and body, each with a name in the site.
//
// Threads: one. Cost: linear in the export.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cms/document/data.h"
#include "cms/site_import/known_entries.h"
#include "cms/site_import/told.h"
#include "cms/site_import/uploads.h"
#include "cms/site_import/wxr.h"
#include "cms/site_import/wxr_plan.h"
#include "storage/base/zone.h"

namespace stet::site_import {

// What of the site matters to names and dates.
struct EntriesThere {
  std::set<std::string> names;   // of all files, without extensions
  KnownEntries known;            // of earlier imports
  std::optional<TimeZone> zone;  // that the configuration names
  bool shows_future = false;     // likewise: posts of days to come are shown
  NewAddresses moved;            // uploads, as uploads.h has them
};

struct NewEntry {
  const WxrItem* item = nullptr;
  std::size_t place = 0;  // in `planned`
  std::string path;
  document::Data::Map fields;
  std::string body;
  bool is_page = false;
  bool is_public = false;  // it had an address that readers know
};

struct NewEntries {
  std::vector<PlannedEntry> planned;
  std::vector<NewEntry> entries;
};

NewEntries entries_of(const WxrExport& site, EntriesThere there, Told& told);

// "/2020/05/a b/" of "https://example.org/blog/2020/05/a%20b/", where the site is
// "https://example.org/blog"; "" for what is no path of the site, such as "?p=12".
std::string old_path(std::string_view link, std::string_view site);

}  // namespace stet::site_import
