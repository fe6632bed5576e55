#include "api/routes/json_reader.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>

#include "api/routes/json.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

using document::Data;

constexpr std::size_t kDigitsMax = 18;  // of an integer that surely has 64 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plain(char c) { return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\'; }

// Each takes what it reads off the text, and is false where that is not for here.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool read_whole(Data& into) {
    if (!read_value(into, 0)) return false;
    skip_blanks();
    return rest_.empty();
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n\r"), size())); }
  std::size_t size() const { return rest_.size(); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  bool read_value(Data& into, std::size_t depth) {
    skip_blanks();
    if (rest_.empty() || ++nodes_ > kJsonNodesMax) return false;
    switch (rest_.front()) {
      case '{': return depth < kJsonDepthMax && read_object(into, depth + 1);
      case '[': return depth < kJsonDepthMax && read_list(into, depth + 1);
      case '"': return read_text(into);
      case 't': return into = true, take_word("true");
      case 'f': return into = false, take_word("false");
      case 'n': return into = Data(), take_word("null");
      default: return read_number(into);
    }
  }

  bool read_object(Data& into, std::size_t depth) {
    Data::Map map;
    take('{');
    skip_blanks();
    if (take('}')) return into = std::move(map), true;
    do {
      std::string key;
      Data value;
      skip_blanks();
      if (!read_string(key) || map.contains(key)) return false;
      skip_blanks();
      if (!take(':') || !read_value(value, depth)) return false;
      map.append(std::move(key), std::move(value));
      skip_blanks();
    } while (take(','));
    into = std::move(map);
    return take('}');
  }

  bool read_list(Data& into, std::size_t depth) {
    Data::List list;
    take('[');
    skip_blanks();
    if (take(']')) return into = std::move(list), true;
    do {
      if (!read_value(list.emplace_back(), depth)) return false;
      skip_blanks();
    } while (take(','));
    into = std::move(list);
    return take(']');
  }

  bool read_text(Data& into) {
    std::string text;
    if (!read_string(text)) return false;
    into = std::move(text);
    return true;
  }

  bool read_string(std::string& into) {
    if (!take('"')) return false;
    for (;;) {
      const std::size_t run = plain_prefix(rest_);
      into.append(rest_.substr(0, run));
      rest_.remove_prefix(run);
      if (take('"')) return true;
      if (!read_escape(into)) return false;
    }
  }

  bool read_escape(std::string& into) {
    constexpr std::string_view kNames = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
    if (!take('\\') || rest_.empty()) return false;
    const std::size_t at = kNames.find(rest_.front());
    if (at == std::string_view::npos) return read_code_point(into);
    into += kMeant[at];
    rest_.remove_prefix(1);
    return true;
  }

  // Beyond 16 bits it is two, each of a half of its own.
  bool read_code_point(std::string& into) {
    std::uint32_t point = 0, low = 0;
    if (!read_unit(point) || (point >= 0xdc00 && point < 0xe000)) return false;
    if (point >= 0xd800 && point < 0xdc00) {
      if (!take('\\') || !read_unit(low) || low < 0xdc00 || low >= 0xe000) return false;
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    }
    append_code_point(into, point);
    return true;
  }

  bool read_unit(std::uint32_t& unit) {
    constexpr std::size_t kDigits = 4;
    if (!take('u') || rest_.size() < kDigits) return false;
    const char* end = rest_.data() + kDigits;
    auto [at, fault] = std::from_chars(rest_.data(), end, unit, 16);
    if (at != end || fault != std::errc()) return false;
    rest_.remove_prefix(kDigits);
    return true;
  }

  std::size_t digits_at(std::size_t begin) const {
    std::size_t end = begin;
    while (end < rest_.size() && is_digit(rest_[end])) ++end;
    return end - begin;
  }

  bool read_number(Data& into) {
    const std::size_t begin = rest_.starts_with('-') ? 1 : 0, whole = digits_at(begin);
    std::size_t end = begin + whole;
    if (whole == 0 || (whole > 1 && rest_[begin] == '0')) return false;
    if (rest_.substr(end).starts_with('.')) {
      const std::size_t fraction = digits_at(end + 1);
      if (fraction == 0) return false;
      end += 1 + fraction;
    }
    if (end < rest_.size() && (rest_[end] | 0x20) == 'e') {
      ++end;
      if (end < rest_.size() && (rest_[end] == '+' || rest_[end] == '-')) ++end;
      const std::size_t power = digits_at(end);
      if (power == 0) return false;
      end += power;
    }
    if (end > begin + whole) return convert<double>(end, into);
    return whole <= kDigitsMax && convert<std::int64_t>(end, into);
  }

  template <typename Number>
  bool convert(std::size_t size, Data& into) {
    Number number = 0;
    if (std::from_chars(rest_.data(), rest_.data() + size, number).ec != std::errc()) return false;
    into = number;
    rest_.remove_prefix(size);
    return true;
  }

  std::string_view rest_;
  std::size_t nodes_ = 0;
};

}  // namespace

std::size_t plain_prefix(std::string_view text) {
  // Of eight bytes at once: the highest bit of one that is less, or equal.
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighBits = kOnes * 0x80;
  constexpr auto equal_in = [](std::uint64_t word, char c) {
    const std::uint64_t differing = word ^ (kOnes * static_cast<unsigned char>(c));
    return (differing - kOnes) & ~differing;
  };
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t is_control = (word - kOnes * ' ') & ~word;
    if ((is_control | equal_in(word, '"') | equal_in(word, '\\')) & kHighBits) break;
  }
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

std::optional<Data> read_json(std::string_view text) {
  Data whole;
  if (!is_utf8(text) || !Reader(text).read_whole(whole)) return std::nullopt;
  return whole;
}

}  // namespace stet::api
