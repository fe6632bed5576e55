// The text of a post of WordPress as a page may have it: HTML.
//
// The marks of its block editor go, and what they mark stays; a text of its classic editor gets the
// paragraphs that WordPress makes when it shows it (paragraphs.h). What only WordPress could fill
// in is told with its line and stays as text: shortcodes, blocks without content. What would run in
// a visitor's browser is a doubt. Threads: pure, but for `told`. Cost: linear.
#pragma once

#include <string>

#include "cms/site_import/told.h"
#include "cms/site_import/wxr.h"

namespace stet::site_import {

inline constexpr char kMoreMark[] = "<!--more-->";

struct PostBody {
  std::string html;
  bool has_more = false;    // kMoreMark is in it: the excerpt ends there
  bool has_liquid = false;  // what Liquid would take for its own
};

PostBody post_body(const WxrItem& item, Told& told);

// The excerpt that a person has written, as it is; "" for none. Of scripts likewise.
std::string post_excerpt(const WxrItem& item, Told& told);

}  // namespace stet::site_import
