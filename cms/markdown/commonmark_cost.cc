#include "cms/markdown/commonmark_cost.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace stet::markdown {
namespace {

// What one of these costs is told in steps of some nanoseconds; the limits are what was measured to
// take about a second.
enum Shape : std::size_t { kNested, kQuotes, kBrackets, kTags, kMails, kHosts, kCells, kCopies };

struct Limit {
  std::uint64_t steps_max;
  std::string_view what;
};

constexpr std::array<Limit, 8> kLimits = {{
    {50'000'000, "lists and quotes nest too deeply for so many lines"},
    {1'000'000'000, "there are too many quotation marks without a blank line between"},
    {500'000'000, "there are too many brackets without a blank line between"},
    {1'500'000'000, "there is too much that begins like an HTML tag without a blank line between"},
    {10'000'000'000, "there are too many @ without a blank line between"},
    {200'000'000, "there are too many addresses without a blank between"},
    {500'000, "a table has too many rows for its number of columns"},
    {20'000'000, "too many links have the long address or title of this definition"},
}};

struct Line {
  std::string_view text;
  std::size_t number = 1;
};

// Lines between two blank ones: the most that a paragraph, or a table, can be.
struct Run {
  std::size_t first_line = 0;
  std::uint64_t bytes = 0, lines = 0, quotes = 0, brackets = 0, tags = 0, mails = 0;
  std::uint64_t word_hosts = 0, word_bytes = 0;
  std::uint64_t columns = 0;
  std::uint64_t definition_bytes = 0;  // since the last line that may define a link; 0: none
};

class Costs {
 public:
  explicit Costs(const CommonmarkOptions& options) : options_(options) {}

  void add(const Line& line) {
    const std::string_view content = content_of(line);
    steps_[kNested] += depth_;
    check(kNested, line.number);
    if (content.empty()) {
      end_run();
      return;
    }
    if (run_.lines == 0) run_.first_line = line.number;
    ++run_.lines;
    run_.bytes += line.text.size() + 1;
    if (content.front() == '[' && content.find("]:") != content.npos) {
      end_definition();
      definition_line_ = line.number;
      run_.definition_bytes = 1;
    }
    if (run_.definition_bytes > 0) run_.definition_bytes += content.size();
    if (options_.has_tables) run_.columns = std::max(run_.columns, columns_of(content));
    count(line.text);
  }

  std::optional<Problem> finish() {
    end_run();
    steps_[kCopies] = longest_definition_ * brackets_;
    check(kCopies, longest_line_);
    return std::move(problem_);
  }

 private:
  void check(Shape shape, std::size_t line) {
    const Limit& limit = kLimits[shape];
    std::uint64_t steps_max = limit.steps_max;
    if (shape == kCells) steps_max += bytes_;
    if (problem_ || steps_[shape] <= steps_max) return;
    problem_ = {Severity::kError,
                "",
                static_cast<int>(line),
                1,
                "this text is not rendered: " + std::string(limit.what) +
                    "; part it with blank lines, or into several pages"};
  }

  // The line without what may open lists, quotes and footnotes; these are counted.
  std::string_view content_of(const Line& line) {
    std::string_view rest = line.text;
    std::uint64_t markers = 0, columns = 0;
    while (!rest.empty()) {
      if (rest[0] == ' ' || rest[0] == '\t') {
        columns += rest[0] == '\t' ? 4 : 1;
        rest.remove_prefix(1);
      } else if (const std::size_t marker = marker_size(rest); marker > 0) {
        ++markers;
        rest.remove_prefix(marker);
      } else {
        break;
      }
    }
    depth_ = std::max(depth_, markers + columns / 2);
    if (line.text.find_first_not_of(" \t") == line.text.npos) return {};
    return rest.empty() ? line.text : rest;
  }

  std::size_t marker_size(std::string_view text) const {
    const auto is_end = [&](std::size_t at) {
      return at >= text.size() || text[at] == ' ' || text[at] == '\t';
    };
    const char c = text[0];
    if (c == '>') return 1;
    if (c == '-' || c == '+' || c == '*') return is_end(1) ? 1 : 0;
    if (c >= '0' && c <= '9') {
      const std::size_t dot = text.find_first_not_of("0123456789");
      const bool is_marker = dot != text.npos && (text[dot] == '.' || text[dot] == ')');
      return is_marker && is_end(dot + 1) ? dot + 1 : 0;
    }
    if (!options_.has_footnotes || !text.starts_with("[^")) return 0;
    const std::size_t close = text.find(']');
    return close != text.npos && text.substr(close).starts_with("]:") ? close + 2 : 0;
  }

  // Of a line that may say how a table's columns are aligned; 0: it is none.
  static std::uint64_t columns_of(std::string_view text) {
    if (text.find_first_not_of("|:- \t\v\f\r") != text.npos) return 0;
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '|')) + 1;
  }

  void count(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      const char next = i + 1 < text.size() ? text[i + 1] : '\n';
      ++run_.word_bytes;
      switch (c) {
        case '"':
        case '\'': ++run_.quotes; break;
        case '[':
        case ']': ++run_.brackets; break;
        case '<': run_.tags += options_.has_liberal_tags || next == '?' || next == '!'; break;
        case '@': ++run_.mails; break;
        case ':': run_.word_hosts += next == '/'; break;
        case 'w':
        case 'W': run_.word_hosts += next == '.'; break;
        case ' ':
        case '\t': end_word(); break;
        default: break;
      }
    }
    end_word();
  }

  void end_word() {
    if (options_.has_autolinks) steps_[kHosts] += run_.word_hosts * run_.word_bytes;
    run_.word_hosts = run_.word_bytes = 0;
  }

  void end_definition() {
    if (run_.definition_bytes > longest_definition_) {
      longest_definition_ = run_.definition_bytes;
      longest_line_ = definition_line_;
    }
    run_.definition_bytes = 0;
  }

  void end_run() {
    if (run_.lines == 0) return;
    end_definition();
    bytes_ += run_.bytes;
    brackets_ += run_.brackets;
    if (options_.is_smart) steps_[kQuotes] += run_.quotes * run_.quotes;
    steps_[kBrackets] += run_.brackets * run_.brackets / 4;
    steps_[kTags] += run_.tags * run_.bytes;
    if (options_.has_autolinks) steps_[kMails] += run_.mails * run_.bytes;
    steps_[kCells] += run_.columns * run_.lines;
    for (const Shape shape : {kQuotes, kBrackets, kTags, kMails, kHosts, kCells}) {
      check(shape, run_.first_line);
    }
    run_ = {};
  }

  const CommonmarkOptions& options_;
  std::array<std::uint64_t, kLimits.size()> steps_ = {};
  Run run_;
  std::uint64_t bytes_ = 0, brackets_ = 0, depth_ = 0, longest_definition_ = 0;
  std::size_t longest_line_ = 0, definition_line_ = 0;
  std::optional<Problem> problem_;
};

}  // namespace

std::optional<Problem> too_costly(std::string_view markdown, const CommonmarkOptions& options) {
  Costs costs(options);
  Line line;
  for (std::size_t at = 0; at < markdown.size(); ++line.number) {
    const std::size_t end = std::min(markdown.find_first_of("\r\n", at), markdown.size());
    line.text = markdown.substr(at, end - at);
    costs.add(line);
    at = end + (markdown.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return costs.finish();
}

}  // namespace stet::markdown
