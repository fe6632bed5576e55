// What JavaScript and TypeScript call their own.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
// JavaScript.
inline constexpr WordSet kScriptKeywords{{
    "as", "async", "await", "break", "case", "catch", "continue", "debugger", "default", "delete",
    "do", "else", "export", "finally", "for", "from", "if", "import", "in", "instanceof", "new",
    "of", "return", "super", "switch", "this", "throw", "try", "typeof", "void", "while", "yield",
}};

inline constexpr WordSet kScriptDeclarations{{
    "class", "const", "constructor", "extends", "function", "get", "let", "set", "static", "var",
    "with",
}};

inline constexpr WordSet kScriptReserved{{
    "enum", "implements", "interface", "package", "private", "protected", "public",
}};

inline constexpr WordSet kScriptConstants{{
    "Infinity", "NaN", "false", "null", "true", "undefined",
}};

inline constexpr WordSet kScriptBuiltins{{
    "Array", "ArrayBuffer", "Boolean", "DataView", "Date", "Error", "Float32Array", "Float64Array",
    "Function", "Int16Array", "Int32Array", "Int8Array", "Map", "Math", "Number", "Object",
    "Packages", "Promise", "Proxy", "Reflect", "RegExp", "Set", "String", "Symbol", "Uint16Array",
    "Uint16ClampedArray", "Uint32Array", "Uint32ClampedArray", "Uint8Array", "Uint8ClampedArray",
    "WeakMap", "WeakSet", "decodeURI", "decodeURIComponent", "document", "encodeURI",
    "encodeURIComponent", "eval", "global", "isFinite", "isNaN", "navigator", "netscape",
    "parseFloat", "parseInt", "self", "sun", "window",
}};

// TypeScript.
inline constexpr WordSet kTypedKeywords{{
    "as", "async", "await", "break", "case", "catch", "continue", "debugger", "default", "delete",
    "do", "else", "export", "finally", "for", "from", "if", "implements", "import", "in",
    "instanceof", "is", "namespace", "new", "of", "private", "protected", "public", "readonly",
    "return", "static", "super", "switch", "this", "throw", "try", "typeof", "void", "while",
    "yield",
}};

inline constexpr WordSet kTypedDeclarations{{
    "abstract", "class", "const", "constructor", "extends", "function", "get", "let", "set", "type",
    "var", "with",
}};

inline constexpr WordSet kTypedReserved{{
    "any", "declare", "enum", "interface", "keyof", "module", "number", "package", "string",
}};

inline constexpr WordSet kTypedBuiltins{{
    "Array", "ArrayBuffer", "Boolean", "DataView", "Date", "Error", "Float32Array", "Float64Array",
    "Function", "Int16Array", "Int32Array", "Int8Array", "Map", "Math", "Number", "Object",
    "Packages", "Partial", "Pick", "Promise", "Proxy", "Readonly", "Record", "Reflect", "RegExp",
    "Set", "String", "Symbol", "Uint16Array", "Uint16ClampedArray", "Uint32Array",
    "Uint32ClampedArray", "Uint8Array", "Uint8ClampedArray", "WeakMap", "WeakSet", "decodeURI",
    "decodeURIComponent", "document", "encodeURI", "encodeURIComponent", "eval", "global",
    "isFinite", "isNaN", "navigator", "netscape", "parseFloat", "parseInt", "self", "sun", "window",
}};
// clang-format on

}  // namespace stet::highlight
