// Merges two descendants of a document by field.
//
// Front matter goes key by key, nested maps too; lists of scalars without repeats merge as sets, in
// the order of the side that changed it, other lists as one value; the body goes by lines. Where
// front matter merges as text too, it does. Else the answer starts from the bytes of `ours`, into
// which the edits of `theirs` are spliced (edit.h), so that all else stays as it was written. In
// either case comments of both sides stay, but those of a key that is gone (comments.h).
// What both changed in different ways is a conflict: there the bytes hold ours. So do bytes of
// files that cannot be merged by field: broken front matter, or bytes that are not UTF-8, where
// both sides changed, is one conflict of the whole file. Threads: pure functions. Limits: yaml.h's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"

namespace stet::document {

// None means that the field is not there on that side, or is a file that is not UTF-8. For the
// body: the lines, as one string.
struct Conflict {
  std::string pointer;  // "/front_matter/title", "/body", "" for the whole file
  int line = 0;         // of the body, in ours, from 1; 0 for other fields
  std::optional<Data> base, ours, theirs;
};

struct Merged {
  std::string bytes;
  std::vector<Conflict> conflicts;
};

// Files with the extension .yml or .yaml are merged as YAML throughout, and those of .json that are
// JSON stay JSON; their fields' pointers start at "/" + the key itself.
Merged merge(std::string_view base,
             std::string_view ours,
             std::string_view theirs,
             std::string_view path);

}  // namespace stet::document
