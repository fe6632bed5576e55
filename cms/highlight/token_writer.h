// Tokens as HTML: text escaped, spans around all but plain text, neighbours of one kind in one
// span.
#pragma once

#include <string>
#include <string_view>

#include "cms/highlight/token.h"

namespace stet::highlight {

class TokenWriter {
 public:
  void add(Token token, std::string_view text);
  // The HTML of all that was added; nothing may be added after.
  std::string finish();

 private:
  void close();

  std::string html_;
  Token last_ = Token::kText;
};

// `&`, `<` and `>` as entities.
void append_escaped(std::string& html, std::string_view text);

}  // namespace stet::highlight
