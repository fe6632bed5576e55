#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Echo final : public Tag {
 public:
  explicit Echo(const Output* output) : output_(output) {}
  void render(Renderer& renderer) const override {
    const Value value = renderer.evaluate(*output_);
    if (!renderer.failed()) renderer.append(value);
  }

 private:
  const Output* output_;
};

}  // namespace

// Liquid 5: {{ }} as a tag.
std::optional<ParsedTag> parse_echo(Parser& parser, const TagMarkup& tag) {
  return ParsedTag{.tag = parser.arena().make<Echo>(parser.output(tag.markup, tag.offset))};
}

}  // namespace stet::liquid
