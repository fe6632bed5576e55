// From YAML as written to what it means to SafeYAML: scalars resolved, aliases followed, `<<`
// merged.
#pragma once

#include <optional>
#include <string>

#include "cms/document/data.h"
#include "cms/document/syntax.h"

namespace stet::document {

// None after an error, which is then among the problems. Warnings for keys given twice and the
// like.
std::optional<Data> compose(const Source& source, const Syntax& syntax, Problems& problems);

// The key that a value makes in a map, as Ruby would print it; none for nil, lists and maps.
std::optional<std::string> key_of(const Data& data);

// What a scalar node means.
Data scalar_of(const Node& node);

}  // namespace stet::document
