// Words of OCaml and F#.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kOcamlKeywords{{
    "as", "assert", "begin", "class", "constraint", "do", "done", "downto", "else", "end",
    "exception", "external", "false", "for", "fun", "function", "functor", "if", "in", "include",
    "inherit", "initializer", "lazy", "let", "match", "module", "mutable", "new", "nonrec",
    "object", "of", "open", "raise", "rec", "sig", "struct", "then", "to", "true", "try", "type",
    "val", "virtual", "when", "while", "with",
}};

inline constexpr WordSet kFsharpKeywords{{
    "abstract", "and", "as", "assert", "atomic", "base", "begin", "break", "checked", "class",
    "component", "const", "constraint", "constructor", "continue", "default", "delegate", "do",
    "done", "downcast", "downto", "eager", "elif", "else", "end", "event", "exception", "extern",
    "external", "false", "finally", "fixed", "for", "fun", "function", "functor", "global", "if",
    "in", "include", "inherit", "inline", "interface", "internal", "lazy", "let", "let!", "match",
    "member", "method", "mixin", "module", "mutable", "namespace", "new", "not", "null", "object",
    "of", "open", "or", "override", "parallel", "private", "process", "protected", "public", "pure",
    "rec", "return", "return!", "sealed", "select", "sig", "static", "struct", "tailcall", "then",
    "to", "trait", "true", "try", "type", "upcast", "use", "use!", "val", "virtual", "void",
    "volatile", "when", "while", "with", "yield", "yield!",
}};

// clang-format on

}  // namespace stet::highlight
