// The language of code, as a class names it: {:.language-ruby}.
#pragma once

#include <string>
#include <string_view>

namespace stet::markdown {

// "ruby" of "a language-ruby b"; "" if no class says. Of several, the first counts.
std::string language_in_class(std::string_view classes);
std::string classes_but_language(std::string_view classes);
// With the language as the first class: in place of the one that is the first, or in front.
std::string with_language(std::string_view classes, std::string_view language);

}  // namespace stet::markdown
