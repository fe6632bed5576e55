#include "cms/highlight/highlight.h"

#include <memory>

#include "cms/highlight/languages.h"
#include "cms/highlight/token_writer.h"

namespace stet::highlight {

std::string to_html(std::string_view language, std::string_view code) {
  TokenWriter writer;
  if (const std::unique_ptr<Lexer> lexer = make_lexer(language)) {
    lexer->lex(code, writer);
  } else {
    writer.add(Token::kText, code);
  }
  return writer.finish();
}

}  // namespace stet::highlight
