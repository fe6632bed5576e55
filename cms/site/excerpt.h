// The part of a document that stands for it in lists: what comes before the first separator.
#pragma once

#include <string>
#include <string_view>

namespace stet::site {

// The Markdown source of the excerpt (lib/jekyll/excerpt.rb): Liquid blocks that it leaves open are
// closed, and link definitions further down that it uses are appended. `separator` is not empty.
std::string excerpt_of(std::string_view body, std::string_view separator);

}  // namespace stet::site
