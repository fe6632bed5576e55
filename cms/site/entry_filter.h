// Which files of the repository belong to the site (lib/jekyll/entry_filter.rb).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/site/config.h"

namespace stet::site {

// Shell patterns as Ruby's File.fnmatch? without flags reads them: `*` and `?` match slashes too.
bool matches_glob(std::string_view pattern, std::string_view text);

// As Ruby's Dir.glob reads them: component by component, where `**` is any number of folders.
bool matches_folders(std::string_view pattern, std::string_view path);

// Layouts, includes and data are not asked of it: Jekyll asks it of layouts too, and so loses
// _layouts/default.html to `exclude: [de]`.
//
// Pure; one thread at a time or many. A pattern names a path as a glob, or by being how the path
// begins: `foo` names foobar.txt too.
class EntryFilter {
 public:
  explicit EntryFilter(const Config& config);

  // False for names that begin with one of `. _ # ~` or end with `~` or `.`, and for what `exclude`
  // names; `include` wins over all but the dot. Asked of every component of the path, which
  // `include` names without the folders above; a file that it names with them is taken anyway.
  bool takes(std::string_view path) const;
  bool takes_folder(std::string_view path) const;  // "": the root, always

  // Of files below a special folder ("_posts", "blog/_posts", "_recipes"): `inner` is the path
  // below it. The folders on the way are not asked, but for how the first one begins.
  bool takes_in(std::string_view folder, std::string_view inner) const;

 private:
  bool takes_parts(std::string_view path, bool is_folder) const;
  bool is_included(std::string_view name, bool is_folder) const;
  bool is_excluded(std::string_view path, bool is_folder) const;

  std::vector<std::string> include_, exclude_;
};

}  // namespace stet::site
