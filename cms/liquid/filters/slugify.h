// Text as it may stand in a URL, as Jekyll's slugify makes it.
//
// Modes: "default" keeps letters, marks and digits of every script; "pretty" also ._~!$&'()+,;=@;
// "raw" changes whitespace alone; "ascii" keeps ASCII letters and digits; "latin" takes accents off
// Latin letters first. Every run of other characters is one hyphen, none at the ends. Any other
// mode only makes small letters. Threads: pure function.
#pragma once

#include <string>
#include <string_view>

namespace stet::liquid {

// `keeps_case` leaves capital letters (slugs of file names with `slugified_categories` and the
// like).
std::string slugify(std::string_view text,
                    std::string_view mode = "default",
                    bool keeps_case = false);

}  // namespace stet::liquid
