// Content types by the extension of a file's name.
#pragma once

#include <string_view>

namespace stet::publish {

// The whole header value, "text/html; charset=utf-8" for ".html" (also ".HTML");
// "application/octet-stream" for what the table does not know. Never dangles.
std::string_view type_of_extension(std::string_view extension);

// True where gzip or brotli are worth it: text, markup, scripts, vector pictures.
bool is_compressible(std::string_view content_type);

// True for pages and feeds: they show other files, and so are written after them.
bool is_shown_last(std::string_view content_type);

}  // namespace stet::publish
