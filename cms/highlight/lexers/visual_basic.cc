#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kMember,  // behind a point
  kString,
  kVariable,
  kFunctionName,
  kClassName,
  kNamespace,
  kEnd,
};

constexpr CharSet kMarks{"(){}!#,:"};
constexpr CharSet kOperators{"-&*/\\^+=<>"};

// clang-format off
constexpr WordSet kKeywords{{
    "AddHandler", "Alias", "ByRef", "ByVal", "CBool", "CByte", "CChar", "CDate", "CDbl", "CDec",
    "CInt", "CLng", "CObj", "CSByte", "CShort", "CSng", "CStr", "CType", "CUInt", "CULng",
    "CUShort", "Call", "Case", "Catch", "Continue", "Declare", "Default", "Delegate", "DirectCast",
    "Do", "Each", "Else", "ElseIf", "EndIf", "Erase", "Error", "Event", "Exit", "False", "Finally",
    "For", "Friend", "Get", "Global", "GoSub", "GoTo", "Handles", "If", "Implements", "Inherits",
    "Interface", "Let", "Lib", "Loop", "Me", "MustInherit", "MustOverride", "MyBase", "MyClass",
    "Narrowing", "New", "Next", "Not", "NotInheritable", "NotOverridable", "Nothing", "Of", "On",
    "Operator", "Option", "Optional", "Overloads", "Overridable", "Overrides", "ParamArray",
    "Partial", "Private", "Protected", "Public", "RaiseEvent", "ReDim", "ReadOnly",
    "RemoveHandler", "Resume", "Return", "Select", "Set", "Shadows", "Shared", "Single", "Static",
    "Step", "Stop", "SyncLock", "Then", "Throw", "To", "True", "Try", "TryCast", "Using", "Wend",
    "When", "While", "Widening", "With", "WithEvents", "WriteOnly",
}};

constexpr WordSet kTypes{{
    "Boolean", "Byte", "Char", "Date", "Decimal", "Double", "Integer", "Long", "Object", "SByte",
    "Short", "String", "UInteger", "ULong", "UShort", "Variant",
}};

constexpr WordSet kOperatorWords{{
    "AddressOf", "And", "AndAlso", "As", "GetType", "In", "Is", "IsNot", "Like", "Mod", "Or",
    "OrElse", "TypeOf", "Xor",
}};

constexpr WordSet kBuiltins{{"Console", "ConsoleColor"}};
constexpr WordSet kVariableHeads{{"Const", "Dim"}};
constexpr WordSet kFunctionHeads{{"Function", "Property", "Sub"}};
constexpr WordSet kClassHeads{{"Class", "Enum", "Structure"}};
constexpr WordSet kNamespaceHeads{{"Imports", "Module", "Namespace"}};
// clang-format on

class VisualBasic final : public StateLexer<State, Code> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kMember: return whitespace() || (take(kName, ascii_word()) && pop());
      case State::kString:
        return take(kStringEscape, literal("\"\"")) ||
               (take(kString, literal("\"") > 0 ? 1 + literal("C", 1) : 0) && pop()) ||
               take(kString, until(CharSet("\"")));
      case State::kVariable:
        return whitespace() || (take(kNameVariable, ascii_word()) && pop()) || pop();
      case State::kFunctionName:
        return whitespace() || (take(kNameFunction, ascii_word()) && pop());
      case State::kClassName: return whitespace() || (take(kNameClass, ascii_word()) && pop());
      case State::kNamespace: return whitespace() || (take(kNameNamespace, path()) && pop());
      case State::kEnd: return whitespace() || (take(kKeyword, ended()) && pop()) || pop();
    }
    return false;
  }

 private:
  bool root() {
    return whitespace() || take(kCommentPreprocessor, directive()) ||
           (take(kPunctuation, literal(".")) && push(State::kMember)) ||
           take(kPunctuation, one(kMarks)) || take(kKeywordDeclaration, option()) || word() ||
           take(kOperator, one(kOperators)) ||
           (take(kString, literal("\"")) && push(State::kString)) || number();
  }

  bool whitespace() {
    const std::size_t remark = literal_any_case("rem");
    return take(kText, run(kSpace)) ||
           take(kCommentSingle, remark > 0 && ends_word(remark) ? line() : 0) ||
           take(kCommentMultiline, between("%{", "%}")) || take(kCommentSingle, line_after("'"));
  }

  // "#If x Then", "#End Region": with all that belongs to the directive.
  std::size_t directive() {
    if (peek() != '#') return 0;
    const std::size_t condition = whole_word("#If") + whole_word("#ElseIf");
    if (condition > 0) return condition_end(condition);
    const std::size_t gap = literal("#End") > 0 ? run(kSpace, 4) : 0;
    if (gap > 0) {
      constexpr std::string_view kEnds[] = {"If", "ExternalSource", "Region"};
      const std::size_t name = first_of(kEnds, 4 + gap);
      return name > 0 ? 4 + gap + name : 0;
    }
    const std::size_t lines = literal("#ExternalSource") + literal("#Region");
    if (lines > 0) return peek(line()) == '\n' ? line() + 1 : 0;
    return literal("#Const") + literal("#ExternalChecksum");
  }

  // Behind the next word that begins with "Then".
  std::size_t condition_end(std::size_t from) const {
    const std::string_view text = view(line());
    std::size_t at = text.find("Then", from);
    while (at != text.npos && kWord.has(text[at - 1])) at = text.find("Then", at + 1);
    return at == text.npos ? 0 : at + 4;
  }

  std::size_t option() const {
    constexpr std::string_view kNames[] = {"Strict", "Explicit", "Compare"};
    constexpr std::string_view kValues[] = {"On", "Off", "Binary", "Text"};
    const std::size_t gap = literal("Option") > 0 ? run(kSpace, 6) : 0;
    const std::size_t name = gap > 0 ? first_of(kNames, 6 + gap) : 0;
    const std::size_t second = name > 0 ? run(kSpace, 6 + gap + name) : 0;
    const std::size_t size = 6 + gap + name + second;
    const std::size_t value = second > 0 ? first_of(kValues, size) : 0;
    return value > 0 ? size + value : 0;
  }

  bool word() {
    const std::size_t size = ascii_word();
    if (size == 0) return false;
    const std::string_view word = view(size);
    if (word == "End") return take(kKeyword, size) && push(State::kEnd);
    if (kVariableHeads.has(word)) return take(kKeyword, size) && push(State::kVariable);
    if (kFunctionHeads.has(word)) return take(kKeyword, size) && push(State::kFunctionName);
    if (kClassHeads.has(word)) return take(kKeyword, size) && push(State::kClassName);
    if (kNamespaceHeads.has(word)) return take(kKeyword, size) && push(State::kNamespace);
    if (kKeywords.has(word)) return take(kKeyword, size);
    if (kTypes.has(word)) return take(kKeywordType, size);
    if (kOperatorWords.has(word)) return take(kOperatorWord, size);
    if (kBuiltins.has(word)) return take(kNameBuiltin, size);
    // What says of which type a name is belongs to it, but not where the name begins with a
    // capital.
    return take(kName, size + (is(kUpper) ? 0 : one(CharSet("%&@!#$"), size)));
  }

  std::size_t path() const {
    std::size_t size = ascii_word();
    while (size > 0 && peek(size) == '.' && ascii_word(size + 1) > 0) {
      size += 1 + ascii_word(size + 1);
    }
    return size;
  }

  std::size_t ended() const {
    const std::size_t size = ascii_word();
    const std::string_view word = view(size);
    const bool is_ended = kFunctionHeads.has(word) || kClassHeads.has(word) || word == "Module" ||
                          word == "Namespace";
    return is_ended ? size : 0;
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    if (whole == 0) return false;
    if (peek(whole) == '.') {
      const std::size_t size = whole + 1 + run(kDigits, whole + 1);
      const std::size_t sign = is(CharSet("fF"), size) ? 1 + one(CharSet("+-"), size + 1) : 0;
      const std::size_t power = sign > 0 ? run(kDigits, size + sign) : 0;
      return take(kNumberFloat, size + (power > 0 ? sign + power : 0));
    }
    constexpr std::string_view kUnsigned[] = {"US", "UI", "UL"};
    const std::size_t type = one(CharSet("SILDFR"), whole);
    return take(kNumberInteger, whole + (type > 0 ? type : first_of(kUnsigned, whole)));
  }
};

}  // namespace

std::unique_ptr<Lexer> make_visual_basic() { return std::make_unique<VisualBasic>(); }

}  // namespace stet::highlight
