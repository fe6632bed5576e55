// Three random documents merged: the result can be read if they could, and it is the same whoever
// merges whom.
//
// The input is a letter for the kind of file, then base, ours and theirs, parted by lines of "%%%".
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/document.h"
#include "cms/document/json_text.h"
#include "cms/document/marked.h"
#include "cms/document/merge.h"
#include "cms/document/yaml.h"

namespace {

using namespace stet::document;

constexpr std::string_view kPart = "%%%\n";

void require(bool is_so) {
  if (!is_so) std::abort();
}

bool is_broken(std::string_view bytes, std::string_view path) {
  if (path.ends_with(".md")) return parse_document(bytes, path).is_broken;
  stet::Problems problems;
  parse_yaml(bytes, path, problems);
  for (const auto& problem : problems) {
    if (problem.severity == stet::Severity::kError) return true;
  }
  return false;
}

// What a file means: its fields, and its text where it has some.
Data meaning_of(std::string_view bytes, std::string_view path) {
  stet::Problems ignored;
  if (!path.ends_with(".md")) return parse_yaml(bytes, path, ignored);
  Document document = parse_document(bytes, path);
  return Data::List{document.front_matter, Data(document.body(bytes))};
}

// The same but for the order of lists, in which new items of both sides come.
bool is_same(const Data& a, const Data& b) {
  if (a.is_map() && b.is_map()) {
    if (a.map()->size() != b.map()->size()) return false;
    for (const auto& [key, value] : *a.map()) {
      const Data* other = b.find(key);
      if (!other || !is_same(value, *other)) return false;
    }
    return true;
  }
  if (!a.is_list() || !b.is_list()) return a == b;
  if (a.list()->size() != b.list()->size()) return false;
  std::vector<bool> is_taken(b.list()->size());
  for (const Data& item : *a.list()) {
    std::size_t i = 0;
    while (i < is_taken.size() && (is_taken[i] || !is_same(item, b.list()->at(i)))) ++i;
    if (i == is_taken.size()) return false;
    is_taken[i] = true;
  }
  return true;
}

void check(std::string_view base,
           std::string_view ours,
           std::string_view theirs,
           std::string_view path) {
  require(merge(base, ours, base, path).bytes == ours);
  require(merge(base, base, theirs, path).bytes == theirs);
  require(merge(base, ours, ours, path).bytes == ours);
  Merged merged = merge(base, ours, theirs, path), turned = merge(base, theirs, ours, path);
  bool were_sound = !is_broken(base, path) && !is_broken(ours, path) && !is_broken(theirs, path);
  if (were_sound) require(!is_broken(merged.bytes, path));
  require(merged.conflicts.empty() == turned.conflicts.empty());
  if (path.ends_with(".json") && is_json(ours) && is_json(theirs)) require(is_json(merged.bytes));
  MarkedMerge marked = merge_marked(base, ours, theirs, path);
  require(marked.conflicts.size() == merged.conflicts.size());
  if (!merged.conflicts.empty()) {
    require(marked.bytes.find("<<<<<<< ours") != std::string::npos);
    return;
  }
  require(marked.bytes == merged.bytes);
  if (were_sound) require(is_same(meaning_of(merged.bytes, path), meaning_of(turned.bytes, path)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.empty() || text.size() > 20'000) return 0;
  constexpr std::array kPaths = {"a.md", "_data/a.yml", "_data/a.json"};
  std::string_view path = kPaths[static_cast<unsigned char>(text[0]) % kPaths.size()];
  text.remove_prefix(1);
  std::array<std::string_view, 3> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::size_t end = i + 1 < parts.size() ? text.find(kPart) : std::string_view::npos;
    parts[i] = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + kPart.size());
  }
  check(parts[0], parts[1], parts[2], path);
  return 0;
}
