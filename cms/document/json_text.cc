#include "cms/document/json_text.h"

#include <algorithm>

#include "storage/base/utf8.h"

namespace stet::document {
namespace {

constexpr int kDepthMax = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Takes what it knows off the front of the text; false: it is not there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool file() {
    skip_blanks();
    if (!value(0)) return false;
    skip_blanks();
    return text_.empty();
  }

 private:
  void skip_blanks() {
    text_.remove_prefix(std::min(text_.find_first_not_of(" \t\r\n"), text_.size()));
  }

  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  bool value(int depth) {
    if (depth > kDepthMax) return false;
    if (take("{")) return members('}', depth, true);
    if (take("[")) return members(']', depth, false);
    if (text_.starts_with('"')) return string();
    return take("true") || take("false") || take("null") || number();
  }

  bool members(char end, int depth, bool has_keys) {
    skip_blanks();
    if (take({&end, 1})) return true;
    for (;;) {
      skip_blanks();
      if (has_keys) {
        if (!string()) return false;
        skip_blanks();
        if (!take(":")) return false;
        skip_blanks();
      }
      if (!value(depth + 1)) return false;
      skip_blanks();
      if (take({&end, 1})) return true;
      if (!take(",")) return false;
    }
  }

  bool string() {
    if (!take("\"")) return false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      char c = text_[i];
      if (c == '"') {
        text_.remove_prefix(i + 1);
        return true;
      }
      if (static_cast<unsigned char>(c) < ' ') return false;
      if (c != '\\') continue;
      if (++i == text_.size()) return false;
      if (text_[i] == 'u') {
        for (std::size_t end = i + 4; i < end;) {
          if (++i >= text_.size() || !is_hex(text_[i])) return false;
        }
      } else if (std::string_view("\"\\/bfnrt").find(text_[i]) == std::string_view::npos) {
        return false;
      }
    }
    return false;
  }

  bool digits() {
    std::size_t count = 0;
    while (count < text_.size() && is_digit(text_[count])) ++count;
    text_.remove_prefix(count);
    return count > 0;
  }

  bool number() {
    take("-");
    if (!take("0") && !digits()) return false;
    if (take(".") && !digits()) return false;
    if (take("e") || take("E")) {
      if (!take("+")) take("-");
      return digits();
    }
    return true;
  }

  std::string_view text_;
};

}  // namespace

bool is_json(std::string_view text) { return is_utf8(text) && Reader(text).file(); }

}  // namespace stet::document
