#include "cms/markdown/code_html.h"
#include "cms/markdown/html_tag.h"
#include "cms/markdown/html_writing.h"

namespace stet::markdown {

void HtmlWriter::spans(cmark_node* parent) {
  for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
       node = cmark_node_next(node)) {
    span(node);
  }
}

void HtmlWriter::span(cmark_node* node) {
  const auto element = [&](std::string_view tag) {
    open(tag, Tree::facts_of(node).attributes);
    spans(node);
    close(tag);
  };
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: append_text(html_, cmark_node_get_literal(node)); break;
    case CMARK_NODE_SOFTBREAK: html_ += '\n'; break;
    case CMARK_NODE_LINEBREAK: html_ += "<br />"; break;
    case CMARK_NODE_CODE: append_code_span(html_, node, options_); break;
    case CMARK_NODE_HTML_INLINE: html_ += cmark_node_get_literal(node); break;
    case CMARK_NODE_EMPH: element("em"); break;
    case CMARK_NODE_STRONG: element("strong"); break;
    case CMARK_NODE_LINK:
      if (in_contents_) {
        spans(node);
      } else {
        element("a");
      }
      break;
    case CMARK_NODE_IMAGE: open("img", Tree::facts_of(node).attributes, " />"); break;
    default: custom_span(node); break;
  }
}

void HtmlWriter::custom_span(cmark_node* node) {
  const Facts& facts = Tree::facts_of(node);
  switch (facts.extra) {
    case Extra::kSpanElement: span_element(node); break;
    case Extra::kMathSpan: math_span(node); break;
    case Extra::kFootnoteMark: footnote_mark(node); break;
    default:
      open(tag_of(facts.extra), facts.attributes);
      spans(node);
      close(tag_of(facts.extra));
      break;
  }
}

void HtmlWriter::span_element(cmark_node* node) {
  const Facts& facts = Tree::facts_of(node);
  open(facts.text, facts.attributes, "");
  if (cmark_node_first_child(node) == nullptr && has_no_body(facts.text)) {
    html_ += " />";
    return;
  }
  html_ += '>';
  spans(node);
  close(facts.text);
}

void HtmlWriter::math_span(cmark_node* node) {
  const Facts& facts = Tree::facts_of(node);
  if (options_.has_math_engine && facts.attributes.empty()) {
    html_ += "\\(";
    append_escaped(html_, facts.text);
    html_ += "\\)";
    return;
  }
  Attributes attributes = facts.attributes;
  if (!options_.has_math_engine) attributes.add_class("kdmath");
  open("span", attributes);
  html_ += "$" + facts.text + "$";
  close("span");
}

void HtmlWriter::footnote_mark(cmark_node* node) {
  if (in_contents_) return;
  const std::string& name = Tree::facts_of(node).text;
  const auto content = document_.tree.footnotes().find(name);
  if (content == document_.tree.footnotes().end()) return;
  const auto [place, is_new] = footnote_of_.try_emplace(content->first, footnotes_.size());
  if (is_new) {
    const int number = options_.footnote_nr + static_cast<int>(footnotes_.size());
    footnotes_.push_back({options_.footnote_prefix + name, content->second.get(), number, 0});
  } else {
    ++footnotes_[place->second].repeats;
  }
  const Footnote& footnote = footnotes_[place->second];
  std::string id = "fnref:" + footnote.name;
  if (!is_new) id += ":" + std::to_string(footnote.repeats);
  html_ += "<sup";
  append_attribute(html_, "id", id);
  html_ += " role=\"doc-noteref\"><a";
  append_attribute(html_, "href", "#fn:" + footnote.name);
  html_ += " class=\"footnote\" rel=\"footnote\">" + std::to_string(footnote.number) + "</a></sup>";
}

}  // namespace stet::markdown
