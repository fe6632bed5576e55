#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Assign final : public Tag {
 public:
  Assign(Name to, const Output* from) : to_(to), from_(from) {}
  void render(Renderer& renderer) const override {
    Value value = renderer.evaluate(*from_);
    if (!renderer.failed()) renderer.assign(to_, std::move(value));
  }

 private:
  Name to_;
  const Output* from_;
};

}  // namespace

// (VariableSignature+)\s*=\s*(.*)
std::optional<ParsedTag> parse_assign(Parser& parser, const TagMarkup& tag) {
  const std::string_view markup = tag.markup;
  for (Found to = find_signature(markup, 0); to; to = find_signature(markup, to.end)) {
    const std::size_t equals = skip_spaces(markup, to.end);
    if (equals >= markup.size() || markup[equals] != '=') continue;
    const std::string_view from = markup.substr(skip_spaces(markup, equals + 1));
    const Output* output = parser.output(from, tag.offset);
    return ParsedTag{.tag = parser.arena().make<Assign>(Name(to.in(markup)), output),
                     .is_blank = true};
  }
  return parser.fail(tag, "Syntax Error in 'assign' - Valid syntax: assign [var] = [source]");
}

}  // namespace stet::liquid
