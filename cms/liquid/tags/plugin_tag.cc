#include <vector>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/words.h"
#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/registry.h"

namespace stet::liquid {
namespace {

// A tag that the site's plugins know, and the engine does not.
class PluginTag final : public Tag {
 public:
  PluginTag(std::string_view name, std::string_view markup) : name_(name), markup_(markup) {}

  void render(Renderer& renderer) const override {
    Result<std::string> text = renderer.host().plugin_tag(name_, markup_);
    if (!text) return renderer.fail(text.error().message);
    renderer.write(*text);
  }

 private:
  std::string_view name_;
  std::string_view markup_;
};

// {% gist id file %}: each may be the name of a variable that holds it.
class Gist final : public Tag {
 public:
  struct Word {
    std::string_view text;
    Expression expression;
  };

  explicit Gist(std::span<const Word> words) : words_(words) {}

  void render(Renderer& renderer) const override {
    std::string markup;
    for (const Word& word : words_) {
      Value value = renderer.evaluate(word.expression);
      if (!markup.empty()) markup += ' ';
      markup += value.is_nil() ? std::string(word.text) : to_s(value, renderer.host());
    }
    Result<std::string> text = renderer.host().plugin_tag("gist", markup);
    if (!text) return renderer.fail(text.error().message);
    renderer.write(*text);
  }

 private:
  std::span<const Word> words_;
};

}  // namespace

std::optional<ParsedTag> parse_plugin_tag(Parser& parser, const TagMarkup& tag) {
  return ParsedTag{.tag = parser.arena().make<PluginTag>(tag.name, tag.markup)};
}

std::optional<ParsedTag> parse_gist(Parser& parser, const TagMarkup& tag) {
  std::vector<Gist::Word> words;
  for (std::string_view word : split_words(tag.markup, 2)) {
    words.push_back({word, parser.expression(word)});
  }
  return ParsedTag{.tag = parser.arena().make<Gist>(parser.arena().keep(std::move(words)))};
}

}  // namespace stet::liquid
