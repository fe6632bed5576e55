#include "cms/markdown/header_ids.h"

#include <utf8proc.h>

#include <string>
#include <string_view>

#include "cms/markdown/characters.h"
#include "storage/base/utf8.h"

namespace stet::markdown {
namespace {

std::string github_id(std::string_view text) {
  constexpr char32_t kDottedCapitalI = 0x130;
  std::string id;
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c == kDottedCapitalI) {
      id += "i\u0307";  // the one letter that becomes two
      continue;
    }
    if (c == ' ' || c == '\t' || c == '-') {
      id += '-';
    } else if (c < 0x80) {
      const char ascii = static_cast<char>(c);
      if (is_word(ascii)) id += static_cast<char>(is_ascii_letter(ascii) ? ascii | 0x20 : ascii);
    } else if (is_unicode_word(c)) {
      append_code_point(id,
                        static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
    }
  }
  return id;
}

}  // namespace

std::string plain_id(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::string id;
  for (const char c : text) {
    if (id.empty() && !is_letter(c)) continue;
    if (is_letter(c)) {
      id += static_cast<char>(c | 0x20);
    } else if ((c >= '0' && c <= '9') || c == '-' || c == ' ') {
      id += c == ' ' ? '-' : c;
    }
  }
  return id;
}

std::string words_of(cmark_node* header, bool is_text_alone) {
  std::string text;
  walk(header, [&](cmark_node* node, bool is_entering) {
    if (!is_entering) return;
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT) {
      text += cmark_node_get_literal(node);
    } else if (!is_text_alone && type == CMARK_NODE_CODE) {
      text += cmark_node_get_literal(node);
    } else if (!is_text_alone && Tree::facts_of(node).extra == Extra::kMathSpan) {
      text += Tree::facts_of(node).text;
    }
  });
  return text;
}

std::string HeaderIds::next(cmark_node* header, bool is_of_root) {
  const bool is_typed = !options_.is_gfm_input && !options_.auto_id_stripping;
  const std::string text =
      is_typed ? Tree::facts_of(header).text : words_of(header, !options_.is_gfm_input);
  const bool is_githubs = options_.is_gfm_input && is_of_root;
  std::string id = is_githubs ? github_id(text) : plain_id(text);
  if (id.empty() && !is_githubs) id = "section";
  const int repeats = (is_githubs ? github_seen_ : kramdown_seen_)[id]++;
  if (repeats > 0) id += "-" + std::to_string(repeats);
  return options_.auto_id_prefix + id;
}

}  // namespace stet::markdown
