// What may stay in an SVG that somebody uploads.
//
// Names are told by their last part, whatever prefix and namespace they have: what HTML would take
// for a script is called so in any. Threads: pure functions.
#pragma once

#include <string_view>

namespace stet::image {

std::string_view local_name(std::string_view name);  // "href" of "xlink:href"
bool is_utf8_name(std::string_view encoding);

bool is_good_element(std::string_view name);
bool is_good_attribute(std::string_view element, std::string_view name, std::string_view value);
// Of animations: what they may change.
bool is_good_animated(std::string_view attribute_name);
// Of a sheet, or of an attribute that may hold a part of one: it fetches nothing.
bool is_good_css(std::string_view css);

}  // namespace stet::image
