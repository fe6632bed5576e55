// From a permalink's template to a URL, and from a URL to the file that holds it, as Jekyll does.
//
// Jekyll's own words: lib/jekyll/url.rb, drops/url_drop.rb, utils.rb (add_permalink_suffix).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/result.h"
#include "storage/base/time.h"

namespace stet::site {

// `date`, `pretty`, `ordinal`, `weekdate`, `none`, or any template, as one template for documents.
std::string permalink_template(std::string_view style);

// "/:path/:basename" grows the "/" or ":output_ext" that the site's style asks of pages.
std::string with_permalink_suffix(std::string page_template, std::string_view style);

// Nothing for a placeholder that the document does not have.
using Placeholder = std::function<std::optional<std::string>(std::string_view name)>;

// kInvalidInput names a placeholder that does not exist. The URL begins with "/", percent-encoded.
Result<std::string> expand_permalink(std::string_view permalink, const Placeholder& placeholder);

// As pages and static files have it: each `:name` is replaced wherever it stands, be it the
// beginning of a longer name; what no name is stays as it is.
std::string fill_permalink(std::string_view permalink,
                           const std::vector<std::pair<std::string_view, std::string>>& values);

// The placeholders that a date has: year, month, i_day, short_month, week ...
std::optional<std::string> date_placeholder(std::string_view name, const Time& date);

std::string escape_path(std::string_view path);  // RFC 3986 3.3, with "#" as %23
std::string unescape_path(std::string_view escaped);

// "ptim2020/index.html" of "/ptim2020/"; the extension is added where the URL lacks it.
std::string output_path_of(std::string_view url, std::string_view output_extension);

}  // namespace stet::site
