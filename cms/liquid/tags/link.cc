#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class Link final : public Tag {
 public:
  Link(Block path, const FilterEntry* relative_url) : path_(path), relative_url_(relative_url) {}

  void render(Renderer& renderer) const override {
    const std::string path = renderer.capture(path_);
    if (renderer.failed()) return;
    const Result<std::string> url = renderer.host().link(path);
    if (!url) {
      const bool is_missing = url.error().code == ErrorCode::kNotFound;
      return renderer.fail(is_missing
                               ? "Could not find document '" + path +
                                     "' in tag 'link'. Make sure the document exists and the "
                                     "path is correct."
                               : url.error().message);
    }
    const Value plain(*url);
    renderer.append(relative_url_ ? renderer.apply(*relative_url_, plain, {}) : plain);
  }

 private:
  Block path_;
  const FilterEntry* relative_url_;
};

}  // namespace

std::optional<ParsedTag> parse_link(Parser& parser, const TagMarkup& tag) {
  const std::optional<Block> path = parser.fragment(trim(tag.markup));
  if (!path) return std::nullopt;
  return ParsedTag{.tag = parser.arena().make<Link>(*path, find_filter("relative_url"))};
}

}  // namespace stet::liquid
