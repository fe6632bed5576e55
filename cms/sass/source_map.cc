#include "cms/sass/source_map.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace stet::sass {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kMappings = "\t\"mappings\": \"";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

struct List {
  std::size_t begin = 0, end = 0;  // its items' lines
};

List list_of(const std::vector<std::string>& lines, const std::string& name) {
  auto head = std::find(lines.begin(), lines.end(), "\t\"" + name + "\": [");
  if (head == lines.end()) return {};
  auto end = std::find_if(
      head, lines.end(), [](const std::string& line) { return line.starts_with("\t]"); });
  auto at = [&](auto it) { return static_cast<std::size_t>(it - lines.begin()); };
  return {at(head) + 1, at(end)};
}

std::string without_comma(std::string line) {
  if (line.ends_with(',')) line.pop_back();
  return line;
}

void keep_items(std::vector<std::string>& lines, List list, const std::vector<bool>& is_kept) {
  std::vector<std::string> items;
  for (std::size_t i = list.begin; i < list.end && i - list.begin < is_kept.size(); ++i) {
    if (is_kept[i - list.begin]) items.push_back(without_comma(lines[i]) + ",");
  }
  if (!items.empty()) items.back().pop_back();
  auto at = [&](std::size_t i) { return lines.begin() + static_cast<std::ptrdiff_t>(i); };
  lines.erase(at(list.begin), at(list.end));
  lines.insert(at(list.begin), items.begin(), items.end());
}

std::string encode_vlq(std::int64_t number) {
  std::uint64_t bits = number < 0 ? (static_cast<std::uint64_t>(-number) << 1 | 1)
                                  : static_cast<std::uint64_t>(number) << 1;
  std::string text;
  do {
    std::uint64_t digit = bits & 31;
    bits >>= 5;
    text += kDigits[digit | (bits ? 32 : 0)];
  } while (bits);
  return text;
}

// The second number of each segment is the source's index, less that of the segment before.
std::string renumbered(std::string_view mappings, const std::vector<std::size_t>& index_of) {
  std::string text;
  std::int64_t was = 0, is = 0, number = 0;
  int field = 0, shift = 0;
  for (std::size_t i = 0, begin = 0; i < mappings.size(); ++i) {
    std::size_t digit = kDigits.find(mappings[i]);
    if (digit == std::string_view::npos) {  // the end of a segment or of a line
      text += mappings[i];
      field = 0;
      continue;
    }
    if (shift == 0) begin = i;
    number |= static_cast<std::int64_t>(digit & 31) << shift;
    shift += 5;
    if (digit & 32 && shift < 60) continue;
    std::int64_t value = number & 1 ? -(number >> 1) : number >> 1;
    number = shift = 0;
    if (field++ != 1) {
      text += mappings.substr(begin, i + 1 - begin);
      continue;
    }
    was += value;
    bool is_known = was >= 0 && static_cast<std::size_t>(was) < index_of.size();
    std::int64_t now =
        is_known ? static_cast<std::int64_t>(index_of[static_cast<std::size_t>(was)]) : was;
    text += encode_vlq(now - is);
    is = now;
  }
  return text;
}

}  // namespace

std::string with_sources_once(std::string map) {
  std::vector<std::string> lines = lines_of(map);
  List sources = list_of(lines, "sources");
  std::map<std::string, std::size_t> first;
  std::vector<bool> is_kept;
  std::vector<std::size_t> index_of;
  for (std::size_t i = sources.begin; i < sources.end; ++i) {
    auto [at, is_new] = first.emplace(without_comma(lines[i]), first.size());
    is_kept.push_back(is_new);
    index_of.push_back(at->second);
  }
  if (first.size() == is_kept.size()) return map;
  keep_items(lines, sources, is_kept);
  keep_items(lines, list_of(lines, "sourcesContent"), is_kept);
  std::string text;
  for (const std::string& line : lines) {
    if (!text.empty()) text += '\n';
    text += line.starts_with(kMappings)
                ? std::string(kMappings) +
                      renumbered(std::string_view(line).substr(kMappings.size()), index_of)
                : line;
  }
  return text;
}

}  // namespace stet::sass
