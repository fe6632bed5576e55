// Code into HTML with a span around each token, as Jekyll's highlighter, Rouge 3.30, writes it.
//
// The classes of the spans are those of Pygments ("k" is a keyword), for which sites have their
// style sheets. A language without a lexer is written as text: escaped, and without spans.
//
// Threads: any; no state outlives a call. Time and space: linear in the code, whatever it is; any
// bytes are code. Nothing fails: what a language cannot read is marked as an error ("err").
#pragma once

#include <string>
#include <string_view>

namespace stet::highlight {

// Whether Rouge 3.30 knows the name: what it does not know is no highlighted code.
bool is_known_language(std::string_view name);

// The HTML inside of <code>; `language` is a name or an alias, as behind the fence of a block.
std::string to_html(std::string_view language, std::string_view code);

}  // namespace stet::highlight
