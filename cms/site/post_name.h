// What the name of a file in _posts says: `2020-10-11-ptim2020intro.md`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/base/time.h"

namespace stet::site {

struct PostName {
  Date date;
  std::string slug;       // "ptim2020intro"
  std::string extension;  // ".md"
};

// Years of 2 to 4 digits, months and days of 1 or 2 (`2018-08-3-x.md` is a post); Jekyll's
// DATE_FILENAME_MATCHER. A day up to 31 that its month lacks is one of the next month. Nothing for
// other names, and for other days that no calendar has.
std::optional<PostName> parse_post_name(std::string_view file_name);

// The same, but the day may be one that no calendar has (is_valid() of its date): a post all the
// same where its front matter tells the date.
std::optional<PostName> parse_post_name_of_any_day(std::string_view file_name);

// The list (Site::list) of all posts of that day and slug: for `post_url`.
std::string list_of_post_name(const PostName& name);

// "Ptim2020 Intro" of "ptim2020-intro": the title of a post that names none.
std::string title_of_slug(std::string_view slug);

}  // namespace stet::site
