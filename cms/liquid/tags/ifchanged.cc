#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class IfChanged final : public Tag {
 public:
  explicit IfChanged(Block body) : body_(body) {}
  void render(Renderer& renderer) const override {
    std::string text = renderer.capture(body_);
    std::optional<std::string>& last = renderer.registers().last_changed;
    if (renderer.failed() || last == text) return;
    renderer.write(std::string_view(text));
    last = std::move(text);
  }

 private:
  Block body_;
};

}  // namespace

std::optional<ParsedTag> parse_ifchanged(Parser& parser, const TagMarkup& tag) {
  const std::optional<Block> body = parser.body_of(tag);
  if (!body) return std::nullopt;
  return ParsedTag{
      .tag = parser.arena().make<IfChanged>(*body), .is_blank = body->is_blank, .is_block = true};
}

}  // namespace stet::liquid
