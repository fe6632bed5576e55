// The fields that entries seem to have, where the site says nothing of them: out of a tally.
//
// A guess for forms, and nothing that entries are held to: a select is of the values that there
// are, and others may come. Needed is what all entries have, of two at least. In the order in which
// front matter has them, on the average. The same tally gives the same fields. Threads: pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/schema/field.h"
#include "cms/schema/tally.h"

namespace stet::schema {

std::vector<Field> infer_fields(const Tally& tally);

// Most used first, and then by name.
struct Used {
  std::string value;
  std::size_t count = 0;
};
std::vector<Used> most_used(const ValueCounts& values, std::size_t most);

// "Last modified at" of "last_modified_at".
std::string title_of(std::string_view name);

}  // namespace stet::schema
