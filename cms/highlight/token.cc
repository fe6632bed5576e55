#include "cms/highlight/token.h"

#include <array>
#include <cstddef>

namespace stet::highlight {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 75> kClasses = {
    "",     // kText
    "w",    // kWhitespace
    "err",  // kError
    "k",    // kKeyword
    "kc",   // kKeywordConstant
    "kd",   // kKeywordDeclaration
    "kn",   // kKeywordNamespace
    "kp",   // kKeywordPseudo
    "kr",   // kKeywordReserved
    "kt",   // kKeywordType
    "n",    // kName
    "na",   // kNameAttribute
    "nb",   // kNameBuiltin
    "bp",   // kNameBuiltinPseudo
    "nc",   // kNameClass
    "no",   // kNameConstant
    "nd",   // kNameDecorator
    "ni",   // kNameEntity
    "ne",   // kNameException
    "nf",   // kNameFunction
    "nl",   // kNameLabel
    "nn",   // kNameNamespace
    "nx",   // kNameOther
    "py",   // kNameProperty
    "nt",   // kNameTag
    "nv",   // kNameVariable
    "vc",   // kNameVariableClass
    "vg",   // kNameVariableGlobal
    "vi",   // kNameVariableInstance
    "vm",   // kNameVariableMagic
    "ld",   // kDate
    "s",    // kString
    "sa",   // kStringAffix
    "sb",   // kStringBacktick
    "sc",   // kStringChar
    "dl",   // kStringDelimiter
    "sd",   // kStringDoc
    "s2",   // kStringDouble
    "se",   // kStringEscape
    "sh",   // kStringHeredoc
    "si",   // kStringInterpolation
    "sx",   // kStringOther
    "sr",   // kStringRegex
    "s1",   // kStringSingle
    "ss",   // kStringSymbol
    "m",    // kNumber
    "mb",   // kNumberBinary
    "mf",   // kNumberFloat
    "mh",   // kNumberHex
    "mi",   // kNumberInteger
    "il",   // kNumberLong
    "mo",   // kNumberOctal
    "mx",   // kNumberOther
    "o",    // kOperator
    "ow",   // kOperatorWord
    "p",    // kPunctuation
    "pi",   // kPunctuationIndicator
    "c",    // kComment
    "cd",   // kCommentDoc
    "cm",   // kCommentMultiline
    "cp",   // kCommentPreprocessor
    "cpf",  // kCommentPreprocessorFile
    "c1",   // kCommentSingle
    "cs",   // kCommentSpecial
    "gd",   // kGenericDeleted
    "ge",   // kGenericEmphasis
    "gr",   // kGenericError
    "gh",   // kGenericHeading
    "gi",   // kGenericInserted
    "go",   // kGenericOutput
    "gp",   // kGenericPrompt
    "gs",   // kGenericStrong
    "gu",   // kGenericSubheading
    "gt",   // kGenericTraceback
    "x",    // kOther
};

static_assert(kClasses.size() == static_cast<std::size_t>(Token::kOther) + 1);

}  // namespace

std::string_view class_of(Token token) { return kClasses[static_cast<std::size_t>(token)]; }

}  // namespace stet::highlight
