// Reads what stands inside tags and {{ }}: expressions, filters, conditions.
//
// As Jekyll's `error_mode: warn`: the strict grammar first; where it refuses, the lax one, with a
// warning. Texts may be anything; nothing here fails but where it says so. Threads: one arena a
// thread.
#pragma once

#include <string>
#include <string_view>

#include "cms/liquid/arena.h"
#include "cms/liquid/syntax.h"
#include "storage/base/result.h"

namespace stet::liquid {

// Liquid's Expression.parse, which takes any text: what is no literal is a lookup.
Expression parse_expression(std::string_view markup, Arena& arena);

// `warning` gets what the strict grammar had against the text, if anything.
Output parse_output(std::string_view markup, Arena& arena, std::string& warning);
// Refused where even the lax grammar sees no condition; the message is Liquid's.
Result<Condition> parse_condition(std::string_view markup, Arena& arena, std::string& warning);

// By the strict grammar alone, as Jekyll's where_exp reads its argument.
Result<Condition> parse_strict_condition(std::string_view markup, Arena& arena);

// A comparison `left == right` that is a condition of its own (case, when).
Operator operator_of(std::string_view text);

}  // namespace stet::liquid
