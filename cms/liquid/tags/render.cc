#include <vector>

#include "cms/liquid/convert.h"
#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

struct Parameter {
  Name name;
  Expression value;
};

struct RenderParts {
  std::string_view file;
  Name bound_as;                    // what the bound value is called inside
  std::optional<Expression> bound;  // with, for
  bool is_loop = false;
  std::span<const Parameter> parameters;
};

// Liquid 5: a template that sees its parameters and nothing else.
class Render final : public Tag {
 public:
  explicit Render(RenderParts parts) : parts_(std::move(parts)) {}

  void render(Renderer& renderer) const override {
    auto tree = renderer.host().load_include(parts_.file, IncludeKind::kInclude);
    if (!tree) {
      const bool is_missing = tree.error().code == ErrorCode::kNotFound;
      return renderer.fail(is_missing ? "Could not locate the rendered file '" +
                                            std::string(parts_.file) + "' in _includes."
                                      : tree.error().message);
    }
    const Value bound = parts_.bound ? renderer.evaluate(*parts_.bound) : Value();
    if (!parts_.is_loop || !is_enumerable(bound))
      return render_once(renderer, *tree, bound, nullptr);
    auto* loop =
        new ForLoop(parts_.file, Segment(bound, 0, std::nullopt, renderer.host()), false, Value());
    const Value shared{Ref<Drop>(loop)};
    while (loop->has_current(renderer.host()) && renderer.step()) {
      render_once(renderer, *tree, loop->current(renderer.host()), &shared);
      if (renderer.failed()) return;
      loop->advance();
    }
  }

 private:
  void render_once(Renderer& renderer,
                   const std::shared_ptr<const Template>& tree,
                   const Value& bound,
                   const Value* loop) const {
    std::vector<Renderer::Binding> locals;
    static constexpr Name kForLoop("forloop");
    for (const Parameter& parameter : parts_.parameters) {
      locals.push_back({parameter.name, renderer.evaluate(parameter.value)});
    }
    if (loop) locals.push_back({kForLoop, *loop});
    if (!bound.is_nil()) locals.push_back({parts_.bound_as, bound});
    if (!renderer.failed()) renderer.include_isolated(tree, std::move(locals));
  }

  RenderParts parts_;
};

std::string_view take_word(std::string_view text, std::size_t& at) {
  const std::size_t begin = skip_spaces(text, at);
  std::size_t end = begin;
  while (end < text.size() && is_segment(text[end])) ++end;
  const bool is_apart = begin > at && end > begin;
  at = is_apart ? end : at;
  return is_apart ? text.substr(begin, end - begin) : std::string_view();
}

// After the file's name: (with|for) value, as name
bool parse_binding(Parser& parser, std::string_view text, std::size_t at, RenderParts& parts) {
  std::size_t next = at;
  std::string_view word = take_word(text, next);
  if (word == "with" || word == "for") {
    const std::size_t begin = skip_spaces(text, next);
    const std::size_t end = quoted_fragment(text, begin);
    if (end != kNone && (end >= text.size() || text[end] != ':')) {
      parts.is_loop = word == "for";
      parts.bound = parser.expression(text.substr(begin, end - begin));
      next = at = end;
      word = take_word(text, next);
    }
  }
  if (word != "as") return true;
  const std::string_view name = take_word(text, next);
  if (name.empty()) return false;
  parts.bound_as = Name(name);
  return true;
}

}  // namespace

std::optional<ParsedTag> parse_render(Parser& parser, const TagMarkup& tag) {
  const std::size_t begin = tag.markup.find_first_of("\"'");
  const std::size_t end = begin == kNone ? kNone : quoted_string(tag.markup, begin);
  if (end == kNone || skip_spaces(tag.markup, 0) != begin) {
    return parser.fail(tag, "Syntax error in tag 'render' - Template name must be a quoted string");
  }
  RenderParts parts;
  parts.file = tag.markup.substr(begin + 1, end - begin - 2);
  const std::size_t slash = parts.file.rfind('/');
  parts.bound_as = Name(slash == kNone ? parts.file : parts.file.substr(slash + 1));
  if (!parse_binding(parser, tag.markup, end, parts)) {
    return parser.fail(tag, "Syntax error in tag 'render' - a name must follow 'as'");
  }
  std::vector<Parameter> parameters;
  for (const Attribute& attribute : attributes_in(tag.markup.substr(end))) {
    parameters.push_back({Name(attribute.key), parser.expression(attribute.value)});
  }
  parts.parameters = parser.arena().keep(std::move(parameters));
  return ParsedTag{.tag = parser.arena().make<Render>(std::move(parts))};
}

}  // namespace stet::liquid
