// {% responsive_image assets/x.jpg alt: "A view" sizes: "50vw" %}: the path as it is, in quotes, or
// the name of a variable that holds it; also as `path:`. What it prints, the host says.

#include "cms/liquid/convert.h"
#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

constexpr char kValue = '\x1f', kEnd = '\x1e';

class ResponsiveImage final : public Tag {
 public:
  struct Argument {
    std::string_view key, text;
    Expression value;
  };

  explicit ResponsiveImage(std::span<const Argument> arguments) : arguments_(arguments) {}

  void render(Renderer& renderer) const override {
    std::string markup;
    for (const Argument& argument : arguments_) {
      Value value = renderer.evaluate(argument.value);
      // A path need not be in quotes: then it is the name of nothing.
      bool is_bare = value.is_nil() && argument.key == "path";
      if (value.is_nil() && !is_bare) continue;
      markup += std::string(argument.key) + kValue +
                (is_bare ? std::string(argument.text) : to_s(value, renderer.host())) + kEnd;
    }
    Result<std::string> text = renderer.host().plugin_tag("responsive_image", markup);
    if (!text) return renderer.fail(text.error().message);
    renderer.write(*text);
  }

 private:
  std::span<const Argument> arguments_;
};

}  // namespace

std::optional<ParsedTag> parse_responsive_image(Parser& parser, const TagMarkup& tag) {
  std::vector<ResponsiveImage::Argument> arguments;
  auto add = [&](std::string_view key, std::string_view text) {
    arguments.push_back({key, text, parser.expression(text)});
  };
  std::size_t begin = skip_spaces(tag.markup, 0);
  Found first = find_fragment(tag.markup, begin);
  std::string_view path = first ? first.in(tag.markup) : std::string_view();
  bool is_path = !path.empty() && !path.ends_with(':') &&
                 (path.find(':') == path.npos || path.front() == '"' || path.front() == '\'' ||
                  path.find("://") != path.npos);
  if (is_path) add("path", path);
  std::string_view rest = tag.markup.substr(is_path ? first.end : 0);
  for (const Attribute& attribute : attributes_in(rest)) add(attribute.key, attribute.value);
  return ParsedTag{
      .tag = parser.arena().make<ResponsiveImage>(parser.arena().keep(std::move(arguments)))};
}

}  // namespace stet::liquid
