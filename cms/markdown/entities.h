// HTML 4's names of characters: the ones that kramdown knows. HTML 5's many others are text to it.
#pragma once

#include <optional>
#include <string_view>

namespace stet::markdown {

// `name` without ampersand and semicolon; case counts.
std::optional<char32_t> character_named(std::string_view name);
// "" where the character has no name.
std::string_view name_of_character(char32_t character);

}  // namespace stet::markdown
