#include "cms/highlight/token_writer.h"

#include <cstddef>
#include <utility>

namespace stet::highlight {

void append_escaped(std::string& html, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t at = text.find_first_of("&<>"); at != text.npos;
       at = text.find_first_of("&<>", done)) {
    html += text.substr(done, at - done);
    html += text[at] == '&' ? "&amp;" : text[at] == '<' ? "&lt;" : "&gt;";
    done = at + 1;
  }
  html += text.substr(done);
}

void TokenWriter::add(Token token, std::string_view text) {
  if (text.empty()) return;
  if (token != last_) {
    close();
    if (token != Token::kText) {
      html_ += "<span class=\"";
      html_ += class_of(token);
      html_ += "\">";
    }
    last_ = token;
  }
  append_escaped(html_, text);
}

std::string TokenWriter::finish() {
  close();
  last_ = Token::kText;
  return std::move(html_);
}

void TokenWriter::close() {
  if (last_ != Token::kText) html_ += "</span>";
}

}  // namespace stet::highlight
