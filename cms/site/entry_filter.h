// Which files of the repository belong to the site (lib/jekyll/entry_filter.rb).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/site/config.h"

namespace stet::site {

// Shell patterns as Ruby's File.fnmatch? without flags reads them: `*` and `?` match slashes too.
bool matches_glob(std::string_view pattern, std::string_view text);

// Pure; one thread at a time or many.
class EntryFilter {
 public:
  explicit EntryFilter(const Config& config);

  // False for names that begin with one of `. _ # ~` or end with `~`, and for what `exclude` names;
  // `include` wins over both. Asked of every component of the path.
  bool takes(std::string_view path) const;

  // False only for what is excluded by configuration: for files of special folders (_posts, _data).
  bool is_excluded(std::string_view path) const;

 private:
  bool is_included(std::string_view path) const;

  std::vector<std::string> include_, exclude_;
};

}  // namespace stet::site
