#include <vector>

#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

struct Branch {
  Expression value;
  std::size_t body = 0;
  bool is_else = false;
};

class Case final : public Tag {
 public:
  Case(Expression subject, std::span<const Branch> branches, std::span<const Block> bodies)
      : subject_(std::move(subject)), branches_(branches), bodies_(bodies) {}

  // As Liquid 4: every branch that matches is rendered, an `else` only where none before it did.
  void render(Renderer& renderer) const override {
    bool has_matched = false;
    for (const Branch& branch : branches_) {
      if (branch.is_else) {
        if (!has_matched) return renderer.render(bodies_[branch.body]);
        continue;
      }
      const Value left = renderer.evaluate(subject_);
      const bool matches = renderer.is_equal(left, renderer.evaluate(branch.value));
      if (renderer.failed()) return;
      if (!matches) continue;
      has_matched = true;
      renderer.render(bodies_[branch.body]);
      if (renderer.failed()) return;
    }
  }

 private:
  Expression subject_;
  std::span<const Branch> branches_;
  std::span<const Block> bodies_;
};

// The end of the `or` or comma at `at`, with the blanks around it.
std::size_t skip_separator(std::string_view text, std::size_t at) {
  const std::size_t begin = skip_spaces(text, at);
  if (begin < text.size() && text[begin] == ',') return skip_spaces(text, begin + 1);
  const std::size_t end = skip_spaces(text, begin + 2);
  const bool is_or = text.substr(std::min(begin, text.size())).starts_with("or");
  return is_or && begin > at && end > begin + 2 ? end : kNone;
}

// (QuotedFragment)(?:(?:\s+or\s+|\s*\,\s*)(QuotedFragment.*))? over and over
bool add_when(Parser& parser,
              std::string_view markup,
              std::size_t body,
              std::vector<Branch>& branches) {
  std::size_t at = 0;
  while (at != kNone) {
    const Found value = find_fragment(markup, at);
    if (!value) return false;
    branches.push_back({.value = parser.expression(value.in(markup)), .body = body});
    at = skip_separator(markup, value.end);
    if (at != kNone && quoted_fragment(markup, at) == kNone) at = kNone;
  }
  return true;
}

}  // namespace

std::optional<ParsedTag> parse_case(Parser& parser, const TagMarkup& tag) {
  const Found subject = find_fragment(tag.markup, 0);
  if (!subject) return parser.fail(tag, "Syntax Error in 'case' - Valid syntax: case [condition]");
  std::vector<Branch> branches;
  std::vector<Block> bodies;
  bool is_blank = true;
  while (true) {
    Block body;
    const std::optional<TagMarkup> end = parser.body(body);
    if (!end) return std::nullopt;
    is_blank = is_blank && body.is_blank;
    bodies.push_back(body);
    if (end->name == "when") {
      if (!add_when(parser, end->markup, bodies.size(), branches)) {
        return parser.fail(*end,
                           "Syntax Error in tag 'case' - Valid when condition: {% when "
                           "[condition] [or condition2...] %}");
      }
    } else if (end->name == "else") {
      if (!is_blank_text(end->markup)) {
        return parser.fail(*end,
                           "Syntax Error in tag 'case' - Valid else condition: {% else %} (no "
                           "parameters)");
      }
      branches.push_back({.value = {}, .body = bodies.size(), .is_else = true});
    } else if (parser.closes(*end, tag)) {
      break;
    } else {
      return std::nullopt;
    }
  }
  Arena& arena = parser.arena();
  const auto* node = arena.make<Case>(parser.expression(subject.in(tag.markup)),
                                      arena.keep(std::move(branches)),
                                      arena.keep(std::move(bodies)));
  return ParsedTag{.tag = node, .is_blank = is_blank, .is_block = true};
}

}  // namespace stet::liquid
