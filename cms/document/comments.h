// Comments of YAML, and a merge's comments put back where an edit of values has lost them.
//
// A comment beside a value belongs to that value's field; one on lines of its own to the field that
// follows. Three sides decide about each as about a field's value: what one side has taken away is
// gone, what either has written is there. One whose field is gone goes with it. Threads: pure
// functions. Cost: linear, but for sorting.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cms/document/yaml_edit.h"

namespace stet::document {

struct MergedText {
  std::string_view base, ours, theirs;  // each can be read
  std::string_view merged;              // what the values came to
};

// `merged` with the comments that it lacks: each on the line where it stood, or above its field
// where that line has another one. `is_sound` is asked whether a text still means the same;
// `merged` itself is the answer where none does.
std::string with_comments(const MergedText& texts,
                          YamlPart part,
                          const std::function<bool(std::string_view)>& is_sound);

}  // namespace stet::document
