// Names that are the same wherever they are made: UUIDs of version 5 (RFC 9562 5.5).
#pragma once

#include <string>
#include <string_view>

namespace stet {

// "2ed6657d-e927-568b-95e1-2665a8aea6a2": SHA-1 of `name` in the namespace of URLs (RFC 9562 6.6).
std::string uuid_of_url(std::string_view name);

}  // namespace stet
