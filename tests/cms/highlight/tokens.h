// Tokens in a line: how the tests of lexers say what they expect.
//
// "k=if n=x": the class of each token and its text, parted by blanks. Blanks in a text are written
// `·`, line feeds `¶`, tabs `→`. Plain text, which has no span, is left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stet::highlight {

struct TokenCase {
  std::string_view code;
  std::string_view tokens;
};

std::string tokens_of(std::string_view language, std::string_view code);

void expect_tokens(std::string_view language, const std::vector<TokenCase>& cases);

}  // namespace stet::highlight
