// What the server says of itself: one JSON object a line, on stderr.
#pragma once

#include <string_view>

namespace stet::program {

void log_note(std::string_view message);
void log_error(std::string_view message);
// What is whole lines already; none of the others gets in between.
void log_lines(std::string_view lines);

}  // namespace stet::program
