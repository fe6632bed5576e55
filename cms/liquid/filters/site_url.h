// Addresses within a site, as Jekyll's relative_url and absolute_url make them.
//
// Text that is a whole URL stays as it is. Threads: pure functions. kInvalidInput: no URL at all.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::liquid {

// `baseurl` and `text` joined by one slash, made uniform (uri.h).
Result<std::string> relative_url(std::string_view text, std::string_view baseurl);
// The same behind `url`, "https://example.org"; "": none.
Result<std::string> absolute_url(std::string_view text,
                                 std::string_view url,
                                 std::string_view baseurl);

}  // namespace stet::liquid
