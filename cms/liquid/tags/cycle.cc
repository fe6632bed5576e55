#include <vector>

#include "cms/liquid/convert.h"
#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Cycle final : public Tag {
 public:
  Cycle(std::optional<Expression> name, std::string_view key, std::span<const Expression> values)
      : name_(std::move(name)), key_(key), values_(values) {}

  void render(Renderer& renderer) const override {
    std::string key(key_);
    if (name_) {
      const Value name = renderer.evaluate(*name_);
      key = std::string(class_name(name)) + " " + inspect(name, renderer.host());
    }
    if (renderer.failed() || values_.empty()) return;
    std::size_t& next = renderer.registers().cycles[key];
    const std::size_t turn = next;
    next = turn + 1 >= values_.size() ? 0 : turn + 1;
    // Another cycle of the same name and more values may have gone further than this one reaches.
    if (turn < values_.size()) renderer.append(renderer.evaluate(values_[turn]));
  }

 private:
  std::optional<Expression> name_;
  std::string_view key_;
  std::span<const Expression> values_;
};

std::vector<Expression> values_in(Parser& parser, std::string_view markup) {
  std::vector<Expression> values;
  while (true) {
    const std::size_t comma = std::min(markup.find(','), markup.size());
    const std::string_view part = markup.substr(0, comma);
    if (const Found value = find_fragment(part, 0)) {
      values.push_back(parser.expression(value.in(part)));
    }
    if (comma == markup.size()) return values;
    markup.remove_prefix(comma + 1);
  }
}

// \A(QuotedFragment)\s*\:\s*(.*): the end of the name; a fragment may itself hold colons, and the
// longest that is followed by one is meant.
std::size_t name_end(std::string_view markup, std::size_t& rest) {
  const auto follows = [&](std::size_t end) {
    const std::size_t colon = skip_spaces(markup, end);
    if (colon >= markup.size() || markup[colon] != ':') return false;
    rest = skip_spaces(markup, colon + 1);
    return true;
  };
  std::vector<std::size_t> ends;
  const std::size_t run_end = fragment_run(markup, 0);
  for (std::size_t at = 0; run_end != kNone && at < run_end; ends.push_back(at)) {
    const std::size_t quoted = quoted_string(markup, at);
    at = quoted == kNone ? at + 1 : quoted;
  }
  if (quoted_string(markup, 0) != kNone && follows(ends.front())) return ends.front();
  for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
    if (follows(*end)) return *end;
  }
  return kNone;
}

// Cycles of the same literals share their turn; one with variables is its own.
std::string key_of(const std::vector<Expression>& values,
                   std::string_view place,
                   std::uint32_t offset) {
  std::string key;
  for (const Expression& value : values) {
    if (value.kind != Expression::Kind::kLiteral) {
      return "at " + std::string(place) + " " + std::to_string(offset);
    }
    key += class_name(value.literal);
    if (value.literal.is_string()) {
      key += std::to_string(value.literal.as_string().size()) + ":";
      key += value.literal.as_string();
    } else if (value.literal.type() == Type::kInteger) {
      key += std::to_string(value.literal.as_integer());
    } else if (value.literal.type() == Type::kFloat) {
      key += float_text(value.literal.as_float());
    }
  }
  return key;
}

}  // namespace

std::optional<ParsedTag> parse_cycle(Parser& parser, const TagMarkup& tag) {
  Arena& arena = parser.arena();
  std::size_t rest = 0;
  const std::size_t end = name_end(tag.markup, rest);
  if (end != kNone) {
    std::vector<Expression> values = values_in(parser, tag.markup.substr(rest));
    const auto* node = arena.make<Cycle>(parser.expression(tag.markup.substr(0, end)),
                                         std::string_view(),
                                         arena.keep(std::move(values)));
    return ParsedTag{.tag = node};
  }
  if (quoted_fragment(tag.markup, 0) == kNone) {
    return parser.fail(
        tag, "Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]");
  }
  std::vector<Expression> values = values_in(parser, tag.markup);
  const std::string key = key_of(values, parser.path(), tag.offset);
  const auto* node = arena.make<Cycle>(
      std::nullopt, arena.keep(std::string_view(key)), arena.keep(std::move(values)));
  return ParsedTag{.tag = node};
}

}  // namespace stet::liquid
