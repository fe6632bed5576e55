// jekyll-titles-from-headings 0.5: the title of a document that says none is its first heading.
//
// Settings, under `titles_from_headings:`: enabled, collections, strip_title. Threads: pure
// functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/site/config.h"
#include "cms/site/generator.h"

namespace stet::generate {

struct Heading {
  std::string_view text;  // as written
  std::size_t end = 0;    // where its line ends, or the line of dashes below it
};

// A heading of the levels 1 to 3 that Markdown text begins with.
std::optional<Heading> heading_at_start(std::string_view markdown);

// Where the plugin is on and has something to say of it.
Status infer_title(site::DocumentFacts& facts,
                   const site::Config& config,
                   const site::Generator::ReadBody& read_body);

}  // namespace stet::generate
