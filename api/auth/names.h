// What people and tokens may be called. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::auth {

// The author of a commit, where git knows no escapes: 1 to 100 bytes of UTF-8 with a letter or a
// digit, without control characters, "<" or ">", without a blank at either end, and without what
// nobody sees: characters of no width, and those that turn the direction. (Joiners are letters of
// some scripts: between two such they may stand.)
bool is_commit_name(std::string_view name);

// By which somebody signs in and drafts name them: 1 to 39 of a-z, 0-9, '.', '_', '-'; begins with
// a letter or a digit.
Status check_user_name(std::string_view name);

// Enough of RFC 5321 to tell a slip: one '@' with something on both sides, nothing that git or a
// header would mind, nothing that nobody sees, 254 bytes at most.
Status check_mail(std::string_view mail);

Status check_commit_name(std::string_view name);

// "a" for "A"; other letters as they are.
std::string lower_case(std::string_view text);

}  // namespace stet::auth
