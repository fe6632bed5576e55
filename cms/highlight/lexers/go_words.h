// What Go calls its own: words of the grammar, and names that every file knows.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kGoKeywords{{
    "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for",
    "func", "go", "goto", "if", "import", "interface", "map", "package", "range", "return",
    "select", "struct", "switch", "type", "var",
}};

inline constexpr WordSet kGoTypes{{
    "bool", "byte", "complex128", "complex64", "error", "float32", "float64", "int", "int16",
    "int32", "int64", "int8", "rune", "string", "uint", "uint16", "uint32", "uint64", "uint8",
    "uintptr",
}};

inline constexpr WordSet kGoFunctions{{
    "append", "cap", "close", "complex", "copy", "delete", "imag", "len", "make", "new", "panic",
    "print", "println", "real", "recover",
}};

inline constexpr WordSet kGoConstants{{"false", "iota", "nil", "true"}};
// clang-format on

}  // namespace stet::highlight
