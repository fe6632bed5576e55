#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/branches.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class If final : public Tag {
 public:
  explicit If(std::span<const ConditionalBlock> branches) : branches_(branches) {}
  void render(Renderer& renderer) const override {
    for (const ConditionalBlock& branch : branches_) {
      const bool holds = branch.is_else || renderer.is_true(branch.condition);
      if (renderer.failed()) return;
      if (holds) return renderer.render(branch.body);
    }
  }

 private:
  std::span<const ConditionalBlock> branches_;
};

}  // namespace

std::optional<ParsedTag> parse_if(Parser& parser, const TagMarkup& tag) {
  const std::optional<Branches> branches = parse_branches(parser, tag);
  if (!branches) return std::nullopt;
  return ParsedTag{.tag = parser.arena().make<If>(branches->blocks),
                   .is_blank = branches->is_blank,
                   .is_block = true};
}

}  // namespace stet::liquid
