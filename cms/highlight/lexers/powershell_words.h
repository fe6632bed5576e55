// Words of PowerShell, in lower case: of the language, of its operators and of its help.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kPowerShellKeywords{{
    "assembly", "base", "begin", "break", "catch", "class", "command", "configuration", "continue",
    "data", "define", "do", "dynamicparam", "else", "elseif", "end", "enum", "exit", "filter",
    "finally", "for", "foreach", "from", "function", "hidden", "if", "in", "inlinescript",
    "interface", "module", "namespace", "parallel", "param", "private", "process", "public",
    "return", "sequence", "static", "switch", "throw", "trap", "try", "type", "until", "using",
    "var", "while", "workflow",
}};

inline constexpr WordSet kPowerShellOperators{{
    "and", "as", "band", "bor", "bxor", "ccontains", "ceq", "cge", "cgt", "cle", "clike", "clt",
    "cmatch", "cne", "cnotcontains", "cnotlike", "cnotmatch", "contains", "creplace", "csplit",
    "eq", "ge", "gt", "icontains", "ieq", "ige", "igt", "ile", "ilike", "ilt", "imatch", "ine",
    "inotcontains", "inotlike", "inotmatch", "ireplace", "is", "isnot", "isplit", "join", "le",
    "like", "lt", "match", "ne", "not", "notcontains", "notlike", "notmatch", "or", "replace",
    "shl", "shr", "split", "xor",
}};

inline constexpr WordSet kPowerShellHelp{{
    "component", "description", "example", "externalhelp", "forwardhelpcategory",
    "forwardhelptargetname", "functionality", "inputs", "link", "notes", "outputs", "parameter",
    "remotehelprunspace", "role", "synopsis",
}};

inline constexpr WordSet kPowerShellAttributes{{
    "ConfirmImpact", "DefaultParameterSetName", "HelpURI", "PositionalBinding", "SupportsPaging",
    "SupportsShouldProcess",
}};

// clang-format on

}  // namespace stet::highlight
