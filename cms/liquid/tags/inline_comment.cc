#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {

// Liquid 5: {% # a remark %}.
std::optional<ParsedTag> parse_inline_comment(Parser& parser, const TagMarkup& tag) {
  bool starts_line = false;
  for (char c : tag.markup) {
    if (c == '\n') {
      starts_line = true;
    } else if (starts_line && c != ' ' && c != '\t' && c != '\r') {
      if (c != '#') {
        return parser.fail(tag,
                           "Syntax error in tag '#' - Each line of comments must be prefixed "
                           "by the '#' character");
      }
      starts_line = false;
    }
  }
  return ParsedTag{.is_blank = true};
}

}  // namespace stet::liquid
