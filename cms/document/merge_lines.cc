#include <algorithm>
#include <utility>

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

// What a side has in place of base lines [begin, end), its hunks in there being passed.
std::string piece_of(const Side& side,
                     std::ptrdiff_t shift_before,
                     std::size_t begin,
                     std::size_t end) {
  auto from = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(begin) + shift_before);
  auto to = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(end) + side.shift);
  return joined(side.lines, from, to);
}

// Whether the hunk is decided on together with base lines [begin, end).
bool belongs(const Hunk& hunk, std::size_t begin, std::size_t end, Touching touching) {
  if (touching == Touching::kConflict) return hunk.before_begin <= end;
  bool is_at_one_place = begin == end && hunk.before_begin == end && hunk.before_end == end;
  return hunk.before_begin < end || is_at_one_place;
}

// Of two hunks at one place, what is inserted there goes before what replaces the lines after it.
bool goes_before(const Hunk& a, const Hunk& b) {
  return std::pair(a.before_begin, a.before_end) < std::pair(b.before_begin, b.before_end);
}

// The end of what begins with the hunk of `first` and holds all that belong to it, which are
// passed.
std::size_t pass_touching(Side& ours, Side& theirs, Side& first, Touching touching) {
  const std::size_t begin = first.hunk().before_begin;
  std::size_t end = first.hunk().before_end;
  first.pass();
  for (bool grows = true; grows;) {
    grows = false;
    for (Side* side : {&ours, &theirs}) {
      while (!side->is_done() && belongs(side->hunk(), begin, end, touching)) {
        end = std::max(end, side->hunk().before_end);
        side->pass();
        grows = true;
      }
    }
  }
  return end;
}

void add_common(std::vector<MergeRegion>& regions, std::string text, std::size_t our_line) {
  if (text.empty()) return;
  regions.push_back({MergeRegion::From::kBase, text, text, std::move(text), our_line});
}

}  // namespace

std::vector<MergeRegion> merge_regions(std::string_view base_text,
                                       std::string_view ours_text,
                                       std::string_view theirs_text,
                                       Touching touching) {
  using From = MergeRegion::From;
  Lines base = split_lines(base_text);
  Side ours = side_of(base, ours_text), theirs = side_of(base, theirs_text);
  std::vector<MergeRegion> regions;
  std::size_t at = 0;
  auto our_line = [&](std::size_t line, std::ptrdiff_t shift) {
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(line) + shift);
  };
  while (!ours.is_done() || !theirs.is_done()) {
    bool ours_first =
        theirs.is_done() || (!ours.is_done() && !goes_before(theirs.hunk(), ours.hunk()));
    Side& first = ours_first ? ours : theirs;
    std::size_t begin = first.hunk().before_begin;
    std::ptrdiff_t our_shift = ours.shift, their_shift = theirs.shift;
    std::size_t our_hunks = ours.next, their_hunks = theirs.next;
    std::size_t end = pass_touching(ours, theirs, first, touching);
    add_common(regions, joined(base, at, begin), our_line(at, our_shift));
    MergeRegion region{From::kConflict,
                       joined(base, begin, end),
                       piece_of(ours, our_shift, begin, end),
                       piece_of(theirs, their_shift, begin, end),
                       our_line(begin, our_shift)};
    if (ours.next == our_hunks) {
      region.from = From::kTheirs;
    } else if (theirs.next == their_hunks) {
      region.from = From::kOurs;
    } else if (region.ours == region.theirs) {
      region.from = From::kBoth;
    } else if (touching == Touching::kJoined && begin == end) {
      region.from = From::kBoth;
      region.ours += region.theirs;
    }
    regions.push_back(std::move(region));
    at = end;
  }
  add_common(regions, joined(base, at, base.size()), our_line(at, ours.shift));
  return regions;
}

std::string merge_lines(std::string_view base,
                        std::string_view ours,
                        std::string_view theirs,
                        const std::string& pointer,
                        std::vector<Conflict>& conflicts,
                        Touching touching) {
  if (ours == theirs || base == theirs) return std::string(ours);
  if (base == ours) return std::string(theirs);
  std::string out;
  for (MergeRegion& region : merge_regions(base, ours, theirs, touching)) {
    out += region.from == MergeRegion::From::kTheirs ? region.theirs : region.ours;
    if (region.from != MergeRegion::From::kConflict) continue;
    conflicts.push_back({pointer,
                         static_cast<int>(region.our_line) + 1,
                         Data(std::move(region.base)),
                         Data(std::move(region.ours)),
                         Data(std::move(region.theirs))});
  }
  return out;
}

}  // namespace stet::document
