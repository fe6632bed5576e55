#include "cms/render/markdown_options.h"

#include <array>
#include <optional>
#include <string>

#include "cms/markdown/kramdown_options.h"
#include "cms/site/site.h"

namespace stet::render {
namespace {

using liquid::Type;
using liquid::Value;

// As kramdown writes a setting in one line: items with commas between.
std::optional<std::string> written(const Value& value) {
  switch (value.type()) {
    case Type::kBool: return value.is_truthy() ? "true" : "false";
    case Type::kInteger: return std::to_string(value.as_integer());
    case Type::kString: return std::string(value.as_string());
    case Type::kArray: break;
    default: return std::nullopt;
  }
  std::string list;
  for (const Value& item : value.as_array().items) {
    const std::optional<std::string> text =
        item.type() == Type::kArray ? std::nullopt : written(item);
    if (!text) return std::nullopt;
    if (!list.empty()) list += ',';
    list += *text;
  }
  return list;
}

// Settings of settings: of the highlighter, and of typographic symbols.
void read_nested(const liquid::Hash& settings, markdown::Options& options) {
  const Value* highlighter = settings.find("syntax_highlighter_opts");
  if (highlighter && highlighter->type() == Type::kHash) {
    const Value* language = highlighter->as_hash().find("default_lang");
    if (language && language->is_string()) options.default_language = language->as_string();
    const Value* disable = highlighter->as_hash().find("disable");
    if (disable && disable->is_truthy()) options.has_highlighter = false;
  }
  const Value* symbols = settings.find("typographic_symbols");
  if (!symbols || symbols->type() != Type::kHash) return;
  constexpr std::array<std::string_view, 7> kNames = {
      "mdash", "ndash", "hellip", "laquo", "raquo", "laquo_space", "raquo_space"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    const Value* symbol = symbols->as_hash().find(kNames[i]);
    if (symbol && symbol->is_string()) options.typographic_symbols[i] = symbol->as_string();
  }
}

}  // namespace

markdown::Options read_markdown_options(site::View& view) {
  markdown::Options options;
  const site::Tree& config = view.site().config().tree();
  Value engine = config.get("markdown", view);
  options.is_kramdown = !engine.is_string() || !engine.as_string().starts_with("CommonMark");
  Value kramdown = config.get("kramdown", view);
  Value highlighter = config.get("highlighter", view);
  options.has_highlighter = highlighter.is_string() && highlighter.as_string() != "none";
  if (kramdown.type() != Type::kDrop) return options;
  const auto& tree = static_cast<const site::Tree&>(kramdown.as_drop());
  view.recorder().add(tree.key_of_all());
  const liquid::Hash& settings = tree.hash();
  const Value* input = settings.find("input");
  if (input && input->is_string()) options.is_gfm_input = input->as_string() == "GFM";
  for (const auto& [name, value] : settings.entries()) {
    if (const auto text = written(value)) markdown::set_option(options, name, *text);
  }
  read_nested(settings, options);
  return options;
}

}  // namespace stet::render
