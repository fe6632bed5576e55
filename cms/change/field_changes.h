// Which fields differ between two versions of a file.
//
// Threads: pure functions. Input may be any bytes: what cannot be read as front matter has none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"
#include "storage/base/repo_path.h"

namespace stet::change {

struct FieldChange {
  // RFC 6901: "/front_matter/title", "/body"; of YAML files "/rooms"; "" for all of one.
  std::string pointer;
  // None: not there. Of the body both are none.
  std::optional<document::Data> before, after;
};

// Maps go key by key, all else is one value. In the order of the old file, then what is new.
std::vector<FieldChange> field_changes(const RepoPath& path,
                                       std::string_view before,
                                       std::string_view after);

}  // namespace stet::change
