#include "cms/document/diff_text.h"

#include <algorithm>

namespace stet::document {
namespace {

constexpr std::size_t kContext = 3;

std::string range_text(std::size_t begin, std::size_t count) {
  std::string text = std::to_string(count == 0 ? begin : begin + 1);
  return count == 1 ? text : text + "," + std::to_string(count);
}

void append_line(std::string& out, char mark, std::string_view line) {
  (out += mark) += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  auto old_lines = split_lines(before), new_lines = split_lines(after);
  auto hunks = diff_lines(old_lines, new_lines);
  std::string out = "--- a/" + std::string(path) + "\n+++ b/" + std::string(path) + "\n";
  for (std::size_t first = 0, last = 0; first < hunks.size(); first = last + 1) {
    last = first;
    while (last + 1 < hunks.size() &&
           hunks[last + 1].before_begin - hunks[last].before_end <= 2 * kContext) {
      ++last;
    }
    std::size_t lead = std::min(kContext, hunks[first].before_begin);
    std::size_t tail = std::min(kContext, old_lines.size() - hunks[last].before_end);
    std::size_t at = hunks[first].before_begin - lead, end = hunks[last].before_end + tail;
    std::size_t new_begin = hunks[first].after_begin - lead;
    std::size_t new_end = hunks[last].after_end + tail;
    out += "@@ -" + range_text(at, end - at) + " +" + range_text(new_begin, new_end - new_begin) +
           " @@\n";
    for (std::size_t i = first; i <= last; ++i) {
      for (; at < hunks[i].before_begin; ++at) append_line(out, ' ', old_lines[at]);
      for (; at < hunks[i].before_end; ++at) append_line(out, '-', old_lines[at]);
      for (std::size_t j = hunks[i].after_begin; j < hunks[i].after_end; ++j) {
        append_line(out, '+', new_lines[j]);
      }
    }
    for (; at < end; ++at) append_line(out, ' ', old_lines[at]);
  }
  return out;
}

}  // namespace stet::document
