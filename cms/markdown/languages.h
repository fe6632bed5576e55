// The language of code, as a class names it: {:.language-ruby}.
#pragma once

#include <string>
#include <string_view>

namespace stet::markdown {

// "ruby" of "a language-ruby b"; "" if no class says.
std::string language_in_class(std::string_view classes);
std::string classes_but_language(std::string_view classes);

}  // namespace stet::markdown
