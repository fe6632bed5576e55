// The difference of two texts, as git shows it.
//
// Lines are matched by Myers' algorithm in linear memory after common ends are cut off; where texts
// are so different that this would take long, the answer is still right, only not minimal. Threads:
// pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stet::document {

// Lines with their ends; the last may have none. "" has no lines.
std::vector<std::string_view> split_lines(std::string_view text);

// A run of lines of `before` and what stands in its place in `after`; either may be empty, not
// both.
struct Hunk {
  std::size_t before_begin, before_end;
  std::size_t after_begin, after_end;
  friend bool operator==(const Hunk&, const Hunk&) = default;
};

// In order, never touching one another: between two hunks there are equal lines.
std::vector<Hunk> diff_lines(const std::vector<std::string_view>& before,
                             const std::vector<std::string_view>& after);

// git-style with three lines of context, "--- a/PATH", "+++ b/PATH" and "\ No newline at end of
// file";
// "" where the texts are equal.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace stet::document
