#include "cms/document/splice.h"

#include <algorithm>
#include <set>

#include "cms/document/entries.h"
#include "cms/document/json_text.h"
#include "cms/document/splicer.h"

namespace stet::document {
namespace {

constexpr int kPassesMax = 4;
constexpr std::size_t kTableMax = 1'000'000;

// Anchors with users that stand where the edit does not write anyway.
std::set<int> used_of(const Syntax& syntax, const std::set<int>& touched) {
  std::set<int> used;
  for (const Node& node : syntax.nodes) {
    if (node.kind == Node::Kind::kAlias && touched.contains(node.target)) used.insert(node.target);
  }
  return used;
}

}  // namespace

std::optional<std::vector<Splice>> splices_for(const Source& source,
                                               const Syntax& syntax,
                                               const Data& before,
                                               const Data& after) {
  Manner manner = manner_of(source, syntax);
  std::set<int> shared;
  for (int pass = 0; pass < kPassesMax; ++pass) {
    Splicer splicer(source, syntax, manner, shared);
    Slot slot;
    slot.is_in_flow = syntax.at(syntax.root).style == Style::kFlow;
    if (!splicer.change(syntax.root, slot, before, after)) return std::nullopt;
    std::set<int> used = used_of(syntax, splicer.touched());
    used.insert(shared.begin(), shared.end());
    if (used == shared) return splicer.take_splices();
    shared = std::move(used);
  }
  return std::nullopt;
}

Manner manner_of(const Source& source, const Syntax& syntax) {
  Manner manner;
  auto newline = source.bytes.find('\n');
  if (newline != source.bytes.npos && newline > 0 && source.bytes[newline - 1] == '\r') {
    manner.eol = "\r\n";
  }
  std::string_view text = source.bytes.substr(source.begin, source.end - source.begin);
  manner.is_json =
      syntax.root >= 0 && syntax.at(syntax.root).style == Style::kFlow && is_json(text);
  bool has_list_step = false, has_map_step = false;
  for (const Node& node : syntax.nodes) {
    if (node.kind != Node::Kind::kMap || node.style != Style::kBlock) continue;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
      const Node& key = syntax.at(node.children[i]);
      const Node& value = syntax.at(node.children[i + 1]);
      if (value.style != Style::kBlock) continue;
      int step = column_in(source, value.bare_begin) - column_in(source, key.begin);
      if (value.kind == Node::Kind::kList && step >= 0 && !std::exchange(has_list_step, true)) {
        manner.list_step = step;
      }
      if (value.kind == Node::Kind::kMap && step > 0 && !std::exchange(has_map_step, true)) {
        manner.map_step = step;
      }
    }
  }
  return manner;
}

std::string spliced(std::string_view bytes, const std::vector<Splice>& splices) {
  std::string out;
  std::size_t at = 0;
  for (const Splice& splice : splices) {
    out += bytes.substr(at, splice.begin - at);
    out += splice.text;
    at = splice.end;
  }
  return out += bytes.substr(at);
}

std::vector<ListHunk> list_hunks(const Data::List& before, const Data::List& after) {
  std::size_t head = 0, n = before.size(), m = after.size();
  while (head < n && head < m && before[head] == after[head]) ++head;
  while (n > head && m > head && before[n - 1] == after[m - 1]) --n, --m;
  std::size_t rows = n - head, columns = m - head;
  if (rows == 0 && columns == 0) return {};
  if (rows == 0 || columns == 0 || rows * columns > kTableMax) return {{head, n, head, m}};
  // The longest common subsequence of what is between the equal ends.
  std::vector<std::uint32_t> table((rows + 1) * (columns + 1), 0);
  auto length = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
    return table[i * (columns + 1) + j];
  };
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      length(i, j) = before[head + i] == after[head + j]
                         ? length(i + 1, j + 1) + 1
                         : std::max(length(i + 1, j), length(i, j + 1));
    }
  }
  std::vector<ListHunk> hunks;
  std::size_t i = 0, j = 0;
  while (i < rows || j < columns) {
    std::size_t i0 = i, j0 = j;
    auto is_equal = [&] {
      return i < rows && j < columns && before[head + i] == after[head + j] &&
             length(i, j) == length(i + 1, j + 1) + 1;
    };
    while ((i < rows || j < columns) && !is_equal()) {
      if (j == columns || (i < rows && length(i + 1, j) >= length(i, j + 1))) {
        ++i;
      } else {
        ++j;
      }
    }
    if (i > i0 || j > j0) hunks.push_back({head + i0, head + i, head + j0, head + j});
    while (is_equal()) ++i, ++j;
  }
  return hunks;
}

}  // namespace stet::document
