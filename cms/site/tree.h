// A tree of plain values (the configuration, a data file) as Liquid sees it, noting what is read.
//
// Looking through a map is no read of it: `site.data.navigation.main` reads that value and that the
// names on the way are maps; another key of the same file may change unseen. Lists are read whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/drop.h"
#include "cms/reads/reads.h"

namespace stet::site {

class Tree final : public liquid::Drop {
 public:
  // `hash` with every map below it as a Tree of its own. `path` is what reads call it: "" for the
  // root, then "navigation.main".
  static liquid::Ref<Tree> make(const liquid::Hash& hash,
                                reads::Kind kind,
                                reads::Names& names,
                                const std::string& path = "");
  // The tree that takes the place of this one: maps that both have, the very same ones, keep their
  // Trees. Costs what is in the others.
  liquid::Ref<Tree> renewed(const liquid::Hash& hash) const;

  liquid::Value get(std::string_view key, liquid::Host& host) const override;
  std::vector<std::string> keys(liquid::Host& host) const override;
  bool has_key(std::string_view key, liquid::Host& host) const override;
  std::string to_text(liquid::Host& host) const override;
  bool is_hash() const override { return true; }

  // The same plain values as a hash, as made; for code, which records nothing.
  const liquid::Hash& hash() const { return *hash_; }
  // The read of the whole tree.
  reads::Key key_of_all() const { return {kind_, root_, whole_}; }

 private:
  struct Branch {
    reads::NameId read;   // what looking at it reads: "navigation.main", or that it is a map
    liquid::Value value;  // a Tree where it is a map
  };
  Tree() = default;
  static liquid::Ref<Tree> made(const liquid::Hash& hash,
                                reads::Kind kind,
                                reads::Names& names,
                                const std::string& path,
                                const Tree* before);
  const Branch* find(std::string_view key) const;

  reads::Kind kind_ = reads::Kind::kData;
  reads::NameId root_ = 0;   // the subject of all keys
  reads::NameId whole_ = 0;  // this tree's own path
  std::string path_;
  reads::Names* names_ = nullptr;
  liquid::Ref<liquid::Hash> hash_;
  std::vector<Branch> branches_;  // in the order of hash_'s entries
};

// The keys of everything that differs between two versions of a tree; `path` as above. Null: empty.
void differing_keys(const liquid::Hash* before,
                    const liquid::Hash* after,
                    reads::Kind kind,
                    reads::Names& names,
                    const std::string& path,
                    std::vector<reads::Key>& keys);

// Deep equality of plain values: nothing lazy, nothing recorded.
bool is_same(const liquid::Value& a, const liquid::Value& b);

}  // namespace stet::site
