#include "cms/liquid/tags/include_markup.h"

#include <string>

#include "cms/liquid/markup.h"
#include "cms/liquid/scan.h"

namespace stet::liquid {
namespace {

bool is_path(char c) { return is_segment(c) || c == '.'; }

// The end of \{\{\s*[\w\-.]+\s*(\|.*)?\}\}[^\s{}]* at `at`; filters reach to the last }} there is.
std::size_t variable_end(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "{{") return kNone;
  const std::size_t name = skip_spaces(text, at + 2);
  std::size_t end = name;
  while (end < text.size() && is_path(text[end])) ++end;
  if (end == name) return kNone;
  end = skip_spaces(text, end);
  if (end < text.size() && text[end] == '|') {
    const std::size_t close = text.rfind("}}");
    if (close == kNone || close < end) return kNone;
    end = close;
  }
  if (text.substr(end, 2) != "}}") return kNone;
  end += 2;
  while (end < text.size() && !is_space(text[end]) && text[end] != '{' && text[end] != '}') ++end;
  return end;
}

// The end of the quoted text at `at`, where a backslash protects the next character.
std::size_t escaped_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return kNone;
}

Value unescaped(std::string_view text, char quote, Arena& arena) {
  const char escaped[] = {'\\', quote};
  const std::string_view sequence(escaped, 2);
  if (text.find(sequence) == kNone) return Value::view(text);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == sequence) ++i;
    plain += text[i];
  }
  return Value::view(arena.keep(std::string_view(plain)));
}

}  // namespace

IncludeMarkup split_include(std::string_view markup) {
  markup = trim(markup);
  IncludeMarkup split;
  for (std::size_t open = markup.find("{{"); open != kNone; open = markup.find("{{", open + 1)) {
    std::size_t end = variable_end(markup, open);
    if (end == kNone) continue;
    for (std::size_t next = end; next != kNone; next = variable_end(markup, next)) end = next;
    const std::size_t brace = open == 0 ? kNone : markup.rfind('{', open - 1);
    const std::size_t begin = brace == kNone ? 0 : brace + 1;
    split.file = trim(markup.substr(begin, end - begin));
    split.is_dynamic = true;
    split.has_parameters = true;
    split.parameters = trim(markup.substr(end));
    return split;
  }
  std::size_t end = 0;
  while (end < markup.size() && !is_space(markup[end])) ++end;
  split.file = markup.substr(0, end);
  split.has_parameters = end < markup.size();
  split.parameters = trim(markup.substr(end));
  return split;
}

std::optional<std::vector<IncludeParameter>> parse_include_parameters(std::string_view text,
                                                                      Arena& arena) {
  std::vector<IncludeParameter> parameters;
  std::size_t at = skip_spaces(text, 0);
  while (at < text.size()) {
    std::size_t key_end = at;
    while (key_end < text.size() && is_segment(text[key_end])) ++key_end;
    const std::size_t equals = skip_spaces(text, key_end);
    const std::size_t value = skip_spaces(text, equals + 1);
    if (key_end == at || equals >= text.size() || text[equals] != '=' || value >= text.size()) {
      return std::nullopt;
    }
    IncludeParameter parameter{.key = text.substr(at, key_end - at), .value = {}};
    std::size_t end = value;
    if (text[value] == '"' || text[value] == '\'') {
      end = escaped_string(text, value);
      if (end == kNone) return std::nullopt;
      parameter.value.literal =
          unescaped(text.substr(value + 1, end - value - 2), text[value], arena);
    } else {
      while (end < text.size() && is_path(text[end])) ++end;
      if (end == value) return std::nullopt;
      parameter.value = parse_expression(text.substr(value, end - value), arena);
    }
    if (end < text.size() && !is_space(text[end])) return std::nullopt;
    parameters.push_back(std::move(parameter));
    at = skip_spaces(text, end);
  }
  return parameters;
}

bool is_include_name(std::string_view file) {
  constexpr std::string_view kMarks = "/.-()+~#@";
  for (std::size_t i = 0; i < file.size(); ++i) {
    if (!is_word(file[i]) && kMarks.find(file[i]) == kNone) return false;
    const bool is_path_mark = file[i] == '.' || file[i] == '/';
    if (is_path_mark && i > 0 && (file[i - 1] == '.' || file[i - 1] == '/')) return false;
  }
  return !file.empty();
}

}  // namespace stet::liquid
