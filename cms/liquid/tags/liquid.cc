#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Liquid final : public Tag {
 public:
  explicit Liquid(Block body) : body_(body) {}
  void render(Renderer& renderer) const override { renderer.render(body_); }

 private:
  Block body_;
};

}  // namespace

// Liquid 5: each line is a tag.
std::optional<ParsedTag> parse_liquid(Parser& parser, const TagMarkup& tag) {
  const std::optional<Block> body = parser.lines(tag.markup, tag);
  if (!body) return std::nullopt;
  return ParsedTag{.tag = parser.arena().make<Liquid>(*body), .is_blank = body->is_blank};
}

}  // namespace stet::liquid
