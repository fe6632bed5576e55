// Texts of strangers as they may stand on a page: Markdown without anything that a browser would
// run, and names on one line.
//
// HTML becomes what Markdown has for it, and all other tags go; so do scripts and sheets with what
// they hold. Links go to places, not to programs; kramdown's attribute lists (`{: onclick=...}`)
// are text. A text without any of that stays as it is. Threads: pure. Cost: linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

// Blanks around and runs of blanks are gone; line ends are blanks. Bytes that are no UTF-8 show
// U+FFFD.
std::string one_line(std::string_view text, std::size_t bytes_max, bool& is_cut);
inline std::string one_line(std::string_view text) {
  bool ignored = false;
  return one_line(text, kNameBytesMax, ignored);
}

// Whole characters, without controls but line ends and tabs.
std::string readable_text(std::string_view text, std::size_t bytes_max, bool& is_cut);

struct CleanText {
  std::string markdown;
  bool is_cut = false, is_converted = false, is_disarmed = false;
};
CleanText clean_markdown(std::string_view text, std::size_t bytes_max);

// http, https, mailto and the like, or an address without a scheme.
bool is_harmless_url(std::string_view url);

// What people see of HTML, or of Markdown: without markup, on one line.
std::string plain_of_html(std::string_view html);
std::string plain_of_markdown(std::string_view markdown);

// HTML as Markdown; `text_is_markdown`: between tags stands Markdown, not text.
std::string markdown_of_html(std::string_view html, bool text_is_markdown);

// The links of HTML, in order.
std::vector<Link> links_of_html(std::string_view html);

}  // namespace stet::schedule_import
