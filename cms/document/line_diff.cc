#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

#include "cms/document/diff_text.h"

namespace stet::document {
namespace {

// Beyond so many differing lines between two anchors, they are taken as one change.
constexpr std::ptrdiff_t kDistanceMax = 600;

using Ids = std::vector<std::uint32_t>;
using Lines = std::span<const std::string_view>;

struct Box {
  std::ptrdiff_t a_begin, a_end, b_begin, b_end;
};

// Marks the lines of both sides that have no partner.
class LineDiff {
 public:
  LineDiff(Lines before, Lines after) {
    std::unordered_map<std::string_view, std::uint32_t> ids;
    auto intern = [&](Lines lines) {
      Ids out;
      for (auto line : lines) {
        out.push_back(ids.emplace(line, static_cast<std::uint32_t>(ids.size())).first->second);
      }
      return out;
    };
    a_ = intern(before);
    b_ = intern(after);
    id_count_ = ids.size();
    a_changed_.assign(a_.size(), true);
    b_changed_.assign(b_.size(), true);
  }

  std::vector<Hunk> run() {
    Box box{0, size(a_), 0, size(b_)};
    cut_ends(box);
    for (const Box& gap : gaps_between_anchors(box)) myers(gap);
    std::vector<Hunk> hunks;
    std::size_t i = 0, j = 0;
    while (i < a_.size() || j < b_.size()) {
      std::size_t i0 = i, j0 = j;
      while (i < a_.size() && a_changed_[i]) ++i;
      while (j < b_.size() && b_changed_[j]) ++j;
      if (i > i0 || j > j0) hunks.push_back({i0, i, j0, j});
      if (i < a_.size() && j < b_.size()) ++i, ++j;
    }
    return hunks;
  }

 private:
  static std::ptrdiff_t size(const Ids& ids) { return static_cast<std::ptrdiff_t>(ids.size()); }

  bool is_equal(std::ptrdiff_t i, std::ptrdiff_t j) const {
    return a_[static_cast<std::size_t>(i)] == b_[static_cast<std::size_t>(j)];
  }

  void pair(std::ptrdiff_t i, std::ptrdiff_t j) {
    a_changed_[static_cast<std::size_t>(i)] = false;
    b_changed_[static_cast<std::size_t>(j)] = false;
  }

  void cut_ends(Box& box) {
    while (box.a_begin < box.a_end && box.b_begin < box.b_end &&
           is_equal(box.a_begin, box.b_begin)) {
      pair(box.a_begin++, box.b_begin++);
    }
    while (box.a_begin < box.a_end && box.b_begin < box.b_end &&
           is_equal(box.a_end - 1, box.b_end - 1)) {
      pair(--box.a_end, --box.b_end);
    }
  }

  // Patience: lines that are there once on either side, in the longest run that goes upwards on
  // both.
  std::vector<Box> gaps_between_anchors(const Box& box) const {
    struct Seen {
      std::uint32_t a_count = 0, b_count = 0;
      std::ptrdiff_t b_at = 0;
    };
    std::vector<Seen> seen(id_count_);
    for (auto i = box.a_begin; i < box.a_end; ++i) ++seen[a_[static_cast<std::size_t>(i)]].a_count;
    for (auto j = box.b_begin; j < box.b_end; ++j) {
      Seen& line = seen[b_[static_cast<std::size_t>(j)]];
      ++line.b_count;
      line.b_at = j;
    }
    struct Anchor {
      std::ptrdiff_t a, b, previous;
    };
    std::vector<Anchor> anchors;
    std::vector<std::ptrdiff_t> tops;  // of each pile, the anchor
    for (auto i = box.a_begin; i < box.a_end; ++i) {
      const Seen& line = seen[a_[static_cast<std::size_t>(i)]];
      if (line.a_count != 1 || line.b_count != 1) continue;
      auto pile = std::ranges::lower_bound(
          tops, line.b_at, {}, [&](auto top) { return anchors[static_cast<std::size_t>(top)].b; });
      std::ptrdiff_t previous = pile == tops.begin() ? -1 : *(pile - 1);
      anchors.push_back({i, line.b_at, previous});
      auto newest = static_cast<std::ptrdiff_t>(anchors.size()) - 1;
      pile == tops.end() ? tops.push_back(newest) : (void)(*pile = newest);
    }
    std::vector<Box> gaps;
    std::ptrdiff_t a_end = box.a_end, b_end = box.b_end;
    for (auto at = tops.empty() ? -1 : tops.back(); at >= 0;) {
      const Anchor& anchor = anchors[static_cast<std::size_t>(at)];
      gaps.push_back({anchor.a, a_end, anchor.b, b_end});
      a_end = anchor.a, b_end = anchor.b;
      at = anchor.previous;
    }
    gaps.push_back({box.a_begin, a_end, box.b_begin, b_end});
    return gaps;
  }

  // A point that a shortest path goes through (E. W. Myers, "An O(ND) Difference Algorithm", 4b),
  // from both ends at once; none where the path is too long to look for.
  std::optional<std::pair<std::ptrdiff_t, std::ptrdiff_t>> middle_of(const Box& box) {
    std::ptrdiff_t n = box.a_end - box.a_begin, m = box.b_end - box.b_begin, delta = n - m;
    std::ptrdiff_t limit = std::min((n + m + 1) / 2, kDistanceMax), middle = limit + 1;
    forth_.assign(static_cast<std::size_t>(2 * limit + 3), 0);
    back_ = forth_;
    for (std::ptrdiff_t d = 0; d <= limit; ++d) {
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        std::ptrdiff_t x = step(forth_, middle, d, k), y = x - k;
        while (x < n && y < m && y >= 0 && is_equal(box.a_begin + x, box.b_begin + y)) ++x, ++y;
        at(forth_, middle + k) = x;
        std::ptrdiff_t other = delta - k;
        if (delta % 2 != 0 && std::abs(other) < d && x + at(back_, middle + other) >= n) {
          return bounded(box, x, y);
        }
      }
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        std::ptrdiff_t x = step(back_, middle, d, k), y = x - k;
        while (x < n && y < m && y >= 0 && is_equal(box.a_end - 1 - x, box.b_end - 1 - y)) ++x, ++y;
        at(back_, middle + k) = x;
        std::ptrdiff_t other = delta - k;
        if (delta % 2 == 0 && std::abs(other) <= d && x + at(forth_, middle + other) >= n) {
          return bounded(box, n - x, m - y);
        }
      }
    }
    return std::nullopt;
  }

  static std::ptrdiff_t& at(std::vector<std::ptrdiff_t>& reach, std::ptrdiff_t place) {
    return reach[static_cast<std::size_t>(place)];
  }

  static std::ptrdiff_t step(std::vector<std::ptrdiff_t>& reach,
                             std::ptrdiff_t middle,
                             std::ptrdiff_t d,
                             std::ptrdiff_t k) {
    if (d == 0) return 0;
    bool is_down = k == -d || (k != d && at(reach, middle + k - 1) < at(reach, middle + k + 1));
    return is_down ? at(reach, middle + k + 1) : at(reach, middle + k - 1) + 1;
  }

  static std::optional<std::pair<std::ptrdiff_t, std::ptrdiff_t>> bounded(const Box& box,
                                                                          std::ptrdiff_t x,
                                                                          std::ptrdiff_t y) {
    std::ptrdiff_t n = box.a_end - box.a_begin, m = box.b_end - box.b_begin;
    if (x < 0 || y < 0 || x > n || y > m || (x == 0 && y == 0) || (x == n && y == m)) {
      return std::nullopt;
    }
    return std::pair(box.a_begin + x, box.b_begin + y);
  }

  void myers(Box box) {
    std::vector<Box> boxes{box};
    while (!boxes.empty()) {
      Box next = boxes.back();
      boxes.pop_back();
      cut_ends(next);
      if (next.a_begin == next.a_end || next.b_begin == next.b_end) continue;
      auto middle = middle_of(next);
      if (!middle) continue;
      boxes.push_back({next.a_begin, middle->first, next.b_begin, middle->second});
      boxes.push_back({middle->first, next.a_end, middle->second, next.b_end});
    }
  }

  Ids a_, b_;
  std::size_t id_count_ = 0;
  std::vector<bool> a_changed_, b_changed_;
  std::vector<std::ptrdiff_t> forth_, back_;
};

}  // namespace

std::vector<Hunk> diff_lines(const std::vector<std::string_view>& before,
                             const std::vector<std::string_view>& after) {
  // Most edits leave most lines: those at both ends need not be told apart from all others.
  std::size_t head = 0, tail = 0;
  const std::size_t shared_max = std::min(before.size(), after.size());
  while (head < shared_max && before[head] == after[head]) ++head;
  while (tail < shared_max - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  const Lines a = Lines(before).subspan(head, before.size() - head - tail);
  const Lines b = Lines(after).subspan(head, after.size() - head - tail);
  std::vector<Hunk> hunks = LineDiff(a, b).run();
  for (Hunk& hunk : hunks) {
    hunk.before_begin += head, hunk.before_end += head;
    hunk.after_begin += head, hunk.after_end += head;
  }
  return hunks;
}

}  // namespace stet::document
