// The paragraphs that WordPress makes of a text when it shows it: its classic editor keeps none.
//
// Blank lines part paragraphs, other line ends are breaks, in the text of a block element too; a
// block element (a list, a table, a heading) is no paragraph, and is parted from the text around
// it; line ends beside its tags, or within a tag, are none. In `pre`, `script`, `style`,
// `textarea`, `svg` and `math` nothing changes; a quotation has paragraphs within. Threads: pure.
// Cost: linear. Input may be any text.
#pragma once

#include <string>
#include <string_view>

namespace stet::site_import {

std::string with_paragraphs(std::string_view text);

}  // namespace stet::site_import
