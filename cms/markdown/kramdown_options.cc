#include "cms/markdown/kramdown_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "cms/markdown/block_lines.h"
#include "cms/markdown/entities.h"
#include "storage/base/utf8.h"

namespace stet::markdown {
namespace {

struct Flag {
  std::string_view name;
  bool Options::*flag;
};

constexpr std::array<Flag, 6> kFlags = {{
    {"auto_ids", &Options::auto_ids},
    {"auto_id_stripping", &Options::auto_id_stripping},
    {"hard_wrap", &Options::hard_wrap},
    {"parse_block_html", &Options::parse_block_html},
    {"parse_span_html", &Options::parse_span_html},
    {"footnote_backlink_inline", &Options::footnote_backlink_inline},
}};

struct Text {
  std::string_view name;
  std::string Options::*text;
};

constexpr std::array<Text, 3> kTexts = {{
    {"auto_id_prefix", &Options::auto_id_prefix},
    {"footnote_prefix", &Options::footnote_prefix},
    {"footnote_backlink", &Options::footnote_backlink},
}};

struct Number {
  std::string_view name;
  int Options::*number;
};

constexpr std::array<Number, 2> kNumbers = {{
    {"footnote_nr", &Options::footnote_nr},
    {"header_offset", &Options::header_offset},
}};

struct Symbol {
  std::string_view name;
  EntityOutput output;
};

constexpr std::array<Symbol, 4> kEntityOutputs = {{
    {"as_char", EntityOutput::kAsChar},
    {"as_input", EntityOutput::kAsInput},
    {"numeric", EntityOutput::kNumeric},
    {"symbolic", EntityOutput::kSymbolic},
}};

// Of other converters than HTML's, or without an effect on what Jekyll makes of a page.
constexpr std::array<std::string_view, 16> kIgnored = {
    "coderay",
    "forbidden_inline_options",
    "html_to_native",
    "input",
    "latex_headers",
    "line_width",
    "link_defs",
    "list_indent",
    "math_engine_opts",
    "remove_block_html_tags",
    "remove_line_breaks_for_cjk",
    "remove_span_html_tags",
    "syntax_highlighter_opts",
    "template",
    "transliterated_header_ids",
    "typographic_symbols",
};

template <typename Entries>
const auto* find_entry(const Entries& entries, std::string_view name) {
  const auto found = std::find_if(
      entries.begin(), entries.end(), [&](const auto& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

// Calls use(item) for what stands between commas.
template <typename Use>
void each_item(std::string_view list, Use use) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    use(trimmed(list.substr(at, end - at)));
    at = end + 1;
  }
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "1..3" or "1,2,3".
OptionFate set_toc_levels(Options& options, std::string_view value) {
  unsigned levels = 0;
  bool is_good = true;
  const auto add = [&](std::string_view text) {
    const std::optional<int> level = number(text);
    is_good = is_good && level && *level >= 1 && *level <= 6;
    if (is_good) levels |= 1U << static_cast<unsigned>(*level);
    return is_good ? *level : 0;
  };
  if (const std::size_t dots = value.find(".."); dots != value.npos) {
    const int least = add(value.substr(0, dots));
    const int most = add(value.substr(dots + 2));
    for (int level = least; is_good && level <= most; ++level) levels |= 1U << level;
    if (least > most) levels = 0;
  } else {
    each_item(value, add);
  }
  if (!is_good) return OptionFate::kIgnored;
  options.toc_levels = levels;
  return OptionFate::kSet;
}

// Four names of characters, or their numbers.
OptionFate set_smart_quotes(Options& options, std::string_view value) {
  std::array<std::string, 4> marks;
  std::size_t count = 0;
  bool is_good = true;
  each_item(value, [&](std::string_view item) {
    std::optional<char32_t> mark = character_named(item);
    if (const std::optional<int> code = number(item); code && *code > 0 && *code <= 0x10FFFF) {
      mark = static_cast<char32_t>(*code);
    }
    is_good = is_good && mark && count < marks.size();
    if (is_good) append_code_point(marks[count++], *mark);
  });
  if (!is_good || count != marks.size()) return OptionFate::kIgnored;
  options.smart_quote_marks = std::move(marks);
  return OptionFate::kSet;
}

OptionFate set_quirks(Options& options, std::string_view value) {
  options.has_paragraph_end_quirk = options.has_no_typography_quirk = false;
  each_item(value, [&](std::string_view quirk) {
    options.has_paragraph_end_quirk |= quirk == "paragraph_end";
    options.has_no_typography_quirk |= quirk == "no_auto_typographic";
  });
  return OptionFate::kSet;
}

bool is_truth(std::string_view value) {
  value = trimmed(value);
  constexpr std::string_view kFalse = "false";
  return !value.empty() &&
         !std::equal(value.begin(), value.end(), kFalse.begin(), kFalse.end(), [](char a, char b) {
           return (a | 0x20) == b;
         });
}

// A name of Ruby's: ":none" is "none", and "nil" is none at all.
std::string_view symbol(std::string_view value) {
  value = trimmed(value);
  if (value.starts_with(':')) value.remove_prefix(1);
  return value == "nil" ? std::string_view() : value;
}

}  // namespace

OptionFate set_option(Options& options, std::string_view name, std::string_view value) {
  if (const Flag* flag = find_entry(kFlags, name)) {
    options.*flag->flag = is_truth(value);
  } else if (const Text* text = find_entry(kTexts, name)) {
    options.*text->text = value;
  } else if (const Number* one = find_entry(kNumbers, name)) {
    const std::optional<int> given = number(trimmed(value));
    if (!given) return OptionFate::kIgnored;
    options.*one->number = *given;
  } else if (name == "toc_levels") {
    return set_toc_levels(options, trimmed(value));
  } else if (name == "smart_quotes") {
    return set_smart_quotes(options, value);
  } else if (name == "gfm_quirks") {
    return set_quirks(options, value);
  } else if (name == "entity_output") {
    const Symbol* output = find_entry(kEntityOutputs, symbol(value));
    if (output == nullptr) return OptionFate::kIgnored;
    options.entity_output = output->output;
  } else if (name == "math_engine") {
    options.has_math_engine = !symbol(value).empty();
  } else if (name == "syntax_highlighter") {
    const std::string_view highlighter = symbol(value);
    options.has_highlighter = !highlighter.empty() && highlighter != "none";
  } else {
    const bool is_known = std::find(kIgnored.begin(), kIgnored.end(), name) != kIgnored.end();
    return is_known ? OptionFate::kIgnored : OptionFate::kUnknown;
  }
  return OptionFate::kSet;
}

}  // namespace stet::markdown
