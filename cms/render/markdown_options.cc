#include "cms/render/markdown_options.h"

#include <array>
#include <optional>
#include <string>

#include "cms/markdown/commonmark_options.h"
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

void read_text(const liquid::Hash& settings, std::string_view key, std::string& text) {
  const Value* value = settings.find(key);
  if (value && value->is_string()) text = value->as_string();
}

void read_code_format(const liquid::Hash& settings, markdown::CodeFormat& format) {
  read_text(settings, "css_class", format.frame_class);
  read_text(settings, "table_class", format.table_class);
  read_text(settings, "gutter_class", format.gutter_class);
  read_text(settings, "code_class", format.code_class);
  if (const Value* numbers = settings.find("line_numbers")) {
    format.has_line_numbers = numbers->is_truthy();
  }
  const Value* first = settings.find("start_line");
  if (first && first->type() == Type::kInteger) format.first_line = first->as_integer();
}

// What is said of blocks and of spans goes before what is said of both.
void read_highlighter(const liquid::Hash& settings, markdown::Options& options) {
  read_text(settings, "default_lang", options.default_language);
  const Value* disable = settings.find("disable");
  if (disable && disable->is_truthy()) options.has_highlighter = false;
  read_code_format(settings, options.block_format);
  read_code_format(settings, options.span_format);
  const Value* wrap = settings.find("wrap");
  if (wrap && !wrap->is_truthy()) options.block_format.has_frame = false;
  const Value* block = settings.find("block");
  if (block && block->type() == Type::kHash)
    read_code_format(block->as_hash(), options.block_format);
  const Value* span = settings.find("span");
  if (span && span->type() == Type::kHash) read_code_format(span->as_hash(), options.span_format);
}

// Settings of settings: of the highlighter, and of typographic symbols.
void read_nested(const liquid::Hash& settings, markdown::Options& options) {
  const Value* highlighter = settings.find("syntax_highlighter_opts");
  if (highlighter && highlighter->type() == Type::kHash) {
    read_highlighter(highlighter->as_hash(), options);
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

// All that decides between kramdown and CommonMark, as reads.
void record_engine(const site::Tree& config, site::View& view) {
  for (std::string_view key : {"markdown", "plugins", "gems"}) config.get(key, view);
  const Value stet = config.get("stet", view);
  if (stet.type() == Type::kDrop) stet.as_drop().get("github_pages", view);
}

markdown::CommonmarkOptions read_commonmark(const site::MarkdownEngine& engine,
                                            const site::Tree& config,
                                            site::View& view) {
  const Value settings = config.get("commonmark", view);
  if (settings.type() == Type::kDrop) {
    view.recorder().add(static_cast<const site::Tree&>(settings.as_drop()).key_of_all());
  }
  markdown::CommonmarkOptions options;
  options.is_of_github_pages = engine.is_of_github_pages;
  for (const std::string& name : engine.options) markdown::set_commonmark_option(options, name);
  for (const std::string& name : engine.extensions) {
    markdown::set_commonmark_extension(options, name);
  }
  return options;
}

}  // namespace

markdown::Options read_markdown_options(site::View& view) {
  markdown::Options options;
  const site::Tree& config = view.site().config().tree();
  const site::MarkdownEngine& engine = view.site().config().markdown_engine();
  record_engine(config, view);
  options.is_kramdown = !engine.is_commonmark;
  if (!options.is_kramdown) {
    options.commonmark = read_commonmark(engine, config, view);
    return options;
  }
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
    if (name == "math_engine" && value.is_nil()) markdown::set_option(options, name, "");
  }
  read_nested(settings, options);
  return options;
}

}  // namespace stet::render
