// The name that a title gives to a file.
#pragma once

#include <string>
#include <string_view>

namespace stet::change {

// Letters and digits with hyphens between, 80 bytes at most; of Latin letters without accents. ""
// where the text has none. Threads: pure.
std::string slug_of_text(std::string_view text);

}  // namespace stet::change
