// Cuts a template into text, tags and outputs, exactly where Liquid 4's TemplateParser does.
//
// Every byte of the source is in one token, in order; quotes protect nothing. Inside {% liquid %}
// each line is the markup of a tag. Threads: one a parse.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace stet::liquid {

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view source, bool by_lines = false)
      : source_(source), by_lines_(by_lines) {}

  // A token starts with "{%" or "{{", or it is text; none at the end.
  std::optional<std::string_view> next();
  bool by_lines() const { return by_lines_; }

 private:
  std::string_view take(std::size_t end);

  std::string_view source_;
  std::size_t at_ = 0;
  bool by_lines_;
};

}  // namespace stet::liquid
