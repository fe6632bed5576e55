#include "api/program/roff.h"

#include <algorithm>

namespace stet::program {
namespace {

// What a character is written as; "": as itself. Typed dashes and quotes are to stay typeable.
std::string_view escape_of(char c) {
  switch (c) {
    case '\\': return "\\e";
    case '-': return "\\-";
    case '\'': return "\\(aq";
    case '`': return "\\(ga";
    case '^': return "\\(ha";
    case '~': return "\\(ti";
    default: return "";
  }
}

std::string escaped(std::string_view line) {
  std::string text = line.starts_with('.') ? "\\&" : "";
  for (char c : line) {
    std::string_view escape = escape_of(c);
    if (escape.empty()) {
      text += c;
    } else {
      text += escape;
    }
  }
  return text;
}

std::string with_bold_words(std::string_view line) {
  std::string text;
  while (!line.empty()) {
    const std::size_t begin = line.find('`');
    const std::size_t end = begin == line.npos ? begin : line.find('`', begin + 1);
    text += escaped(line.substr(0, end == line.npos ? line.size() : begin));
    if (end == line.npos) break;
    text += "\\fB" + escaped(line.substr(begin + 1, end - begin - 1)) + "\\fR";
    line.remove_prefix(end + 1);
  }
  return text;
}

template <typename Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    visit(line);
  }
}

}  // namespace

std::string roff(std::string_view text) {
  std::string written;
  each_line(text, [&](std::string_view line) {
    written += (written.empty() ? "" : "\n") + escaped(line);
  });
  return written;
}

std::string roff_paragraphs(std::string_view text) {
  std::string written;
  bool is_example = false;
  each_line(text, [&](std::string_view line) {
    const bool is_indented = line.starts_with("  ");
    if (is_indented != is_example && !line.empty()) {
      written += is_indented ? ".PP\n.EX\n" : ".EE\n.PP\n";
      is_example = is_indented;
    }
    if (line.empty()) {
      // man(7) wants no blank lines; in an example they are what they are.
      if (!is_example && !written.empty()) written += ".PP\n";
    } else {
      written += (is_example ? escaped(line) : with_bold_words(line)) + "\n";
    }
  });
  return written + (is_example ? ".EE\n" : "");
}

}  // namespace stet::program
