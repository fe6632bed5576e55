// What Swift calls its own.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kSwiftKeywords{{
    "Self", "Type", "__COLUMN__", "__FILE__", "__FUNCTION__", "__LINE__", "as", "associativity",
    "async", "await", "break", "case", "catch", "continue", "default", "defer", "didSet", "do",
    "dynamicType", "else", "fallthrough", "for", "get", "guard", "if", "in", "infix", "inout", "is",
    "isolated", "mutating", "new", "none", "nonmutating", "operator", "override", "postfix",
    "precedence", "precedencegroup", "prefix", "repeat", "rethrows", "return", "self", "set",
    "super", "switch", "throw", "throws", "try", "unowned", "weak", "where", "while", "willSet",
}};

inline constexpr WordSet kSwiftDeclarations{{
    "actor", "associatedtype", "class", "convenience", "deinit", "dynamic", "enum", "extension",
    "fileprivate", "final", "func", "import", "indirect", "init", "internal", "lazy", "let",
    "nonisolated", "open", "optional", "private", "protocol", "public", "required", "some",
    "static", "struct", "subscript", "typealias", "var",
}};
// clang-format on

}  // namespace stet::highlight
