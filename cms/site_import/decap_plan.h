// From a configuration of Decap (formerly Netlify CMS) or Sveltia to what stet says of a site's
// fields: `stet.collections` of `_config.yml`, edited in place.
//
// A collection of files below `_posts`, `_drafts` or a folder of Jekyll's collections says the
// fields of those entries, and a file below `_data` those of that data. Fields that the site says
// something of already stay as they are, so the same import twice changes nothing. Threads: pure
// function. Limits: kDecapBytesMax, those of cms/schema. Input may be any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule_import/plan.h"
#include "cms/site_import/told.h"
#include "storage/base/result.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site_import {

inline constexpr std::size_t kDecapBytesMax = std::size_t{1} << 20;

struct PlannedSchema {
  std::string key;                  // "posts", "data/team"
  std::vector<std::string> fields;  // that are new
  std::vector<std::string> there;   // that the site has, and that stay as they are
};

struct DecapPlan {
  std::vector<schedule_import::PlannedFile> files;  // _config.yml, or none
  std::vector<PlannedSchema> schemas;
  std::vector<Finding> findings;
};

// kInvalidInput: it is no configuration of these, or the site's own cannot be edited.
Result<DecapPlan> plan_decap(std::string_view bytes,
                             std::string_view path,
                             const storage::Snapshot& there);

std::string schemas_text(const DecapPlan& plan);

// Where such a file lies in a site: the first of the usual places that is there; "" for none.
Result<std::string> find_decap(const storage::Snapshot& there);

}  // namespace stet::site_import
