#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

class PostUrl final : public Tag {
 public:
  PostUrl(std::string_view name, const FilterEntry* relative_url)
      : name_(name), relative_url_(relative_url) {}

  void render(Renderer& renderer) const override {
    const Result<std::string> url = renderer.host().post_url(name_);
    if (!url) {
      const bool is_missing = url.error().code == ErrorCode::kNotFound;
      return renderer.fail(is_missing
                               ? "Could not find post \"" + std::string(name_) +
                                     "\" in tag 'post_url'. Make sure the post exists and the "
                                     "name is correct."
                               : url.error().message);
    }
    const Value plain(*url);
    renderer.append(relative_url_ ? renderer.apply(*relative_url_, plain, {}) : plain);
  }

 private:
  std::string_view name_;
  const FilterEntry* relative_url_;
};

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// (.+/)*(\d+-\d+-\d+)-(.*)
bool is_post_name(std::string_view name) {
  if (name.starts_with('/')) name.remove_prefix(1);
  if (const std::size_t slash = name.rfind('/'); slash != kNone) name.remove_prefix(slash + 1);
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    const std::size_t end = skip_digits(name, at);
    if (end == at || end >= name.size() || name[end] != '-') return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

std::optional<ParsedTag> parse_post_url(Parser& parser, const TagMarkup& tag) {
  const std::string_view name = trim(tag.markup);
  if (!is_post_name(name)) {
    return parser.fail(tag,
                       "Could not parse name of post \"" + std::string(name) +
                           "\" in tag 'post_url'. Make sure the post exists and the name is "
                           "correct: '" +
                           std::string(name) + "' does not contain valid date and/or title.");
  }
  return ParsedTag{.tag = parser.arena().make<PostUrl>(name, find_filter("relative_url"))};
}

}  // namespace stet::liquid
