// Text as the troff of man(7) takes it.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stet::program {

// Plain text of one or several lines: nothing in it is a request or an escape.
std::string roff(std::string_view text);

// The same, in which `words` are bold, and lines that begin with blanks stay as they are.
std::string roff_paragraphs(std::string_view text);

}  // namespace stet::program
