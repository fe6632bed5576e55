#include "cms/markdown/code_html.h"

#include <string_view>

#include "cms/highlight/highlight.h"
#include "cms/markdown/code_format.h"
#include "cms/markdown/html_text.h"
#include "cms/markdown/languages.h"

namespace stet::markdown {
namespace {

std::string class_of(const Attributes& attributes) {
  const std::string* classes = attributes.find("class");
  return classes == nullptr ? "" : *classes;
}

// The language's class first, the highlighter's own last.
void add_highlighter(Attributes& attributes, const std::string& language) {
  std::string classes = class_of(attributes);
  if (!classes.empty()) classes += ' ';
  attributes.set("class", with_language(classes + "highlighter-rouge", language));
}

}  // namespace

void append_code_block(std::string& html, cmark_node* node, const Options& options, int indent) {
  Attributes attributes = Tree::facts_of(node).attributes;
  const std::string language = language_in_class(class_of(attributes));
  if (!language.empty()) {
    const std::string others = classes_but_language(class_of(attributes));
    if (others.empty()) {
      attributes.remove("class");
    } else {
      attributes.set("class", others);
    }
  }
  const std::string_view typed = cmark_node_get_fence_info(node);
  std::string lexer(typed.substr(0, typed.find('?', 1)));
  if (lexer.empty()) lexer = language.empty() ? options.default_language : language;
  std::string_view code = cmark_node_get_literal(node);
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  html += margin;
  if (options.has_highlighter && highlight::is_known_language(lexer)) {
    add_highlighter(attributes, language.empty() ? options.default_language : language);
    html += "<div";
    append_attributes(html, attributes);
    html += '>';
    html += format_code(code, highlight::to_html(lexer, code), options.block_format);
    html += margin + "</div>\n";
    return;
  }
  html += "<pre";
  append_attributes(html, attributes);
  html += "><code";
  if (!language.empty()) append_attribute(html, "class", "language-" + language);
  html += '>';
  if (code.ends_with('\n')) code.remove_suffix(1);
  append_escaped(html, code);
  html += "\n</code></pre>\n";
}

void append_code_span(std::string& html, cmark_node* node, const Options& options) {
  Attributes attributes = Tree::facts_of(node).attributes;
  const std::string language = language_in_class(class_of(attributes));
  const std::string lexer = language.empty() ? options.default_language : language;
  const bool is_highlighted = options.has_highlighter && highlight::is_known_language(lexer);
  if (is_highlighted) add_highlighter(attributes, lexer);
  html += "<code";
  append_attributes(html, attributes);
  html += '>';
  const std::string_view code = cmark_node_get_literal(node);
  if (is_highlighted) {
    html += format_code(code, highlight::to_html(lexer, code), options.span_format);
  } else {
    append_escaped(html, code);
  }
  html += "</code>";
}

}  // namespace stet::markdown
