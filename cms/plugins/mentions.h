// jekyll-mentions 1.6: links in place of `@user`.
//
// Threads: pure functions. Time: linear in the text.
#pragma once

#include <string>
#include <string_view>

namespace stet::plugins {

bool has_mention(std::string_view text);

// `base`: what user's pages lie below, "https://github.com". `text` is HTML's, entities and all.
void append_with_mentions(std::string_view text, std::string_view base, std::string& out);

}  // namespace stet::plugins
