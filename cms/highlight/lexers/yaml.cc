#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

constexpr std::size_t kKeyBytesMax = 1024;  // of a key without `?`: YAML 1.2, 7.4.2

enum class State {
  kRoot,
  kIndentation,
  kLine,  // of the block context, behind its indentation
  kFlowSequence,
  kFlowMapping,
  kBlockScalar,
  kBlockScalarHead,
  kRestOfLine,
  kSingleQuoted,
  kDoubleQuoted,
  kPlain,
  kPlainNextLine,
  kPlainInFlow,
  kVersion,
  kTagHandle,
};

constexpr CharSet kGap{" "};
constexpr CharSet kNotPlain{" \t\n\r\f\v?:,[]{}#&*!|>'\"%@`"};
constexpr CharSet kNotKey{"#,:?[]{}\"'\n"};
constexpr CharSet kFlowMarks{",:?[]{}"};
constexpr CharSet kAnchor = kLetters | kDigits | kHigh | "_-";
constexpr CharSet kTagBytes = kWord | ";/?:@&=+$,.!~*'()[]%-";

class Yaml final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    reset_indents();
    scalar_indent_.reset();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kIndentation: return indentation();
      case State::kLine: return block_line();
      case State::kFlowSequence:
        return (take(kPunctuationIndicator, literal("]")) && pop()) || flow();
      case State::kFlowMapping:
        return (take(kPunctuationIndicator, literal("}")) && pop()) || flow();
      case State::kBlockScalar: return block_scalar();
      case State::kBlockScalarHead: return block_scalar_head();
      case State::kRestOfLine:
        return take(kCommentSingle, line_after("#")) || take(kText, run(kGap)) ||
               (take(kText, literal("\n")) && pop());
      case State::kSingleQuoted: return single_quoted();
      case State::kDoubleQuoted: return double_quoted();
      case State::kPlain: return plain();
      case State::kPlainNextLine: return plain_next_line();
      case State::kPlainInFlow: return plain_in_flow();
      case State::kVersion: return version();
      case State::kTagHandle: return tag_handle();
    }
    return false;
  }

 private:
  std::size_t indent() const { return indents_.back(); }

  void reset_indents() {
    indents_.assign(1, 0);
    next_indent_ = 0;
  }

  void save_indent(std::size_t size) {
    next_indent_ = size;
    while (indents_.size() > 1 && size < indent()) indents_.pop_back();
  }

  void begin_block() {
    if (indent() < next_indent_) indents_.push_back(next_indent_);
  }

  bool root() {
    const std::size_t gap = run(kGap);
    if (take(kCommentSingle, line_after("#")) || take(kText, run(kLineFeed))) return true;
    if (gap > 0 && (ends_line(gap) || peek(gap) == '#')) return take(kText, gap);
    if (at_line_start() && directive()) return true;
    if (is(kSpace, gap)) return false;
    const std::size_t before = indent();
    save_indent(gap);
    const std::size_t known = gap < before ? std::min(gap, indent()) : gap;
    take(kText, known);
    take(kError, gap - known);
    return push(State::kLine) && push(State::kIndentation);
  }

  bool directive() {
    State next = State::kLine;
    std::size_t size = 0;
    if ((size = whole_word("%YAML")) > 0) {
      next = State::kVersion;
    } else if ((size = whole_word("%TAG")) > 0) {
      next = State::kTagHandle;
    } else if ((literal("---") > 0 || literal("...") > 0) && (ends_line(3) || peek(3) == ' ')) {
      size = 3;
    }
    if (size == 0) return false;
    reset_indents();
    return take(next == State::kLine ? kNameNamespace : kNameTag, size) && push(next);
  }

  bool indentation() {
    const std::size_t blank = run(CharSet(" \t\r\f\v"));
    if (peek(blank) == '\n') return take(kText, blank + 1) && pop(2);
    const std::size_t gap = run(kGap);
    const bool is_indicator =
        is(CharSet("-:?"), gap) && (ends_line(gap + 1) || peek(gap + 1) == ' ');
    if (is_indicator && gap == 0) {
      begin_block();
      next_indent_ += 1;
      return take(kPunctuationIndicator, 1);
    }
    next_indent_ += gap;
    take(kText, gap);
    return is_indicator || pop();
  }

  bool block_line() {
    const std::size_t gap = run(kGap);
    if (ends_line(gap) || peek(gap) == '#') return (take(kText, gap) || true) && pop();
    if (take(kText, gap) || descriptor() || key() || block_scalar_start() || flow_start()) {
      return true;
    }
    const bool is_plain = !is(kNotPlain) || (is(CharSet("?:-")) && !ends(1) && !is(kSpace, 1));
    return is_plain && push(State::kPlain);
  }

  bool descriptor() {
    if (peek() == '!') {
      const std::size_t full = peek(1) == '<' ? run(kTagBytes, 2) : 0;
      if (full > 0 && peek(2 + full) == '>') return take(kKeywordType, full + 3);
      return take(kKeywordType, 1 + run(kTagBytes, 1));
    }
    if (!is(CharSet("&*"))) return false;
    const std::size_t name = run(kAnchor, 1);
    return name > 0 && take(peek() == '&' ? kNameLabel : kNameVariable, 1 + name);
  }

  bool key() {
    const std::size_t size = run_within(kKeyBytesMax, ~kNotKey);
    if (size == 0 || peek(size) != ':' || !(ends(size + 1) || is(kSpace, size + 1))) return false;
    begin_block();
    return take_all({{kNameAttribute, size}, {kPunctuationIndicator, 1}});
  }

  bool block_scalar_start() {
    if (!is(CharSet("|>"))) return false;
    take(kPunctuationIndicator, 1 + one(CharSet("+-"), 1));
    return push(State::kBlockScalar) && push(State::kBlockScalarHead);
  }

  bool flow_start() {
    return (take(kPunctuationIndicator, literal("[")) && push(State::kFlowSequence)) ||
           (take(kPunctuationIndicator, literal("{")) && push(State::kFlowMapping)) ||
           (take(kStringSingle, literal("'")) && push(State::kSingleQuoted)) ||
           (take(kStringDouble, literal("\"")) && push(State::kDoubleQuoted));
  }

  bool flow() {
    return take(kText, run(kSpace)) || take(kCommentSingle, line_after("#")) ||
           take(kPunctuationIndicator, one(CharSet("?:,"))) || descriptor() || flow_start() ||
           (!is(kNotPlain) && push(State::kPlainInFlow));
  }

  bool block_scalar_head() {
    const CharSet width = CharSet::range('1', '9');
    std::size_t size = one(width);
    size += one(CharSet("+-"), size);
    if (!is(width) && size > 0) size += one(width, size);
    if (!ends_line(size) && peek(size) != ' ') return false;
    scalar_indent_.reset();
    if (size > 0) scalar_indent_ = indent() + (is(width) ? peek() - '0' : 0);
    return go_to(State::kRestOfLine) && (take(kPunctuationIndicator, size) || true);
  }

  bool block_scalar() {
    if (take(kText, run(kLineFeed))) return true;
    if (!at_line_start()) return take(kString, until(CharSet("\n\r\f\v")));
    const std::size_t gap = run(kGap);
    if (gap > 0 && ends_line(gap)) {
      const std::size_t mark = std::min(scalar_indent_.value_or(gap), gap);
      take(kText, mark);
      take(kNameConstant, gap - mark);
      return true;
    }
    const std::size_t least = scalar_indent_.value_or(indent());
    if (!scalar_indent_) scalar_indent_ = gap;
    take(kText, gap);
    if (gap >= least) return true;
    save_indent(gap);
    return pop() && push(State::kIndentation);
  }

  bool quoted_gap() {
    const bool is_line_start = at_line_start();
    const std::size_t gap = run(kGap);
    return take(is_line_start || ends_line(gap) ? kText : kNameVariable, gap) ||
           take(kText, run(kLineFeed));
  }

  bool single_quoted() {
    return quoted_gap() || take(kStringEscape, literal("\\'")) ||
           (take(kString, literal("'")) && pop()) || take(kString, until(kSpace | "'"));
  }

  bool double_quoted() {
    return (take(kString, literal("\"")) && pop()) || quoted_gap() ||
           take(kStringEscape, escape()) || take(kString, until(kSpace | "\"\\"));
  }

  std::size_t escape() const {
    if (peek() != '\\') return 0;
    if (is(CharSet("0abt\tn\nvfre \"\\N_LP"), 1)) return 2;
    const std::size_t digits = peek(1) == 'x' ? 2 : peek(1) == 'u' ? 4 : peek(1) == 'U' ? 8 : 0;
    return digits > 0 && run(kHexDigits, 2) >= digits ? 2 + digits : 0;
  }

  bool plain() {
    const std::size_t gap = run(kGap);
    if (peek(gap) == ':' && (ends_line(gap + 1) || peek(gap + 1) == ' ')) {
      return (take(kText, gap) || true) && pop();
    }
    if (peek(gap) == ':' && !is(kSpace, gap + 1)) {
      return take(kString, gap + 1 + until(kSpace, gap + 1));
    }
    if (gap > 0 && peek(gap) == '#') return take(kText, gap) && pop();
    if (gap > 0) return take(ends_line(gap) ? kText : kString, gap);
    if (take(kText, run(kLineFeed))) return push(State::kPlainNextLine);
    return take(kNameConstant, literal("true") + literal("false") + literal("null")) ||
           (take(kNumber, number()) && pop()) || take(kString, until(kSpace | ":"));
  }

  // Only where it is the last of its line.
  std::size_t number() const {
    std::size_t size = run(kDigits);
    if (size == 0) return 0;
    const std::size_t part = peek(size) == '.' ? run(kDigits, size + 1) : 0;
    if (part > 0) size += 1 + part;
    const std::size_t gap = run(kGap, size);
    const bool is_last = literal("\n", size) + literal("\r\n", size) > 0;
    return is_last || (gap > 0 && peek(size + gap) == '#') ? size : 0;
  }

  bool plain_next_line() {
    const std::size_t gap = run(kGap);
    if (gap > 0 && peek(gap) == '\n') return take(kText, gap + 1);
    if (take(kText, run(kLineFeed))) return true;
    if (!at_line_start()) return false;
    if (literal("---") + literal("...") > 0) return pop(3);
    pop();
    take(kText, gap);
    if (gap > indent()) return true;
    pop();
    save_indent(gap);
    return push(State::kIndentation);
  }

  bool plain_in_flow() {
    const bool is_line_start = at_line_start();
    const std::size_t gap = run(kGap);
    if (is(kFlowMarks, gap) || (gap > 0 && peek(gap) == '#')) {
      return (take(kText, gap) || true) && pop();
    }
    return take(is_line_start || ends_line(gap) ? kText : kNameVariable, gap) ||
           take(kText, run(kLineFeed)) || take(kNameVariable, until(kSpace | ",:?[]{}"));
  }

  bool version() {
    const std::size_t gap = run(kGap);
    const std::size_t major = run(kDigits, gap);
    const std::size_t minor =
        major > 0 && peek(gap + major) == '.' ? run(kDigits, gap + major + 1) : 0;
    return gap > 0 && minor > 0 && take_all({{kText, gap}, {kNumber, major + 1 + minor}}) &&
           go_to(State::kRestOfLine);
  }

  bool tag_handle() {
    const std::size_t gap = run(kGap);
    if (gap == 0 || peek(gap) != '!') return false;
    const std::size_t name = run(kWord | "-", gap + 1);
    const std::size_t handle = peek(gap + 1 + name) == '!' ? name + 2 : 1;
    const std::size_t middle = run(kGap, gap + handle);
    const std::size_t prefix = run(kTagBytes, gap + handle + middle);
    return middle > 0 && prefix > 0 &&
           take_all(
               {{kText, gap}, {kKeywordType, handle}, {kText, middle}, {kKeywordType, prefix}}) &&
           go_to(State::kRestOfLine);
  }

  std::vector<std::size_t> indents_ = {0};
  std::size_t next_indent_ = 0;
  std::optional<std::size_t> scalar_indent_;
};

}  // namespace

std::unique_ptr<Lexer> make_yaml() { return std::make_unique<Yaml>(); }

}  // namespace stet::highlight
