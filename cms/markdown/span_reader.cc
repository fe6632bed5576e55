#include "cms/markdown/span_reader.h"

#include <algorithm>
#include <utility>

#include "cms/markdown/characters.h"

namespace stet::markdown {
namespace {

// Blocks of HTML keep their line breaks, and so do footnotes.
bool has_hard_breaks(const Reading& reading, cmark_node* parent) {
  if (!reading.options.is_gfm_input) return false;
  cmark_node* top = parent;
  for (cmark_node* node = parent; node != nullptr; node = cmark_node_parent(node)) {
    if (Tree::facts_of(node).extra == Extra::kHtmlElement) return false;
    top = node;
  }
  return top == reading.tree.root();
}

}  // namespace

void read_spans(Reading& reading, cmark_node* parent, std::string_view text, int line) {
  const bool may_break = reading.options.hard_wrap || text.find("\\\n") != text.npos;
  SpanOutput output(reading,
                    parent,
                    {.has_hard_breaks = may_break && has_hard_breaks(reading, parent),
                     .has_abbreviations = !reading.abbreviations.empty(),
                     .is_block = true});
  SpanReader(reading, text, SpanGrammar(reading.options), line).read(output);
}

void SpanReader::read(SpanOutput& output, int depth) {
  Around around;
  around.depth = depth;
  read_range(0, text_.size(), output, around);
  output.finish();
}

void SpanReader::read_range(std::size_t begin,
                            std::size_t end,
                            SpanOutput& output,
                            const Around& around) {
  std::size_t at = begin;
  while (at < end) {
    const Spot spot = next_spot(at, end, around);
    output.add_text(text_.substr(at, spot.at - at));
    if (spot.kind == SpotKind::kEnd) break;
    at = read_spot(spot, output, around);
  }
}

void SpanReader::read_inside(cmark_node* node,
                             std::size_t begin,
                             std::size_t end,
                             const Around& around,
                             SpanOutput& output) {
  if (!output.is_dry()) {
    SpanOutput::Rules rules = output.rules();
    rules.is_block = false;
    if (Tree::facts_of(node).extra == Extra::kSpanElement) rules.has_hard_breaks = false;
    rules.has_abbreviations = !reading_.abbreviations.empty() && !around.is_raw;
    SpanOutput inside(reading_, node, rules);
    read_range(begin, end, inside, around);
    inside.finish();
  }
  output.add_node(node);
}

Spot SpanReader::next_spot(std::size_t from, std::size_t end, const Around& around) const {
  return around.is_raw ? spots_.next_tag(from, end) : spots_.next(from, end);
}

std::size_t SpanReader::read_spot(Spot spot, SpanOutput& output, const Around& around) {
  ++spots_read_;
  switch (spot.kind) {
    case SpotKind::kEmphasis: return read_emphasis(spot.at, output, around);
    case SpotKind::kCode: return read_code(spot.at, output);
    case SpotKind::kAngle: return read_angle(spot.at, output, around);
    case SpotKind::kBracket: return read_bracket(spot.at, output, around);
    case SpotKind::kQuote: return read_quote(spot.at, output);
    case SpotKind::kDollars: return read_formula(spot.at, output);
    case SpotKind::kExtension: return read_braces(spot.at, output);
    case SpotKind::kEntity: return read_entity(spot.at, output);
    case SpotKind::kSymbol: return read_symbol(spot.at, output);
    case SpotKind::kLineBreak: return read_line_break(spot.at, output);
    case SpotKind::kBackslash: return read_backslash(spot.at, output);
    case SpotKind::kTildes: return read_struck(spot.at, output, around);
    case SpotKind::kClosingBracket:
    case SpotKind::kEnd: break;
  }
  return read_as_text(spot.at, 1, output);
}

std::size_t SpanReader::read_as_text(std::size_t at, std::size_t size, SpanOutput& output) {
  output.add_text(text_.substr(at, size));
  return at + size;
}

int SpanReader::line_of(std::size_t at) {
  for (; counted_ < at; ++counted_) counted_line_ += text_[counted_] == '\n' ? 1 : 0;
  return counted_line_;
}

void SpanReader::warn(std::size_t at, std::string message, const SpanOutput& output) {
  if (output.is_dry() || reading_.problems.size() >= problems_max) return;
  reading_.problems.push_back({Severity::kWarning, "", line_of(at), 1, std::move(message)});
}

std::size_t SpanReader::read_emphasis(std::size_t at, SpanOutput& output, const Around& around) {
  const bool is_double = at + 1 < text_.size() && text_[at + 1] == text_[at];
  const std::size_t size = is_double ? 2 : 1;
  const Emphasis found = find_emphasis(at, size, around);
  if (found.close == npos) return read_as_text(at, size, output);
  cmark_node* node =
      output.is_dry() ? nullptr
                      : cmark_node_new(found.delimiter == 2 ? CMARK_NODE_STRONG : CMARK_NODE_EMPH);
  const Around inside = inside_emphasis(around, found.delimiter);
  read_inside(node, at + found.delimiter, found.close, inside, output);
  return found.close + found.delimiter;
}

std::size_t SpanReader::read_bracket(std::size_t at, SpanOutput& output, const Around& around) {
  const bool is_image = text_[at] == '!';
  const std::size_t size = is_image ? 2 : 1;
  const std::size_t begin = at + size;
  if (begin < text_.size() && text_[begin] == '^') {
    return is_image ? read_as_text(at, 1, output) : read_footnote(at, output);
  }
  if (begin == text_.size() || (!is_image && around.has_link)) {
    return read_as_text(at, size, output);
  }
  const Around inside = inside_link(around);
  const std::optional<Link> link = find_link(begin, inside);
  if (!link) return read_as_text(at, size, output);
  if (output.is_dry()) {
    output.add_node(nullptr);
    return link->target.end;
  }
  cmark_node* node = cmark_node_new(is_image ? CMARK_NODE_IMAGE : CMARK_NODE_LINK);
  Facts& facts = reading_.tree.facts(node);
  if (link->target.attributes != nullptr) {
    apply(*link->target.attributes, reading_.attribute_lists, facts);
  }
  facts.attributes.set(is_image ? "src" : "href", link->target.url);
  if (is_image) {
    const std::string_view alternative = text_.substr(begin, link->close - begin);
    facts.attributes.set("alt", without_escapes(alternative));
  }
  if (link->target.title) facts.attributes.set("title", *link->target.title);
  if (is_image) {
    output.add_node(node);
  } else {
    read_inside(node, begin, link->close, inside, output);
  }
  return link->target.end;
}

std::size_t SpanReader::read_angle(std::size_t at, SpanOutput& output, const Around& around) {
  if (!around.is_raw && !grammar_.is_typography_only) {
    if (const std::size_t end = read_autolink(at, output); end != at) return end;
  }
  if (const std::size_t end = html_.comment_end(at); end != npos) {
    output.add_html(text_.substr(at, end - at));
    return end;
  }
  if (const std::optional<HtmlEndTag> tag = html_.end_tag(at)) {
    const std::string name(tag->name);
    warn(at,
         "the end tag </" + name + "> closes nothing, and is shown as text; take it away",
         output);
    return read_as_text(at, tag->end - at, output);
  }
  const std::optional<HtmlTag> tag = html_.start_tag(at);
  if (!tag || around.depth >= depth_max) return read_as_text(at, 1, output);
  if (is_block_element(tag->name)) {
    warn(at,
         "<" + tag->name +
             "> within a line of text is shown as text; begin a paragraph with it, or escape it",
         output);
    return read_as_text(at, tag->end - at, output);
  }
  return read_element(*tag, output, around);
}

std::size_t SpanReader::read_element(const HtmlTag& tag, SpanOutput& output, const Around& around) {
  const bool is_raw_kind = content_of(tag.name) == HtmlContent::kRaw;
  bool is_raw = is_raw_kind || around.is_raw || !reading_.options.parse_span_html;
  cmark_node* node = output.is_dry() ? nullptr : reading_.tree.make(Extra::kSpanElement);
  for (const auto& [name, value] : tag.attributes) {
    if (name == "markdown") {
      if (value == "span") is_raw = false;
      if (value == "1") is_raw = is_raw_kind;
      if (value == "0") is_raw = true;
    } else if (node != nullptr) {
      std::string line;
      for (const char c : value) {
        if (c != '\n') {
          line += c;
        } else if (!line.ends_with('\n')) {
          line += '\n';
        }
      }
      for (char& c : line) c = c == '\n' ? ' ' : c;
      reading_.tree.facts(node).attributes.set(name, line);
    }
  }
  if (node != nullptr) reading_.tree.facts(node).text = tag.name;
  if (tag.is_closed || has_no_body(tag.name)) {
    output.add_node(node);
    return tag.end;
  }
  Around inside = around;
  inside.is_in_emphasis = false;
  inside.is_raw = is_raw;
  ++inside.depth;
  const std::size_t close = close_of_element(tag.end, tag.name, inside);
  if (close == npos && output.is_dry()) return npos;
  if (close == npos) {
    warn(tag.end,
         "the HTML element <" + tag.name + "> is never closed; add its end tag </" + tag.name + ">",
         output);
  }
  read_inside(node, tag.end, std::min(close, text_.size()), inside, output);
  return close == npos ? text_.size() : html_.end_tag(close)->end;
}

std::size_t SpanReader::read_struck(std::size_t at, SpanOutput& output, const Around& around) {
  const std::size_t begin = at + 2;
  const bool may_open = begin < text_.size() && !is_space(text_[begin]) && text_[begin] != '~';
  const std::size_t end = may_open ? search_.next_tildes(begin + 1) : npos;
  if (end == npos || around.depth >= depth_max) return read_as_text(at, 1, output);
  cmark_node* node = nullptr;
  if (!output.is_dry()) {
    node = reading_.tree.make(Extra::kStrikethrough);
    SpanOutput::Rules rules = output.rules();
    rules.has_hard_breaks = rules.is_block = false;
    SpanOutput inside(reading_, node, rules);
    const std::string_view text = text_.substr(begin, end - begin);
    SpanReader(reading_, text, grammar_, line_of(begin)).read(inside, around.depth + 1);
  }
  output.add_node(node);
  return end + 2;
}

}  // namespace stet::markdown
