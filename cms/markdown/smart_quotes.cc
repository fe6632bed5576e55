#include "cms/markdown/smart_quotes.h"

#include "cms/markdown/characters.h"

namespace stet::markdown {
namespace {

// ASCII's punctuation but the ampersand.
bool is_punctuation(char c) {
  return c > ' ' && c < 0x7F && c != '&' && !is_ascii_letter(c) && !is_digit(c);
}

bool is_one_of(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

class QuoteReader {
 public:
  QuoteReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  // The first rule that fits counts.
  Quotes read() const {
    if (is_quote(peek(0))) {
      if (opens_before_emphasis()) return marks(0, left(peek(0)));
      if (closes_before_punctuation()) return marks(0, right(peek(0)));
    }
    const std::size_t blank = is_space(peek(0)) ? 1 : 0;
    if (is_pair(blank)) return pair(blank);
    if (is_decade(blank)) return marks(blank, QuoteMark::kRightSingle);
    const std::size_t first = character_size(text_, at_);
    const bool has_first = is_quote(peek(first));
    if (has_first && blank == 1 && is_word_at(text_, at_ + 2)) return marks(1, left(peek(1)));
    if (has_first && blank == 0 && !is_one_of(peek(0), "\\[{(-")) {
      return marks(first, right(peek(first)));
    }
    if (is_quote(peek(0)) && closes_before_blank()) return marks(0, right(peek(0)));
    return has_first ? marks(first, left(peek(first))) : marks(0, left(peek(0)));
  }

 private:
  char peek(std::size_t offset) const {
    return at_ + offset < text_.size() ? text_[at_ + offset] : '\0';
  }

  static QuoteMark left(char quote) {
    return quote == '"' ? QuoteMark::kLeftDouble : QuoteMark::kLeftSingle;
  }
  static QuoteMark right(char quote) {
    return quote == '"' ? QuoteMark::kRightDouble : QuoteMark::kRightSingle;
  }

  Quotes marks(std::size_t before, QuoteMark mark) const {
    return {text_.substr(at_, before), {mark}, 1, at_ + before + 1};
  }

  Quotes pair(std::size_t before) const {
    return {text_.substr(at_, before),
            {left(peek(before)), left(peek(before + 1))},
            2,
            at_ + before + 2};
  }

  bool opens_before_emphasis() const {
    return is_one_of(peek(1), "*_") && at_ + 2 < text_.size() && !is_space(peek(2));
  }

  bool closes_before_punctuation() const {
    if (!is_punctuation(peek(1)) || (peek(2) == '.' && peek(3) == '.')) return false;
    return is_unicode_word_at(text_, at_ + 1) == is_unicode_word_at(text_, at_ + 2);
  }

  bool is_pair(std::size_t before) const {
    return is_quote(peek(before)) && is_quote(peek(before + 1)) &&
           peek(before) != peek(before + 1) && is_word_at(text_, at_ + before + 2);
  }

  bool is_decade(std::size_t before) const {
    return peek(before) == '\'' && is_digit(peek(before + 1)) && is_digit(peek(before + 2)) &&
           peek(before + 3) == 's';
  }

  bool closes_before_blank() const {
    if (at_ + 1 >= text_.size() || is_space(peek(1))) return true;
    return peek(1) == 's' && !is_unicode_word_at(text_, at_ + 2);
  }

  std::string_view text_;
  std::size_t at_;
};

}  // namespace

Quotes read_quotes(std::string_view text, std::size_t at) { return QuoteReader(text, at).read(); }

}  // namespace stet::markdown
