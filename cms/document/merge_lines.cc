#include <algorithm>

#include "cms/document/diff_text.h"
#include "cms/document/merge_parts.h"

namespace stet::document {
namespace {

using Lines = std::vector<std::string_view>;

struct Side {
  Lines lines;
  std::vector<Hunk> hunks;
  std::size_t next = 0;      // the first hunk that is not merged yet
  std::ptrdiff_t shift = 0;  // from a line of the base to the same line here, ahead of `next`

  bool is_done() const { return next == hunks.size(); }
  const Hunk& hunk() const { return hunks[next]; }

  void pass() {
    const Hunk& passed = hunks[next++];
    shift = static_cast<std::ptrdiff_t>(passed.after_end) -
            static_cast<std::ptrdiff_t>(passed.before_end);
  }
};

Side side_of(const Lines& base, std::string_view text) {
  Side side;
  side.lines = split_lines(text);
  side.hunks = diff_lines(base, side.lines);
  return side;
}

std::string joined(const Lines& lines, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) out += lines[i];
  return out;
}

struct Piece {
  std::string text;
  std::size_t begin;  // its first line, from 0
};

// What a side has in place of base lines [begin, end), its hunks in there being passed.
Piece piece_of(const Side& side, std::ptrdiff_t shift_before, std::size_t begin, std::size_t end) {
  auto from = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(begin) + shift_before);
  auto to = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(end) + side.shift);
  return {joined(side.lines, from, to), from};
}

}  // namespace

std::string merge_lines(std::string_view base_text,
                        std::string_view ours_text,
                        std::string_view theirs_text,
                        const std::string& pointer,
                        std::vector<Conflict>& conflicts) {
  if (ours_text == theirs_text || base_text == theirs_text) return std::string(ours_text);
  if (base_text == ours_text) return std::string(theirs_text);
  Lines base = split_lines(base_text);
  Side ours = side_of(base, ours_text), theirs = side_of(base, theirs_text);
  std::string out;
  std::size_t at = 0;
  while (!ours.is_done() || !theirs.is_done()) {
    bool ours_first = theirs.is_done() ||
                      (!ours.is_done() && ours.hunk().before_begin <= theirs.hunk().before_begin);
    std::size_t begin = (ours_first ? ours : theirs).hunk().before_begin;
    std::size_t end = begin;
    std::ptrdiff_t our_shift = ours.shift, their_shift = theirs.shift;
    std::size_t our_hunks = ours.next, their_hunks = theirs.next;
    for (bool grows = true; grows;) {
      grows = false;
      for (Side* side : {&ours, &theirs}) {
        while (!side->is_done() && side->hunk().before_begin <= end) {
          end = std::max(end, side->hunk().before_end);
          side->pass();
          grows = true;
        }
      }
    }
    out += joined(base, at, begin);
    Piece mine = piece_of(ours, our_shift, begin, end);
    Piece other = piece_of(theirs, their_shift, begin, end);
    if (ours.next == our_hunks) {
      out += other.text;
    } else if (theirs.next == their_hunks || mine.text == other.text) {
      out += mine.text;
    } else {
      out += mine.text;
      conflicts.push_back({pointer,
                           static_cast<int>(mine.begin) + 1,
                           Data(joined(base, begin, end)),
                           Data(mine.text),
                           Data(other.text)});
    }
    at = end;
  }
  return out += joined(base, at, base.size());
}

}  // namespace stet::document
