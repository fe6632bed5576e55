// Words of Jinja and Twig.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kJinjaKeywords{{
    "as", "autoescape", "block", "call", "context", "do", "else", "endautoescape", "endblock",
    "endcall", "endfilter", "endfor", "endif", "endmacro", "endset", "endtrans", "endwith",
    "extends", "filter", "for", "from", "if", "ignore", "import", "include", "macro", "missing",
    "recursive", "reversed", "scoped", "set", "trans", "with", "without",
}};

inline constexpr WordSet kJinjaTests{{
    "callable", "defined", "divisibleby", "equalto", "escaped", "even", "iterable", "lower",
    "mapping", "none", "number", "odd", "sameas", "sequence", "string", "undefined", "upper",
}};

inline constexpr WordSet kTwigKeywords{{
    "as", "autoescape", "block", "do", "else", "embed", "endautoescape", "endblock", "endembed",
    "endfilter", "endfor", "endif", "endmacro", "ends", "endsandbox", "endset", "endspaceless",
    "extends", "filter", "flush", "for", "from", "if", "import", "include", "macro", "sandbox",
    "set", "spaceless", "starts", "use", "with", "without",
}};

inline constexpr WordSet kTwigTests{{
    "constant", "defined", "divisibleby", "empty", "even", "iterable", "null", "odd", "sameas",
}};

// clang-format on

}  // namespace stet::highlight
