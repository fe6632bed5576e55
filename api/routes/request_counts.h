// How many requests each origin has answered, by the first digit of the status; and of the admin
// origin how many each route has, and how long they took. Threads: any.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stet::api {

using StatusCounts = std::array<std::atomic<std::uint64_t>, 5>;  // 1xx to 5xx

inline void note_status(StatusCounts& counts, int status) {
  if (status >= 100 && status < 600) counts[static_cast<std::size_t>(status / 100 - 1)]++;
}

struct RouteCounts {
  // Upper ends of the histogram's buckets, in microseconds.
  static constexpr std::array<std::int64_t, 8> kBoundsUs = {
      1'000, 5'000, 20'000, 100'000, 500'000, 2'000'000, 10'000'000, 60'000'000};

  StatusCounts statuses{};
  std::array<std::atomic<std::uint64_t>, kBoundsUs.size() + 1> took{};  // each in one bucket
  std::atomic<std::uint64_t> took_us{0};
};

class RequestCounts {
 public:
  RequestCounts();

  struct Origin {
    StatusCounts statuses{};
    std::atomic<std::uint64_t> turned_away{0};   // connections, at the door
    std::atomic<std::uint64_t> slow_readers{0};  // who took nothing of an answer until it was cut
    // Answers that say that a limit was met.
    std::array<std::atomic<std::uint64_t>, 8> limits{};
  };
  static constexpr std::array<int, 8> kLimitStatuses = {408, 413, 414, 417, 429, 431, 503, 507};

  Origin public_site, admin_site;
  std::atomic<std::uint64_t> commits{0}, commit_ns{0};  // that the API has made

  static void note(Origin& origin, int status);

  // A request of the admin origin; `target` as it was sent.
  void note_route(std::string_view method,
                  std::string_view target,
                  int status,
                  std::int64_t took_us);
  // Those that are no operation of the API are called by what they are: "git", "editor".
  struct Named {
    std::string_view name;
    const RouteCounts& counts;
  };
  std::vector<Named> routes() const;

 private:
  std::vector<RouteCounts> routes_;  // of the route table, then of the others
};

}  // namespace stet::api
