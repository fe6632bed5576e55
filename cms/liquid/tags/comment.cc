#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {

// The body is read as Liquid, so that comments nest; tags that nobody knows are let through.
std::optional<ParsedTag> parse_comment(Parser& parser, const TagMarkup& tag) {
  while (true) {
    Block ignored;
    const std::optional<TagMarkup> end = parser.body(ignored);
    if (!end) return std::nullopt;
    if (end->name == "endcomment" || end->name.empty()) {
      if (!parser.closes(*end, tag)) return std::nullopt;
      return ParsedTag{.is_blank = true, .is_block = true};
    }
  }
}

}  // namespace stet::liquid
