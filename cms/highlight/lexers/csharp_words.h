// What C# calls its own.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kCsharpKeywords{{
    "abstract", "add", "alias", "as", "ascending", "async", "await", "base", "break", "by", "case",
    "catch", "checked", "const", "continue", "default", "delegate", "descending", "do", "else",
    "enum", "equals", "event", "explicit", "extern", "false", "finally", "fixed", "for", "foreach",
    "from", "get", "global", "goto", "group", "if", "implicit", "in", "interface", "internal",
    "into", "is", "join", "let", "lock", "nameof", "new", "null", "on", "operator", "orderby",
    "out", "override", "params", "partial", "private", "protected", "public", "readonly", "ref",
    "remove", "return", "sealed", "select", "set", "sizeof", "stackalloc", "static", "switch",
    "this", "throw", "true", "try", "typeof", "unchecked", "unsafe", "value", "virtual", "void",
    "volatile", "where", "while", "yield",
}};

inline constexpr WordSet kCsharpTypes{{
    "bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "object",
    "sbyte", "short", "string", "uint", "ulong", "ushort", "var",
}};

inline constexpr WordSet kCsharpDirectives{{
    "define", "elif", "else", "endif", "endregion", "error", "if", "line", "pragma", "region",
    "undef", "warning",
}};
// clang-format on

}  // namespace stet::highlight
