#include "cms/markdown/header_ids.h"

#include <utf8proc.h>

#include <map>
#include <string>
#include <string_view>

#include "cms/markdown/marks.h"
#include "storage/base/utf8.h"

namespace stet::markdown {
namespace {

// \p{Word} of Ruby: letters, marks, decimal and letter numbers, connecting punctuation.
bool is_word(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_PC: return true;
    default: return false;
  }
}

std::string github_id(std::string_view text) {
  std::string id;
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c == ' ' || c == '\t' || c == '-') {
      id += '-';
    } else if (is_word(c)) {
      append_code_point(id,
                        static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
    }
  }
  return id;
}

std::string kramdown_id(std::string_view text) {
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
  return id.empty() ? "section" : id;
}

// What the header says in words: pictures say nothing.
std::string header_text(cmark_node* header) {
  std::string text;
  int pictures_open = 0;
  walk(header, [&](cmark_node* node, bool is_entering) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_IMAGE) {
      pictures_open += is_entering ? 1 : -1;
    } else if (is_entering && pictures_open == 0) {
      if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) text += cmark_node_get_literal(node);
    }
  });
  return text;
}

}  // namespace

void assign_header_ids(Tree& tree, const Options& options) {
  std::map<std::string, int> github_seen;
  std::map<std::string, int> kramdown_seen;
  for (cmark_node* header : nodes_of_type(tree.root(), CMARK_NODE_HEADING)) {
    Facts& facts = tree.facts(header);
    if (facts.attributes.find("id") != nullptr) continue;
    const std::string text = without_marks(header_text(header), Place::kText);
    std::string id = facts.is_inside_html ? kramdown_id(text) : github_id(text);
    const int repeats = (facts.is_inside_html ? kramdown_seen : github_seen)[id]++;
    if (repeats > 0) id += "-" + std::to_string(repeats);
    facts.attributes.set("id", options.auto_id_prefix + id);
  }
}

}  // namespace stet::markdown
