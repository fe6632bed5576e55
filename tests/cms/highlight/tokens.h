// Tokens in a line: how the tests of lexers say what they expect.
//
// "k=if n=x": the class of each token and its text, parted by blanks. Blanks in a text are written
// `·`, line feeds `¶`, tabs `→`. Plain text, which has no span, is left out.
#pragma once

#include <cstddef>
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

// What a reader sees of the HTML.
std::string text_of(const std::string& html);

std::string repeated(std::string_view text, std::size_t bytes);

// The lexer keeps every byte of anything, and of each text, repeated many times: what opens and
// never ends, or is looked for in vain. Each would take minutes if the rest of the code were read
// again at every place.
void expect_whole_and_ending(std::string_view language, const std::vector<std::string_view>& texts);

}  // namespace stet::highlight
