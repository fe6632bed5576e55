#include <algorithm>
#include <vector>

#include "cms/liquid/markup.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/strict.h"

namespace stet::liquid {
namespace {

constexpr std::string_view kSyntaxError =
    "Syntax Error in tag 'if' - Valid syntax: if [expression]";

Relation relation_of(std::string_view word) {
  return word == "and" ? Relation::kAnd : word == "or" ? Relation::kOr : Relation::kLast;
}

Comparison strict_comparison(StrictParser& parser, Arena& arena) {
  Comparison comparison;
  comparison.left = parse_expression(parser.expression(), arena);
  comparison.op_text = parser.take_comparison();
  if (comparison.op_text.empty()) return comparison;
  comparison.op = operator_of(comparison.op_text);
  comparison.right = parse_expression(parser.expression(), arena);
  return comparison;
}

// `and`, `or`, or what stands between two of them.
struct Part {
  std::string_view text;
  Relation relation = Relation::kLast;
};

Relation word_at(std::string_view text, std::size_t at) {
  for (std::string_view word : {std::string_view("and"), std::string_view("or")}) {
    const std::size_t end = at + word.size();
    if (text.substr(at).starts_with(word) && (end == text.size() || !is_word(text[end]))) {
      return relation_of(word);
    }
  }
  return Relation::kLast;
}

std::size_t skip_item(std::string_view text, std::size_t at) {
  const std::size_t end = quoted_fragment(text, at);
  if (end != kNone) return end;
  while (at < text.size() && !is_space(text[at])) ++at;
  return at;
}

std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  std::size_t at = skip_spaces(text, 0);
  while (at < text.size()) {
    const std::size_t begin = at;
    const Relation relation = word_at(text, at);
    if (relation != Relation::kLast) {
      at = skip_spaces(text, at + (relation == Relation::kAnd ? 3 : 2));
    } else {
      while (at < text.size() && word_at(text, at) == Relation::kLast) {
        at = skip_spaces(text, skip_item(text, at));
      }
    }
    parts.push_back({text.substr(begin, at - begin), relation});
  }
  return parts;
}

bool is_operator(char c) {
  return c == '=' || c == '!' || c == '<' || c == '>' || c == '_' || (c >= 'a' && c <= 'z');
}

// (QuotedFragment)\s*([=!<>a-z_]+)?\s*(QuotedFragment)?
bool lax_comparison(std::string_view text, Arena& arena, Comparison& comparison) {
  const Found left = find_fragment(text, 0);
  if (!left) return false;
  comparison.left = parse_expression(left.in(text), arena);
  const std::size_t begin = skip_spaces(text, left.end);
  std::size_t end = begin;
  while (end < text.size() && is_operator(text[end])) ++end;
  if (end == begin) return true;
  comparison.op_text = text.substr(begin, end - begin);
  comparison.op = operator_of(comparison.op_text);
  const std::size_t right = skip_spaces(text, end);
  const std::size_t right_end = quoted_fragment(text, right);
  if (right_end == kNone) return true;
  comparison.right = parse_expression(text.substr(right, right_end - right), arena);
  return true;
}

Result<Condition> parse_lax(std::string_view markup, Arena& arena) {
  std::vector<Part> parts = parts_of(markup);
  std::vector<Comparison> comparisons;
  for (bool is_last = true; is_last || !parts.empty(); is_last = false) {
    Relation relation = Relation::kLast;
    if (!is_last) {
      relation = parts.back().relation;
      parts.pop_back();
    }
    Comparison comparison;
    const std::string_view text = parts.empty() ? std::string_view() : parts.back().text;
    if (!lax_comparison(text, arena, comparison)) return invalid_input(std::string(kSyntaxError));
    if (!parts.empty()) parts.pop_back();
    if (!is_last && relation == Relation::kLast) return invalid_input(std::string(kSyntaxError));
    comparison.relation = relation;
    comparisons.push_back(std::move(comparison));
  }
  std::reverse(comparisons.begin(), comparisons.end());
  return arena.keep(std::move(comparisons));
}

}  // namespace

Operator operator_of(std::string_view text) {
  if (text == "==") return Operator::kEqual;
  if (text == "!=" || text == "<>") return Operator::kNotEqual;
  if (text == "<") return Operator::kLess;
  if (text == "<=") return Operator::kLessOrEqual;
  if (text == ">") return Operator::kGreater;
  if (text == ">=") return Operator::kGreaterOrEqual;
  if (text == "contains") return Operator::kContains;
  return Operator::kUnknown;
}

Result<Condition> parse_strict_condition(std::string_view markup, Arena& arena) {
  StrictParser parser(markup, arena);
  std::vector<Comparison> comparisons;
  while (!parser.failed()) {
    comparisons.push_back(strict_comparison(parser, arena));
    Relation& relation = comparisons.back().relation;
    if (parser.take_id("and")) {
      relation = Relation::kAnd;
    } else if (parser.take_id("or")) {
      relation = Relation::kOr;
    } else {
      break;
    }
  }
  if (!parser.failed()) parser.consume(TokenKind::kEndOfString);
  if (parser.failed()) return invalid_input(parser.error());
  return arena.keep(std::move(comparisons));
}

Result<Condition> parse_condition(std::string_view markup, Arena& arena, std::string& warning) {
  Result<Condition> strict = parse_strict_condition(markup, arena);
  if (strict) return strict;
  warning = strict.error().message;
  return parse_lax(markup, arena);
}

}  // namespace stet::liquid
