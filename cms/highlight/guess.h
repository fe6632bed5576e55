// What language code is in that nobody named, as Rouge 3.30 guesses by its first lines.
//
// Only what is sure is told: a line `#!`, a DOCTYPE, the head of XML, a diff. Threads: a pure
// function. Time: linear in the code.
#pragma once

#include <string_view>

namespace stet::highlight {

// A name that is_known_language() knows; "": the code doesn't tell.
std::string_view guess_language(std::string_view code);

}  // namespace stet::highlight
