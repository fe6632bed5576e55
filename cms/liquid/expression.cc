#include <optional>
#include <vector>

#include "cms/liquid/convert.h"
#include "cms/liquid/markup.h"
#include "cms/liquid/scan.h"

namespace stet::liquid {
namespace {

constexpr int kDepthMax = 100;

Expression parse_expression(std::string_view markup, Arena& arena, int depth);

Expression literal(Value value) {
  Expression expression;
  expression.literal = std::move(value);
  return expression;
}

std::optional<Expression> named_literal(std::string_view markup) {
  if (markup.empty() || markup == "nil" || markup == "null") return literal(Value());
  if (markup == "true") return literal(Value(true));
  if (markup == "false") return literal(Value(false));
  if (markup == "blank") return literal(Value::blank());
  if (markup == "empty") return literal(Value::empty());
  return std::nullopt;
}

bool is_quoted(std::string_view text) {
  return text.size() >= 2 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0];
}

bool is_integer(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  if (text.empty()) return false;
  for (char c : text) {
    if (!is_digit(c)) return false;
  }
  return true;
}

// -?\d[\d.]+
bool is_float(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  if (text.size() < 2 || !is_digit(text[0])) return false;
  for (char c : text) {
    if (!is_digit(c) && c != '.') return false;
  }
  return true;
}

// \((\S+)\.\.(\S+)\), the first part as long as it can be
std::optional<std::pair<std::string_view, std::string_view>> range_bounds(std::string_view text) {
  if (text.size() < 6 || text.front() != '(' || text.back() != ')') return std::nullopt;
  const std::string_view inner = text.substr(1, text.size() - 2);
  for (char c : inner) {
    if (is_space(c)) return std::nullopt;
  }
  if (inner.size() < 4) return std::nullopt;
  const std::size_t dots = inner.rfind("..", inner.size() - 3);
  if (dots == kNone || dots == 0) return std::nullopt;
  return std::pair(inner.substr(0, dots), inner.substr(dots + 2));
}

Expression range(std::string_view first, std::string_view last, Arena& arena, int depth) {
  Expression from = parse_expression(first, arena, depth + 1);
  Expression to = parse_expression(last, arena, depth + 1);
  if (from.kind == Expression::Kind::kLiteral && to.kind == Expression::Kind::kLiteral) {
    return literal(Value::range(to_i(from.literal), to_i(to.literal)));
  }
  Expression expression;
  expression.kind = Expression::Kind::kRange;
  expression.first = arena.make<Expression>(std::move(from));
  expression.last = arena.make<Expression>(std::move(to));
  return expression;
}

// The pieces of \[[^\]]+\]|[\w\-]+\??
std::vector<std::string_view> lookup_pieces(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    if (text[at] == '[') {
      const std::size_t close = text.find(']', at + 1);
      if (close != kNone && close > at + 1) end = close + 1;
    } else {
      while (end < text.size() && is_segment(text[end])) ++end;
      if (end > at && end < text.size() && text[end] == '?') ++end;
    }
    if (end == at) {
      ++at;
      continue;
    }
    pieces.push_back(text.substr(at, end - at));
    at = end;
  }
  return pieces;
}

bool is_bracketed(std::string_view piece) { return piece.front() == '[' && piece.back() == ']'; }

Step step_of(std::string_view piece, Arena& arena, int depth) {
  Step step;
  if (!is_bracketed(piece)) {
    step.key = Value::view(piece);
    step.is_command = piece == "size" || piece == "first" || piece == "last";
    return step;
  }
  Expression inner = parse_expression(piece.substr(1, piece.size() - 2), arena, depth + 1);
  if (inner.kind == Expression::Kind::kLiteral) {
    step.key = inner.literal;
  } else {
    step.dynamic = arena.make<Expression>(std::move(inner));
  }
  return step;
}

Expression lookup(std::string_view markup, Arena& arena, int depth) {
  const std::vector<std::string_view> pieces = lookup_pieces(markup);
  if (pieces.empty()) return literal(Value());
  Lookup lookup;
  if (is_bracketed(pieces[0])) {
    Expression inner =
        parse_expression(pieces[0].substr(1, pieces[0].size() - 2), arena, depth + 1);
    if (inner.kind == Expression::Kind::kLiteral && inner.literal.is_string()) {
      lookup.name = Name(inner.literal.as_string());
    } else {
      lookup.dynamic_name = arena.make<Expression>(std::move(inner));
    }
  } else {
    lookup.name = Name(pieces[0]);
  }
  std::vector<Step> steps;
  steps.reserve(pieces.size() - 1);
  for (std::size_t i = 1; i < pieces.size(); ++i) steps.push_back(step_of(pieces[i], arena, depth));
  lookup.steps = arena.keep(std::move(steps));
  Expression expression;
  expression.kind = Expression::Kind::kLookup;
  expression.lookup = arena.make<Lookup>(std::move(lookup));
  return expression;
}

Expression parse_expression(std::string_view markup, Arena& arena, int depth) {
  if (depth > kDepthMax) return literal(Value());
  if (auto named = named_literal(markup)) return *std::move(named);
  if (is_quoted(markup)) return literal(Value::view(markup.substr(1, markup.size() - 2)));
  if (is_integer(markup)) return literal(Value(text_to_i(markup)));
  if (auto bounds = range_bounds(markup)) return range(bounds->first, bounds->second, arena, depth);
  if (is_float(markup)) return literal(Value(text_to_f(markup)));
  return lookup(markup, arena, depth);
}

}  // namespace

Expression parse_expression(std::string_view markup, Arena& arena) {
  return parse_expression(markup, arena, 0);
}

}  // namespace stet::liquid
