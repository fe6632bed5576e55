// Smaller versions of pictures, as they are answered. Threads: any.
#pragma once

#include <optional>
#include <string_view>

#include "api/http/message.h"
#include "cms/media/variants.h"

namespace stet::api {

// None: the path is none of a variant's, or the site (null: there is none yet) has no such picture
// and nobody has made it. One that cannot be made leads to the picture itself.
std::optional<http::Response> variant_answer(const http::Request& request,
                                             std::string_view output_path,
                                             const site::SitePtr& site,
                                             media::VariantSource* variants);

}  // namespace stet::api
