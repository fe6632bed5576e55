#include "cms/markdown/typography.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/marks.h"

namespace stet::markdown {
namespace {

struct Symbol {
  std::string_view typed;
  std::string_view set;
};

// The first that fits counts.
constexpr std::array<Symbol, 9> kSymbols = {{
    {"---", "—"},
    {"--", "–"},
    {"...", "…"},
    {"<< ", "«\u00a0"},
    {" >>", "\u00a0»"},
    {"<<", "«"},
    {"\uFDDC ", "«\u00a0"},
    {"\uFDDC", "«"},
    {">>", "»"},
}};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_punctuation(char c) {
  return std::string_view("!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~").find(c) != std::string_view::npos;
}

// One leaf block, as it was typed as far as typography can tell: text, and delimiters for the rest.
struct Run {
  struct Piece {
    cmark_node* node;
    std::size_t begin;
    std::size_t end;
  };
  std::string source;
  std::vector<Piece> texts;
};

enum class Mark { kLeftSingle, kRightSingle, kLeftDouble, kRightDouble };

Mark left(char quote) { return quote == '"' ? Mark::kLeftDouble : Mark::kLeftSingle; }
Mark right(char quote) { return quote == '"' ? Mark::kRightDouble : Mark::kRightSingle; }

class Setter {
 public:
  Setter(std::string_view source, const Options& options) : source_(source), options_(options) {}

  // The typeset text of source[begin, end).
  std::string set(std::size_t begin, std::size_t end) {
    std::string out;
    at_ = free_ = begin;
    if (begin > 0 && source_[begin - 1] == '\n') free_ = begin - 1;
    while (at_ < end) {
      if (options_.smart_quotes && (source_[at_] == '"' || source_[at_] == '\'')) {
        quote(out, end);
      } else if (!symbol(out, end)) {
        copy(out);
      }
    }
    return out;
  }

 private:
  char peek(std::size_t offset) const {
    return at_ + offset < source_.size() ? source_[at_ + offset] : '\n';
  }

  // Marks, and characters that open something, are read on their own: a quotation mark behind one
  // does not see it.
  void copy(std::string& out) {
    const std::size_t size = mark_size(source_.substr(at_));
    const bool is_alone = size > 0 || std::string_view("*_[`&").find(source_[at_]) != source_.npos;
    out += source_.substr(at_, std::max<std::size_t>(size, 1));
    at_ += std::max<std::size_t>(size, 1);
    if (is_alone) free_ = at_;
  }

  bool symbol(std::string& out, std::size_t end) {
    const std::string_view rest = source_.substr(at_, end - at_);
    for (const Symbol& symbol : kSymbols) {
      if (!rest.starts_with(symbol.typed)) continue;
      out += symbol.set;
      at_ += symbol.typed.size();
      free_ = at_;
      return true;
    }
    return false;
  }

  void add(std::string& out, Mark mark) {
    out += options_.smart_quote_marks[static_cast<std::size_t>(mark)];
    free_ = ++at_;
  }

  // The character before is in sight only where nothing has been made of it yet.
  void quote(std::string& out, std::size_t end) {
    const char quote = source_[at_];
    const bool sees_before = at_ > free_;
    const char before = sees_before ? source_[at_ - 1] : '\0';
    const char next = peek(1);
    if (!sees_before && opens_before_emphasis()) return add(out, left(quote));
    if (!sees_before && closes_before_punctuation()) return add(out, right(quote));
    if (const bool is_pair = (next == '"' || next == '\'') && next != quote && is_word(peek(2));
        is_pair && at_ + 1 < end && (!sees_before || is_space(before))) {
      add(out, left(quote));
      return add(out, left(next));
    }
    if (quote == '\'' && (!sees_before || is_space(before)) && is_digit(next) &&
        is_digit(peek(2)) && peek(3) == 's') {
      return add(out, Mark::kRightSingle);
    }
    if (sees_before && is_space(before) && is_word(next)) return add(out, left(quote));
    if (sees_before && !is_space(before) &&
        std::string_view("\\[{(-").find(before) == std::string_view::npos) {
      return add(out, right(quote));
    }
    if (!sees_before && (is_space(next) || (next == 's' && !is_word(peek(2))))) {
      return add(out, right(quote));
    }
    add(out, left(quote));
  }

  bool opens_before_emphasis() const {
    const char next = peek(1);
    if (next != '*' && next != '_') return false;
    return !is_space(peek(2));
  }

  bool closes_before_punctuation() const {
    if (!is_punctuation(peek(1))) return false;
    if (peek(2) == '.' && peek(3) == '.') return false;
    const bool next_is_word = is_word(peek(1));
    return next_is_word == is_word(peek(2));  // no boundary of a word between them
  }

  std::string_view source_;
  const Options& options_;
  std::size_t at_ = 0;
  std::size_t free_ = 0;  // before it, all has been used up
};

std::string_view delimiter(cmark_node* node, bool is_entering) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_EMPH: return "*";
    case CMARK_NODE_STRONG: return "**";
    case CMARK_NODE_LINK: return is_entering ? "[" : "]()";
    case CMARK_NODE_IMAGE: return is_entering ? "![" : "]()";
    case CMARK_NODE_CODE: return "`x`";
    case CMARK_NODE_HTML_INLINE: return "<x>";
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: return "\n";
    case CMARK_NODE_CUSTOM_INLINE: return "~~";
    default: return "";
  }
}

void set_run(const Run& run, const Options& options) {
  if (run.source.find_first_of("\"'-.<>") == std::string::npos) return;
  Setter setter(run.source, options);
  for (const Run::Piece& piece : run.texts) {
    cmark_node_set_literal(piece.node, setter.set(piece.begin, piece.end).c_str());
  }
}

}  // namespace

std::string with_typography(std::string_view source,
                            std::size_t begin,
                            std::size_t end,
                            const Options& options) {
  return Setter(source, options).set(begin, end);
}

void set_typography(const Tree& tree, const Options& options) {
  Run run;
  walk(tree.root(), [&](cmark_node* node, bool is_entering) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type < CMARK_NODE_FIRST_INLINE) {
      set_run(run, options);
      run = Run();
    } else if (type == CMARK_NODE_TEXT) {
      const std::size_t begin = run.source.size();
      run.source += cmark_node_get_literal(node);
      run.texts.push_back({node, begin, run.source.size()});
    } else {
      run.source += delimiter(node, is_entering);
    }
  });
}

}  // namespace stet::markdown
