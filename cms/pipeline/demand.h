// What readers have asked for lately, roughly: enough to say which of many pages comes first.
//
// A count-min sketch of fixed size: a page's count may be too high by what others have, and is
// never too low. All counts are halved each time that kNotesPerHalving requests have been noted, so
// what nobody wants any more is forgotten. Threads: every method from any thread, without a lock;
// counts that race may lose a request.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace stet::pipeline {

class Demand {
 public:
  static constexpr std::uint32_t kNotesPerHalving = 1 << 16;

  // A reader has asked for the page at this output path.
  void note(std::string_view output_path);
  std::uint32_t of(std::string_view output_path) const;

 private:
  static constexpr std::size_t kCells = 4096;  // of a row: 32 kB in all
  using Row = std::array<std::atomic<std::uint32_t>, kCells>;

  void halve();

  Row first_{}, second_{};
  std::atomic<std::uint32_t> notes_{0};
};

}  // namespace stet::pipeline
