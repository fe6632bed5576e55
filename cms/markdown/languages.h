// The languages of code blocks: which names the highlighter of Jekyll's kramdown, Rouge, knows.
//
// A block in a language that it doesn't know is written bare, without the wrapper that style sheets
// for highlighted code look for.
#pragma once

#include <string>
#include <string_view>

namespace stet::markdown {

bool is_known_language(std::string_view name);

// "ruby" of "a language-ruby b"; "" if no class says.
std::string language_in_class(std::string_view classes);
std::string classes_but_language(std::string_view classes);

}  // namespace stet::markdown
