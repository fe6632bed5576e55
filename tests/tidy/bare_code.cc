#include "tests/tidy/bare_code.h"

#include <algorithm>
#include <cstddef>

namespace stet::tidy {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Stripper {
 public:
  explicit Stripper(std::string_view text) : text_(text) {}

  std::string strip() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest[0] == '#' && is_line_start_) {
        blank(directive_length(rest));
      } else if (rest.starts_with("//")) {
        blank(std::min(rest.find('\n'), rest.size()));
      } else if (rest.starts_with("/*")) {
        blank(to_end(rest, "*/", 2));
      } else if (rest.starts_with("R\"") && !ends_with_word()) {
        blank(raw_string_length(rest));
      } else if (rest[0] == '"' || (rest[0] == '\'' && !ends_with_word())) {
        blank(literal_length(rest));
      } else {
        is_line_start_ = rest[0] == '\n' || (is_line_start_ && rest[0] == ' ');
        bare_ += rest[0];
        ++at_;
      }
    }
    return std::move(bare_);
  }

 private:
  // A digit before an apostrophe: it parts digits (1'000'000).
  bool ends_with_word() const { return !bare_.empty() && is_word(bare_.back()); }

  void blank(std::size_t length) {
    for (const char c : text_.substr(at_, length)) bare_ += c == '\n' ? '\n' : ' ';
    at_ += length;
  }

  static std::size_t to_end(std::string_view rest, std::string_view end, std::size_t from) {
    const std::size_t at = rest.find(end, from);
    return at == rest.npos ? rest.size() : at + end.size();
  }

  static std::size_t directive_length(std::string_view rest) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    while (end < rest.size() && rest[end - 1] == '\\') {
      end = std::min(rest.find('\n', end + 1), rest.size());
    }
    return end;
  }

  static std::size_t raw_string_length(std::string_view rest) {
    const std::size_t open = std::min(rest.find('('), rest.size());
    const std::string end = ")" + std::string(rest.substr(2, open - 2)) + "\"";
    return to_end(rest, end, open);
  }

  static std::size_t literal_length(std::string_view rest) {
    std::size_t at = 1;
    while (at < rest.size() && rest[at] != rest[0] && rest[at] != '\n') {
      at += rest[at] == '\\' ? 2 : 1;
    }
    return std::min(at + 1, rest.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool is_line_start_ = true;
  std::string bare_;
};

}  // namespace

std::string bare_code(std::string_view text) { return Stripper(text).strip(); }

}  // namespace stet::tidy
