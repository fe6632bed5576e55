// Pages that only lead elsewhere: what a server that can redirect is told of them.
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stet::targets {

// Where a small page of HTML leads at once (<meta http-equiv="refresh" content="0; url=...">), as
// redirecting pages of Jekyll's plugin and ours do. None: it is another page, or its URL is none
// that a header can have.
std::optional<std::string> redirect_of(std::string_view html);

}  // namespace stet::targets
