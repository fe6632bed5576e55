#include <vector>

#include "cms/liquid/filter.h"
#include "cms/liquid/markup.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/strict.h"

namespace stet::liquid {
namespace {

class FilterList {
 public:
  explicit FilterList(Arena& arena) : arena_(arena) {}

  // An unknown filter passes its input through, so nothing is kept of it.
  void add(std::string_view name, const std::vector<std::string_view>& arguments) {
    const FilterEntry* entry = find_filter(name);
    if (!entry) return;
    std::vector<Expression> positional;
    std::vector<FilterCall::Keyword> keywords;
    for (std::string_view argument : arguments) {
      if (!add_keyword(argument, keywords)) {
        positional.push_back(parse_expression(argument, arena_));
      }
    }
    calls_.push_back({entry, arena_.keep(std::move(positional)), arena_.keep(std::move(keywords))});
  }

  std::span<const FilterCall> keep() { return arena_.keep(std::move(calls_)); }

 private:
  // \A(\w+)\s*\:\s*(QuotedFragment)\z
  bool add_keyword(std::string_view argument, std::vector<FilterCall::Keyword>& keywords) {
    const std::size_t name_end = skip_word(argument, 0);
    const std::size_t colon = skip_spaces(argument, name_end);
    if (name_end == 0 || colon >= argument.size() || argument[colon] != ':') return false;
    const std::size_t value = skip_spaces(argument, colon + 1);
    if (fragment_run(argument, value) != argument.size()) return false;
    const std::string_view name = argument.substr(0, name_end);
    Expression expression = parse_expression(argument.substr(value), arena_);
    for (auto& keyword : keywords) {
      if (keyword.name != name) continue;
      keyword.value = std::move(expression);
      return true;
    }
    keywords.push_back({name, std::move(expression)});
    return true;
  }

  Arena& arena_;
  std::vector<FilterCall> calls_;
};

// The text of an argument, `key: value` where it is one.
std::string_view strict_argument(StrictParser& parser, Arena& arena) {
  if (!parser.looks_at(TokenKind::kId) || !parser.looks_at(TokenKind::kColon, 1)) {
    return parser.expression();
  }
  std::string text(parser.consume(TokenKind::kId));
  text += parser.consume(TokenKind::kColon);
  text += ' ';
  text += parser.expression();
  return arena.keep(std::string_view(text));
}

bool parse_strict(std::string_view markup, Arena& arena, Output& output, std::string& warning) {
  StrictParser parser(markup, arena);
  const std::string_view value = parser.failed() ? std::string_view() : parser.expression();
  FilterList filters(arena);
  while (parser.take(TokenKind::kPipe)) {
    const std::string_view name = parser.consume(TokenKind::kId);
    std::vector<std::string_view> arguments;
    if (parser.take(TokenKind::kColon)) {
      do {
        arguments.push_back(strict_argument(parser, arena));
      } while (parser.take(TokenKind::kComma));
    }
    if (!parser.failed()) filters.add(name, arguments);
  }
  if (!parser.failed()) parser.consume(TokenKind::kEndOfString);
  if (parser.failed()) {
    warning = parser.error();
    return false;
  }
  output.value = parse_expression(value, arena);
  output.filters = filters.keep();
  return true;
}

// (?::|,)\s*((?:\w+\s*\:\s*)?QuotedFragment) wherever it matches
std::vector<std::string_view> lax_arguments(std::string_view text) {
  std::vector<std::string_view> arguments;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != ':' && text[at] != ',') {
      ++at;
      continue;
    }
    const std::size_t begin = skip_spaces(text, at + 1);
    const std::size_t name_end = skip_word(text, begin);
    const std::size_t colon = skip_spaces(text, name_end);
    std::size_t end = kNone;
    if (name_end > begin && colon < text.size() && text[colon] == ':') {
      end = quoted_fragment(text, skip_spaces(text, colon + 1));
    }
    if (end == kNone) end = quoted_fragment(text, begin);
    if (end == kNone) {
      ++at;
      continue;
    }
    arguments.push_back(text.substr(begin, end - begin));
    at = end;
  }
  return arguments;
}

// The end of (?:\s+|QuotedFragment|,)+ at `at`, which may be `at`.
std::size_t filter_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_space(text[at]) || text[at] == ',') {
      ++at;
      continue;
    }
    const std::size_t end = quoted_fragment(text, at);
    if (end == kNone) break;
    at = end;
  }
  return at;
}

void add_lax_filter(std::string_view text, FilterList& filters) {
  std::size_t name = 0;
  while (name < text.size() && !is_word(text[name])) ++name;
  if (name == text.size()) return;
  filters.add(text.substr(name, skip_word(text, name) - name), lax_arguments(text));
}

void parse_lax(std::string_view markup, Arena& arena, Output& output) {
  const Found value = find_fragment(markup, 0);
  if (!value) return;
  output.value = parse_expression(value.in(markup), arena);
  const std::size_t pipe = markup.find('|', value.end);
  if (pipe == kNone) return;
  FilterList filters(arena);
  for (std::size_t at = pipe + 1; at < markup.size();) {
    const std::size_t end = filter_end(markup, at);
    if (end > at) add_lax_filter(markup.substr(at, end - at), filters);
    at = end > at ? end : at + 1;
  }
  output.filters = filters.keep();
}

}  // namespace

Output parse_output(std::string_view markup, Arena& arena, std::string& warning) {
  Output output;
  if (parse_strict(markup, arena, output, warning)) return output;
  output = Output();
  parse_lax(markup, arena, output);
  return output;
}

}  // namespace stet::liquid
