// {% responsive_image path alt: .. sizes: .. class: .. loading: .. %}: a picture in as many sizes
// as it has, for the browser to choose.
//
// What it prints follows from the picture's content, `stet: {media: {widths: [...]}}`, and what
// `_data/media.yml` says of the file (alt); all of them are reads. Where nobody makes smaller
// versions, or the picture has none, it is the picture itself with its width and height. A path of
// another site, or of a file that is not there, is printed as it is.
#pragma once

#include <string>
#include <string_view>

#include "cms/site/pictures.h"
#include "cms/site/view.h"

namespace stet::plugins {

// `markup`: the tag's arguments, as the engine hands them on (cms/liquid/tags/responsive_image.cc).
// `pictures` null: nothing is known of any. kInvalidInput: there is no path, or an argument is not
// known.
Result<std::string> responsive_image(std::string_view markup,
                                     site::Pictures* pictures,
                                     site::View& view);

}  // namespace stet::plugins
