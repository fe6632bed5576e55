// Which way a quotation mark turns: kramdown's rules, which go by the source around it.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace stet::markdown {

enum class QuoteMark { kLeftSingle, kRightSingle, kLeftDouble, kRightDouble };

// What is read at one position: a character of text, or none, then one mark or two.
struct Quotes {
  std::string_view before;
  std::array<QuoteMark, 2> marks{};
  std::size_t marks_count = 0;
  std::size_t end = 0;  // behind them, in the text
};

inline bool is_quote(char c) { return c == '"' || c == '\''; }

// At text[at] stands a quotation mark, or any character but a backslash and a mark behind it: it
// matters whether that character had been read before.
Quotes read_quotes(std::string_view text, std::size_t at);

}  // namespace stet::markdown
