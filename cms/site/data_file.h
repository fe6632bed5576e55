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
// ASCII letters, digits, blanks, underscores and dashes are dropped, blanks become one underscore.
std::vector<std::string> data_keys_of(std::string_view path, std::string_view data_folder);

// By the path's extension; what lies in hidden folders is no data.
bool is_data_name(std::string_view path);

struct DataFile {
  std::string path;
  std::vector<std::string> keys;
  liquid::Value value;
};

// The tree of all files, given in order of path. Of one name a folder wins over files, and of files
// the later of .yaml, .yml, .json, .csv, .tsv.
liquid::Ref<liquid::Hash> data_tree(std::vector<DataFile> files);

}  // namespace stet::site
