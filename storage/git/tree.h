// A git tree as the bytes it is, with an index over its entries.
//
// Entries lie in git's order: by name, a folder's as if it ended in a slash. Names are any bytes
// but NUL and '/', and need not be UTF-8. A parsed tree is an immutable value that many threads may
// read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/object_id.h"
#include "storage/base/result.h"

namespace stet::storage {

struct TreeEntry {
  std::uint32_t mode = 0;
  std::string_view name;  // into the tree
  std::string_view id;    // 20 bytes, into the tree

  bool is_folder() const { return mode == 0040000; }
  bool is_symlink() const { return mode == 0120000; }
  bool is_submodule() const { return mode == 0160000; }

  template <typename Id>
  Id id_as() const {
    std::array<std::uint8_t, Id::kBytes> bytes;
    std::copy(id.begin(), id.end(), bytes.begin());
    return Id(bytes);
  }
};

// Git's order; negative, zero or positive.
int compare_entries(std::string_view a, bool a_is_folder, std::string_view b, bool b_is_folder);

// One entry as it stands in a tree.
std::string serialize_entry(std::uint32_t mode, std::string_view name, std::string_view id);

class Tree {
 public:
  Tree() = default;  // the empty tree

  // kInternal for bytes that are no tree that git would make: a strange mode, a name that is empty
  // or has a slash, entries out of order.
  static Result<Tree> parse(std::string raw);

  std::size_t size() const { return starts_.size(); }
  bool empty() const { return starts_.empty(); }
  TreeEntry at(std::size_t index) const;

  // Whatever bears this name, folder or not.
  std::optional<std::size_t> find(std::string_view name) const;

  // How many entries come before one of this name and sort.
  std::size_t rank_of(std::string_view name, bool is_folder) const;

  const std::string& raw() const { return raw_; }
  // Where the entry of this index begins in raw(); raw().size() for size().
  std::size_t start_of(std::size_t index) const {
    return index < starts_.size() ? starts_[index] : raw_.size();
  }
  std::size_t memory_bytes() const { return raw_.capacity() + 4 * starts_.capacity() + 128; }

 private:
  std::string raw_;
  std::vector<std::uint32_t> starts_;
};

using TreePtr = std::shared_ptr<const Tree>;

}  // namespace stet::storage
