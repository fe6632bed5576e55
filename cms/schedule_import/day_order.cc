#include "cms/schedule_import/day_order.h"

#include <algorithm>
#include <limits>

namespace stet::schedule_import {
namespace {

constexpr int kBackward = 4, kOverlap = 1, kLongGap = 1, kGapMinutes = 3 * 60;
constexpr int kMarginMin = 2;
constexpr int kNever = std::numeric_limits<int>::max() / 4;

int price_of_step(const Reading& above, const Reading& below) {
  int end = above.end < 0 ? above.start : above.end;
  if (below.start < above.start) return kBackward;
  if (below.start == above.start || below.start == end) return 0;
  if (below.start < end) return kOverlap;
  return below.start - end > kGapMinutes && above.end >= 0 ? kLongGap : 0;
}

using Prices = std::vector<std::vector<int>>;  // by entry and reading
using Choices = std::vector<std::vector<Reading>>;

// What the cheapest way to each reading costs, the reading included.
Prices prices_from_above(const Choices& choices) {
  Prices prices(choices.size());
  for (std::size_t i = 0; i < choices.size(); ++i) {
    for (const Reading& reading : choices[i]) {
      int best = i == 0 ? 0 : kNever;
      for (std::size_t k = 0; i > 0 && k < choices[i - 1].size(); ++k) {
        best = std::min(best, prices[i - 1][k] + price_of_step(choices[i - 1][k], reading));
      }
      prices[i].push_back(best + reading.price);
    }
  }
  return prices;
}

// What the cheapest way on from each reading costs, without it.
Prices prices_from_below(const Choices& choices) {
  Prices prices(choices.size());
  for (std::size_t i = choices.size(); i-- > 0;) {
    for (const Reading& reading : choices[i]) {
      int best = i + 1 == choices.size() ? 0 : kNever;
      for (std::size_t k = 0; i + 1 < choices.size() && k < choices[i + 1].size(); ++k) {
        const Reading& next = choices[i + 1][k];
        best = std::min(best, prices[i + 1][k] + next.price + price_of_step(reading, next));
      }
      prices[i].push_back(best);
    }
  }
  return prices;
}

bool is_said_by_itself(const std::vector<Reading>& choices, const Reading& chosen) {
  if (chosen.price > 0) return false;
  return std::none_of(choices.begin(), choices.end(), [&](const Reading& reading) {
    return reading.price < kMarginMin && !(reading == chosen);
  });
}

}  // namespace

std::vector<SettledTime> settle_day(const std::vector<ClockRange>& ranges, bool are_of_24_hours) {
  Choices choices;
  for (const ClockRange& range : ranges) choices.push_back(readings_of(range, are_of_24_hours));
  const Prices above = prices_from_above(choices), below = prices_from_below(choices);
  std::vector<SettledTime> settled;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    std::size_t best = 0, second = 0;
    int best_price = kNever, second_price = kNever;
    for (std::size_t k = 0; k < choices[i].size(); ++k) {
      int price = above[i][k] + below[i][k];
      if (price < best_price) {
        second = best;
        second_price = best_price;
        best = k;
        best_price = price;
      } else if (price < second_price) {
        second = k;
        second_price = price;
      }
    }
    SettledTime time;
    time.reading = choices[i][best];
    time.other = second_price == kNever ? time.reading : choices[i][second];
    time.is_settled = second_price - best_price >= kMarginMin;
    time.needed_a_rule = !is_said_by_itself(choices[i], time.reading);
    settled.push_back(time);
  }
  return settled;
}

}  // namespace stet::schedule_import
