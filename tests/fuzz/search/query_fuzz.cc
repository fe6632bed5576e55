// What somebody types, and a source that somebody pushed: neither may do more than be words.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cms/search/expression.h"
#include "cms/search/plain_text.h"
#include "cms/search/snippet.h"
#include "storage/base/utf8.h"

namespace {

using namespace stet::search;

void require(bool is_so) {
  if (!is_so) std::abort();
}

// Quotes come in pairs, and between them there is nothing but words and marks.
void check_match(std::string_view match) {
  bool is_quoted = false;
  for (char c : match) {
    if (c == '"') is_quoted = !is_quoted;
    bool is_control = static_cast<unsigned char>(c) < ' ';
    bool is_syntax = c == '*' || c == '^' || c == '\'' || c == ';';
    require(!is_control && !is_syntax);
    require(!is_quoted || (c != '(' && c != ')' && c != '{' && c != '-'));
  }
  require(!is_quoted);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (Markup markup : {Markup::kMarkdown, Markup::kHtml, Markup::kNone}) {
    PlainText plain = plain_text_of(text, markup);
    require(stet::is_utf8(plain.text) && stet::is_utf8(plain.headings));
  }
  auto query = parse_query(text.substr(0, kQueryBytesMax));
  if (!query) return 0;
  std::vector<ExpandedItem> items;
  for (const QueryItem& item : query->items)
    items.push_back({.item = &item, .meanings = {"meant"}});
  for (bool is_in_names : {false, true}) {
    Expression expression = expression_of(items, {.is_public = is_in_names}, is_in_names);
    check_match(expression.match);
  }
  PlainText plain = plain_text_of(text, Markup::kMarkdown);
  std::string shown;
  for (const Part& part : marked(plain.text, *query, false)) shown += part.text;
  require(shown == plain.text);
  for (const Part& part : snippet_of(plain.text, *query, true)) require(stet::is_utf8(part.text));
  return 0;
}
