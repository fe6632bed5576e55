// C++ without what only people and the preprocessor read.
#pragma once

#include <string>
#include <string_view>

namespace stet::tidy {

// Comments, the content of string and character literals, and lines of the preprocessor replaced by
// blanks, line feeds kept: what is left in braces is code, on its own line.
std::string bare_code(std::string_view text);

}  // namespace stet::tidy
