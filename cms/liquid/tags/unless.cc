#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/branches.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Unless final : public Tag {
 public:
  explicit Unless(std::span<const ConditionalBlock> branches) : branches_(branches) {}

  // The first condition alone is turned round; those of elsif are not.
  void render(Renderer& renderer) const override {
    bool is_first = true;
    for (const ConditionalBlock& branch : branches_) {
      const bool holds = branch.is_else || renderer.is_true(branch.condition) != is_first;
      if (renderer.failed()) return;
      if (holds) return renderer.render(branch.body);
      is_first = false;
    }
  }

 private:
  std::span<const ConditionalBlock> branches_;
};

}  // namespace

std::optional<ParsedTag> parse_unless(Parser& parser, const TagMarkup& tag) {
  const std::optional<Branches> branches = parse_branches(parser, tag);
  if (!branches) return std::nullopt;
  return ParsedTag{.tag = parser.arena().make<Unless>(branches->blocks),
                   .is_blank = branches->is_blank,
                   .is_block = true};
}

}  // namespace stet::liquid
