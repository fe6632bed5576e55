#include "tests/tidy/sizes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/bare_code.h"

namespace stet::tidy {
namespace {

constexpr std::size_t kFileLinesMax = 500;
constexpr std::size_t kTestLinesMax = 800;
constexpr std::size_t kColumnsMax = 100;
constexpr int kFunctionLinesMax = 60;
constexpr int kNestingMax = 4;

enum class Brace { kScope, kFunction, kControl, kBlock, kInitializer };

struct Frame {
  Brace brace;
  int line;
  int table_lines = 0;  // inside of initializers, of those in the frame
  std::string head;     // what stood before an initializer, to go on with after it
};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n\t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \n\t") - begin + 1);
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.starts_with(word) && (text.size() == word.size() || !is_word(text[word.size()]));
}

// The text without what stands in parentheses and brackets.
std::string outside_parentheses(std::string_view text) {
  std::string outside;
  int depth = 0;
  for (const char c : text) {
    if (c == ')' || c == ']') --depth;
    if (depth == 0) outside += c;
    if (c == '(' || c == '[') ++depth;
  }
  return outside;
}

// "[...] {", "[...](...) {", "[...](...) mutable -> T {": the bracket that opens is never behind a
// word.
bool is_lambda(std::string_view head) {
  const std::string bare = outside_parentheses(head);
  const std::size_t bracket = bare.rfind("[]");
  if (bracket == std::string::npos) return false;
  if (bracket > 0 && (is_word(bare[bracket - 1]) || bare[bracket - 1] == ')')) return false;
  std::string_view rest = trimmed(std::string_view(bare).substr(bracket + 2));
  if (rest.starts_with("()")) rest = trimmed(rest.substr(2));
  if (starts_with_word(rest, "mutable")) rest = trimmed(rest.substr(7));
  return rest.empty() || rest.starts_with("->");
}

bool is_control(std::string_view head) {
  constexpr std::array<std::string_view, 5> kWithParentheses = {
      "if", "for", "while", "switch", "catch"};
  std::string_view rest = head;
  if (starts_with_word(rest, "else")) rest = trimmed(rest.substr(4));
  if (rest.empty() || rest == "do" || rest == "try") return !head.empty();
  return std::any_of(kWithParentheses.begin(), kWithParentheses.end(), [&](std::string_view word) {
    return starts_with_word(rest, word);
  });
}

bool is_scope(const std::string& bare) {
  if (has_word(bare, "namespace") || starts_with_word(bare, "extern")) return true;
  const bool is_type = has_word(bare, "class") || has_word(bare, "struct") ||
                       has_word(bare, "union") || has_word(bare, "enum");
  return is_type && bare.find('(') == std::string::npos && bare.find('=') == std::string::npos;
}

// Outside of functions: a function's body, or an initializer, of a variable or of a constructor's
// member.
Brace outside_of_functions(std::string_view head, const std::string& bare) {
  if (is_scope(bare)) return Brace::kScope;
  std::string signs = bare;
  if (const std::size_t at = signs.find("operator"); at != std::string::npos) {
    signs.erase(at, signs.find('(', at) - at);  // operator== has no initializer
  }
  if (signs.find('=') != std::string::npos || signs.find('(') == std::string::npos) {
    return is_lambda(head) ? Brace::kFunction : Brace::kInitializer;
  }
  const std::size_t members = signs.find(") :");
  const bool is_constructor = members != std::string::npos;
  const char last = head.empty() ? ' ' : head.back();
  if (is_constructor && (is_word(last) || last == '>')) return Brace::kInitializer;
  return Brace::kFunction;
}

Brace inside_of_functions(std::string_view head, const std::string& bare) {
  if (is_lambda(head)) return Brace::kBlock;
  // `for (int x : {` and `f({` go on behind their lists; `if (a) {` is complete.
  if (std::count(head.begin(), head.end(), '(') > std::count(head.begin(), head.end(), ')')) {
    return Brace::kInitializer;
  }
  if (is_control(head)) return Brace::kControl;
  if (head.empty() || head.ends_with(':')) return Brace::kBlock;
  return is_scope(bare) ? Brace::kScope : Brace::kInitializer;
}

class Measurer {
 public:
  explicit Measurer(const SourceFile& file) : file_(file), code_(bare_code(file.text)) {}

  Violations measure() {
    for (const char c : code_) {
      switch (c) {
        case '{': open(); break;
        case '}': close(); break;
        case ';':
          if (open_parentheses() <= 0) {
            head_.clear();
          } else {
            head_ += c;
          }
          break;
        default: head_ += c;
      }
      if (c == '\n') ++line_;
    }
    return std::move(violations_);
  }

 private:
  long open_parentheses() const {
    return std::count(head_.begin(), head_.end(), '(') -
           std::count(head_.begin(), head_.end(), ')');
  }

  bool is_inside_function() const {
    for (const Frame& frame : std::views::reverse(frames_)) {
      if (frame.brace == Brace::kScope) return false;
      if (frame.brace != Brace::kInitializer) return true;
    }
    return false;
  }

  void open() {
    std::string_view head = trimmed(head_);
    // An access specifier stands before the first member that follows it.
    for (const std::string_view access : {"public:", "protected:", "private:"}) {
      if (head.starts_with(access)) head = trimmed(head.substr(access.size()));
    }
    const std::string bare = outside_parentheses(head);
    const Brace brace =
        is_inside_function() ? inside_of_functions(head, bare) : outside_of_functions(head, bare);
    const bool goes_on = brace == Brace::kInitializer || open_parentheses() > 0;
    frames_.push_back({.brace = brace, .line = line_, .head = goes_on ? head_ : ""});
    head_.clear();
    if (brace == Brace::kControl) check_nesting();
  }

  void check_nesting() {
    int depth = 0;
    for (const Frame& frame : std::views::reverse(frames_)) {
      if (frame.brace == Brace::kFunction || frame.brace == Brace::kScope) break;
      depth += frame.brace == Brace::kControl ? 1 : 0;
    }
    if (depth == kNestingMax + 1) {
      add(line_,
          "nested " + std::to_string(depth) + " deep, at most " + std::to_string(kNestingMax) +
              "; return early, or name the inner part");
    }
  }

  void close() {
    if (frames_.empty()) return;
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    const int between = std::max(0, line_ - frame.line - 1);
    if (frame.brace == Brace::kFunction) {
      const int lines = line_ - frame.line + 1 - frame.table_lines;
      if (lines > kFunctionLinesMax) {
        add(frame.line,
            "the function has " + std::to_string(lines) + " lines, at most " +
                std::to_string(kFunctionLinesMax) + "; name its parts");
      }
    } else if (!frames_.empty()) {
      frames_.back().table_lines +=
          frame.brace == Brace::kInitializer ? between : frame.table_lines;
    }
    head_ = frame.head;
  }

  void add(int line, std::string message) {
    violations_.push_back({file_.path, line, std::move(message)});
  }

  const SourceFile& file_;
  std::string code_;
  std::string head_;
  std::vector<Frame> frames_;
  int line_ = 1;
  Violations violations_;
};

std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

Violations check_sizes(const SourceFile& file) {
  if (!file.is_header() && !file.is_source()) return {};
  Violations violations = Measurer(file).measure();
  const std::vector<std::string_view> lines = file.lines();
  const std::size_t lines_max = file.is_test() ? kTestLinesMax : kFileLinesMax;
  if (lines.size() > lines_max) {
    violations.push_back({file.path,
                          0,
                          std::to_string(lines.size()) + " lines, at most " +
                              std::to_string(lines_max) + "; part it by what it knows"});
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (columns(lines[i]) > kColumnsMax) {
      violations.push_back({file.path,
                            static_cast<int>(i) + 1,
                            std::to_string(columns(lines[i])) + " columns, at most 100; break it"});
    }
  }
  return violations;
}

}  // namespace stet::tidy
