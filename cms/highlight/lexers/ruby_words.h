// What Ruby calls its own: words of the grammar, and methods of Kernel, Object and Module.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
// Without those that are followed by a name: class, def, module.
inline constexpr WordSet kRubyKeywords{{
    "BEGIN", "END", "alias", "begin", "break", "case", "do", "else", "elsif", "end", "ensure",
    "for", "if", "in", "next", "raise", "redo", "rescue", "retry", "return", "super", "then",
    "undef", "unless", "until", "when", "while", "yield",
}};

// Words that read as statements, and constants.
inline constexpr WordSet kRubyPseudoKeywords{{
    "__FILE__", "__LINE__", "alias_method", "attr", "catch", "extend", "false", "include", "loop",
    "module_function", "nil", "private", "protected", "public", "throw", "true",
}};

inline constexpr WordSet kRubyBuiltins{{
    "__id__", "__send__", "abort", "ancestors", "at_exit", "attr_accessor", "attr_reader",
    "attr_writer", "autoload", "binding", "callcc", "caller", "chomp", "chop", "class_eval",
    "class_variables", "clone", "const_get", "const_missing", "const_set", "constants", "display",
    "dup", "eval", "exec", "exit", "fail", "fork", "format", "freeze", "getc", "gets",
    "global_variables", "gsub", "hash", "id", "included_modules", "inspect", "instance_eval",
    "instance_method", "instance_methods", "instance_variable_get", "instance_variable_set",
    "instance_variables", "lambda", "load", "local_variables", "method", "method_missing",
    "methods", "module_eval", "name", "object_id", "open", "p", "print", "printf",
    "private_class_method", "private_instance_methods", "private_methods", "proc",
    "protected_instance_methods", "protected_methods", "public_class_method",
    "public_instance_methods", "public_methods", "putc", "puts", "rand", "readline", "readlines",
    "require", "require_relative", "scan", "select", "self", "send", "set_trace_func",
    "singleton_methods", "sleep", "split", "sprintf", "srand", "sub", "syscall", "system", "taint",
    "test", "to_a", "to_s", "trace_var", "trap", "untaint", "untrace_var", "warn",
}};

// Without their question marks.
inline constexpr WordSet kRubyQuestions{{
    "autoload", "block_given", "const_defined", "eql", "equal", "frozen", "instance_of", "is_a",
    "iterator", "kind_of", "method_defined", "private_method_defined", "protected_method_defined",
    "public_method_defined", "respond_to", "tainted",
}};

// Without their exclamation marks.
inline constexpr WordSet kRubyBangs{{
    "chomp", "chop", "exit", "gsub", "sub",
}};

// Operators as symbols; where one begins another, the longer stands first.
inline constexpr std::string_view kRubyOperatorSymbols[] = {
    ":%", ":&", ":**", ":+@", ":-@", ":/", ":<<", ":<=>", ":<>", ":<=", ":<", ":===", ":==", ":>>",
    ":[]=", ":[]", ":^", ":`", ":|", ":~",
};

// Operators that can be defined; where one begins another, the longer stands first.
inline constexpr std::string_view kRubyOperatorMethods[] = {
    "%", "&", "**", "*", "+@", "+", "-@", "-", "/", "<<", "<", "===", "==", ">>", ">", "[]=", "[]",
    "^", "`", "|", "~",
};
// clang-format on

}  // namespace stet::highlight
