#include <string>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/letters.h"
#include "cms/liquid/filters/tables.h"
#include "cms/liquid/filters/words.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

// The text of a value, held as long as this is.
class Text {
 public:
  Text(const Value& value, FilterContext& context) : view_(text_of(value, context.host(), own_)) {}
  std::string_view view() const { return view_; }

 private:
  std::string own_;
  std::string_view view_;
};

template <std::string (*kChange)(std::string_view)>
Result<Value> change(const Value& input, const Arguments&, FilterContext& context) {
  return Value(kChange(Text(input, context).view()));
}

template <std::string_view (*kStrip)(std::string_view)>
Result<Value> strip_with(const Value& input, const Arguments&, FilterContext& context) {
  return Value(std::string(kStrip(Text(input, context).view())));
}

Result<Value> join_two(const Value& first, const Value& second, FilterContext& context) {
  Text a(first, context);
  Text b(second, context);
  TRY(context.charge_bytes(a.view().size() + b.view().size()));
  std::string out;
  out.reserve(a.view().size() + b.view().size());
  return Value(std::move(out.append(a.view()).append(b.view())));
}

Result<Value> append(const Value& input, const Arguments& arguments, FilterContext& context) {
  return join_two(input, arguments[0], context);
}

Result<Value> prepend(const Value& input, const Arguments& arguments, FilterContext& context) {
  return join_two(arguments[0], input, context);
}

// Ruby reads \0 and \& in a replacement as the match, \1 to \9 as nothing, \\ as one backslash.
std::string expand(std::string_view replacement, std::string_view match) {
  std::string out;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    bool is_escape = replacement[i] == '\\' && i + 1 < replacement.size();
    char next = is_escape ? replacement[i + 1] : ' ';
    bool is_known = next == '\\' || next == '&' || (next >= '0' && next <= '9');
    if (!is_escape || !is_known) {
      out += replacement[i];
      continue;
    }
    ++i;
    if (next == '\\') out += '\\';
    if (next == '0' || next == '&') out += match;
  }
  return out;
}

std::size_t count_of(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return count_characters(text) + 1;
  std::size_t count = 0;
  for (std::size_t at = text.find(pattern); at != text.npos; ++count) {
    at = text.find(pattern, at + pattern.size());
  }
  return count;
}

// Before each character and at the end: what Ruby's gsub("") does.
std::string interleave(std::string_view text, std::string_view between) {
  std::string out;
  while (!text.empty()) {
    std::string_view character = slice_characters(text, 0, 1);
    out.append(between).append(character);
    text.remove_prefix(character.size());
  }
  return out.append(between);
}

Result<Value> replace_all(std::string_view text,
                          std::string_view pattern,
                          std::string_view replacement,
                          FilterContext& context) {
  std::string with = expand(replacement, pattern);
  std::size_t count = count_of(text, pattern);
  std::size_t bytes = 0;
  bool is_too_large = __builtin_mul_overflow(count, with.size(), &bytes);
  if (is_too_large) return invalid_input("the result of replace is too large");
  TRY(context.charge_bytes(bytes + text.size()));
  if (pattern.empty()) return Value(interleave(text, with));
  std::string out;
  for (;;) {
    std::size_t at = text.find(pattern);
    out += text.substr(0, at);
    if (at == text.npos) return Value(std::move(out));
    out += with;
    text.remove_prefix(at + pattern.size());
  }
}

Result<Value> replace_one(std::string_view text,
                          std::string_view pattern,
                          std::string_view replacement,
                          FilterContext& context) {
  std::string with = expand(replacement, pattern);
  std::size_t at = text.find(pattern);
  std::string out(text);
  TRY(context.charge_bytes(text.size() + with.size()));
  if (at != text.npos) out.replace(at, pattern.size(), with);
  return Value(std::move(out));
}

using Replace = Result<Value> (*)(std::string_view,
                                  std::string_view,
                                  std::string_view,
                                  FilterContext&);

// Of a filter that only removes, the replacement is the argument that it cannot be given.
template <Replace kReplace>
Result<Value> replace(const Value& input, const Arguments& arguments, FilterContext& context) {
  Text text(input, context);
  Text pattern(arguments[0], context);
  Text replacement(arguments[1], context);
  return kReplace(text.view(), pattern.view(), replacement.view(), context);
}

std::string newlines_to_breaks(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\n') out += "<br />";
    out += c;
  }
  return out;
}

std::string without_newlines(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool is_before_newline = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (text[i] != '\n' && !is_before_newline) out += text[i];
  }
  return out;
}

std::string normalize_whitespace(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (!is_ascii_space(c)) {
      out += c;
    } else if (!out.ends_with(' ')) {
      out += ' ';
    }
  }
  return std::string(strip(out));
}

Result<std::int64_t> integer(const Value& value) {
  auto number = to_integer(value);
  if (!number) return invalid_input("invalid integer");
  return *number;
}

Result<Value> truncate(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (input.is_nil()) return Value();
  constexpr std::int64_t kLengthUsual = 50;
  std::int64_t length = arguments.size() > 0 ? TRY(integer(arguments[0])) : kLengthUsual;
  std::string ending = arguments.size() > 1 ? to_s(arguments[1], context.host()) : "...";
  Text text(input, context);
  auto characters = static_cast<std::int64_t>(count_characters(text.view()));
  if (characters <= length) return Value(std::string(text.view()));
  std::int64_t kept = length - static_cast<std::int64_t>(count_characters(ending));
  std::string out(slice_characters(text.view(), 0, kept > 0 ? static_cast<std::size_t>(kept) : 0));
  return Value(out + ending);
}

// Liquid 4 adds the ending also where there are exactly as many words as wanted.
Result<Value> truncate_words(const Value& input,
                             const Arguments& arguments,
                             FilterContext& context) {
  if (input.is_nil()) return Value();
  constexpr std::int64_t kWordsUsual = 15;
  std::int64_t wanted = arguments.size() > 0 ? TRY(integer(arguments[0])) : kWordsUsual;
  if (wanted < 1) wanted = 1;
  std::string ending = arguments.size() > 1 ? to_s(arguments[1], context.host()) : "...";
  Text text(input, context);
  std::vector<std::string_view> words = split_words(text.view(), static_cast<std::size_t>(wanted));
  if (words.size() < static_cast<std::size_t>(wanted)) return input;
  std::string out;
  for (std::string_view word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return Value(out + ending);
}

Result<Value> split_text(const Value& input, const Arguments& arguments, FilterContext& context) {
  Text text(input, context);
  Text pattern(arguments[0], context);
  // A piece is a value of its own, which weighs more than the byte that it may be.
  std::vector<std::string_view> pieces = split(text.view(), pattern.view());
  TRY(context.charge(pieces.size()));
  std::vector<Value> items;
  items.reserve(pieces.size());
  for (std::string_view piece : pieces) items.emplace_back(std::string(piece));
  return make_array(std::move(items));
}

Result<Value> number_of_words(const Value& input,
                              const Arguments& arguments,
                              FilterContext& context) {
  std::string name = to_s(arguments[0], context.host());
  WordMode mode = name == "cjk"    ? WordMode::kCjk
                  : name == "auto" ? WordMode::kAuto
                                   : WordMode::kBlanks;
  auto count = count_words(Text(input, context).view(), mode);
  return Value(static_cast<std::int64_t>(count));
}

constexpr FilterEntry kFilters[] = {
    {.name = "append", .filter = append, .arguments_min = 1, .arguments_max = 1},
    {.name = "capitalize", .filter = change<capitalize>},
    {.name = "downcase", .filter = change<downcase>},
    {.name = "lstrip", .filter = strip_with<strip_left>},
    {.name = "newline_to_br", .filter = change<newlines_to_breaks>},
    {.name = "normalize_whitespace", .filter = change<normalize_whitespace>},
    {.name = "number_of_words", .filter = number_of_words, .arguments_max = 1},
    {.name = "prepend", .filter = prepend, .arguments_min = 1, .arguments_max = 1},
    {.name = "remove", .filter = replace<replace_all>, .arguments_min = 1, .arguments_max = 1},
    {.name = "remove_first",
     .filter = replace<replace_one>,
     .arguments_min = 1,
     .arguments_max = 1},
    {.name = "replace", .filter = replace<replace_all>, .arguments_min = 1, .arguments_max = 2},
    {.name = "replace_first",
     .filter = replace<replace_one>,
     .arguments_min = 1,
     .arguments_max = 2},
    {.name = "rstrip", .filter = strip_with<strip_right>},
    {.name = "split", .filter = split_text, .arguments_min = 1, .arguments_max = 1},
    {.name = "strip", .filter = strip_with<strip>},
    {.name = "strip_newlines", .filter = change<without_newlines>},
    {.name = "truncate", .filter = truncate, .arguments_max = 2},
    {.name = "truncatewords", .filter = truncate_words, .arguments_max = 2},
    {.name = "upcase", .filter = change<upcase>},
};

}  // namespace

std::span<const FilterEntry> string_filters() { return kFilters; }

}  // namespace stet::liquid
