#include "cms/document/entries.h"

#include <algorithm>

#include "cms/document/compose.h"

namespace stet::document {
namespace {

bool has_question_mark(const Source& source, const Node& key) {
  std::size_t at = key.begin;
  while (at > source.begin && (source.bytes[at - 1] == ' ' || source.bytes[at - 1] == '\t')) --at;
  return at > source.begin && at < key.begin && source.bytes[at - 1] == '?';
}

}  // namespace

std::optional<std::vector<Entry>> entries_of(const Source& source,
                                             const Syntax& syntax,
                                             const Node& map) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i + 1 < map.children.size(); i += 2) {
    const Node& key = syntax.at(map.children[i]);
    const Node& value = syntax.at(map.children[i + 1]);
    if (key.kind != Node::Kind::kScalar) return std::nullopt;
    auto name = key_of(scalar_of(key));
    if (!name) return std::nullopt;
    Entry entry;
    entry.name = std::move(*name);
    entry.key = map.children[i];
    entry.value = map.children[i + 1];
    entry.begin = key.begin;
    entry.is_explicit = has_question_mark(source, key);
    std::size_t colon = skip_blanks(source.bytes, key.end, source.end);
    bool has_colon = colon < source.end && source.bytes[colon] == ':';
    if (has_colon) entry.lead_end = colon + 1;
    entry.end = std::max(value.end, has_colon ? colon + 1 : key.end);
    if (!has_colon) entry.end = key.end;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::optional<std::vector<Item>> items_of(const Source& source,
                                          const Syntax& syntax,
                                          const Node& list) {
  std::vector<Item> items;
  std::size_t at = list.bare_begin;
  for (int child : list.children) {
    const Node& node = syntax.at(child);
    std::size_t dash = skip_blanks(source.bytes, at, source.end);
    if (dash >= source.end || source.bytes[dash] != '-' || dash > node.begin) return std::nullopt;
    at = std::max(node.end, dash + 1);
    items.push_back({child, dash, at});
  }
  return items;
}

}  // namespace stet::document
