#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Capture final : public Tag {
 public:
  Capture(Name to, Block body) : to_(to), body_(body) {}
  void render(Renderer& renderer) const override {
    std::string text = renderer.capture(body_);
    if (!renderer.failed()) renderer.assign(to_, Value(std::move(text)));
  }

 private:
  Name to_;
  Block body_;
};

}  // namespace

std::optional<ParsedTag> parse_capture(Parser& parser, const TagMarkup& tag) {
  const Found to = find_signature(tag.markup, 0);
  if (!to) return parser.fail(tag, "Syntax Error in 'capture' - Valid syntax: capture [var]");
  const std::optional<Block> body = parser.body_of(tag);
  if (!body) return std::nullopt;
  return ParsedTag{.tag = parser.arena().make<Capture>(Name(to.in(tag.markup)), *body),
                   .is_blank = true,
                   .is_block = true};
}

}  // namespace stet::liquid
