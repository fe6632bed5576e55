// The two ways to merge: values by field, and text by lines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"
#include "cms/document/merge.h"

namespace stet::document {

// The three sides of one field; null where a side does not have it.
struct Sides {
  const Data* base;
  const Data* ours;
  const Data* theirs;
};

// What the field becomes; none: it goes. Conflicts keep ours.
std::optional<Data> merge_values(const Sides& sides,
                                 const std::string& pointer,
                                 std::vector<Conflict>& conflicts);

// What becomes of changes of the two sides that have no line between them.
enum class Touching {
  kConflict,
  kJoined,  // they follow one another, of two insertions at one place ours first: for who looks at
            // what comes of it
};

// A run of lines of three texts, and who changed it since the base. Of kBase all three are the
// same.
struct MergeRegion {
  enum class From { kBase, kOurs, kTheirs, kBoth, kConflict };
  From from;
  std::string base, ours, theirs;
  std::size_t our_line;  // where it begins in ours, from 0
};
std::vector<MergeRegion> merge_regions(std::string_view base,
                                       std::string_view ours,
                                       std::string_view theirs,
                                       Touching touching = Touching::kConflict);

// Whether the file is merged as data throughout: YAML, or three texts of JSON.
bool merges_as_data(std::string_view base,
                    std::string_view ours,
                    std::string_view theirs,
                    std::string_view path);

// diff3: what only one side changed is taken from it; so is what both changed alike. Changes of the
// same lines are a conflict, which keeps ours; so are those that touch one another, unless joined.
std::string merge_lines(std::string_view base,
                        std::string_view ours,
                        std::string_view theirs,
                        const std::string& pointer,
                        std::vector<Conflict>& conflicts,
                        Touching touching = Touching::kConflict);

}  // namespace stet::document
