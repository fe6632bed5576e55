// Lists, by kramdown's rules of indentation.
#include <algorithm>

#include "cms/markdown/block_reader.h"

namespace stet::markdown {

// Which lines belong to the item that is open: its content begins in column `indentation`.
struct BlockReader::ListLines {
  ListKind kind = ListKind::kBullets;
  std::size_t indentation = 0;
  std::size_t marker_spaces_max = kMarkerSpacesMax;  // of the next marker of the same list

  std::size_t marker(std::string_view text, std::size_t at) const {
    switch (kind) {
      case ListKind::kBullets: return bullet_marker(text, at, marker_spaces_max);
      case ListKind::kNumbers: return number_marker(text, at, marker_spaces_max);
      case ListKind::kDefinitions: break;
    }
    return definition_marker(text, at, marker_spaces_max);
  }

  void indent_by(std::size_t columns) {
    indentation = columns;
    marker_spaces_max = std::clamp<std::size_t>(columns, 1, 4) - 1;
  }

  // As deep as the content: tabs, or four spaces each, and spaces for what is left.
  bool is_content(std::string_view text, std::size_t at) const {
    std::size_t stops = 0;
    for (; stops <= indentation / 4; ++stops) {
      const std::size_t length = indent_length(text, at);
      if (length == 0) break;
      at += length;
    }
    const std::size_t rest = indentation % 4;
    return stops > indentation / 4 || (stops == indentation / 4 && spaces(text, at, rest) == rest);
  }
};

// The text of one item, in the parts that are read one after the other: a list inside of it begins
// a new one.
struct BlockReader::ItemText {
  std::vector<std::string> parts;
  bool has_nested_list = false;
};

namespace {

// `{:.x}` at the start of a line, not `{::` or `{:name:` or `{:/`: the bytes up to behind it, with
// the white space around it.
std::size_t item_attributes_length(std::string_view text, std::string_view& inner) {
  const std::size_t begin = text.size() - trimmed_left(text).size();
  const std::string_view list = text.substr(begin);
  if (!list.starts_with("{:")) return 0;
  const std::size_t name = name_length(list.substr(2));
  if (list.size() <= 2 + name || list[2 + name] == ':' || list[2] == '/') return 0;
  std::size_t close = list.find('}', 2);
  while (close != kNowhere && list[close - 1] == '\\') close = list.find('}', close + 1);
  if (close == kNowhere || close == 2) return 0;
  inner = list.substr(2, close - 2);
  std::size_t end = close + 1;
  while (end < list.size() && is_space(list[end])) ++end;
  return begin + end;
}

// A tab reaches to the next column that four divides.
std::string with_leading_tabs_spread(std::string_view content, std::size_t column) {
  const std::size_t end = std::min(content.find_first_not_of(" \t"), content.size());
  std::string text;
  for (const char c : content.substr(0, end)) {
    text.append(c == '\t' ? 4 - (column + text.size()) % 4 : 1, ' ');
  }
  return text.append(content.substr(end));
}

// The content of an item's first line, and the column in which it begins.
std::pair<std::string, std::size_t> first_line(std::string_view content, std::size_t column) {
  std::string_view inner;
  const std::size_t attributes = item_attributes_length(content, inner);
  if (trimmed(content.substr(attributes)).empty()) return {std::string(trimmed_left(content)), 4};
  const std::string spread = with_leading_tabs_spread(content, column);
  const std::size_t blanks = std::min(spread.find_first_not_of(' '), spread.size());
  return {std::string(trimmed_left(spread)), column + blanks};
}

// A line of an item's content without its indentation; says whether it had all of it.
bool unindent(std::string& line, std::size_t indentation) {
  const std::size_t tabs = std::min(line.find_first_not_of('\t'), line.size());
  if (tabs > 0) line.replace(0, tabs, 4 * tabs, ' ');
  if (spaces(line, 0, indentation) < indentation) return false;
  line.erase(0, indentation);
  return true;
}

bool is_paragraph(const Block* block) { return block->kind == BlockKind::kParagraph; }

bool is_loose_first(const Block* item) {
  return !item->children.empty() && is_paragraph(item->children.front()) &&
         !item->children.front()->is_transparent;
}

// The first paragraph of an item has no tags of its own unless a blank line follows it; the last
// item goes with the others.
bool is_tight(const Block& list, const Block* item, bool is_ended) {
  const std::vector<Block*>& blocks = item->children;
  if (!is_paragraph(blocks.front())) return false;
  const bool is_last = list.children.back() == item;
  const bool has_blank = blocks.size() > 1 && blocks[1]->kind == BlockKind::kBlank &&
                         !(is_last && blocks.size() == 2 && !is_ended);
  if (has_blank) return false;
  if (!is_last || list.children.size() == 1) return true;
  return !std::all_of(list.children.begin(), list.children.end() - 1, is_loose_first);
}

// `[ ]` and `[x]` at the start of an item's text.
void take_task_boxes(Block& list) {
  constexpr std::string_view kBox =
      "<input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"disabled\"";
  bool is_task_list = false;
  for (Block* item : list.children) {
    if (item->children.empty() || !is_paragraph(item->children.front())) continue;
    std::string& text = item->children.front()->text;
    const std::string_view rest = trimmed_left(text);
    const bool is_box = rest.size() > 3 && rest[0] == '[' && rest[2] == ']' && is_space(rest[3]) &&
                        (rest[1] == ' ' || (rest[1] | 0x20) == 'x');
    if (is_box) {
      is_task_list = true;
      const std::string_view end = rest[1] == ' ' ? " />" : " checked=\"checked\" />";
      text = std::string(kBox).append(end).append(trimmed_left(rest.substr(3)));
    }
    if (is_task_list) item->attributes.set("class", "task-list-item");
  }
  if (is_task_list) list.attributes.set("class", "task-list");
}

Block* take_last_blank(Block& parent) {
  if (parent.children.empty() || parent.children.back()->kind != BlockKind::kBlank) return nullptr;
  Block* blank = parent.children.back();
  parent.children.pop_back();
  return blank;
}

}  // namespace

void take_item_attributes(Block& item, std::string& text) {
  std::string_view inner;
  const std::size_t length = item_attributes_length(text, inner);
  if (length == 0) return;
  item.given_attributes().add_all(parse_attribute_list(inner));
  text.erase(0, length);
}

// The marker stands at the position; false if none of this list's does.
bool BlockReader::begin_item(Block* list, BlockKind kind, ListLines& lines, ItemText& item) {
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  const std::size_t marker_end = lines.marker(text, at);
  if (marker_end == kNowhere) return false;
  Block* block = blocks_.make(kind, source_->line());
  list->children.push_back(block);
  const std::size_t end = line_end(text, marker_end);
  auto [content, column] = first_line(text.substr(marker_end, end - marker_end), marker_end - at);
  take_item_attributes(*block, content);
  lines.indent_by(column);
  item.has_nested_list = begins_list(content, 0);
  item.parts.push_back(std::move(content));
  source_->go_to(end);
  return true;
}

// A line that continues the text above though it is not indented.
bool BlockReader::is_lazy_line(const ListLines& lines) {
  const std::string_view text = source_->text();
  const std::size_t at = source_->at();
  if (rest_of_line(text, at) != kNowhere) return false;
  const std::size_t spaces_max = std::min(lines.indentation, kMarkerSpacesMax);
  return !source_->attribute_line(at, spaces_max) && !begins_html_block(text, at, spaces_max);
}

void BlockReader::read_list_lines(Block* list,
                                  ListKind kind,
                                  std::vector<ItemText>& items,
                                  bool& is_ended) {
  const std::string_view text = source_->text();
  ListLines lines;
  lines.kind = kind;
  bool is_behind_blank = false;
  while (!source_->at_end()) {
    const std::size_t at = source_->at();
    if (is_behind_blank && rule_line(text, at) != kNowhere) break;
    if (const std::size_t end = end_marker(text, at); end != kNowhere) {
      source_->go_to(end);
      is_ended = true;
      break;
    }
    if (ItemText item; begin_item(list, BlockKind::kItem, lines, item)) {
      items.push_back(std::move(item));
      is_behind_blank = false;
      continue;
    }
    ItemText& item = items.back();
    const bool is_blank_line = rest_of_line(text, at) != kNowhere;
    if (!is_blank_line &&
        (lines.is_content(text, at) || (!is_behind_blank && is_lazy_line(lines)))) {
      const std::size_t end = line_end(text, at);
      add_line(item, std::string(text.substr(at, end - at)), lines.indentation);
      source_->go_to(end);
      is_behind_blank = false;
    } else if (is_blank_line) {
      const std::size_t end = blank_lines_end(text, at);
      item.has_nested_list = true;
      is_behind_blank = true;
      item.parts.back() += text.substr(at, end - at);
      source_->go_to(end);
    } else {
      break;
    }
  }
}

void BlockReader::add_line(ItemText& item, std::string line, std::size_t indentation) {
  const bool is_indented = unindent(line, indentation);
  const bool is_list = begins_list(line, 0);
  if (!item.has_nested_list && is_indented && is_list) {
    item.parts.emplace_back();
    item.has_nested_list = true;
  } else if (item.has_nested_list && !is_indented && is_list) {
    line.insert(0, indentation + 4, ' ');
  }
  item.parts.back() += line;
}

void BlockReader::read_item(Block* item, const ItemText& text) {
  int line = item->line;
  for (const std::string& part : text.parts) {
    read_text(item, part, line);
    line += static_cast<int>(std::count(part.begin(), part.end(), '\n'));
  }
}

// All items of a list are read, each in the light of those before it.
void BlockReader::read_items(Block* list, std::vector<ItemText>& items, bool is_ended) {
  Block* last_blank = nullptr;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Block* item = list->children[i];
    read_item(item, items[i]);
    std::vector<Block*>& blocks = item->children;
    if (blocks.empty()) continue;
    if (blocks.size() > 1 && is_paragraph(blocks[0]) && blocks[1]->kind == BlockKind::kMark &&
        blocks[0]->given) {
      blocks.erase(blocks.begin() + 1);
    }
    if (is_tight(*list, item, is_ended)) {
      if (blocks.size() > 1 && blocks[1]->kind != BlockKind::kBlank) blocks[0]->text += '\n';
      blocks[0]->is_transparent = true;
    }
    last_blank = take_last_blank(*item);
  }
  if (last_blank != nullptr && !is_ended) tree_->children.push_back(last_blank);
}

bool BlockReader::list() {
  const std::string_view text = source_->text();
  const bool has_bullet = bullet_marker(text, source_->at(), kMarkerSpacesMax) != kNowhere;
  if (!has_bullet && number_marker(text, source_->at(), kMarkerSpacesMax) == kNowhere) return false;
  Block* list = add(has_bullet ? BlockKind::kBulletList : BlockKind::kOrderedList, source_->line());
  std::vector<ItemText> items;
  bool is_ended = false;
  read_list_lines(list, has_bullet ? ListKind::kBullets : ListKind::kNumbers, items, is_ended);
  read_items(list, items, is_ended);
  if (reading_.options.is_gfm_input) take_task_boxes(*list);
  return true;
}

// The paragraph above a definition, line by line; nullptr where none stands right above, or above
// one blank line.
Block* BlockReader::take_terms() {
  std::vector<Block*>& blocks = tree_->children;
  const auto is_at = [&](std::size_t from_end, BlockKind kind) {
    return blocks.size() >= from_end && blocks[blocks.size() - from_end]->kind == kind;
  };
  const bool has_blank = is_at(1, BlockKind::kBlank) && blocks.back()->text == "\n";
  if (!is_at(has_blank ? 2 : 1, BlockKind::kParagraph)) return nullptr;
  if (has_blank) blocks.pop_back();
  Block* paragraph = blocks.back();
  blocks.pop_back();
  Block* list = make(BlockKind::kDefinitionList, paragraph->line);
  int line = paragraph->line;
  for (std::size_t at = 0; at < paragraph->text.size(); ++line) {
    const std::size_t end = std::min(paragraph->text.find('\n', at), paragraph->text.size());
    Block* term = blocks_.make(BlockKind::kTerm, line);
    term->text = paragraph->text.substr(at, end - at);
    take_item_attributes(*term, term->text);
    list->children.push_back(term);
    at = end + 1;
  }
  list->given = std::move(paragraph->given);
  list->is_first_as_paragraph = has_blank;
  return list;
}

bool BlockReader::definition_list() {
  if (definition_marker(source_->text(), source_->at(), kMarkerSpacesMax) == kNowhere) return false;
  Block* list = take_terms();
  if (list == nullptr) return false;
  std::vector<ItemText> texts;
  read_definition_lines(list, texts);
  Block* last_blank = nullptr;
  std::size_t next = 0;
  for (Block* item : list->children) {
    if (item->kind == BlockKind::kTerm) continue;
    read_item(item, texts[next++]);
    if (item->children.empty()) continue;
    last_blank = take_last_blank(*item);
    if (item->children.empty() || !is_paragraph(item->children.front())) continue;
    if (item->is_first_as_paragraph) continue;
    if (item->children.size() > 1) item->children.front()->text += '\n';
    item->children.front()->is_transparent = true;
  }
  place_definition_list(list, last_blank);
  return true;
}

void BlockReader::read_definition_lines(Block* list, std::vector<ItemText>& texts) {
  const std::string_view text = source_->text();
  ListLines lines;
  lines.kind = ListKind::kDefinitions;
  bool is_paragraph = list->is_first_as_paragraph;
  bool is_behind_blank = false;
  while (!source_->at_end()) {
    const std::size_t at = source_->at();
    const bool is_blank_line = rest_of_line(text, at) != kNowhere;
    if (ItemText item; begin_item(list, BlockKind::kDefinition, lines, item)) {
      list->children.back()->is_first_as_paragraph = is_paragraph;
      texts.push_back(std::move(item));
      is_paragraph = is_behind_blank = false;
    } else if (end_marker(text, at) != kNowhere) {
      break;
    } else if (!is_blank_line &&
               (lines.is_content(text, at) || (!is_behind_blank && is_lazy_line(lines)))) {
      const std::size_t end = line_end(text, at);
      std::string line(text.substr(at, end - at));
      unindent(line, lines.indentation);
      texts.back().parts.back() += line;
      source_->go_to(end);
      is_paragraph = is_behind_blank = false;
    } else if (is_blank_line) {
      const std::size_t end = blank_lines_end(text, at);
      texts.back().parts.back() += text.substr(at, end - at);
      source_->go_to(end);
      is_paragraph = is_behind_blank = true;
    } else {
      break;
    }
  }
}

// Definitions that follow a list of definitions go on with it.
void BlockReader::place_definition_list(Block* list, Block* last_blank) {
  std::vector<Block*>& blocks = tree_->children;
  const auto is_list = [](const Block* block) { return block->kind == BlockKind::kDefinitionList; };
  if (blocks.size() > 1 && blocks.back()->kind == BlockKind::kBlank &&
      is_list(blocks[blocks.size() - 2])) {
    blocks.pop_back();
  }
  if (!blocks.empty() && is_list(blocks.back())) {
    std::vector<Block*>& items = blocks.back()->children;
    items.insert(items.end(), list->children.begin(), list->children.end());
  } else {
    blocks.push_back(list);
  }
  if (last_blank != nullptr) blocks.push_back(last_blank);
}

}  // namespace stet::markdown
