// A merge as a file that somebody mends by hand: what merges by field is merged (merge.h), and
// around what conflicts stand git's markers, with the base between the sides (diff3):
//
//     <<<<<<< ours
//     title: The programme
//     ||||||| base
//     title: Programme
//     =======
//     title: A programme
//     >>>>>>> theirs
//
// Only lines in conflict are between markers, of front matter too. Where fields cannot be told
// apart, lines are merged as git merges them; where even that shows no conflict though there is
// one, everything that differs is marked: nothing is ever decided without a word. Threads: pure.
// Limits: merge.h's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/document/merge.h"

namespace stet::document {

inline constexpr int kMarkerSize = 7;  // git's; more for a file that has such lines itself

struct MarkedMerge {
  std::string bytes;
  std::vector<Conflict> conflicts;  // none: there are no markers
};

MarkedMerge merge_marked(std::string_view base,
                         std::string_view ours,
                         std::string_view theirs,
                         std::string_view path,
                         int marker_size = kMarkerSize);

}  // namespace stet::document
