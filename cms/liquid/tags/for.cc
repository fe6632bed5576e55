#include <algorithm>

#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/strict.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

struct ForMarkup {
  std::string_view variable;
  std::string_view collection;
  std::string_view limit;
  std::string_view offset;
  bool is_reversed = false;
};

bool set_attribute(ForMarkup& markup, std::string_view key, std::string_view value) {
  if (key == "limit") {
    markup.limit = value;
  } else if (key == "offset") {
    markup.offset = value;
  } else {
    return false;
  }
  return true;
}

std::optional<ForMarkup> parse_strict(std::string_view text, Arena& arena, std::string& warning) {
  StrictParser parser(text, arena);
  ForMarkup markup;
  markup.variable = parser.failed() ? std::string_view() : parser.consume(TokenKind::kId);
  if (!parser.failed() && !parser.take_id("in")) parser.fail("For loops require an 'in' clause");
  if (!parser.failed()) markup.collection = parser.expression();
  markup.is_reversed = parser.take_id("reversed");
  while (!parser.failed() && parser.looks_at(TokenKind::kId) &&
         parser.looks_at(TokenKind::kColon, 1)) {
    const std::string_view key = parser.consume(TokenKind::kId);
    parser.consume(TokenKind::kColon);
    if (!set_attribute(markup, key, parser.expression())) {
      parser.fail("Invalid attribute in for loop. Valid attributes are limit and offset");
    }
  }
  if (!parser.failed()) parser.consume(TokenKind::kEndOfString);
  warning = parser.error();
  if (parser.failed()) return std::nullopt;
  return markup;
}

// \A(VariableSegment+)\s+in\s+(QuotedFragment+)\s*(reversed)?, and attributes anywhere
std::optional<ForMarkup> parse_lax(std::string_view text) {
  std::size_t variable = 0;
  while (variable < text.size() && is_segment(text[variable])) ++variable;
  const std::size_t in = skip_spaces(text, variable);
  if (variable == 0 || in == variable || text.substr(in, 2) != "in") return std::nullopt;
  const std::size_t begin = skip_spaces(text, in + 2);
  std::size_t end = begin;
  for (std::size_t next = begin; next != kNone; next = quoted_fragment(text, next)) end = next;
  if (begin == in + 2 || end == begin) return std::nullopt;
  ForMarkup markup{.variable = text.substr(0, variable),
                   .collection = text.substr(begin, end - begin),
                   .limit = {},
                   .offset = {}};
  markup.is_reversed = text.substr(skip_spaces(text, end)).starts_with("reversed");
  for (const Attribute& attribute : attributes_in(text)) {
    set_attribute(markup, attribute.key, attribute.value);
  }
  return markup;
}

class For final : public Tag {
 public:
  struct Parts {
    Name variable;
    std::string_view name;  // "item-collection", by which `offset: continue` finds the last loop
    Expression collection;
    std::optional<Expression> limit;
    Expression offset;
    bool continues = false;
    bool is_reversed = false;
    Block body;
    Block otherwise;
  };

  explicit For(Parts parts) : parts_(std::move(parts)) {}

  void render(Renderer& renderer) const override {
    Host& host = renderer.host();
    std::optional<Segment> segment = this->segment(renderer);
    if (!segment) return;
    std::vector<Value>& stack = renderer.registers().for_stack;
    auto* loop = new ForLoop(parts_.name,
                             *std::move(segment),
                             parts_.is_reversed,
                             stack.empty() ? Value() : stack.back());
    const Value shared{Ref<Drop>(loop)};
    remember(renderer, loop);
    if (!loop->has_current(host)) return renderer.render(parts_.otherwise);
    stack.push_back(shared);
    const std::size_t mark = renderer.enter();
    static constexpr Name kForLoop("forloop");
    renderer.push(kForLoop, shared);
    const std::size_t variable = renderer.push(parts_.variable, Value());
    while (loop->has_current(host) && renderer.step()) {
      renderer.rebind(variable, loop->current(host));
      renderer.render(parts_.body);
      if (renderer.failed()) break;
      loop->advance();
      if (renderer.take_interrupt() == Interrupt::kBreak) break;
    }
    renderer.leave(mark);
    renderer.registers().for_stack.pop_back();
  }

 private:
  std::optional<Segment> segment(Renderer& renderer) const {
    const Value collection = renderer.evaluate(parts_.collection);
    std::int64_t offset = 0;
    if (parts_.continues) {
      offset = last_end(renderer);
    } else {
      offset = renderer.to_count(renderer.evaluate(parts_.offset));
    }
    std::optional<std::int64_t> limit;
    if (parts_.limit) {
      const Value value = renderer.evaluate(*parts_.limit);
      if (value.is_truthy()) limit = renderer.to_count(value);
    }
    if (renderer.failed()) return std::nullopt;
    return Segment(collection, offset, limit, renderer.host());
  }

  std::int64_t last_end(Renderer& renderer) const {
    for (const auto& [name, loop] : renderer.registers().loops) {
      if (name == parts_.name) return loop->end(renderer.host());
    }
    return 0;
  }

  void remember(Renderer& renderer, const ForLoop* loop) const {
    auto& loops = renderer.registers().loops;
    const auto found = std::find_if(
        loops.begin(), loops.end(), [&](const auto& last) { return last.first == parts_.name; });
    if (found == loops.end()) {
      loops.emplace_back(parts_.name, Ref<ForLoop>(loop));
    } else {
      found->second = Ref<ForLoop>(loop);
    }
  }

  Parts parts_;
};

}  // namespace

std::optional<ParsedTag> parse_for(Parser& parser, const TagMarkup& tag) {
  std::string warning;
  std::optional<ForMarkup> markup = parse_strict(tag.markup, parser.arena(), warning);
  if (!markup) {
    parser.warn(tag.offset, warning);
    markup = parse_lax(tag.markup);
  }
  if (!markup) {
    return parser.fail(tag,
                       "Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]");
  }
  For::Parts parts;
  parts.variable = Name(markup->variable);
  const std::string name = std::string(markup->variable) + "-" + std::string(markup->collection);
  parts.name = parser.arena().keep(std::string_view(name));
  parts.collection = parser.expression(markup->collection);
  if (!markup->limit.empty()) parts.limit = parser.expression(markup->limit);
  parts.continues = markup->offset == "continue";
  parts.offset = parser.expression(markup->offset);
  parts.is_reversed = markup->is_reversed;
  std::optional<TagMarkup> end = parser.body(parts.body);
  while (end && end->name == "else") end = parser.body(parts.otherwise);
  if (!end || !parser.closes(*end, tag)) return std::nullopt;
  const bool is_blank = parts.body.is_blank && parts.otherwise.is_blank;
  return ParsedTag{
      .tag = parser.arena().make<For>(std::move(parts)), .is_blank = is_blank, .is_block = true};
}

}  // namespace stet::liquid
