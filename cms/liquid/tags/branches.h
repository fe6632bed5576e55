// The branches of `if` and `unless`: conditions, each with its block.
#pragma once

#include <optional>
#include <span>

#include "cms/liquid/parser.h"
#include "cms/liquid/syntax.h"

namespace stet::liquid {

struct ConditionalBlock {
  Condition condition;
  Block body;
  bool is_else = false;
};

struct Branches {
  std::span<const ConditionalBlock> blocks;
  bool is_blank = true;
};

// Reads up to the end tag of `tag`, whose markup is the first condition.
std::optional<Branches> parse_branches(Parser& parser, const TagMarkup& tag);

}  // namespace stet::liquid
