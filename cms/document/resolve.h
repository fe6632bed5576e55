// Decides the conflicts of a merge: for each field one side, or a value that somebody chose.
//
// Threads: pure functions. Limits: yaml.h's. What no choice names stays a conflict.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cms/document/data.h"
#include "cms/document/merge.h"
#include "storage/base/result.h"

namespace stet::document {

struct Choice {
  enum class Take { kOurs, kTheirs, kValue };
  std::string pointer;  // of a Conflict
  Take take = Take::kOurs;
  // kValue. Nil: the field goes. Of the body and of whole files a string, which is all of it.
  Data value;
};

// merge(), with the conflicts decided that `choices` name. Of the body, a side is taken wherever
// its lines conflict. A choice of what is no conflict changes nothing. kInvalidInput: the value
// cannot stand there.
Result<Merged> merge_by_choice(std::string_view base,
                               std::string_view ours,
                               std::string_view theirs,
                               std::string_view path,
                               std::span<const Choice> choices);

}  // namespace stet::document
