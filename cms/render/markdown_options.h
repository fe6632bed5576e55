// What the configuration says of Markdown; asking it is a read like any other.
#pragma once

#include "cms/markdown/render.h"
#include "cms/site/view.h"

namespace stet::render {

markdown::Options read_markdown_options(site::View& view);

}  // namespace stet::render
