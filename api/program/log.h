// What the server says of itself: one JSON object a line, on stderr.
#pragma once

#include <string_view>

#include "api/http/server.h"

namespace stet::program {

void log_note(std::string_view message);
void log_error(std::string_view message);
void log_request(std::string_view origin, const http::LogRecord& record);

}  // namespace stet::program
