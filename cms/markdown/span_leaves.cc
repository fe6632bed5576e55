// What holds no other elements: code, formulas, quotes, symbols, entities, extensions.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "cms/markdown/characters.h"
#include "cms/markdown/entities.h"
#include "cms/markdown/kramdown_options.h"
#include "cms/markdown/smart_quotes.h"
#include "cms/markdown/span_reader.h"
#include "storage/base/utf8.h"

namespace stet::markdown {
namespace {

struct Symbol {
  std::string_view typed;
  std::string_view set;
};

// The first that fits counts; those that can be had otherwise first, in the order of
// Options::typographic_symbols.
constexpr std::array<Symbol, 9> kSymbols = {{
    {"---", "—"},
    {"--", "–"},
    {"...", "…"},
    {"<< ", "«\u00a0"},
    {" >>", "\u00a0»"},
    {"<<", "«"},
    {">>", "»"},
    {"\\<<", "<<"},
    {"\\>>", ">>"},
}};
// Where in Options::typographic_symbols each of them is.
constexpr std::array<std::size_t, 7> kSettings = {0, 1, 2, 5, 6, 3, 4};

// "name" of "[^name]" at the start of the text, "" if there is none.
std::string_view footnote_name(std::string_view text) {
  if (!text.starts_with("[^") || text.size() < 4 || !is_word(text[2])) return "";
  const std::string_view rest = text.substr(2);
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_name_part);
  if (end == rest.end() || *end != ']') return "";
  return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

bool is_mail_address(std::string_view text) {
  std::size_t ats = 0;
  for (std::size_t at = 0; at < text.size(); at += character_size(text, at)) {
    const char c = text[at];
    if (c == '@') {
      if (++ats > 1 || at == 0 || at + 1 == text.size()) return false;
    } else if (!is_letter_or_digit_at(text, at) && c != '-' && c != '_' && c != '.') {
      return false;
    }
  }
  return ats == 1;
}

bool has_scheme(std::string_view text) {
  constexpr std::array<std::string_view, 5> kSchemes = {
      "mailto:", "http:", "https:", "ftp:", "ftps:"};
  return std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view scheme) {
    return text.starts_with(scheme) && text.size() > scheme.size();
  });
}

struct Reference {
  std::size_t size = 0;  // 0: none
  std::optional<char32_t> character;
};

// `&name;`, `&#1;`, `&#x1;` at the start of the text.
Reference reference_at(std::string_view text) {
  const auto is_name = [](char c) { return is_name_part(c) || c == '.' || c == ':'; };
  if (text.size() < 3) return {};
  const std::size_t begin = text[1] != '#' ? 1 : text[2] == 'x' ? 3 : 2;
  std::size_t end = begin;
  while (end < text.size() && is_name(text[end])) ++end;
  if (end == begin || end == text.size() || text[end] != ';') return {};
  const std::string_view name = text.substr(begin, end - begin);
  if (begin == 1) {
    if (!is_word(name[0]) && name[0] != ':') return {};
    return {end + 1, character_named(name)};
  }
  unsigned long number = 0;
  const auto [stop, error] =
      std::from_chars(name.data(), name.data() + name.size(), number, begin == 3 ? 16 : 10);
  if (stop != name.data() + name.size()) return {};
  const bool is_too_large = error != std::errc() || number > 0x10FFFF;
  return {end + 1, is_too_large ? 0xFFFFFFFF : static_cast<char32_t>(number)};
}

bool can_be_written(char32_t c) {
  const bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
  return c <= 0x10FFFF && !is_surrogate && c != 0 && c != '<' && c != '>' && c != '&';
}

std::string numbered(char32_t c) { return "&#" + std::to_string(static_cast<unsigned>(c)) + ";"; }

}  // namespace

std::size_t SpanReader::read_footnote(std::size_t at, SpanOutput& output) {
  const std::string_view name = footnote_name(text_.substr(at));
  if (name.empty()) return read_as_text(at, 1, output);
  const std::size_t size = name.size() + 3;
  const auto found = reading_.footnotes.find(name);
  if (found == reading_.footnotes.end()) {
    const std::string mark = "[^" + std::string(name) + "]";
    warn(at, "no footnote is named " + mark + "; add one that begins " + mark + ":", output);
    return read_as_text(at, size, output);
  }
  cmark_node* node = nullptr;
  if (!output.is_dry()) {
    found->second.is_mentioned = true;
    node = reading_.tree.make(Extra::kFootnoteMark);
    reading_.tree.facts(node).text = name;
  }
  output.add_node(node);
  return at + size;
}

std::size_t SpanReader::read_autolink(std::size_t at, SpanOutput& output) {
  const std::size_t begin = at + 1;
  const std::size_t end = search_.next_angle(begin);
  if (end == npos) return at;
  const std::string_view address = text_.substr(begin, end - begin);
  constexpr std::size_t kSchemeBytes = 8;
  const bool is_url = has_scheme(address.substr(0, kSchemeBytes));
  if (is_url ? address.find('\n') != npos : !is_mail_address(address)) return at;
  cmark_node* node = nullptr;
  if (!output.is_dry()) {
    constexpr std::string_view kMail = "mailto:";
    node = cmark_node_new(CMARK_NODE_LINK);
    const std::string url = is_url ? std::string(address) : std::string(kMail).append(address);
    reading_.tree.facts(node).attributes.set("href", url);
    SpanOutput inside(reading_, node, output.rules());
    inside.add_text(address.starts_with(kMail) ? address.substr(kMail.size()) : address);
    inside.finish();
  }
  output.add_node(node);
  return end + 1;
}

std::size_t SpanReader::read_code(std::size_t at, SpanOutput& output) {
  const std::size_t begin = std::min(text_.find_first_not_of('`', at), text_.size());
  const std::size_t size = begin - at;
  const bool is_after_blank = at == 0 || is_space(text_[at - 1]);
  if (size == 1 && is_after_blank && is_space_at(text_, begin)) {
    return read_as_text(at, size, output);
  }
  const std::size_t end = search_.next_backticks(size, begin);
  if (end == npos) return read_as_text(at, size, output);
  cmark_node* node = nullptr;
  if (!output.is_dry()) {
    std::string_view code = text_.substr(begin, end - begin);
    if (size > 1 && code.starts_with(' ')) code.remove_prefix(1);
    if (size > 1 && code.ends_with(' ')) code.remove_suffix(1);
    node = cmark_node_new(CMARK_NODE_CODE);
    cmark_node_set_literal(node, std::string(code).c_str());
  }
  output.add_node(node);
  return end + size;
}

// Characters that typography puts in: as entities, where the site wants such.
void SpanReader::add_set(std::string_view characters, SpanOutput& output) {
  const EntityOutput wanted = reading_.options.entity_output;
  const bool is_ascii =
      std::all_of(characters.begin(), characters.end(), [](char c) { return (c & 0x80) == 0; });
  if (wanted == EntityOutput::kAsChar || is_ascii) return output.add_character(characters);
  std::string html;
  while (!characters.empty()) {
    const char32_t c = take_code_point(characters);
    const std::string_view name =
        wanted == EntityOutput::kSymbolic ? name_of_character(c) : std::string_view();
    html += name.empty() ? numbered(c) : "&" + std::string(name) + ";";
  }
  output.add_html(html);
}

std::size_t SpanReader::read_quote(std::size_t at, SpanOutput& output) {
  const Quotes quotes = read_quotes(text_, at);
  output.add_text(quotes.before);
  for (std::size_t i = 0; i < quotes.marks_count; ++i) {
    const auto mark = static_cast<std::size_t>(quotes.marks[i]);
    const std::size_t typed = quotes.end - quotes.marks_count + i;
    if (reading_.options.smart_quotes) {
      add_set(reading_.options.smart_quote_marks[mark], output);
    } else {
      output.add_character(text_.substr(typed, 1));
    }
  }
  return quotes.end;
}

std::size_t SpanReader::read_formula(std::size_t at, SpanOutput& output) {
  const std::size_t begin = at + 2;
  const std::size_t end = search_.next_dollars(begin);
  if (end == npos) return read_as_text(at, 1, output);
  cmark_node* node = nullptr;
  if (!output.is_dry()) {
    node = reading_.tree.make(Extra::kMathSpan);
    reading_.tree.facts(node).text = trimmed(text_.substr(begin, end - begin));
  }
  output.add_node(node);
  return end + 2;
}

// An extension, or attributes for what stands before them.
std::size_t SpanReader::read_braces(std::size_t at, SpanOutput& output) {
  const std::size_t end = search_.next_brace(at + 2);
  if (end == npos || end == at + 2) return read_as_text(at, 1, output);
  const std::string_view inner = text_.substr(at + 2, end - at - 2);
  if (inner.starts_with('/')) {
    const std::string_view name = inner.substr(1);
    const bool is_end =
        name.empty() || (is_word(name[0]) && std::all_of(name.begin(), name.end(), is_name_part));
    if (is_end) return read_as_text(at, 1, output);
  }
  if (inner.starts_with(':')) {
    const auto name_end = std::find_if_not(inner.begin() + 1, inner.end(), is_word);
    const auto size = static_cast<std::size_t>(name_end - inner.begin());
    const std::string_view behind = inner.substr(size);
    if (size > 1 && (behind.empty() || behind == "/" || is_space(behind[0]))) {
      return read_extension(at, output);
    }
  }
  if (output.ends_with_text()) return read_as_text(at, 1, output);
  if (output.last_node() != nullptr) {
    apply(parse_attribute_list(inner),
          reading_.attribute_lists,
          reading_.tree.facts(output.last_node()));
  }
  return end + 1;
}

std::size_t SpanReader::read_extension(std::size_t at, SpanOutput& output) {
  const std::size_t end = search_.next_brace(at + 2);
  std::string_view inner = text_.substr(at + 3, end - at - 3);
  const bool is_closed = inner.ends_with('/');
  if (is_closed) inner.remove_suffix(1);
  const std::string_view name = inner.substr(0, inner.find_first_of(" \t\n\v\f\r"));
  const auto* known =
      std::find(SpanSearch::kExtensions.begin(), SpanSearch::kExtensions.end(), name);
  if (known == SpanSearch::kExtensions.end()) return read_as_text(at, 1, output);
  const AttributeList list = parse_attribute_list(inner.substr(name.size()));
  if (name == "options" && !output.is_dry()) {
    for (const auto& [key, value] : list.attributes) set_option(reading_.options, key, value);
  }
  if (is_closed) return end + 1;
  const auto index = static_cast<std::size_t>(known - SpanSearch::kExtensions.begin());
  const std::size_t close = search_.next_extension_end(index, end + 1);
  if (close == npos) return read_as_text(at, 1, output);
  const std::string_view body = text_.substr(end + 1, close - end - 1);
  if (name == "comment") {
    output.add_html("<!-- " + std::string(body) + " -->");
  } else if (name == "nomarkdown") {
    const std::string* type = list.attributes.find("type");
    const bool is_html =
        type == nullptr || type->empty() || (" " + *type + " ").find(" html ") != npos;
    output.add_html(is_html ? body : "");
  }
  return text_.find('}', close) + 1;
}

std::size_t SpanReader::read_entity(std::size_t at, SpanOutput& output) {
  const Reference reference = reference_at(text_.substr(at));
  if (reference.size == 0) return read_as_text(at, 1, output);
  const std::string_view typed = text_.substr(at, reference.size);
  if (!reference.character) {
    output.add_html("&amp;");
    return read_as_text(at + 1, reference.size - 1, output);
  }
  const char32_t c = *reference.character;
  const EntityOutput wanted = reading_.options.entity_output;
  if (wanted == EntityOutput::kAsChar && can_be_written(c)) {
    std::string character;
    append_code_point(character, c);
    output.add_character(character);
  } else if (wanted == EntityOutput::kAsChar || wanted == EntityOutput::kAsInput) {
    output.add_html(typed);
  } else {
    const std::string_view name = name_of_character(c);
    const bool is_named = wanted == EntityOutput::kSymbolic || !can_be_written(c) || c == '"';
    output.add_html(is_named && !name.empty() ? "&" + std::string(name) + ";" : numbered(c));
  }
  return at + reference.size;
}

std::size_t SpanReader::read_symbol(std::size_t at, SpanOutput& output) {
  const std::string_view rest = text_.substr(at);
  for (std::size_t i = 0; i < kSymbols.size(); ++i) {
    if (!rest.starts_with(kSymbols[i].typed)) continue;
    const std::string_view wanted = i < kSettings.size()
                                        ? reading_.options.typographic_symbols[kSettings[i]]
                                        : std::string_view();
    if (wanted.empty()) {
      add_set(kSymbols[i].set, output);
    } else {
      output.add_character(wanted);
    }
    return at + kSymbols[i].typed.size();
  }
  return read_as_text(at, 1, output);
}

std::size_t SpanReader::read_backslash(std::size_t at, SpanOutput& output) {
  const std::string_view rest = text_.substr(at);
  if (grammar_.has_typography && (rest.starts_with("\\<<") || rest.starts_with("\\>>"))) {
    return read_symbol(at, output);
  }
  if (grammar_.has_line_breaks && rest.starts_with("\\\\\n")) return read_line_break(at, output);
  const bool is_escape = rest.size() > 1 && !grammar_.is_typography_only &&
                         (is_escapable(rest[1]) || (rest[1] == '~' && grammar_.has_tildes));
  return read_as_text(is_escape ? at + 1 : at, 1, output);
}

std::size_t SpanReader::read_line_break(std::size_t at, SpanOutput& output) {
  output.add_node(output.is_dry() ? nullptr : cmark_node_new(CMARK_NODE_LINEBREAK));
  return at + 2;
}

}  // namespace stet::markdown
