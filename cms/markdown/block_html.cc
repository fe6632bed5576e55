// HTML between blocks: elements with all that is in them, comments, scripts.
#include <algorithm>

#include "cms/markdown/block_reader.h"

namespace stet::markdown {
namespace {

bool is_raw(const Block* block) {
  return block->kind == BlockKind::kHtml && block->content == HtmlContent::kRaw;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool is_same_name(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) {
    return lower(a) == lower(b);
  });
}

// Elements that HTML knows are closed in any case, others as they were opened.
bool closes(std::string_view end_tag, std::string_view element) {
  return is_html_element(element) ? is_same_name(end_tag, element) : end_tag == element;
}

bool is_span_element_in_any_case(std::string_view name) {
  std::string lowered(name);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  return is_span_element(lowered);
}

// What the attribute markdown="..." asks for; `usual` where it says nothing that is known.
HtmlContent content_asked_for(std::string_view value, std::string_view name, HtmlContent usual) {
  if (value == "0") return HtmlContent::kRaw;
  if (value == "1") return content_of(name);
  if (value == "span") return HtmlContent::kSpan;
  return value == "block" ? HtmlContent::kBlock : usual;
}

// Behind the blanks and the line feed, where nothing else is left of the line; else `at`.
std::size_t blank_rest_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_space_or_tab(text[end])) ++end;
  return end < text.size() && text[end] == '\n' ? end + 1 : at;
}

// Where "</name>" begins, in any case.
std::size_t find_end_tag(const BlockSource& source, std::string_view name) {
  const std::string_view text = source.text();
  for (std::size_t at = text.find("</", source.at()); at != kNowhere;
       at = text.find("</", at + 2)) {
    std::size_t behind = at + 2 + name.size();
    if (!is_same_name(text.substr(at + 2, name.size()), name)) continue;
    while (behind < text.size() && is_space(text[behind])) ++behind;
    if (behind < text.size() && text[behind] == '>') return at;
  }
  return kNowhere;
}

}  // namespace

bool BlockReader::html() {
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  if (const std::size_t end = source_->html.comment_end(at); end != kNowhere) {
    Block* comment = blocks_.make(BlockKind::kComment, source_->line());
    comment->text = text.substr(at, end - at);
    tree_->children.push_back(comment);
    source_->go_to(blank_rest_end(text, end));
    return true;
  }
  const std::size_t first_at = at + spaces(text, at, kMarkerSpacesMax);
  if (const auto end_tag = source_->html.end_tag(first_at)) {
    if (tree_->kind != BlockKind::kHtml || !is_same_name(end_tag->name, tree_->name) ||
        is_span_element_in_any_case(end_tag->name)) {
      return false;
    }
    source_->go_to(end_tag->end);
    has_found_end_ = true;
    return true;
  }
  std::optional<HtmlTag> tag = source_->html.start_tag(first_at);
  if (!tag || is_span_element(tag->name)) return false;
  if (depth_ >= kDepthMax) {
    warn_of_depth(source_->line());
    return false;
  }
  html_element(*std::move(tag));
  return true;
}

void BlockReader::html_element(HtmlTag tag) {
  Block* element = blocks_.make(BlockKind::kHtml, source_->line());
  tree_->children.push_back(element);
  source_->go_to(tag.end);
  element->name = std::move(tag.name);
  element->attributes = std::move(tag.attributes);
  element->is_closed = tag.is_closed || has_no_body(element->name);
  const bool is_code = element->name == "script" || element->name == "style";
  if (is_code) {
    raw_text_until_end(element, BlockKind::kVerbatim);
    element->is_closed = false;
  }
  if (ahead_) element->given = std::move(ahead_);
  element->content = reading_.options.parse_block_html && !is_raw(tree_) ? content_of(element->name)
                                                                         : HtmlContent::kRaw;
  if (const std::string* asked = element->attributes.find("markdown")) {
    element->content = content_asked_for(*asked, element->name, element->content);
    element->attributes.remove("markdown");
  }
  if (element->content == HtmlContent::kBlock) {
    source_->go_to(blank_rest_end(source_->text(), source_->at()));
  }
  if (element->is_closed || is_code) return;
  html_content(element);
  if (!is_raw(tree_)) source_->go_to(blank_rest_end(source_->text(), source_->at()));
}

void BlockReader::html_content(Block* element) {
  switch (element->content) {
    case HtmlContent::kRaw: raw_html(element); break;
    case HtmlContent::kSpan: raw_text_until_end(element, BlockKind::kRunningText); break;
    case HtmlContent::kBlock:
      if (read_blocks(element, *source_)) warn_of_missing_end(*element);
      break;
  }
}

void BlockReader::warn_of_missing_end(const Block& element) {
  warn(element.line,
       "the HTML element <" + element.name + "> is never closed; add its end tag </" +
           element.name + ">");
}

void BlockReader::raw_text_until_end(Block* element, BlockKind kind) {
  const std::string_view text = source_->text();
  const std::size_t begin = source_->at();
  const std::size_t end = find_end_tag(*source_, element->name);
  add_text(element, kind, text.substr(begin, end - begin));
  if (end == kNowhere) {
    source_->go_to(text.size());
    warn_of_missing_end(*element);
  } else {
    source_->go_to(source_->html.end_tag(end)->end);
  }
}

// To the end tag of `parent`: elements in one another, and text that nothing is made of.
void BlockReader::raw_html(Block* parent) {
  Block* const outer = std::exchange(tree_, parent);
  ++depth_;
  const std::string_view text = source_->text();
  bool is_done = false;
  while (!is_done) {
    const std::size_t at = source_->at();
    const std::size_t next = text.find('<', at);
    add_text(parent, BlockKind::kHtmlText, text.substr(at, next - at));
    if (next == kNowhere) {
      source_->go_to(text.size());
      warn_of_missing_end(*parent);
      break;
    }
    source_->go_to(next);
    is_done = raw_html_tag(parent);
  }
  --depth_;
  tree_ = outer;
}

// What begins with `<` at the position. True if it is the end tag of `parent`.
bool BlockReader::raw_html_tag(Block* parent) {
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  std::size_t end = source_->html.comment_end(at);
  if (end == kNowhere) end = source_->html.instruction_end(at);
  if (end != kNowhere) {
    Block* verbatim = blocks_.make(BlockKind::kVerbatim, source_->line());
    verbatim->text = text.substr(at, end - at);
    parent->children.push_back(verbatim);
    source_->go_to(end);
    return false;
  }
  if (const auto end_tag = source_->html.end_tag(at)) {
    source_->go_to(end_tag->end);
    if (closes(end_tag->name, parent->name)) return true;
    add_text(parent, BlockKind::kHtmlText, text.substr(at, end_tag->end - at));
    return false;
  }
  if (depth_ >= kDepthMax) {
    warn_of_depth(source_->line());
  } else if (std::optional<HtmlTag> tag = source_->html.start_tag(at)) {
    html_element(*std::move(tag));
    return false;
  }
  add_text(parent, BlockKind::kHtmlText, text.substr(at, 1));
  source_->go_to(at + 1);
  return false;
}

}  // namespace stet::markdown
