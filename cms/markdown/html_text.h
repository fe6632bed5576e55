// Text as it stands in HTML.
#pragma once

#include <string>
#include <string_view>

#include "cms/markdown/tree.h"

namespace stet::markdown {

// `&`, `<` and `>` as entities.
void append_escaped(std::string& html, std::string_view text);
// The same, but what is an entity already (`&name;`, `&#1;`, `&#x1;`) stays one.
void append_text(std::string& html, std::string_view text);
// In attributes, the double quote too; entities stay.
void append_attribute(std::string& html, std::string_view name, std::string_view value);
void append_attributes(std::string& html, const Attributes& attributes);

}  // namespace stet::markdown
