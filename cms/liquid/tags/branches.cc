#include "cms/liquid/tags/branches.h"

#include <vector>

namespace stet::liquid {

std::optional<Branches> parse_branches(Parser& parser, const TagMarkup& tag) {
  std::vector<ConditionalBlock> blocks;
  Branches branches;
  TagMarkup opener = tag;
  while (true) {
    ConditionalBlock block;
    block.is_else = opener.name == "else";
    if (!block.is_else) {
      const auto condition = parser.condition(opener.markup, opener.offset);
      if (!condition) return std::nullopt;
      block.condition = *condition;
    }
    const std::optional<TagMarkup> end = parser.body(block.body);
    if (!end) return std::nullopt;
    branches.is_blank = branches.is_blank && block.body.is_blank;
    blocks.push_back(block);
    if (end->name != "elsif" && end->name != "else") {
      if (!parser.closes(*end, tag)) return std::nullopt;
      branches.blocks = parser.arena().keep(std::move(blocks));
      return branches;
    }
    opener = *end;
  }
}

}  // namespace stet::liquid
