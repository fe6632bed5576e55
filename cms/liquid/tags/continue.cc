#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Continue final : public Tag {
 public:
  void render(Renderer& renderer) const override { renderer.interrupt(Interrupt::kContinue); }
};

}  // namespace

std::optional<ParsedTag> parse_continue(Parser& parser, const TagMarkup&) {
  return ParsedTag{.tag = parser.arena().make<Continue>()};
}

}  // namespace stet::liquid
