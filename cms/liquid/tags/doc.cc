#include "cms/liquid/parser.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {

// Liquid 5: documentation of a template, whose text is not read as Liquid.
std::optional<ParsedTag> parse_doc(Parser& parser, const TagMarkup& tag) {
  if (!is_blank_text(tag.markup)) {
    return parser.fail(tag, "Syntax Error in 'doc' - Valid syntax: {% doc %}{% enddoc %}");
  }
  while (const auto token = parser.next_token()) {
    if (parser.takes_end(*token, "enddoc")) return ParsedTag{.is_blank = true, .is_block = true};
  }
  parser.closes({}, tag);
  return std::nullopt;
}

}  // namespace stet::liquid
