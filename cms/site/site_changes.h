// From what an advance touched to the reads that may see another value now.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cms/site/changes.h"
#include "cms/site/site.h"
#include "storage/diff/diff.h"

namespace stet::site {

// What may differ; everything else is known to be the same.
struct Touched {
  struct Pair {
    DocumentPtr before, after;  // null: not visible then
  };
  std::map<std::string, Pair> documents;  // by subject
  std::map<std::string, std::vector<ListKey>> lists;
  std::set<std::string> outputs;
  std::vector<std::string> files;
  bool has_data = false;

  // Everything that either site has, for changes that concern every file; and the files of the
  // diff and of the themes that are others.
  static Touched all(const Site& before, const Site& after, const storage::Diff& diff);
};

// O(touched log n). Values that are equal in both sites are no changes.
Changes changes_of(const Site& before, const Site& after, const Touched& touched);

}  // namespace stet::site
