// What in a text of HTML a browser would run, or could be made to run, for whoever has to decide.
//
// Tags are read as browsers read them (the tokenizer of the HTML standard, 13.2.5), all of their
// attributes, in an unfinished tag too. It rather finds too much: what browsers read in more than
// one way, by what stands around it, is found as such. Threads: pure. Cost: linear. Input may be
// any text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stet::site_import {

struct ActivePart {
  std::size_t offset = 0;  // where its tag begins
  std::string what;        // "a script would run in the browsers of those who read the page"
};

// In order.
std::vector<ActivePart> active_parts(std::string_view html);

}  // namespace stet::site_import
