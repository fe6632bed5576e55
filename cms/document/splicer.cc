#include "cms/document/splicer.h"

#include <algorithm>

#include "cms/document/compose.h"

namespace stet::document {
namespace {

bool is_block_scalar(Style style) { return style == Style::kLiteral || style == Style::kFolded; }

bool is_block_collection(const Node& node) {
  return node.kind != Node::Kind::kScalar && node.kind != Node::Kind::kAlias &&
         node.style == Style::kBlock;
}

// The comment behind `|`, which goes where the header goes.
std::string header_comment(std::string_view bytes, const Node& node) {
  std::string_view header =
      bytes.substr(node.bare_begin, line_end(bytes, node.bare_begin) - node.bare_begin);
  auto comment = header.find(" #");
  return comment == header.npos ? "" : std::string(header.substr(comment));
}

}  // namespace

std::vector<Splice> Splicer::take_splices() {
  std::ranges::stable_sort(splices_, [](const Splice& a, const Splice& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  return std::move(splices_);
}

bool Splicer::change(int id, const Slot& slot, const Data& before, const Data& after) {
  const Node& node = syntax_.at(id);
  bool is_equal = before == after;
  if (is_equal && !is_dirty(id)) return true;
  bool is_anchored = !node.anchor.empty();
  if (is_anchored) anchored_.push_back(id);
  bool is_changed = false;
  if (node.kind == Node::Kind::kMap && after.is_map()) {
    is_changed = change_map(node, id, slot, before, after);
  } else if (node.kind == Node::Kind::kList && after.is_list()) {
    is_changed = change_list(node, id, slot, before, after);
  } else if (node.kind == Node::Kind::kScalar && after.is_scalar()) {
    is_changed = change_scalar(node, id, slot, before, after);
  } else {
    Style style = node.style == Style::kFlow ? Style::kFlow : Style::kPlain;
    is_changed = replace(id, slot, after, style);
  }
  if (is_anchored) anchored_.pop_back();
  return is_changed;
}

bool Splicer::change_scalar(
    const Node& node, int id, const Slot& slot, const Data& before, const Data& after) {
  bool is_time_kept = before.time() && after.time() && node.tag.empty();
  if (is_time_kept && node.style == Style::kPlain) {
    touch(id);
    add(node.bare_begin, node.end, time_text_like(*after.time(), node.text));
    return true;
  }
  const auto* text = after.string();
  if (text && is_block_scalar(node.style) && !slot.is_in_flow && node.tag.empty()) {
    // The lines keep their depth: that of the first line with text, unless the header says it.
    std::size_t first =
        skip_blanks(source_.bytes, line_end(source_.bytes, node.bare_begin), node.end);
    int depth = first < node.end ? column_of(first) : 0;
    if (depth <= slot.indent) depth = slot.indent + manner_.map_step;
    bool keeps_end = node.text.ends_with("\n\n");
    if (auto lines = block_scalar_text(*text, node.style, depth, manner_, keeps_end)) {
      touch(id);
      auto header = std::min(lines->find_first_of("\r\n"), lines->size());
      lines->insert(header, header_comment(source_.bytes, node));
      add(node.bare_begin, node.end, std::move(*lines));
      return true;
    }
  }
  return replace(id, slot, after, node.style);
}

bool Splicer::replace_in_flow(const Node& node, const Slot& slot, const Data& after, Style style) {
  bool is_empty = node.bare_begin == node.end;
  if (is_empty && slot.lead_end == kNowhere) return false;
  std::size_t begin = node.tag.empty() ? node.bare_begin : node.begin;
  std::string text = flow_text(after, manner_, style);
  if (!node.tag.empty() && !node.anchor.empty()) text.insert(0, "&" + node.anchor + " ");
  add(begin, node.end, is_empty ? " " + text : text);
  return true;
}

bool Splicer::replace(int id, const Slot& slot, const Data& after, Style style) {
  const Node& node = syntax_.at(id);
  touch(id);
  if (slot.is_in_flow) return replace_in_flow(node, slot, after, style);
  if (slot.lead_end == kNowhere) return false;
  std::string text = style == Style::kFlow && !after.is_scalar()
                         ? " " + flow_text(after, manner_)
                         : block_value(after, slot.indent, slot.parent, manner_, style);
  if (is_block_collection(node)) return replace_block_collection(node, slot, text);
  std::size_t begin = node.tag.empty() ? node.bare_begin : node.begin;
  if (!node.tag.empty() && !node.anchor.empty()) text.insert(0, " &" + node.anchor);
  // The text's blank takes the place of those that are there, unless they align it with its
  // siblings.
  std::size_t lead = node.anchor.empty() || !node.tag.empty() ? slot.lead_end : node.properties_end;
  if (text[0] == ' ' && begin > lead && begin != node.end) {
    text.erase(0, 1);
  } else {
    begin = lead;
  }
  // Lines below go behind a comment at the end of the first.
  auto first_end = std::min(text.find_first_of("\r\n"), text.size());
  std::size_t rest = is_block_scalar(node.style) ? node.end : line_end(source_.bytes, node.end);
  if (is_block_scalar(node.style) || first_end == text.size()) {
    add(begin, node.end, text);
  } else {
    add(begin, node.end, text.substr(0, first_end));
    add(rest, rest, text.substr(first_end));
  }
  return true;
}

bool Splicer::replace_block_collection(const Node& node,
                                       const Slot& slot,
                                       const std::string& text) {
  std::size_t lead = std::max(slot.lead_end, node.properties_end);
  if (node.anchor.empty() && node.tag.empty()) lead = slot.lead_end;
  std::size_t below = line_end(source_.bytes, lead);
  if (node.bare_begin <= below) {
    add(lead, node.end, text);
    return true;
  }
  auto first_end = std::min(text.find_first_of("\r\n"), text.size());
  add(lead, lead, text.substr(0, first_end));
  add(below, node.end, text.substr(first_end));
  return true;
}

bool Splicer::is_dirty(int id) const {
  if (shared_.empty()) return false;
  const Node& node = syntax_.at(id);
  if (node.kind == Node::Kind::kAlias) return shared_.contains(node.target);
  return std::ranges::any_of(node.children, [&](int child) { return is_dirty(child); });
}

void Splicer::touch(int id) {
  touched_.insert(anchored_.begin(), anchored_.end());
  if (id < 0) return;
  const Node& node = syntax_.at(id);
  if (!node.anchor.empty()) touched_.insert(id);
  for (int child : node.children) touch(child);
}

void Splicer::add(std::size_t begin, std::size_t end, std::string text) {
  if (begin != end || !text.empty()) splices_.push_back({begin, end, std::move(text)});
}

int Splicer::column_of(std::size_t offset) const { return column_in(source_, offset); }

bool Splicer::is_first_on_line(std::size_t offset) const {
  std::size_t begin = std::max(line_begin(source_.bytes, offset), source_.begin);
  return source_.bytes.substr(begin, offset - begin).find_first_not_of(' ') ==
         std::string_view::npos;
}

// Whole lines, with the line end before them, so that what comes behind stays as it is. What shares
// its first line with a dash goes up to what comes next instead.
void Splicer::delete_range(std::size_t first_begin, std::size_t last_end, std::size_t next_begin) {
  if (!is_first_on_line(first_begin) && next_begin != kNowhere) {
    add(first_begin, next_begin, "");
    return;
  }
  std::size_t begin = line_begin(source_.bytes, first_begin);
  std::size_t end = line_end(source_.bytes, last_end);
  if (begin > source_.begin) {
    --begin;
    if (begin > source_.begin && source_.bytes[begin - 1] == '\r') --begin;
  } else {
    end = std::min(source_.bytes.find('\n', end), source_.end - 1) + 1;
    begin = source_.begin;
  }
  add(begin, end, "");
}

}  // namespace stet::document
