// How large an SVG says that it is, by the attributes of its first element.
#pragma once

#include <optional>
#include <string_view>

#include "cms/image/size.h"

namespace stet::image {

// `text`: its beginning. By width and height in pixels, else by viewBox; none: it says neither.
// Threads: pure function. Input may be any bytes.
std::optional<Size> svg_size(std::string_view text);

}  // namespace stet::image
