// JSON that is all right, read by runs and not by characters: most of a request is one long text.
//
// Says nothing of what is not all right, nor of numbers that are no plain ones: parse_json (json.h)
// then asks the library, which names the place. So all that is read here the library would read as
// the same. Threads: pure functions. Limits: json.h's. Input may be any bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "cms/document/data.h"

namespace stet::api {

// None: not for here.
std::optional<document::Data> read_json(std::string_view text);

// How many bytes at the start stand in a string of JSON as they are: up to a quote, a backslash or
// a control character. Says nothing of UTF-8.
std::size_t plain_prefix(std::string_view text);

}  // namespace stet::api
