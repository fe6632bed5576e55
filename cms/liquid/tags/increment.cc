#include "cms/liquid/convert.h"
#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

// Counters lie among the globals, apart from what assign makes.
class Increment final : public Tag {
 public:
  explicit Increment(Name counter) : counter_(counter) {}
  void render(Renderer& renderer) const override {
    Value& count = renderer.count_of(counter_);
    const std::int64_t number = to_i(count);
    count = Value(number == INT64_MAX ? number : number + 1);
    renderer.write(std::to_string(number));
  }

 private:
  Name counter_;
};

}  // namespace

std::optional<ParsedTag> parse_increment(Parser& parser, const TagMarkup& tag) {
  return ParsedTag{.tag = parser.arena().make<Increment>(Name(trim(tag.markup)))};
}

}  // namespace stet::liquid
