#include "cms/markdown/span_output.h"

#include "cms/markdown/abbreviations.h"

namespace stet::markdown {

void SpanOutput::add_text(std::string_view text) {
  if (text.empty()) return;
  last_ = Last::kText;
  last_node_ = nullptr;
  if (!is_dry()) text_ += text;
}

void SpanOutput::add_character(std::string_view text) {
  last_ = Last::kElement;
  last_node_ = nullptr;
  if (is_dry()) return;
  if (rules_.has_abbreviations) flush(false);
  text_ += text;
  if (!rules_.has_abbreviations) return;
  append_text(text_);
  text_.clear();
}

void SpanOutput::add_node(cmark_node* node) {
  last_ = Last::kElement;
  last_node_ = node;
  if (node == nullptr) return;
  flush(false);
  cmark_node_append_child(parent_, node);
}

void SpanOutput::add_html(std::string_view html) {
  if (is_dry()) return add_node(nullptr);
  cmark_node* node = cmark_node_new(CMARK_NODE_HTML_INLINE);
  cmark_node_set_literal(node, std::string(html).c_str());
  add_node(node);
}

void SpanOutput::finish() { flush(true); }

void SpanOutput::flush(bool is_last) {
  if (text_.empty()) return;
  const std::string text = std::move(text_);
  text_.clear();
  std::size_t done = 0;
  if (rules_.has_abbreviations) {
    for (const AbbreviationPlace& place : find_abbreviations(text, reading_.abbreviations)) {
      const auto& [name, abbreviation] = *place.abbreviation;
      append_lines(std::string_view(text).substr(done, place.begin - done), false);
      cmark_node* node = reading_.tree.make(Extra::kAbbreviation);
      Facts& facts = reading_.tree.facts(node);
      apply(abbreviation.attributes, reading_.attribute_lists, facts);
      if (!abbreviation.meaning.empty()) facts.attributes.set("title", abbreviation.meaning);
      cmark_node* inner = cmark_node_new(CMARK_NODE_TEXT);
      cmark_node_set_literal(inner, name.c_str());
      cmark_node_append_child(node, inner);
      cmark_node_append_child(parent_, node);
      done = place.begin + name.size();
    }
  }
  append_lines(std::string_view(text).substr(done), is_last && rules_.is_block);
}

void SpanOutput::append_lines(std::string_view text, bool is_last) {
  const std::string_view end_of_line = reading_.options.hard_wrap ? "\n" : "\\\n";
  std::size_t at = rules_.has_hard_breaks ? text.find(end_of_line) : text.npos;
  while (at != text.npos) {
    append_text(text.substr(0, at));
    text.remove_prefix(at + end_of_line.size() - 1);  // the line feed stays
    if (!is_last || text.size() > 1) {
      cmark_node_append_child(parent_, cmark_node_new(CMARK_NODE_LINEBREAK));
    }
    at = text.find(end_of_line, 1);
  }
  append_text(text);
}

void SpanOutput::append_text(std::string_view text) {
  if (text.empty()) return;
  cmark_node* node = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(node, std::string(text).c_str());
  cmark_node_append_child(parent_, node);
}

}  // namespace stet::markdown
