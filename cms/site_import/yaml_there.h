// A file of YAML as it is in the site before an import: its bytes, and what they mean.
//
// Threads: values, pure functions of a snapshot.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"
#include "cms/schedule_import/plan.h"
#include "storage/base/result.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site_import {

using schedule_import::PlannedFile;

inline constexpr char kConfigPath[] = "_config.yml";

struct YamlThere {
  std::string path;
  std::optional<std::string> bytes;             // none: there is no such file
  document::Data data = document::Data::Map();  // always a map
};

// kInvalidInput, with the mend: it is a link, or cannot be read, and so not be edited.
Result<YamlThere> read_yaml_there(const storage::Snapshot& snapshot, const std::string& path);

// The file with a merge patch (RFC 7396), all other bytes as they are; nothing where that changes
// nothing.
Status plan_patch(const YamlThere& there,
                  const document::Data::Map& patch,
                  std::vector<PlannedFile>& files);

// The text under a key of a map; "" where there is none.
std::string text_in(const document::Data& data, std::string_view key);

}  // namespace stet::site_import
