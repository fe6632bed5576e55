// Which lexer reads a language.
#pragma once

#include <memory>
#include <string_view>

#include "cms/highlight/lexer.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {

// nullptr where the language has no lexer here, and its code is plain text. `nesting` counts the
// documents that the code stands in.
std::unique_ptr<Lexer> make_lexer(std::string_view language, int nesting = 0);

}  // namespace stet::highlight
