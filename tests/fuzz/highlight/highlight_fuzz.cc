// Any bytes are code in any language: the first line names it, and the rest is the code. Reading it
// ends, and the text that a reader sees is the code, byte for byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cms/highlight/highlight.h"

namespace {

std::string text_of(std::string_view html) {
  std::string text;
  while (!html.empty()) {
    const char c = html.front();
    const std::size_t end = html.find(c == '<' ? '>' : ';');
    if (c == '&') text += html[1] == 'l' ? '<' : html[1] == 'g' ? '>' : '&';
    if (c != '<' && c != '&') text += c;
    html.remove_prefix(c == '<' || c == '&' ? end + 1 : 1);
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::size_t line = input.find('\n');
  if (line == input.npos) return 0;
  const std::string_view code = input.substr(line + 1);
  if (text_of(stet::highlight::to_html(input.substr(0, line), code)) != code) std::abort();
  return 0;
}
