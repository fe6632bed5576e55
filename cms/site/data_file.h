// A file of _data: what it means, and where it hangs in `site.data`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "storage/base/problem.h"

namespace stet::site {

// YAML and JSON as YAML reads them; CSV and TSV (RFC 4180) as a list of maps by the header's names.
liquid::Value parse_data_file(std::string_view path, std::string_view bytes, Problems& problems);

// "team", "members" of "_data/team/members.yml": folders, then the stem; characters other than
// letters, digits, blanks and dashes are dropped, blanks become underscores.
std::vector<std::string> data_keys_of(std::string_view path, std::string_view data_folder);

// The tree of all files, given as (keys, value) in order of path; a later file wins over an
// earlier.
liquid::Ref<liquid::Hash> data_tree(
    const std::vector<std::pair<std::vector<std::string>, liquid::Value>>& files);

}  // namespace stet::site
