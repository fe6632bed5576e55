#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "cms/highlight/highlight.h"
#include "cms/highlight/languages.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

// Code in code in code: Markdown may stand in a block of Markdown.
constexpr int kNestingMax = 4;
constexpr std::size_t kTicksMax = 16;
constexpr std::size_t kAddressBytesMax = 512;

enum class State { kRoot, kFence, kLink, kUrl, kTitle, kInlineUrl, kInlineTitle };

// All of one kind.
class Uniform final : public Lexer {
 public:
  explicit Uniform(Token token) : token_(token) {}
  void reset() override {}

 protected:
  void read() override { take(token_, rest().size()); }

 private:
  Token token_;
};

class Markdown final : public StateLexer<State> {
 public:
  explicit Markdown(int nesting) : nesting_(nesting) {}

  void reset() override {
    StateLexer::reset();
    html_->reset();
  }

 protected:
  void read() override {
    failed_until_.fill(0);
    ticks_failed_until_.fill(0);
    blank_until_ = 0;
    has_no_front_matter_ = false;
    StateLexer::read();
  }

  bool step() override {
    switch (state()) {
      case State::kRoot: return root();
      case State::kFence: return fenced_line();
      case State::kLink: return link();
      case State::kUrl: return url();
      case State::kTitle: return title();
      case State::kInlineUrl:
        return (take(kStringOther, until(kSpace | "<)")) && pop()) || take(kText, run(kSpace)) ||
               url();
      case State::kInlineTitle: return (take(kPunctuation, literal(")")) && pop()) || title();
    }
    return false;
  }

 private:
  // What may be looked for to the end of a line in vain.
  enum class Sought { kLinkEnd, kStars, kStar, kUnderscores, kUnderscore, kAngle, kCount };

  bool root() {
    const std::size_t escaped = peek() == '\\' ? character_in_line(1) : 0;
    return front_matter() || take(kStringEscape, escaped > 0 ? 1 + escaped : 0) ||
           (at_line_start() && (heading() || fence())) || take(kStringBacktick, indented_code()) ||
           take(kStringBacktick, code_span()) || (at_line_start() && line_start()) || span();
  }

  // From `---` to `---`, wherever it stands.
  bool front_matter() {
    if (has_no_front_matter_ || literal("---") == 0) return false;
    const std::size_t gap = run(kSpace, 3);
    const std::size_t first_line = view(gap, 3).find('\n');
    if (first_line == std::string_view::npos) return false;
    for (std::size_t end = through("\n---", 3); end > 0; end = through("\n---", end)) {
      const std::size_t blank = run(kSpace, end);
      const std::size_t last = view(blank, end).rfind('\n');
      if (!ends(end + blank) && last == std::string_view::npos) continue;
      const std::size_t size = ends(end + blank) ? end + blank : end + last + 1;
      return hand(*make_yaml(), size);
    }
    has_no_front_matter_ = true;
    return false;
  }

  // A line underlined by two marks or more; else 0.
  std::size_t underlined(std::string_view mark) const {
    const std::size_t text = until(CharSet("\t\r\n\f\v"));
    if (text == 0 || peek(text) != '\n') return 0;
    const std::size_t marks = run(CharSet::of(mark), text + 1);
    return marks > 1 && peek(text + 1 + marks) == '\n' ? text + 1 + marks + 1 : 0;
  }

  bool heading() {
    if (take(kGenericHeading, underlined("-")) || take(kGenericSubheading, underlined("="))) {
      return true;
    }
    if (peek() != '#') return false;
    const bool is_first = !ends(1) && peek(1) != '#';
    return take(is_first ? kGenericHeading : kGenericSubheading, line());
  }

  bool fence() {
    const std::size_t gap = run(kBlank);
    const char mark = peek(gap);
    if (mark != '`' && mark != '~') return false;
    const std::size_t marks = run(CharSet::of(view(1, gap)), gap);
    const std::size_t name = line(gap + marks);
    const std::size_t begin = gap + marks + name + 1;
    if (marks < 3 || ends(begin - 1)) return false;
    fence_ = view(marks, gap);
    const std::string end = "\n" + std::string(view(gap)) + fence_;
    const std::size_t size = rest().substr(begin).find(end);
    code_ = lexer_of(view(name, gap + marks));
    code_->reset();
    take(kText, gap);
    take_all({{kPunctuation, marks}, {kNameLabel, name + 1}});
    if (size == rest().npos) return push(State::kFence);
    hand(*code_, size);
    take(kText, 1 + gap);
    return take(kPunctuation, marks);
  }

  std::unique_ptr<Lexer> lexer_of(std::string_view name) const {
    while (!name.empty() && kSpace.has(name.front())) name.remove_prefix(1);
    while (!name.empty() && kSpace.has(name.back())) name.remove_suffix(1);
    if (name.empty()) return std::make_unique<Uniform>(kText);
    name = name.substr(0, name.find('?'));
    if (!is_known_language(name)) return std::make_unique<Uniform>(kStringBacktick);
    std::unique_ptr<Lexer> lexer;
    if (nesting_ < kNestingMax) lexer = make_lexer(name, nesting_ + 1);
    return lexer ? std::move(lexer) : std::make_unique<Uniform>(kText);
  }

  // In a block without an end, until a line that could be one but for its indentation.
  bool fenced_line() {
    if (!at_line_start()) return false;
    const std::size_t gap = run(kBlank);
    if (literal(fence_, gap) > 0) {
      take(kText, gap);
      return take(kPunctuation, fence_.size()) && pop();
    }
    const std::size_t size = line();
    return !ends(size) && hand(*code_, size + 1);
  }

  std::size_t indented_code() const {
    if (literal("\n\n") == 0) return 0;
    std::size_t end = 2;
    for (;;) {
      const std::size_t gap = literal("    ", end) + literal("\t", end);
      const std::size_t size = gap > 0 ? line(end) : 0;
      if (ends(end + size) || (gap == 0 && peek(end) != '\n')) break;
      end += size + 1;
    }
    return end > 2 ? end : 0;
  }

  // One unit of running text: a character, or one behind a backslash; 0 at the end of the line, and
  // at a backslash before it.
  std::size_t unit(std::size_t from) const {
    const std::size_t slash = one(CharSet("\\"), from);
    const std::size_t size = character_in_line(from + slash);
    return size > 0 ? slash + size : 0;
  }

  std::size_t code_span() {
    const std::size_t run_size = run_within(kTicksMax, CharSet("`"));
    for (std::size_t ticks = run_size; ticks > 0; --ticks) {
      if (ticks_failed_until_[ticks] > place()) continue;
      std::size_t at = ticks;
      for (std::size_t step = 1; step > 0; at += step) {
        step = peek(at) == '\n' && !ends(at) ? 1 : unit(at);
        if (step > 0 && run_within(ticks, CharSet("`"), at + step) == ticks) {
          return at + step + ticks;
        }
      }
      ticks_failed_until_[ticks] = place() + at;
    }
    return 0;
  }

  // Three or more of a mark and nothing else: up to the end of the last line that has nothing else.
  std::size_t rule(char mark) const {
    std::size_t size = 0;
    std::size_t end = 0;
    for (int count = 1;; ++count) {
      const std::size_t gap = run(kSpace, end);
      if (peek(end + gap) != mark) break;
      end += gap + 1;
      const std::size_t behind = run(kSpace, end);
      const std::size_t last = view(behind, end).rfind('\n');
      if (count < 3) continue;
      if (ends(end + behind)) {
        size = end + behind;
      } else if (last != std::string_view::npos) {
        size = end + last;
      }
    }
    return size;
  }

  bool line_start() {
    if (place() >= blank_until_) blank_until_ = place() + run(kSpace);
    const std::size_t gap = blank_until_ - place();
    if (is(CharSet("*-"), gap) && take(kPunctuation, rule(peek(gap)))) return true;
    if (is(CharSet("*+-"), gap) && is(kSpace, gap + 1)) return take(kPunctuation, gap + 1);
    const std::size_t digits = run(kDigits, gap);
    if (digits > 0 && peek(gap + digits) == '.') return take(kPunctuation, gap + digits + 1);
    if (peek(gap) == '>') return take(kGenericTraceback, gap + line(gap));
    return peek(gap) == '[' && reference(gap);
  }

  // [name]: at the start of a line.
  bool reference(std::size_t gap) {
    std::size_t at = gap + 1;
    for (std::size_t step = unit(at); step > 0; step = unit(at)) {
      at += step;
      if (peek(at) != ']') continue;
      const std::size_t behind = run(kSpace, at + 1);
      if (peek(at + 1 + behind) != ':') continue;
      const std::size_t name = at - gap - 1;
      take(kText, gap);
      take_all({{kPunctuation, 1},
                {kStringSymbol, name},
                {kPunctuation, 1},
                {kText, behind},
                {kPunctuation, 1}});
      return push(State::kTitle) && push(State::kUrl);
    }
    return false;
  }

  // From `from` to before the first `end` in the line that no backslash escapes and that
  // `is_right` behind; npos where there is none.
  template <typename IsRight>
  std::size_t seek(Sought sought, std::string_view end, std::size_t from, IsRight is_right) {
    std::size_t& failed_until = failed_until_[static_cast<std::size_t>(sought)];
    if (failed_until > place() + from) return rest().npos;
    std::size_t at = from;
    for (std::size_t step = 1; step > 0; at += step) {
      if (literal(end, at) > 0 && is_right(at + end.size())) return at - from;
      step = unit(at);
    }
    failed_until = place() + at;
    return rest().npos;
  }

  std::size_t enclosed(Sought sought, std::string_view open, std::string_view close) {
    if (literal(open) == 0) return 0;
    const std::size_t size = seek(sought, close, open.size(), [](std::size_t) { return true; });
    return size == rest().npos ? 0 : open.size() + size + close.size();
  }

  bool bracket() {
    const std::size_t open = literal("![") + literal("[");
    if (open == 0) return false;
    const auto is_right = [&](std::size_t at) { return is(CharSet("[("), at); };
    std::size_t size = seek(Sought::kLinkEnd, "]", open, is_right);
    if (size == rest().npos) {
      const std::size_t end = through("]", open);
      size = end > 0 && is_right(end) ? end - 1 - open : size;
    }
    if (size == rest().npos) return false;
    take_all({{kPunctuation, open}, {kNameVariable, size}, {kPunctuation, 1}});
    return push(State::kLink);
  }

  // <somebody@example.org>
  std::size_t mail_address() const {
    std::string_view here = view(kAddressBytesMax);
    here = here.substr(0, here.find('\n'));
    const std::size_t last = here.rfind('>');
    const std::size_t at = here.find('@');
    if (!here.starts_with('<') || last == here.npos || at == here.npos || last < 2) return 0;
    const std::size_t dot = here.rfind('.', last - 2);
    return dot != here.npos && dot >= at + 2 ? last + 1 : 0;
  }

  bool span() {
    if (bracket() || take(kGenericStrong, enclosed(Sought::kStars, "**", "**")) ||
        take(kGenericStrong, enclosed(Sought::kUnderscores, "__", "__")) ||
        take(kGenericEmphasis, enclosed(Sought::kStar, "*", "*")) ||
        take(kGenericEmphasis, enclosed(Sought::kUnderscore, "_", "_"))) {
      return true;
    }
    if (peek() == '<') {
      if (take(kNameVariable, mail_address())) return true;
      const bool is_address =
          literal("<http://") + literal("<https://") + literal("<mailto://") + literal("<ftp://") >
          0;
      const std::size_t size = enclosed(Sought::kAngle, "<", ">");
      return (is_address ? take(kNameVariable, size) : hand(*html_, size)) || take(kText, 1);
    }
    if (peek() == '&') {
      const std::string_view word = view(run_within(kAddressBytesMax, ~kSpace));
      const std::size_t end = word.rfind(';');
      return hand(*html_, end == word.npos ? 0 : end + 1) || take(kText, 1);
    }
    return take(kText, until(CharSet("\\`[*\n&<"))) || take(kText, one(CharSet("[\n")));
  }

  // From one mark to the other on one line.
  std::size_t between(char open, char close) const {
    if (peek() != open) return 0;
    std::size_t at = 1;
    for (std::size_t step = 1; step > 0 && at < kAddressBytesMax; at += step) {
      if (peek(at) == close) return at + 1;
      step = unit(at);
    }
    return 0;
  }

  bool link() {
    const std::size_t name = between('[', ']');
    if (name > 0) {
      take(kPunctuation, 1);
      take(kStringSymbol, name - 2);
      return take(kPunctuation, 1) && pop();
    }
    if (take(kPunctuation, literal("("))) {
      return push(State::kInlineTitle) && push(State::kInlineUrl);
    }
    return take(kText, run(kBlank)) || pop();
  }

  bool url() {
    if (take(kText, run(kBlank))) return true;
    const std::size_t size = between('<', '>');
    if (size > 0) {
      take(kNameTag, 1);
      take(kStringOther, size - 2);
      return take(kNameTag, 1) && pop();
    }
    return take(kStringOther, until(kSpace)) && pop();
  }

  bool title() {
    if (take(kNameNamespace, between('"', '"')) || take(kNameNamespace, between('\'', '\'')) ||
        take(kNameNamespace, between('(', ')'))) {
      return true;
    }
    const std::size_t gap = run(kSpace);
    if (is(CharSet("\"'()"), gap)) return take(kText, gap) || true;
    return pop();
  }

  int nesting_;
  std::unique_ptr<Lexer> html_ = make_html();
  std::unique_ptr<Lexer> code_;
  std::string fence_;
  bool has_no_front_matter_ = false;
  std::size_t blank_until_ = 0;
  std::array<std::size_t, static_cast<std::size_t>(Sought::kCount)> failed_until_ = {};
  std::array<std::size_t, kTicksMax + 1> ticks_failed_until_ = {};
};

}  // namespace

std::unique_ptr<Lexer> make_markdown(int nesting) { return std::make_unique<Markdown>(nesting); }

}  // namespace stet::highlight
