#include <memory>
#include <string>
#include <string_view>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"
#include "cms/highlight/word_set.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State {
  kRoot,
  kComment,
  kComposite,
  kTable,
  kList,
  kDouble,
  kSingle,
  kHeredoc,
  kHeredocLine,
  kInterpolation,
  kPattern
};

constexpr CharSet kNameHead = kLetters | "$_";
constexpr std::size_t kGapBytesMax = 1024;  // around the word that ends a text

constexpr WordSet kBlocks(
    {"data", "module", "output", "provider", "provisioner", "resource", "terraform", "variable"});

// Terraform's files are HCL with words of their own and code in strings.
class Hcl final : public StateLexer<State> {
 public:
  explicit Hcl(bool is_terraform) : is_terraform_(is_terraform) {}

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kComment:
        return (take(kCommentMultiline, literal("*/")) && pop()) ||
               take(kCommentMultiline, until(CharSet("*/"))) || take(kCommentMultiline, 1);
      case State::kComposite:
        return blank() || (take(kPunctuation, literal("{")) && go_to(State::kTable)) ||
               (take(kPunctuation, literal("[")) && go_to(State::kList)) || root() || pop();
      case State::kTable:
        return mark() || blank() || take(kPunctuation, literal("=")) ||
               (take(kPunctuation, literal("}")) && pop()) || root();
      case State::kList:
        return mark() || blank() || take(kPunctuation, literal(",")) ||
               (take(kPunctuation, literal("]")) && pop()) || root();
      case State::kDouble: return quoted_text('"', kStringDouble);
      case State::kSingle: return quoted_text('\'', kStringSingle);
      case State::kHeredoc:
        return (take(kStringHeredoc, literal("\n")) && push(State::kHeredocLine)) ||
               take(kStringHeredoc, until(CharSet("$\n"))) || take(kStringHeredoc, 1);
      case State::kHeredocLine: return heredoc_line();
      case State::kInterpolation: return (take(kKeyword, literal("}")) && pop()) || expression();
      case State::kPattern:
        return (take(kStringDelimiter, literal("/\"")) && pop()) ||
               take(kStringRegex, until(CharSet("\"/\\"))) ||
               (peek() == '\\'
                    ? character_in_line(1) > 0 && take(kStringRegex, 1 + character_in_line(1))
                    : take(kStringRegex, 1));
    }
    return false;
  }

 private:
  bool mark() { return is_terraform_ && take(kPunctuation, one(CharSet(".,()*"))); }

  bool blank() {
    return take(kText, run(kSpace)) || take(kCommentSingle, line_after("//")) ||
           take(kCommentSingle, line_after("#")) ||
           (take(kCommentMultiline, literal("/*")) && push(State::kComment));
  }

  bool root() {
    if (blank() || primitive()) return true;
    if (take(kPunctuation, literal("{"))) return push(State::kTable);
    if (take(kPunctuation, literal("["))) return push(State::kList);
    const std::size_t size = head_and(kNameHead, kWord);
    const Token kind = kind_of(view(size));
    return take(kind, size) && (kind == kKeywordConstant || push(State::kComposite));
  }

  Token kind_of(std::string_view word) const {
    if (word == "true" || word == "false" || word == "null") return kKeywordConstant;
    if (is_terraform_ && kBlocks.has(word)) return kKeyword;
    return is_terraform_ && (word == "var" || word == "local") ? kKeywordDeclaration : kNameOther;
  }

  bool primitive() {
    return number() || (take(kStringDouble, literal("\"")) && push(State::kDouble)) ||
           (take(kStringSingle, literal("'")) && push(State::kSingle)) || heredoc_start();
  }

  bool number() {
    if (!is(kDigits)) return false;
    const std::size_t part = fraction();
    std::size_t size = part > 0 ? part + one(CharSet("fd"), part) : run(kDigits);
    const std::size_t unit = one(CharSet("kKmMgG"), size);
    size += unit + (unit > 0 ? literal("b", size + unit) : 0);
    return take(part > 0 ? kNumberFloat : kNumberInteger, size);
  }

  bool heredoc_start() {
    if (literal("<<") == 0) return false;
    const std::size_t mark = 2 + literal("-", 2);
    const std::size_t gap = run(kSpace, mark);
    const std::size_t quote = literal("'", mark + gap);
    const std::size_t slash = literal("\\", mark + gap + quote);
    const std::size_t begin = mark + gap + quote + slash;
    const std::size_t name = run(kWord, begin);
    if (name == 0 || (quote > 0 && peek(begin + name) != '\'')) return false;
    heredoc_ = view(name, begin);
    return take_all({{kOperator, mark},
                     {kText, gap},
                     {kStringHeredoc, quote + slash},
                     {kNameConstant, name},
                     {kStringHeredoc, quote}}) &&
           push(State::kHeredoc);
  }

  bool heredoc_line() {
    const std::size_t gap = run_within(kGapBytesMax, kSpace);
    const std::size_t name = run(kWord, gap);
    const std::string_view behind = view(run(kSpace, gap + name), gap + name);
    const std::size_t end = behind.rfind('\n');
    if (name == 0 || end == behind.npos) return pop();
    if (view(name, gap) != heredoc_) return take(kStringHeredoc, gap + name + end + 1);
    return take(kNameConstant, gap + name + end + 1) && pop(2);
  }

  bool quoted_text(char quote, Token token) {
    if (peek() == quote) return take(token, 1) && pop();
    const char stops[] = {quote, '\\', is_terraform_ ? '$' : quote};
    if (take(token, until(CharSet::of({stops, sizeof stops})))) return true;
    if (!is_terraform_) return peek(1) == quote && take(kStringEscape, 2);
    if (take(kKeyword, literal("${"))) return push(State::kInterpolation);
    const std::size_t size = peek() == '\\' ? character_in_line(1) : 0;
    return size > 0 && take(kStringEscape, 1 + size);
  }

  bool expression() {
    if (take(kStringDelimiter, literal("\"/"))) return go_to(State::kPattern);
    if (primitive() || take(kText, run(kSpace))) return true;
    static constexpr std::string_view kLong[] = {
        "++", "--", "~", "&&", "||", "\\\n", "<<", ">>>", ">>", "==", "!="};
    const std::size_t mark = first_of(kLong);
    if (mark > 0) return take(kOperator, peek() == '\\' ? 1 : mark);
    if (is(CharSet("-<>+*%&|^/!=?:"))) return take(kOperator, 1 + literal("=", 1));
    if (take(kPunctuation, one(CharSet("([,)].")))) return true;
    const std::size_t size = head_and(kNameHead, kWord | "-");
    return take(kind_of(view(size)), size);
  }

  bool is_terraform_;
  std::string heredoc_;
};

}  // namespace

std::unique_ptr<Lexer> make_hcl() { return std::make_unique<Hcl>(false); }
std::unique_ptr<Lexer> make_terraform() { return std::make_unique<Hcl>(true); }

}  // namespace stet::highlight
