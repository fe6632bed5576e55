// Many nodes in order, of which any may come or go: sorted pieces of a bounded size, for one sorted
// vector costs its length at each change.
//
// Costs: insert and erase move at most kPieceMax ids, and look at log of the whole. Threads: one at
// a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "cms/reads/names.h"

namespace stet::dirty {

class Crowd {
 public:
  using Id = reads::NameId;
  static constexpr std::size_t kPieceMax = 1024;

  // `ids` are ascending, each once.
  explicit Crowd(const std::vector<Id>& ids) {
    for (std::size_t at = 0; at < ids.size(); at += kPieceMax / 2) {
      const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(at);
      const std::size_t count = std::min(kPieceMax / 2, ids.size() - at);
      pieces_.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(count));
    }
  }

  bool empty() const { return pieces_.empty(); }

  void insert(Id id) {
    if (pieces_.empty()) return pieces_.push_back({id});
    const auto piece = piece_of(id);
    const auto at = std::lower_bound(piece->begin(), piece->end(), id);
    if (at != piece->end() && *at == id) return;
    piece->insert(at, id);
    if (piece->size() > kPieceMax) split(piece);
  }

  void erase(Id id) {
    if (pieces_.empty()) return;
    const auto piece = piece_of(id);
    const auto at = std::lower_bound(piece->begin(), piece->end(), id);
    if (at == piece->end() || *at != id) return;
    piece->erase(at);
    if (piece->empty()) pieces_.erase(piece);
  }

  // Ascending.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (const Piece& piece : pieces_) {
      for (Id id : piece) visit(id);
    }
  }

 private:
  using Piece = std::vector<Id>;  // ascending, not empty

  // The last that begins at or before `id`, or the first.
  std::vector<Piece>::iterator piece_of(Id id) {
    auto after =
        std::upper_bound(pieces_.begin(), pieces_.end(), id, [](Id id, const Piece& piece) {
          return id < piece.front();
        });
    return after == pieces_.begin() ? after : std::prev(after);
  }

  void split(std::vector<Piece>::iterator piece) {
    const auto middle = piece->begin() + static_cast<std::ptrdiff_t>(piece->size() / 2);
    Piece upper(middle, piece->end());
    piece->erase(middle, piece->end());
    pieces_.insert(std::next(piece), std::move(upper));
  }

  std::vector<Piece> pieces_;  // ascending
};

}  // namespace stet::dirty
