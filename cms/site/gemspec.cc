#include "cms/site/gemspec.h"

#include <algorithm>

namespace stet::site {
namespace {

// The closing mark of Ruby's %q; the same mark for other characters.
char closing(char open) {
  switch (open) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    case '<': return '>';
    default: return open;
  }
}

// Ruby's literal strings in the text, in order, up to a comment: "a", 'b', %q<c>, %q(d).
std::vector<std::string> literals_of(std::string_view text) {
  std::vector<std::string> literals;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '#') break;
    std::size_t begin = 0;
    if (text[at] == '"' || text[at] == '\'') begin = at + 1;
    bool is_quoted_otherwise =
        text[at] == '%' && at + 2 < text.size() && (text[at + 1] == 'q' || text[at + 1] == 'Q');
    if (is_quoted_otherwise) begin = at + 3;
    if (begin == 0) continue;
    std::size_t end = std::min(text.find(closing(text[begin - 1]), begin), text.size());
    literals.emplace_back(text.substr(begin, end - begin));
    at = end;
  }
  return literals;
}

void add_dependency(std::vector<std::string> literals, Gemspec& gemspec) {
  if (literals.empty()) return;
  GemDependency added{std::move(literals[0]), {}};
  bool is_known = std::any_of(gemspec.dependencies.begin(),
                              gemspec.dependencies.end(),
                              [&](const GemDependency& known) { return known.name == added.name; });
  if (is_known) return;
  added.requirements.assign(literals.begin() + 1, literals.end());
  gemspec.dependencies.push_back(std::move(added));
}

// What stands behind the dot of "  spec.version = ..."; "" for other lines.
std::string_view statement_of(std::string_view line) {
  std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  line.remove_prefix(begin);
  std::size_t dot = line.find('.');
  bool is_of_spec = dot != line.npos && line.find_first_of(" \t=(\"'#%") > dot;
  return is_of_spec ? line.substr(dot + 1) : std::string_view();
}

void read_statement(std::string_view statement, Gemspec& gemspec) {
  std::size_t end =
      std::min(statement.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), statement.size());
  std::string_view name = statement.substr(0, end);
  std::vector<std::string> literals = literals_of(statement.substr(end));
  if (name == "add_runtime_dependency" || name == "add_dependency") {
    add_dependency(std::move(literals), gemspec);
    return;
  }
  if (literals.empty()) return;
  if (name == "version") gemspec.version = literals[0];
  if (name == "summary") gemspec.summary = literals[0];
  if (name == "description") gemspec.description = literals[0];
  if (name == "author" || name == "authors") gemspec.authors = std::move(literals);
  if (name != "metadata") return;
  for (std::size_t i = 0; i + 1 < literals.size(); i += 2) {
    gemspec.metadata.emplace_back(literals[i], literals[i + 1]);
  }
}

bool is_word(std::string_view line, std::string_view word) {
  std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  return line.substr(begin) == word;
}

}  // namespace

Gemspec read_gemspec(std::string_view text) {
  Gemspec gemspec;
  bool is_for_old_rubygems = false;  // the other branch of what an installed gemspec asks first
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (is_word(line, "else")) is_for_old_rubygems = true;
    if (is_word(line, "end")) is_for_old_rubygems = false;
    std::string_view statement = statement_of(line);
    if (!statement.empty() && !is_for_old_rubygems) read_statement(statement, gemspec);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return gemspec;
}

}  // namespace stet::site
