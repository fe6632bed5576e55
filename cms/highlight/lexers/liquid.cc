#include <memory>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr std::size_t kNameBytesMax = 256;  // of a parameter's name

enum class State {
  kRoot,
  kTag,
  kOutput,
  kFilters,
  kCondition,
  kWhen,
  kMarkup,          // behind a tag that is not known
  kVariableMarkup,  // behind one whose parameters are values
  kComment,
  kRaw,
  kAssign,
  kInclude,
  kEmbeddedOutput,
};

constexpr CharSet kHead = kLetters | "_";
constexpr CharSet kGap{" \t"};

constexpr WordSet kConditions({"case", "elsif", "if", "unless"});
constexpr WordSet kConditionEnds({"endcase", "endif", "endunless"});
constexpr WordSet kVariableTags({"capture", "decrement", "increment"});

class Liquid final : public StateLexer<State> {
 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kTag: return tag();
      case State::kOutput:
        return (filter("}|:") && push(State::kFilters)) || end_of_output() || value();
      case State::kFilters:
        return filter("%}|:") || end_of_output() || end_of_tag() || variable_parameter();
      case State::kCondition: return condition();
      case State::kWhen: return end_of_tag() || value();
      case State::kMarkup:
        return take(kNameAttribute, whole_word("reversed")) || end_of_tag() || parameter() ||
               take(kText, until(kSpace));
      case State::kVariableMarkup: return end_of_tag() || variable_parameter();
      case State::kComment: return verbatim(kComment, "endcomment");
      case State::kRaw: return verbatim(kText, "endraw");
      case State::kAssign:
        return take(kOperator, literal("=")) || (filter("%|:") && push(State::kFilters)) ||
               end_of_tag() || value();
      case State::kInclude: return include();
      case State::kEmbeddedOutput:
        return filter("}|:") || (take(kPunctuation, closing("}}")) && pop()) ||
               variable_parameter();
    }
    return false;
  }

 private:
  bool root() {
    if (take(kText, until(CharSet("{")))) return true;
    if (open("{%")) return push(State::kTag);
    if (open("{{")) return push(State::kOutput);
    return take(kText, 1);
  }

  std::size_t opening(std::string_view brackets) const {
    const std::size_t size = literal(brackets);
    return size > 0 ? size + one(CharSet("-"), size) : 0;
  }

  bool open(std::string_view brackets) {
    const std::size_t size = opening(brackets);
    return take_all({{kPunctuation, size}, {kWhitespace, run(kSpace, size)}});
  }

  std::size_t closing(std::string_view brackets, std::size_t from = 0) const {
    const std::size_t dash = one(CharSet("-"), from);
    return literal(brackets, from + dash) > 0 ? dash + brackets.size() : 0;
  }

  bool end_of_output() { return take(kPunctuation, closing("}}")) && to_root(); }
  bool end_of_tag() { return take(kPunctuation, closing("%}")) && to_root(); }

  // A word that is all there is in its tag.
  bool lone_tag(Token token, std::size_t size) {
    if (size == 0) return false;
    const std::size_t gap = run(kSpace, size);
    const std::size_t end = closing("%}", size + gap);
    return end > 0 && take_all({{token, size}, {kWhitespace, gap}, {kPunctuation, end}});
  }

  bool tag() {
    const std::size_t size = run(kWord);
    const std::string_view word = ends_word(size) ? view(size) : std::string_view();
    if (kConditions.has(word)) return take(kKeywordReserved, size) && push(State::kCondition);
    if (word == "when") return take(kKeywordReserved, size) && push(State::kWhen);
    if (lone_tag(kKeywordReserved, literal("else"))) return pop();
    if (kVariableTags.has(word) && variable_tag(size)) return pop();
    if (lone_tag(kNameTag, literal("comment"))) return push(State::kComment);
    if (lone_tag(kNameTag, literal("raw"))) return push(State::kRaw);
    if (kConditionEnds.has(word) && lone_tag(kKeywordReserved, size)) return pop();
    const std::size_t name = until(kSpace | "%");
    if (word.starts_with("end") && name > 3 && lone_tag(kNameTag, name)) return pop();
    if (word == "assign" || word == "echo") return take(kNameTag, size) && push(State::kAssign);
    if (word == "include" || word == "render") return take(kNameTag, size) && push(State::kInclude);
    if (literal("cycle") > 0 && cycle()) return push(State::kVariableMarkup);
    if ((word == "for" || word == "tablerow") && loop(size)) return push(State::kMarkup);
    return take_all({{kNameTag, name}, {kWhitespace, run(kSpace, name)}}) && push(State::kMarkup);
  }

  bool variable_tag(std::size_t size) {
    const std::size_t gap = run(kSpace, size);
    const std::size_t name = until(kSpace | "%", size + gap);
    const std::size_t before = size + gap + name;
    const std::size_t rest = run(kSpace, before);
    const std::size_t end = closing("%}", before + rest);
    return gap > 0 && name > 0 && end > 0 &&
           take_all({{kNameTag, size},
                     {kWhitespace, gap},
                     {kNameVariable, name},
                     {kWhitespace, rest},
                     {kPunctuation, end}});
  }

  static Token token_of(std::string_view text, Token otherwise) {
    const auto has_pair = [&](char quote) {
      const std::size_t first = text.find(quote);
      return first != text.npos && text.find(quote, first + 1) != text.npos;
    };
    return has_pair('\'') ? kStringSingle : has_pair('"') ? kStringDouble : otherwise;
  }

  // {% cycle group: 'a', 'b' %}
  bool cycle() {
    const std::size_t gap = run(kSpace, 5);
    if (gap == 0) return false;
    const std::size_t name = until(kSpace | ":", 5 + gap);
    const std::size_t before = run(kSpace, 5 + gap + name);
    if (peek(5 + gap + name + before) != ':') {
      return take_all({{kNameTag, 5}, {kWhitespace, gap}});
    }
    const std::size_t behind = run(kSpace, 5 + gap + name + before + 1);
    return take_all({{kNameTag, 5},
                     {kWhitespace, gap},
                     {token_of(view(name, 5 + gap), kNameAttribute), name},
                     {kWhitespace, before},
                     {kPunctuation, 1},
                     {kWhitespace, behind}});
  }

  bool loop(std::size_t size) {
    const std::size_t gap = run(kSpace, size);
    const std::size_t name = run(kWord | "-", size + gap);
    const std::size_t before = run(kSpace, size + gap + name);
    const std::size_t in = size + gap + name + before;
    const std::size_t behind = literal("in", in) > 0 ? run(kSpace, in + 2) : 0;
    if (gap == 0 || name == 0 || before == 0 || behind == 0) return false;
    const std::size_t begin = in + 2 + behind;
    const std::size_t list = collection(begin);
    return list > 0 && take_all({{kNameTag, size},
                                 {kWhitespace, gap},
                                 {kNameVariable, name},
                                 {kWhitespace, before},
                                 {kNameTag, 2},
                                 {kWhitespace, behind},
                                 {token_of(view(list, begin), kNameVariable), list},
                                 {kWhitespace, run(kSpace, begin + list)}});
  }

  // Bytes without blanks, and quoted strings with them.
  std::size_t collection(std::size_t from) {
    std::size_t end = from;
    while (!ends(end) && !is(kSpace | "%,|", end)) {
      std::size_t next = end + 1;
      if (peek(end) == '"') next = through("\"", end + 1);
      if (peek(end) == '\'') next = through("'", end + 1);
      if (next == 0) break;
      end = next;
    }
    return end - from;
  }

  bool filter(std::string_view ends) {
    if (peek() != '|') return false;
    const std::size_t gap = run(kSpace, 1);
    const std::size_t name = head_and(kHead, ~(kSpace | CharSet::of(ends)), 1 + gap);
    return name > 0 && take_all({{kPunctuation, 1}, {kWhitespace, gap}, {kNameFunction, name}});
  }

  bool condition() {
    const bool is_compared = is(CharSet("=!<>")) && peek(1) == '=';
    return take(kOperator, is_compared ? 2 : one(CharSet("<>"))) ||
           take(kOperatorWord, whole_word("and") + whole_word("or") + whole_word("contains")) ||
           end_of_tag() || value();
  }

  bool constant() {
    return take(kKeywordConstant, whole_word("false") + whole_word("true") + whole_word("nil"));
  }

  bool string() {
    return (peek() == '\'' && take(kStringSingle, through("'", 1))) ||
           (peek() == '"' && take(kStringDouble, through("\"", 1)));
  }

  bool number() {
    if (take(kOperator, literal("-"))) return true;
    const std::size_t whole = run(kDigits);
    const std::size_t part = whole > 0 && peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
    return part > 0 ? take(kNumberFloat, whole + 1 + part) : take(kNumberInteger, whole);
  }

  std::size_t loop_field() const {
    if (literal("forloop.") == 0) return 0;
    std::size_t end = 8 + until(kSpace | "%}|:", 8);
    while (end > 8 && is(kWord, end - 1) == is(kWord, end)) --end;
    return end > 8 ? end : 0;
  }

  bool variable() {
    if (take(kNameBuiltin, whole_word("empty") + whole_word("blank")) ||
        take(kNameBuiltin, loop_field()) || take(kPunctuation, one(CharSet("[]")))) {
      return true;
    }
    if (peek() == '.' && is(kWord, 1)) return take(kPunctuation, 1);
    if (take(kNameFunction, whole_word("first") + whole_word("last") + whole_word("size"))) {
      return true;
    }
    const std::size_t name = head_and(kHead, kWord | "-");
    return name > 0 && take(kNameVariable, name + one(CharSet("?"), name));
  }

  bool value() {
    return take(kWhitespace, run(kGap)) || constant() || string() || number() || variable();
  }

  bool parameter() {
    if (take(kWhitespace, run(kGap)) || constant() || string() || number()) return true;
    const std::size_t name = run_within(kNameBytesMax, ~(kSpace | "=:"));
    const std::size_t gap = run(kSpace, name);
    if (name > 0 && is(CharSet("=:"), name + gap)) {
      return take_all({{kNameAttribute, name}, {kWhitespace, gap}, {kOperator, 1}});
    }
    return take(kPunctuation, one(CharSet(",:")));
  }

  bool variable_parameter() { return parameter() || variable() || take(kText, until(kSpace)); }

  bool verbatim(Token token, std::string_view end) {
    if (take(token, until(CharSet("{")))) return true;
    const std::size_t begin = opening("{%");
    const std::size_t gap = run(kSpace, begin);
    if (begin > 0 && literal(end, begin + gap) > 0) {
      const std::size_t behind = begin + gap + end.size();
      const std::size_t rest = run(kSpace, behind);
      const std::size_t close = closing("%}", behind + rest);
      if (close > 0) {
        take_all({{kPunctuation, begin},
                  {kWhitespace, gap},
                  {kNameTag, end.size()},
                  {kWhitespace, rest},
                  {kPunctuation, close}});
        return to_root();
      }
    }
    return take(token, 1);
  }

  std::size_t file_name() const {
    static constexpr CharSet kLetterBytes = kWord | "-";
    std::size_t end = run(kLetterBytes | "/");
    if (end == 0) return 0;
    std::size_t taken = 0;
    while (peek(end) == '.' && is(kLetterBytes, end + 1)) {
      const std::size_t begin = end + 1;
      end = begin + run(kLetterBytes, begin);
      std::size_t last = end;
      while (last > begin && peek(last - 1) == '-') --last;
      if (last > begin) taken = last;
    }
    return taken;
  }

  bool include() {
    if (open("{{")) return push(State::kEmbeddedOutput);
    return take(kNameTag, whole_word("with") + whole_word("for")) || take(kText, file_name()) ||
           end_of_tag() || variable_parameter();
  }
};

}  // namespace

std::unique_ptr<Lexer> make_liquid() { return std::make_unique<Liquid>(); }

}  // namespace stet::highlight
