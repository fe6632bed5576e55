// HTML brought into one form, so that only what a browser would see differently differs.
//
// Names in lower case, attributes sorted and in double quotes, character references decoded, runs
// of blanks one blank, none beside block elements; the text of <pre> and <textarea> stays. As the
// project's tool for comparing rendered sites does it.
#pragma once

#include <string>
#include <string_view>

namespace stet::conformance {

// One token a line.
std::string normal_html(std::string_view html);

}  // namespace stet::conformance
