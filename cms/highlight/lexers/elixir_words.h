// Words of Elixir, as Rouge tells their kinds.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

inline constexpr WordSet kElixirKeywords({"after",     "bc",        "case",        "catch",
                                          "cond",      "def",       "defdelegate", "defexception",
                                          "defguard",  "defguardp", "defimpl",     "defmacro",
                                          "defmacrop", "defmodule", "defp",        "defprotocol",
                                          "defrecord", "defstruct", "else",        "end",
                                          "exit",      "fn",        "if",          "lc",
                                          "loop",      "raise",     "receive",     "rescue",
                                          "throw",     "try",       "unless"});

inline constexpr WordSet kElixirDirectives(
    {"import", "quote", "recur", "refer", "require", "super", "unquote", "use"});

inline constexpr WordSet kElixirOperatorWords({"and", "in", "not", "or", "when", "xor"});

inline constexpr WordSet kElixirPseudo(
    {"__FILE__", "__FUNCTION__", "__LINE__", "__MAIN__", "__MODULE__"});

}  // namespace stet::highlight
