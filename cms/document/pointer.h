// Steps of JSON pointers (RFC 6901).
#pragma once

#include <string>
#include <string_view>

namespace stet::document {

// "a/b" as a token: "a~1b" (RFC 6901 3).
std::string pointer_token(std::string_view key);

}  // namespace stet::document
