// The Liquid text of a feed: Atom (RFC 4287), as readers of Jekyll sites know it.
//
// The page's fields `collection`, `category` and `tags` say which entries. Nothing is printed
// between tags, so that the bytes are those of the plugin.
#pragma once

#include <string>

namespace stet::generate {

std::string feed_template();

}  // namespace stet::generate
