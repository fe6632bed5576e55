// Source maps as libsass writes them: JSON of revision 3, one string of a list on each line.
#pragma once

#include <string>

namespace stet::sass {

// With each source listed once, and the mappings renumbered. libsass lists a file again each time
// that it is handed one; reading files by itself, as Jekyll lets it, it lists them once.
std::string with_sources_once(std::string map);

}  // namespace stet::sass
