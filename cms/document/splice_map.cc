#include <algorithm>
#include <set>

#include "cms/document/splicer.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

ColonGaps gaps_for(const Source& source,
                   const Syntax& syntax,
                   const std::vector<Entry>& siblings,
                   std::size_t key_width) {
  std::set<std::size_t> colons, values;
  bool pads_before = false, pads_behind = false;
  for (const Entry& entry : siblings) {
    if (entry.lead_end == kNowhere || entry.is_explicit) return {};
    const Node& key = syntax.at(entry.key);
    std::size_t value = syntax.at(entry.value).begin;
    std::size_t colon =
        width_of(source.bytes.substr(entry.begin, entry.lead_end - 1 - entry.begin));
    colons.insert(colon);
    pads_before |= entry.lead_end - 1 > key.end;
    if (value <= entry.lead_end || value > line_end(source.bytes, entry.lead_end)) continue;
    values.insert(colon + value - entry.lead_end + 1);
    pads_behind |= value - entry.lead_end > 1;
  }
  ColonGaps gaps;
  if (siblings.size() < 2) return gaps;
  if (pads_before && colons.size() == 1) {
    gaps.before = *colons.begin() > key_width ? *colons.begin() - key_width : 0;
  } else if (pads_behind && values.size() == 1) {
    gaps.behind = *values.begin() > key_width + 2 ? *values.begin() - key_width - 1 : 1;
  }
  return gaps;
}

bool Splicer::change_map(
    const Node& node, int id, const Slot& slot, const Data& before, const Data& after) {
  auto entries = entries_of(source_, syntax_, node);
  bool has_braces = node.style != Style::kFlow || source_.bytes[node.bare_begin] == '{';
  bool is_root = id == syntax_.root;
  auto rewrite = [&] { return !is_root && replace(id, slot, after, node.style); };
  if (!before.is_map() || !has_braces || !entries) return rewrite();
  bool is_merge_shared = std::ranges::any_of(
      *entries, [&](const Entry& entry) { return entry.name == "<<" && is_dirty(entry.value); });
  if (after.map()->empty() || entries->empty() || is_merge_shared) return rewrite();
  std::size_t splices_before = splices_.size();
  std::set<std::string_view> written;
  for (const Entry& entry : *entries) written.insert(entry.name);
  Data::Map missing;
  for (const auto& [key, value] : *after.map()) {
    const Data* old = before.find(key);
    if (!written.contains(key) && !(old && *old == value)) missing.append(key, value);
  }
  if (delete_entries(node, *entries, *after.map()) &&
      change_values(node, *entries, *before.map(), *after.map()) &&
      insert_entries(node, *entries, missing)) {
    return true;
  }
  splices_.resize(splices_before);
  return rewrite();
}

bool Splicer::change_values(const Node& map,
                            const std::vector<Entry>& entries,
                            const Data::Map& before,
                            const Data::Map& after) {
  std::set<std::string_view> seen;
  bool is_in_flow = map.style == Style::kFlow;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const Data* value = after.find(entry->name);
    const Data* old = before.find(entry->name);
    bool is_last = seen.insert(entry->name).second;
    if (!value || !old || entry->name == "<<") continue;
    if (!is_last && is_dirty(entry->value)) return false;
    if (!is_last) continue;
    Slot slot{entry->lead_end, is_in_flow ? 0 : column_of(entry->begin), Parent::kKey, is_in_flow};
    if (!change(entry->value, slot, *old, *value)) return false;
  }
  return true;
}

bool Splicer::delete_entries(const Node& map,
                             const std::vector<Entry>& entries,
                             const Data::Map& after) {
  auto is_deleted = [&](const Entry& entry) {
    return entry.name != "<<" && !after.contains(entry.name);
  };
  if (std::ranges::all_of(entries, is_deleted)) return false;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!is_deleted(entries[i])) continue;
    std::size_t first = i;
    for (; i < entries.size() && is_deleted(entries[i]); ++i) {
      if (entries[i].is_explicit) return false;
      touch(entries[i].key);
      touch(entries[i].value);
    }
    std::size_t next = i < entries.size() ? entries[i].begin : kNowhere;
    if (map.style != Style::kFlow) {
      delete_range(entries[first].begin, entries[i - 1].end, next);
    } else if (next != kNowhere) {
      add(entries[first].begin, next, "");
    } else {
      add(entries[first - 1].end, entries[i - 1].end, "");
    }
  }
  return true;
}

bool Splicer::insert_entries(const Node& map,
                             const std::vector<Entry>& entries,
                             const Data::Map& missing) {
  if (missing.empty()) return true;
  touch(-1);
  const Entry& last = entries.back();
  int indent = column_of(entries.front().begin);
  bool is_in_flow = map.style == Style::kFlow;
  bool is_line_each = is_in_flow && entries.size() > 0 && is_first_on_line(last.begin);
  std::size_t place = is_in_flow ? last.end : line_end(source_.bytes, last.end);
  if (std::ranges::any_of(entries, [](const Entry& entry) { return entry.is_explicit; })) {
    return false;
  }
  std::string break_and_indent =
      manner_.eol +
      std::string(static_cast<std::size_t>(is_in_flow ? column_of(last.begin) : indent), ' ');
  for (const auto& [key, value] : missing) {
    if (is_in_flow) {
      add(place,
          place,
          (is_line_each ? "," + break_and_indent : ", ") + flow_key_text(key, manner_) + ": " +
              flow_text(value, manner_));
      continue;
    }
    std::string text = key_text(key, false);
    ColonGaps gaps = gaps_for(source_, syntax_, entries, width_of(text));
    std::string tail = block_value(value, indent, Parent::kKey, manner_);
    if (tail[0] == ' ') tail.insert(0, gaps.behind - 1, ' ');
    add(place, place, break_and_indent + text + std::string(gaps.before, ' ') + ":" + tail);
  }
  return true;
}

}  // namespace stet::document
