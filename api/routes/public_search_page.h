// What /search on the public origin shows, as HTML and as JSON. Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/routes/search.h"

namespace stet::api {

struct ShownSearch {
  std::string text;     // that was searched for
  std::string trouble;  // why it could not be; "": it was
  std::string baseurl;
  std::size_t page = 1;
  bool has_next = false;
  std::size_t total = 0;
  bool is_more = false;
  std::vector<FoundEntry> entries;
};

std::string search_json(const ShownSearch& shown);
// In the site's own page, which has the mark; or in a plain one.
std::string search_html(const ShownSearch& shown,
                        const std::optional<std::string>& page,
                        std::string_view mark);

}  // namespace stet::api
