// The work behind splice.h: walks the source and both values side by side.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "cms/document/entries.h"
#include "cms/document/splice.h"

namespace stet::document {

// Where a value stands.
struct Slot {
  std::size_t lead_end = kNowhere;  // behind the colon or dash before it
  int indent = 0;                   // the column of the key or dash
  Parent parent = Parent::kKey;
  bool is_in_flow = false;
};

// One pass. `shared` are the anchored nodes that this edit changes while others refer to them:
// their aliases get the old value, written out. What a pass finds to be such is in touched().
class Splicer {
 public:
  Splicer(const Source& source,
          const Syntax& syntax,
          const Manner& manner,
          const std::set<int>& shared)
      : source_(source), syntax_(syntax), manner_(manner), shared_(shared) {}

  // False where no splice does it.
  bool change(int id, const Slot& slot, const Data& before, const Data& after);

  const std::set<int>& touched() const { return touched_; }
  std::vector<Splice> take_splices();

 private:
  bool change_scalar(
      const Node& node, int id, const Slot& slot, const Data& before, const Data& after);
  bool change_map(
      const Node& node, int id, const Slot& slot, const Data& before, const Data& after);
  bool change_list(
      const Node& node, int id, const Slot& slot, const Data& before, const Data& after);
  bool replace(int id, const Slot& slot, const Data& after, Style style);
  bool replace_in_flow(const Node& node, const Slot& slot, const Data& after, Style style);
  bool replace_block_collection(const Node& node, const Slot& slot, const std::string& text);

  // One map's entries.
  bool delete_entries(const Node& map, const std::vector<Entry>& entries, const Data::Map& after);
  bool change_values(const Node& map,
                     const std::vector<Entry>& entries,
                     const Data::Map& before,
                     const Data::Map& after);
  bool insert_entries(const Node& map, const std::vector<Entry>& entries, const Data::Map& missing);

  // One list's items, in block or flow style.
  struct ListEdit {
    const Node& node;
    const std::vector<Item>& items;  // in flow style: the dash is the item's begin
    const Data::List& before;
    const Data::List& after;
  };
  Slot slot_of(const ListEdit& edit, std::size_t item) const;
  bool keep_items(const ListEdit& edit, std::size_t begin, std::size_t end);
  bool change_hunk(const ListEdit& edit, const ListHunk& hunk);
  void delete_items(const ListEdit& edit, std::size_t begin, std::size_t end);
  void insert_items(const ListEdit& edit, std::size_t place, std::size_t begin, std::size_t end);
  std::string item_text(const ListEdit& edit, const Data& item, int column) const;

  void delete_range(std::size_t first_begin, std::size_t last_end, std::size_t next_begin);
  bool is_dirty(int id) const;
  void touch(int id);
  void add(std::size_t begin, std::size_t end, std::string text);
  int column_of(std::size_t offset) const;
  bool is_first_on_line(std::size_t offset) const;

  const Source& source_;
  const Syntax& syntax_;
  const Manner& manner_;
  const std::set<int>& shared_;
  std::set<int> touched_;
  std::vector<int> anchored_;  // the anchored nodes that the walk is inside of
  std::vector<Splice> splices_;
};

// The blanks that align a new key with its siblings: before and behind its colon.
struct ColonGaps {
  std::size_t before = 0;
  std::size_t behind = 1;
};
ColonGaps gaps_for(const Source& source,
                   const Syntax& syntax,
                   const std::vector<Entry>& siblings,
                   std::size_t key_width);

}  // namespace stet::document
