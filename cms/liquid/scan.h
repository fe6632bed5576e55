// The small patterns that Liquid 4's grammar is made of, each as one function.
//
// Liquid's lax grammar *is* its regular expressions; these do what those do, in linear time.
// Positions are bytes; a function that finds nothing gives kNone. Threads: pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace stet::liquid {

inline constexpr std::size_t kNone = std::string_view::npos;

inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}
inline bool is_segment(char c) { return is_word(c) || c == '-'; }  // VariableSegment

std::size_t skip_spaces(std::string_view text, std::size_t at);
std::size_t skip_word(std::string_view text, std::size_t at);
std::string_view trim(std::string_view text);
bool is_blank_text(std::string_view text);

struct Found {
  std::size_t begin = kNone;
  std::size_t end = kNone;
  explicit operator bool() const { return begin != kNone; }
  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

// The end of the quoted string that starts at `at`.
std::size_t quoted_string(std::string_view text, std::size_t at);
// The end of the QuotedFragment that starts at `at`: a quoted string, or a run without blanks,
// commas and pipes.
std::size_t quoted_fragment(std::string_view text, std::size_t at);
// Its second alternative: quoted strings inside the run count as part of it.
std::size_t fragment_run(std::string_view text, std::size_t at);
// The first QuotedFragment at or after `from`.
Found find_fragment(std::string_view text, std::size_t from);

// `key: value` pairs wherever they stand in `text` (TagAttributes).
struct Attribute {
  std::string_view key;
  std::string_view value;
};
std::optional<Attribute> next_attribute(std::string_view text, std::size_t& at);
std::vector<Attribute> attributes_in(std::string_view text);

// The first run of VariableSignature characters at or after `from`: what `assign` and `capture`
// name.
Found find_signature(std::string_view text, std::size_t from);

}  // namespace stet::liquid
