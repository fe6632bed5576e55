#include "storage/git/tree.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace stet::storage {
namespace {

constexpr std::size_t kIdBytes = 20;
constexpr std::size_t kModeDigitsMax = 6;

bool is_known_mode(std::uint32_t mode) {
  return mode == 0040000 || mode == 0120000 || mode == 0160000 || (mode & ~0777u) == 0100000;
}

// The bytes that the entry at the start of `rest` takes; 0 if there is no sound one.
std::size_t entry_bytes(std::string_view rest) {
  std::size_t blank = rest.substr(0, kModeDigitsMax + 1).find(' ');
  if (blank == std::string_view::npos || blank == 0) return 0;
  std::uint32_t mode = 0;
  for (char digit : rest.substr(0, blank)) {
    if (digit < '0' || digit > '7') return 0;
    mode = mode * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  std::size_t nul = rest.find('\0', blank + 1);
  if (!is_known_mode(mode) || nul == std::string_view::npos || nul == blank + 1) return 0;
  if (std::memchr(rest.data() + blank, '/', nul - blank)) return 0;
  std::size_t bytes = nul + 1 + kIdBytes;
  return bytes <= rest.size() ? bytes : 0;
}

}  // namespace

int compare_entries(std::string_view a, bool a_is_folder, std::string_view b, bool b_is_folder) {
  std::size_t shared = std::min(a.size(), b.size());
  if (int order = std::memcmp(a.data(), b.data(), shared); order != 0) return order;
  auto next = [shared](std::string_view name, bool is_folder) {
    if (name.size() > shared) return static_cast<int>(static_cast<unsigned char>(name[shared]));
    return is_folder ? static_cast<int>('/') : 0;
  };
  int order = next(a, a_is_folder) - next(b, b_is_folder);
  if (order != 0 || a.size() == b.size()) return order;
  return a.size() < b.size() ? -1 : 1;  // "a" as a folder, and a name "a/..", which cannot be
}

std::string serialize_entry(std::uint32_t mode, std::string_view name, std::string_view id) {
  char digits[16];
  int length = std::snprintf(digits, sizeof digits, "%o ", mode);
  std::string bytes(digits, static_cast<std::size_t>(length));
  bytes.append(name).push_back('\0');
  return bytes.append(id);
}

Result<Tree> Tree::parse(std::string raw) {
  if (raw.size() > std::numeric_limits<std::uint32_t>::max()) {
    return internal("a tree has more than 4 GiB");
  }
  Tree tree;
  tree.raw_ = std::move(raw);
  tree.starts_.reserve(tree.raw_.size() / 40);
  std::string_view rest = tree.raw_;
  while (!rest.empty()) {
    std::size_t bytes = entry_bytes(rest);
    if (bytes == 0) return internal("a tree is damaged; `git fsck` says more");
    tree.starts_.push_back(static_cast<std::uint32_t>(tree.raw_.size() - rest.size()));
    rest.remove_prefix(bytes);
    if (tree.size() < 2) continue;
    TreeEntry before = tree.at(tree.size() - 2), last = tree.at(tree.size() - 1);
    if (compare_entries(before.name, before.is_folder(), last.name, last.is_folder()) >= 0) {
      return internal("a tree's entries are out of order; `git fsck` says more");
    }
  }
  tree.starts_.shrink_to_fit();
  return tree;
}

TreeEntry Tree::at(std::size_t index) const {
  std::string_view bytes =
      std::string_view(raw_).substr(start_of(index), start_of(index + 1) - start_of(index));
  if (index + 1 == starts_.size()) {  // while parsing, more may follow
    bytes = bytes.substr(0, bytes.find('\0') + 1 + kIdBytes);
  }
  TreeEntry entry;
  std::size_t blank = bytes.find(' ');
  for (char digit : bytes.substr(0, blank)) {
    entry.mode = entry.mode * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  entry.id = bytes.substr(bytes.size() - kIdBytes);
  entry.name = bytes.substr(blank + 1, bytes.size() - kIdBytes - 1 - (blank + 1));
  return entry;
}

std::size_t Tree::rank_of(std::string_view name, bool is_folder) const {
  std::size_t low = 0, high = size();
  while (low < high) {
    std::size_t middle = low + (high - low) / 2;
    TreeEntry entry = at(middle);
    if (compare_entries(entry.name, entry.is_folder(), name, is_folder) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<std::size_t> Tree::find(std::string_view name) const {
  for (bool is_folder : {false, true}) {
    std::size_t rank = rank_of(name, is_folder);
    if (rank < size() && at(rank).name == name) return rank;
  }
  return std::nullopt;
}

}  // namespace stet::storage
