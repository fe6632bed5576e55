// jemoji 0.13: pictures in place of `:smile:`.
//
// The names are gemoji's, read from Debian's packages when stet is built. Threads: pure functions.
// Time: linear in the text.
#pragma once

#include <string>
#include <string_view>

namespace stet::plugins {

// "unicode/1f604" of "smile"; "": there is no such emoji.
std::string_view emoji_file(std::string_view name);

bool has_emoji(std::string_view text);

// `folder`: where the pictures lie, "https://github.githubassets.com/images/icons/".
void append_with_emoji(std::string_view text, std::string_view folder, std::string& out);

}  // namespace stet::plugins
