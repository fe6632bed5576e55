// From an export of WordPress to the files that it becomes in a site.
//
// A post becomes `_posts/YYYY-MM-DD-slug.html`, a draft `_drafts/slug.html`, a page `slug.html`
// below the folders of its parents, with the address that it has; authors go to
// `_data/authors.yml`. Each entry has `wordpress_site` and `wordpress_id`: by these a second import
// knows it, and leaves it as it is, whatever it has become since and wherever it lies; other sites
// have numbers of their own. Addresses that are others than WordPress's are led on from the old
// ones (`redirect_from`): for that the site is made with the new files. Threads: pure functions.
// Cost: the export, and the site that there will be.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cms/schedule_import/plan.h"
#include "cms/site/builder.h"
#include "cms/site_import/uploads.h"
#include "cms/site_import/wxr.h"

namespace stet::site_import {

struct PlannedEntry {
  Place place;
  std::string kind, title, path;  // "post", "draft", "page"
  bool is_there = false;          // from an earlier import; `path` is where it lies now
};

struct WxrPlan {
  std::vector<schedule_import::PlannedFile> files;  // by path; those that change
  std::vector<PlannedEntry> entries;
  std::vector<Finding> findings;  // with those of the export
};

struct WxrTarget {
  storage::SnapshotPtr there;
  site::BuilderOptions options;  // by which its site is made
  // By the address of an upload, the path that its file has in the site.
  std::map<std::string, std::string, std::less<>> media = {};
};

Result<WxrPlan> plan_wxr(const WxrExport& site, const WxrTarget& target);

// The entries with their lines and paths, and a sum, for people.
std::string entries_text(const WxrPlan& plan);

}  // namespace stet::site_import
