#include <memory>
#include <string_view>

#include "cms/highlight/lexers/code.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kQuery,
  kFragment,
  kType,
  kFields,  // of a type
  kUnion,
  kUnionMember,
  kUnionMore,
  kVariables,
  kTypeName,
  kTypeNames,
  kSelection,
  kArguments,
  kValue,
  kList,
  kObject,
};

constexpr WordSet kOperations{{"mutation", "query", "subscription"}};
constexpr WordSet kTypeWords{{"enum", "input", "interface", "schema", "type"}};
constexpr WordSet kBuiltins{{"Boolean", "Float", "ID", "Int", "String"}};

class Graphql final : public StateLexer<State, Code> {
 public:
  explicit Graphql(int nesting) : nesting_(nesting) {}

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return definition() || blanks() || description();
      case State::kQuery: return query();
      case State::kFragment: return take(kKeyword, whole_word("on")) || query();
      case State::kType:
        return take(kKeyword, whole_word("implements")) || take(kName, ascii_word()) ||
               opened('(', State::kVariables) || opened('{', State::kFields) || blanks();
      case State::kFields:
        return (take(kPunctuation, literal("}")) && pop(2)) || called(State::kVariables) ||
               take(kName, ascii_word()) || opened(':', State::kTypeName) || blanks();
      case State::kUnion:
        return take(kName, ascii_word()) || opened('=', State::kUnionMember) || blanks();
      case State::kUnionMember:
        return (take(kName, ascii_word()) && go_to(State::kUnionMore)) || blanks();
      case State::kUnionMore:
        if (take(kPunctuation, literal("|"))) return go_to(State::kUnionMember);
        return is(kSpace | "#") ? blanks() : pop(2);
      case State::kVariables: return variables();
      case State::kTypeName:
        return (type_name() && pop()) || opened('[', State::kTypeNames) || blanks();
      case State::kTypeNames:
        return type_name() || (take(kPunctuation, literal("]")) && pop(2)) || blanks();
      case State::kSelection: return selection();
      case State::kArguments:
        return (take(kPunctuation, literal(")")) && pop()) || take(kName, ascii_word()) ||
               opened(':', State::kValue) || blanks();
      case State::kValue: return value();
      case State::kList: return closed(']') || value();
      case State::kObject: return closed('}') || (labelled() && push(State::kValue)) || blanks();
    }
    return false;
  }

 private:
  bool blanks() {
    return take(kWhitespace, run(kSpace)) || take(kComment, line_after("#")) ||
           take(kPunctuation, one(CharSet("!,")));
  }

  bool opened(char mark, State inside) {
    return peek() == mark && take(kPunctuation, 1) && push(inside);
  }

  // A list or an object, which may be the value that was asked for.
  bool closed(char mark) {
    if (peek() != mark) return false;
    take(kPunctuation, 1);
    pop();
    return state() != State::kValue || pop();
  }

  bool definition() {
    const std::size_t size = ascii_word();
    const std::string_view word = view(size);
    if (peek() == '{') {
      return take(kPunctuation, 1) && push(State::kQuery) && push(State::kSelection);
    }
    if (word == "extend") return take(kKeyword, size);
    const State inside = kOperations.has(word)  ? State::kQuery
                         : kTypeWords.has(word) ? State::kType
                         : word == "fragment"   ? State::kFragment
                         : word == "scalar"     ? State::kValue
                         : word == "union"      ? State::kUnion
                                                : State::kRoot;
    return inside != State::kRoot && take(kKeyword, size) && push(inside);
  }

  // Markdown between lines of three quotes.
  bool description() {
    const std::size_t end = literal("\"\"\"\n") > 0 ? through("\n\"\"\"", 4) : 0;
    if (end == 0) return false;
    take_all({{kStringDouble, 3}, {kWhitespace, 1}});
    hand(*make_markdown(nesting_ + 1), end - 8);
    return take_all({{kWhitespace, 1}, {kStringDouble, 3}});
  }

  // A name, blanks, and `(`.
  bool called(State inside) {
    const std::size_t size = ascii_word();
    const std::size_t gap = size > 0 ? run(kSpace, size) : 0;
    return size > 0 && peek(size + gap) == '(' &&
           take_all({{kName, size}, {kWhitespace, gap}, {kPunctuation, 1}}) && push(inside);
  }

  // A name, blanks, and a colon.
  bool labelled() {
    const std::size_t size = ascii_word();
    const std::size_t gap = size > 0 ? run(kSpace, size) : 0;
    return size > 0 && peek(size + gap) == ':' &&
           take_all({{kName, size}, {kWhitespace, gap}, {kPunctuation, 1}});
  }

  bool directive() {
    const std::size_t size = peek() == '@' ? ascii_word(1) : 0;
    if (size == 0) return false;
    const std::size_t gap = run(kSpace, 1 + size);
    if (peek(1 + size + gap) != '(') return take(kKeyword, 1 + size);
    return take_all({{kKeyword, 1 + size}, {kWhitespace, gap}, {kPunctuation, 1}}) &&
           push(State::kArguments);
  }

  bool query() {
    return directive() || take(kName, ascii_word()) || opened('(', State::kVariables) ||
           opened('{', State::kSelection) || blanks();
  }

  bool variable() {
    const std::size_t size = peek() == '$' ? ascii_word(1) : 0;
    return size > 0 && take(kNameVariable, 1 + size);
  }

  bool variables() {
    return (take(kPunctuation, literal(")")) && pop()) || variable() || take(kName, ascii_word()) ||
           opened(':', State::kTypeName) || opened('=', State::kValue) || blanks();
  }

  bool type_name() {
    const std::size_t size = ascii_word();
    return take(kBuiltins.has(view(size)) ? kNameBuiltin : kName, size);
  }

  bool selection() {
    if (directive()) return true;
    if (take(kPunctuation, literal("}"))) {
      pop();
      return (state() != State::kQuery && state() != State::kFragment) || pop();
    }
    if (called(State::kArguments) || labelled() || take(kName, ascii_word())) return true;
    if (literal("...") > 0) {
      const std::size_t gap = run(kSpace, 3);
      const std::size_t on = gap > 0 ? whole_word("on", 3 + gap) : 0;
      return take_all({{kPunctuation, 3}, {kWhitespace, on > 0 ? gap : 0}, {kKeyword, on}});
    }
    return opened('{', State::kSelection) || blanks();
  }

  std::size_t number_size(std::size_t whole) const { return whole + exponent(whole); }

  bool number() {
    const std::size_t sign = one(CharSet("+-"));
    const std::size_t whole = sign + run(kDigits, sign);
    if (whole == sign) return false;
    const std::size_t part = peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    if (part > 0) return take(kNumberFloat, number_size(whole + 1 + part));
    return peek(sign) != '0' && take(kNumberInteger, number_size(whole));
  }

  bool value() {
    if (take(kStringDouble, between("\"\"\"", "\"\"\""))) return true;
    if (scalar()) return state() == State::kList || pop();
    return opened('{', State::kObject) || opened('[', State::kList) || blanks();
  }

  bool scalar() {
    if (variable() || number() || take(kStringDouble, quoted('"'))) return true;
    const std::size_t size = ascii_word();
    const std::string_view word = view(size);
    const bool is_constant = word == "true" || word == "false" || word == "null";
    return take(is_constant ? kKeywordConstant : kName, size);
  }

  int nesting_;
};

}  // namespace

std::unique_ptr<Lexer> make_graphql(int nesting) { return std::make_unique<Graphql>(nesting); }

}  // namespace stet::highlight
