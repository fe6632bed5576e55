// Which passwords are taken, by what NIST SP 800-63B asks for: length, and not what everybody tries
// first. No rules about kinds of characters, and no end of validity. Threads: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "storage/base/result.h"

namespace stet::auth {

inline constexpr std::size_t kPasswordLettersMin = 10;  // code points
inline constexpr std::size_t kPasswordBytesMax = 1024;

// kInvalidInput says what is wrong, never the password.
Status check_password(std::string_view password, std::string_view name, std::string_view mail);

}  // namespace stet::auth
