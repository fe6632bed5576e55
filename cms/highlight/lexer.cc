#include "cms/highlight/lexer.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "storage/base/utf8.h"

namespace stet::highlight {
namespace {

// Steps in a row that took nothing, after which the next character is an error.
constexpr int kIdleStepsMax = 5;
// An ampersand without a semicolon this near is none of an entity.
constexpr std::size_t kEntityBytesMax = 256;

struct Span {
  char32_t first;
  char32_t last;
};

// Marks beyond ASCII that are no letters: punctuation, arrows, mathematics, boxes, pictures.
constexpr Span kSymbols[] = {
    {0x80, 0xa9},     {0xab, 0xb4},     {0xb6, 0xb9},     {0xbb, 0xbf},       {0xd7, 0xd7},
    {0xf7, 0xf7},     {0x5be, 0x5be},   {0x5f3, 0x5f4},   {0x60c, 0x60d},     {0x61b, 0x61f},
    {0x964, 0x965},   {0x2000, 0x203e}, {0x2041, 0x2053}, {0x2055, 0x2070},   {0x20a0, 0x20cf},
    {0x2190, 0x2bff}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0xfe10, 0xfe32},   {0xff01, 0xff0f},
    {0xff1a, 0xff20}, {0xff3b, 0xff3e}, {0xff5b, 0xff65}, {0x1f000, 0x1faff},
};

bool is_symbol(char32_t letter) {
  const auto* span = std::lower_bound(
      std::begin(kSymbols), std::end(kSymbols), letter, [](const Span& one, char32_t c) {
        return one.last < c;
      });
  return span != std::end(kSymbols) && letter >= span->first;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

void Lexer::lex(std::string_view code, TokenWriter& writer) {
  code_ = code;
  at_ = 0;
  writer_ = &writer;
  found_.clear();
  idle_steps_ = 0;
  read();
}

void Lexer::read() {
  while (!at_end()) {
    const std::size_t before = at_;
    bool is_taken = step();
    if (is_taken && at_ == before) {
      is_taken = ++idle_steps_ <= kIdleStepsMax;
    } else if (is_taken) {
      idle_steps_ = 0;
    }
    if (!is_taken) take(Token::kError, character());
  }
}

std::string_view Lexer::view(std::size_t size, std::size_t from) const {
  return at_ + from < code_.size() ? code_.substr(at_ + from, size) : std::string_view();
}

std::size_t Lexer::run(const CharSet& set, std::size_t from) const {
  std::size_t end = at_ + from;
  while (end < code_.size() && set.has(code_[end])) ++end;
  return end - at_ - from;
}

std::size_t Lexer::stretch(const CharSet& set) {
  Found& known = found(&set);
  if (known.from > at_ || known.at < at_) known = {&set, at_, at_ + run(set)};
  return known.at - at_;
}

std::size_t Lexer::run_within(std::size_t most, const CharSet& set, std::size_t from) const {
  std::size_t size = 0;
  while (size < most && is(set, from + size)) ++size;
  return size;
}

std::size_t Lexer::literal(std::string_view text, std::size_t from) const {
  return view(text.size(), from) == text ? text.size() : 0;
}

std::size_t Lexer::literal_any_case(std::string_view text, std::size_t from) const {
  const std::string_view here = view(text.size(), from);
  return std::equal(here.begin(),
                    here.end(),
                    text.begin(),
                    text.end(),
                    [](char a, char b) { return lower(a) == b; })
             ? text.size()
             : 0;
}

std::size_t Lexer::whole_word(std::string_view text, std::size_t from) const {
  return literal(text, from) > 0 && ends_word(from + text.size()) ? text.size() : 0;
}

std::size_t Lexer::character(std::size_t from) const {
  if (ends(from)) return 0;
  const auto lead = static_cast<unsigned char>(peek(from));
  const std::size_t size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const std::string_view here = view(size, from);
  std::size_t end = 1;
  while (end < here.size() && (static_cast<unsigned char>(here[end]) & 0xc0) == 0x80) ++end;
  return end == size ? size : 1;
}

std::size_t Lexer::character_in_line(std::size_t from) const {
  return ends_line(from) ? 0 : character(from);
}

std::size_t Lexer::letters(const CharSet& set, std::size_t from) const {
  std::size_t size = 0;
  while (is(set, from + size)) {
    if (!is(kHigh, from + size)) {
      ++size;
      continue;
    }
    const std::size_t bytes = character(from + size);
    std::string_view letter = view(bytes, from + size);
    if (is_symbol(take_code_point(letter))) break;
    size += bytes;
  }
  return size;
}

std::size_t Lexer::head_and(const CharSet& head, const CharSet& tail, std::size_t from) const {
  if (!is(head, from)) return 0;
  return is(kHigh, from) ? letters(tail, from) : 1 + letters(tail, from + 1);
}

Lexer::Found& Lexer::found(const void* key) {
  const auto known =
      std::find_if(found_.begin(), found_.end(), [&](const Found& one) { return one.key == key; });
  return known != found_.end() ? *known : found_.emplace_back(Found{key, 1, 0});
}

std::size_t Lexer::find(std::string_view needle, std::size_t from) {
  Found& known = found(needle.data());
  if (known.from > from || known.at < from) {
    known = {needle.data(), from, code_.find(needle, from)};
  }
  return known.at;
}

std::size_t Lexer::through(std::string_view needle, std::size_t from) {
  const std::size_t found = find(needle, at_ + from);
  return found == code_.npos ? 0 : found + needle.size() - at_;
}

std::size_t Lexer::through_in_line(std::string_view needle, std::size_t from) {
  const std::size_t size = through(needle, from);
  return size > 0 && find("\n", at_ + from) >= at_ + size ? size : 0;
}

std::size_t Lexer::entity() const {
  if (peek() != '&') return 0;
  std::size_t size = 1;
  while (size < kEntityBytesMax && !ends(size) && !is(kSpace | ";", size)) ++size;
  return peek(size) == ';' ? size + 1 : 0;
}

std::size_t Lexer::line_after(std::string_view text) const {
  return literal(text) > 0 ? line() : 0;
}

std::size_t Lexer::quoted(char quote, std::size_t from) {
  return quoted_before(CharSet(), quote, from);
}

std::size_t Lexer::quoted_in_line(char quote) { return quoted_before(kLineFeed, quote, 0); }

std::size_t Lexer::quoted_before(const CharSet& stops, char quote, std::size_t from) const {
  if (peek(from) != quote) return 0;
  std::size_t last_escaped = 0;
  for (std::size_t at = from + 1; !ends(at) && !is(stops, at); ++at) {
    if (peek(at) == quote) return at + 1 - from;
    if (peek(at) != '\\') continue;
    if (peek(at + 1) == quote) last_escaped = at + 2 - from;
    if (peek(at + 1) == quote || peek(at + 1) == '\\') ++at;
  }
  return last_escaped;
}

std::size_t Lexer::quoted_strictly(char quote) {
  static constexpr std::array<char, 128> kKeys = {};
  if (peek() != quote) return 0;
  Found& failed = found(&kKeys[static_cast<unsigned char>(quote) % kKeys.size()]);
  if (failed.from <= at_ && at_ < failed.at) return 0;
  std::size_t at = 1;
  for (; !ends(at); at += peek(at) == '\\' ? 2 : 1) {
    if (peek(at) == quote) return at + 1;
    if (peek(at) == '\\' && ends_line(at + 1)) break;
  }
  failed = {failed.key, at_, at_ + at};
  return 0;
}

std::size_t Lexer::grouped(const CharSet& digits, char mark, std::size_t from) const {
  std::size_t size = run(digits, from);
  while (size > 0 && peek(from + size) == mark && is(digits, from + size + 1)) {
    size += 1 + run(digits, from + size + 1);
  }
  return size;
}

std::size_t Lexer::exponent(std::size_t from) const {
  if (!is(CharSet("eE"), from)) return 0;
  const std::size_t sign = 1 + one(CharSet("+-"), from + 1);
  const std::size_t size = run(kDigits, from + sign);
  return size > 0 ? sign + size : 0;
}

std::size_t Lexer::fraction() const {
  const std::size_t whole = run(kDigits);
  const std::size_t part = whole > 0 && peek(whole) == '.' ? run(kDigits, whole + 1) : 0;
  if (part == 0) return 0;
  const std::size_t size = whole + 1 + part;
  const std::size_t power = is(CharSet("eE"), size) ? run(kDigits, size + 1) : 0;
  return power > 0 ? size + 1 + power : size;
}

bool Lexer::take(Token token, std::size_t size) {
  if (size == 0) return false;
  writer_->add(token, view(size));
  at_ = std::min(at_ + size, code_.size());
  return true;
}

bool Lexer::take_all(std::initializer_list<Piece> pieces) {
  if (pieces.begin()->size == 0) return false;
  for (const Piece& piece : pieces) take(piece.token, piece.size);
  return true;
}

bool Lexer::hand(Lexer& other, std::size_t size) {
  if (size == 0) return false;
  other.lex(view(size), *writer_);
  at_ = std::min(at_ + size, code_.size());
  return true;
}

}  // namespace stet::highlight
