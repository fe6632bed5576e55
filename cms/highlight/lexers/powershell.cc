#include <memory>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/lexers/powershell_words.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kHelp,
  kSubexpression,
  kQuoted,
  kRaw,
  kHeredoc,
  kClass,
  kTable,
  kArray,
  kBrace,
  kBracket,
  kParameters,
};

constexpr CharSet kDashed = kWord | "-";
constexpr CharSet kPath = kWord | "-.:/\\~";

// No letter need end them: $Errors is $Error and more.
constexpr std::string_view kVariables[] = {"$$",
                                           "$?",
                                           "$^",
                                           "$_",
                                           "$args",
                                           "$ConsoleFileName",
                                           "$Error",
                                           "$Event",
                                           "$ExecutionContext",
                                           "$false",
                                           "$foreach",
                                           "$HOME",
                                           "$Host",
                                           "$input",
                                           "$IsCoreCLR",
                                           "$IsLinux",
                                           "$IsMacOS",
                                           "$IsWindows",
                                           "$LastExitCode",
                                           "$Matches",
                                           "$MyInvocation",
                                           "$NestedPromptLevel",
                                           "$null",
                                           "$PID",
                                           "$PROFILE",
                                           "$PSBoundParameters",
                                           "$PSCmdlet",
                                           "$PSCommandPath",
                                           "$PSCulture",
                                           "$PSDebugContext",
                                           "$PSHOME",
                                           "$PSItem",
                                           "$PSScriptRoot",
                                           "$PSSenderInfo",
                                           "$PSUICulture",
                                           "$PSVersionTable",
                                           "$PWD",
                                           "$REPORTERRORSHOWEXCEPTIONCLASS",
                                           "$REPORTERRORSHOWINNEREXCEPTION",
                                           "$REPORTERRORSHOWSOURCE",
                                           "$REPORTERRORSHOWSTACKTRACE",
                                           "$SENDER",
                                           "$ShellId",
                                           "$StackTrace",
                                           "$switch",
                                           "$this",
                                           "$true"};

class PowerShell final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kHelp: return help();
      case State::kSubexpression:
        return (take(kStringInterpolation, literal(")")) && pop()) || root();
      case State::kQuoted: return quoted_text();
      case State::kRaw:
        return (take(kStringSingle, literal("'")) && pop()) ||
               take(kStringSingle, until(CharSet("'")));
      case State::kHeredoc: return heredoc();
      case State::kClass:
        return (take(kPunctuation, literal("{")) && pop()) || take(kWhitespace, run(kSpace)) ||
               take(kNameClass, run(kWord)) || take(kPunctuation, one(CharSet(":,")));
      case State::kTable:
        return (take(kPunctuation, literal("}")) && pop()) || take(kOperator, literal("=")) ||
               take(kPunctuation, one(CharSet(",;"))) || expression() ||
               take(kNameOther, run(kWord)) || variable();
      case State::kArray:
        return take(kWhitespace, run(kSpace)) || (take(kPunctuation, literal(")")) && pop()) ||
               take(kPunctuation, one(CharSet(",;"))) || expression() || variable();
      case State::kBrace: return (take(kPunctuation, literal("}")) && pop()) || root();
      case State::kBracket: return bracket() || root();
      case State::kParameters: return parameters() || root();
    }
    return false;
  }

 private:
  bool comments() {
    return take(kWhitespace, run(kSpace)) || take(kComment, line_after("#")) ||
           (take(kCommentMultiline, literal("<#")) && push(State::kHelp));
  }

  bool help() {
    const std::size_t word = peek() == '.' ? run(kLetters, 1) : 0;
    for (std::size_t size = word; size > 3; --size) {
      if (kPowerShellHelp.has_any_case(view(size, 1))) return take(kCommentSpecial, 1 + size);
    }
    return (take(kCommentMultiline, literal("#>")) && pop()) ||
           take(kCommentMultiline, until(CharSet("#."))) ||
           take(kCommentMultiline, run(CharSet("#.")));
  }

  bool expression() {
    return comments() || (take(kStringDouble, literal("\"")) && push(State::kQuoted)) ||
           (take(kStringSingle, literal("'")) && push(State::kRaw)) ||
           (take(kStringHeredoc, literal("@\"")) && push(State::kHeredoc)) ||
           (literal("@'") > 0 && take(kStringHeredoc, through("'@", 2))) || number() ||
           (take(kPunctuation, literal("@{")) && push(State::kTable)) ||
           (take(kPunctuation, literal("@(")) && push(State::kArray)) ||
           (take(kPunctuation, literal("{")) && push(State::kBrace)) ||
           (take(kPunctuation, literal("[")) && push(State::kBracket));
  }

  bool number() {
    const std::size_t whole = run(kDigits);
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    return take(kNumberFloat, part > 0 ? whole + 1 + part : 0) || take(kNumberInteger, whole);
  }

  // ${name}, in which an accent escapes.
  std::size_t braced() {
    if (peek(1) != '{' || through("}", 3) == 0) return 0;
    std::size_t at = 2;
    do {
      if (ends(at) || (peek(at) == '`' && ends_line(at + 1))) return 0;
      at += peek(at) == '`' ? 2 : 1;
    } while (peek(at) != '}');
    return at;
  }

  bool variable() {
    if (peek() != '$') return false;
    if (take(kNameBuiltinPseudo, first_of(kVariables))) return true;
    const std::size_t name = run(kWord, 1);
    if (name > 0 && peek(1 + name) == ':' && is(kWord, 2 + name)) {
      return take_all({{kNameVariable, 1},
                       {kNameNamespace, name},
                       {kPunctuation, 1},
                       {kNameVariable, run(kWord, 2 + name)}});
    }
    if (name > 0) return take(kNameVariable, 1 + name);
    return take(kNameVariable, braced() > 0 ? braced() + 1 : 0);
  }

  bool interpolated() {
    if (take(kStringInterpolation, literal("$("))) return push(State::kSubexpression);
    if (peek() != '`') return false;
    return take(kStringEscape, ends_line(1) ? 1 : 1 + character(1));
  }

  bool quoted_text() {
    const std::size_t mark = literal("$#\"") + literal("$\"") + literal("\"");
    return (take(kStringDouble, mark) && pop()) || interpolated() ||
           take(kStringDouble, until(CharSet("\"`$"))) || variable();
  }

  bool heredoc() {
    const std::size_t mark = literal("$#\"@") + literal("$\"@") + literal("\"@");
    return (take(kStringHeredoc, mark) && pop()) || interpolated() ||
           take(kStringHeredoc, until(CharSet("\"`$"))) ||
           take(kStringHeredoc, run(CharSet("\""))) || variable();
  }

  bool bracket() {
    if (take(kPunctuation, literal("]"))) return pop();
    const std::size_t name = is(kLetters) ? run(kWord) : 0;
    if (name < 2) return false;
    if (peek(name) == '.') return take(kName, name + 1);
    return take(kPowerShellAttributes.has(view(name)) ? kNameBuiltinPseudo : kName, name);
  }

  bool parameters() {
    if (peek() == '`' && !ends(1)) return take(kStringEscape, 1 + character(1));
    const std::size_t gap = run(kSpace);
    const std::size_t feed = view(gap).find('\n');
    if (feed < gap) return take(kWhitespace, feed + 1) && pop();
    return (take(kPunctuation, one(CharSet(";(){}]"))) && pop()) ||
           (take(kOperator, one(CharSet("|="))) && pop()) ||
           (is(kWord | "/\\~") && take(kNameOther, run(kPath)));
  }

  bool root() {
    if (comments()) return true;
    if (literal("..") > 0 && is(kDigits, 2 + literal(".", 2))) return take(kOperator, 2);
    return operator_word() || definition() || keyword() || option() || member() || command() ||
           call() || (take(kNameFunction, literal("?")) && push(State::kParameters)) ||
           expression() || variable() || take(kOperator, one(CharSet("-+*/%=!.&|"))) ||
           take(kPunctuation, one(CharSet("{}(),:;")));
  }

  bool operator_word() {
    if (is(CharSet("+-*/%")) && peek(1) == '=' && is(kWord | kHigh, 2)) return take(kOperator, 2);
    const std::size_t word = peek() == '-' ? run(kWord, 1) : 0;
    return word > 0 && ends_word(1 + word) && kPowerShellOperators.has_any_case(view(word, 1)) &&
           take(kOperator, 1 + word);
  }

  bool definition() {
    const std::size_t word = literal_any_case("class") + literal_any_case("function");
    const std::size_t gap = word > 0 ? run(kSpace, word) : 0;
    if (gap == 0) return false;
    const std::size_t begin = word + gap;
    const std::size_t name = run(kWord, begin);
    if (name == 0) return false;
    if (word == 5) {
      return take_all({{kKeywordReserved, word}, {kWhitespace, gap}, {kNameClass, name}}) &&
             push(State::kClass);
    }
    const std::size_t scope = peek(begin + name) == ':' ? name : 0;
    const std::size_t inner = begin + scope + 1;
    if (scope > 0 && is(kWord, inner) && is(kDashed, inner + 1)) {
      return take_all({{kKeywordReserved, word},
                       {kWhitespace, gap},
                       {kNameNamespace, scope},
                       {kPunctuation, 1},
                       {kNameFunction, run(kDashed, inner)}});
    }
    const std::size_t size = run(kDashed, begin);
    return size > 1 &&
           take_all({{kKeywordReserved, word}, {kWhitespace, gap}, {kNameFunction, size}});
  }

  bool keyword() {
    const std::size_t size = is(kLetters) ? run(kWord) : 0;
    return size > 0 && ends_word(size) && !is(CharSet("-."), size) &&
           kPowerShellKeywords.has_any_case(view(size)) && take(kKeywordReserved, size);
  }

  bool option() {
    const std::size_t dashes = literal("--") > 0 ? 2 : literal("-");
    return dashes > 0 && is(kWord, dashes) && take(kNameTag, dashes + run(kWord, dashes));
  }

  // .name[
  bool member() {
    const std::size_t point = literal(".");
    const std::size_t name = point > 0 ? run(kDashed, 1) : stretch(kDashed);
    if (name == 0 || peek(point + name) != '[') return false;
    take(kOperator, point);
    return take_all({{kName, name}, {kPunctuation, 1}}) && push(State::kBracket);
  }

  bool command() {
    if (!is(kLetters | "/\\~")) return false;
    const std::size_t size = run(kPath);
    return take_all({{kName, size}, {kWhitespace, literal("\n", size)}}) &&
           push(State::kParameters);
  }

  bool call() {
    const std::size_t name = peek() == '.' ? run(kDashed, 1) : 0;
    if (name == 0) return false;
    const bool is_call = peek(1 + name) == '(';
    take_all({{kOperator, 1},
              {kNameFunction, name},
              {kPunctuation, is_call ? 1u : 0u},
              {kWhitespace, literal("\n", 1 + name)}});
    return !is_call || push(State::kParameters);
  }
};

}  // namespace

std::unique_ptr<Lexer> make_powershell() { return std::make_unique<PowerShell>(); }

}  // namespace stet::highlight
