// What Crystal calls its own.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
// Without those that are followed by a name: class, def, macro, module.
inline constexpr WordSet kCrystalKeywords{{
    "BEGIN", "END", "alias", "as", "begin", "break", "case", "do", "else", "elsif", "end", "ensure",
    "for", "fun", "if", "ifdef", "in", "lib", "next", "of", "raise", "redo", "rescue", "retry",
    "return", "super", "then", "type", "undef", "unless", "until", "when", "while", "yield",
}};

// Words that read as statements, and constants.
inline constexpr WordSet kCrystalPseudoKeywords{{
    "__FILE__", "__LINE__", "alias_method", "attr", "attr_accessor", "attr_reader", "attr_writer",
    "catch", "extend", "false", "gette", "getter", "include", "initialize", "loop",
    "module_function", "new", "nil", "private", "propert", "property", "protected", "public",
    "record", "struct", "throw", "true",
}};

inline constexpr WordSet kCrystalBuiltins{{
    "abort", "ancestors", "at_exit", "caller", "chomp", "chop", "clone", "constants", "display",
    "dup", "eval", "exec", "exit", "fail", "fork", "format", "freeze", "getc", "gets",
    "global_variables", "gsub", "hash", "id", "included_modules", "inspect", "instance_eval",
    "instance_method", "instance_methods", "lambda", "method", "method_missing", "methods",
    "module_eval", "name", "object_id", "open", "p", "print", "printf", "proc", "putc", "puts",
    "rand", "readline", "readlines", "require", "scan", "select", "self", "send", "sleep", "split",
    "sprintf", "srand", "sub", "syscall", "system", "test", "to_a", "to_s", "trap", "warn",
}};

// Without their question marks.
inline constexpr WordSet kCrystalQuestions{{"eql", "equal", "is_a", "iterator", "kind_of"}};

// Without their exclamation marks.
inline constexpr WordSet kCrystalBangs{{"chomp", "chop", "exit", "gsub", "sub"}};

// Operators as symbols; where one begins another, the longer stands first.
inline constexpr std::string_view kCrystalOperatorSymbols[] = {
    ":===", ":==", ":=~", ":=", ":~", ":[]=", ":[]?", ":[]", ":**=", ":**", ":*=", ":*", "://=",
    "://", ":/=", ":/", ":^=", ":^", ":+=", ":+", ":-=", ":-", ":&&=", ":&&", ":&*=", ":&*", ":&+=",
    ":&+", ":&-=", ":&-", ":&=", ":&", ":||=", ":||", ":|=", ":|", ":!=", ":!~", ":!", ":%=", ":%",
    ":<=>", ":<<=", ":<<", ":<=", ":<", ":>>=", ":>>", ":>=", ":>", ":...", ":..",
};

// Operators before which a value has ended; where one begins another, the longer stands first.
inline constexpr std::string_view kCrystalOperators[] = {
    "**", "//", ">=", "<=", "<<", "<", ">>", ">", "=~", "===", "!~", "&&", "&", "||", ".",
};
// clang-format on

}  // namespace stet::highlight
