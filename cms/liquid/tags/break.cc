#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Break final : public Tag {
 public:
  void render(Renderer& renderer) const override { renderer.interrupt(Interrupt::kBreak); }
};

}  // namespace

std::optional<ParsedTag> parse_break(Parser& parser, const TagMarkup&) {
  return ParsedTag{.tag = parser.arena().make<Break>()};
}

}  // namespace stet::liquid
