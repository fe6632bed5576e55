#include <algorithm>

#include "cms/document/splicer.h"

namespace stet::document {

bool Splicer::change_list(
    const Node& node, int id, const Slot& slot, const Data& before, const Data& after) {
  auto rewrite = [&] { return id != syntax_.root && replace(id, slot, after, node.style); };
  if (!before.is_list() || before.list()->empty() || after.list()->empty()) return rewrite();
  std::vector<Item> items;
  if (node.style == Style::kFlow) {
    for (int child : node.children) {
      items.push_back({child, syntax_.at(child).begin, syntax_.at(child).end});
    }
  } else if (auto found = items_of(source_, syntax_, node)) {
    items = std::move(*found);
  }
  if (items.size() != before.list()->size()) return rewrite();
  std::size_t splices_before = splices_.size();
  ListEdit edit{node, items, *before.list(), *after.list()};
  bool is_changed = true;
  std::size_t kept = 0;
  for (const ListHunk& hunk : list_hunks(edit.before, edit.after)) {
    is_changed = is_changed && keep_items(edit, kept, hunk.before_begin) && change_hunk(edit, hunk);
    kept = hunk.before_end;
  }
  if (is_changed && keep_items(edit, kept, items.size())) return true;
  splices_.resize(splices_before);
  return rewrite();
}

Slot Splicer::slot_of(const ListEdit& edit, std::size_t item) const {
  bool is_in_flow = edit.node.style == Style::kFlow;
  std::size_t dash = edit.items[item].dash;
  if (is_in_flow) return {kNowhere, 0, Parent::kDash, true};
  return {dash + 1, column_of(dash), Parent::kDash, false};
}

// Items stay as they are, but for aliases of what changes elsewhere.
bool Splicer::keep_items(const ListEdit& edit, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (!is_dirty(edit.items[i].node)) continue;
    if (!change(edit.items[i].node, slot_of(edit, i), edit.before[i], edit.before[i])) return false;
  }
  return true;
}

bool Splicer::change_hunk(const ListEdit& edit, const ListHunk& hunk) {
  std::size_t removed = hunk.before_end - hunk.before_begin;
  std::size_t added = hunk.after_end - hunk.after_begin;
  std::size_t paired = std::min(removed, added);
  for (std::size_t i = 0; i < paired; ++i) {
    std::size_t item = hunk.before_begin + i;
    const Data& after = edit.after[hunk.after_begin + i];
    if (!change(edit.items[item].node, slot_of(edit, item), edit.before[item], after)) return false;
  }
  if (removed > paired) delete_items(edit, hunk.before_begin + paired, hunk.before_end);
  if (added > paired) {
    insert_items(edit, hunk.before_end, hunk.after_begin + paired, hunk.after_end);
  }
  return true;
}

void Splicer::delete_items(const ListEdit& edit, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) touch(edit.items[i].node);
  std::size_t next = end < edit.items.size() ? edit.items[end].dash : kNowhere;
  if (edit.node.style != Style::kFlow) {
    delete_range(edit.items[begin].dash, edit.items[end - 1].end, next);
  } else if (next != kNowhere) {
    add(edit.items[begin].dash, next, "");
  } else {
    add(edit.items[begin - 1].end, edit.items[end - 1].end, "");
  }
}

// A new item is written as its neighbour is: its quotes, and whether a map starts on the dash's
// line.
std::string Splicer::item_text(const ListEdit& edit, const Data& item, int column) const {
  const Node& sibling = syntax_.at(edit.items.back().node);
  Style style = sibling.kind == Node::Kind::kScalar ? sibling.style : Style::kPlain;
  if (edit.node.style == Style::kFlow) return flow_text(item, manner_, style);
  bool is_below = sibling.kind == Node::Kind::kMap && sibling.style == Style::kBlock &&
                  sibling.bare_begin > line_end(source_.bytes, edit.items.back().dash);
  if (item.map() && !item.map()->empty() && is_below) {
    int inner = column_of(sibling.bare_begin);
    return "-" + manner_.eol + std::string(static_cast<std::size_t>(inner), ' ') +
           block_map(*item.map(), inner, manner_);
  }
  return "-" + block_value(item, column, Parent::kDash, manner_, style);
}

void Splicer::insert_items(const ListEdit& edit,
                           std::size_t place,
                           std::size_t begin,
                           std::size_t end) {
  touch(-1);
  bool is_in_flow = edit.node.style == Style::kFlow;
  const Item& neighbour = edit.items[place > 0 ? place - 1 : 0];
  int column = column_of(neighbour.dash);
  std::string line_break = manner_.eol + std::string(static_cast<std::size_t>(column), ' ');
  std::string separator = is_in_flow ? ", " : line_break;
  if (is_in_flow && edit.items.size() > 1 && is_first_on_line(edit.items.back().dash)) {
    separator = "," + manner_.eol +
                std::string(static_cast<std::size_t>(column_of(edit.items.back().dash)), ' ');
  }
  for (std::size_t i = begin; i < end; ++i) {
    std::string text = item_text(edit, edit.after[i], column);
    if (place == 0) {
      add(neighbour.dash, neighbour.dash, text + separator);
    } else {
      std::size_t at = is_in_flow ? neighbour.end : line_end(source_.bytes, neighbour.end);
      add(at, at, separator + text);
    }
  }
}

}  // namespace stet::document
