#include "tests/tidy/names.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "tests/tidy/bare_code.h"

namespace stet::tidy {
namespace {

constexpr std::array<std::string_view, 9> kEmptyWords = {
    "util", "utils", "helper", "helpers", "manager", "common", "misc", "impl", "info"};

constexpr std::array<std::string_view, 14> kTopLevel = {"ARCHITECTURE.md",
                                                        "CHANGELOG.md",
                                                        "CMakeLists.txt",
                                                        "CMakePresets.json",
                                                        "LICENSE",
                                                        "README.md",
                                                        "api",
                                                        "cms",
                                                        "dev",
                                                        "editor",
                                                        "storage",
                                                        "templates",
                                                        "tests",
                                                        "openapi.json"};

template <typename Names>
bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word(char c) { return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || c == '_'; }

// "cms/site/UrlHelper_x.h" is url, helper, x, ...: the words of a path or of a CamelCase name.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    const bool is_letter = is_lower(c) || is_upper(c);
    if ((!is_letter || is_upper(c)) && !words.back().empty()) words.emplace_back();
    if (is_letter) words.back() += static_cast<char>(is_upper(c) ? c | 0x20 : c);
  }
  return words;
}

std::string empty_word_in(std::string_view name) {
  for (const std::string& word : words_of(name)) {
    if (has(kEmptyWords, word)) return word;
  }
  return "";
}

std::string message(std::string_view name, const std::string& word) {
  return "\"" + word + "\" in " + std::string(name) + " says nothing; name what it knows or does";
}

// The name that "class X", "struct X", "enum class X" and "namespace x" on this line give.
std::string_view declared_name(std::string_view line) {
  for (const std::string_view keyword : {"class ", "struct ", "namespace ", "enum "}) {
    const std::size_t at = line.find(keyword);
    if (at == line.npos || (at > 0 && is_word(line[at - 1]))) continue;
    const std::size_t begin = at + keyword.size();
    const auto end = std::find_if_not(line.begin() + static_cast<long>(begin), line.end(), is_word);
    return line.substr(begin, static_cast<std::size_t>(end - line.begin()) - begin);
  }
  return {};
}

}  // namespace

Violations check_names(const SourceFile& file) {
  Violations violations;
  if (const std::string word = empty_word_in(file.path); !word.empty()) {
    violations.push_back({file.path, 0, message(file.path, word)});
  }
  if (!file.is_header() && !file.is_source()) return violations;
  const SourceFile bare{file.path, bare_code(file.text)};
  int number = 0;
  for (const std::string_view line : bare.lines()) {
    ++number;
    const std::string_view name = declared_name(line);
    const std::string word = empty_word_in(name);
    if (!word.empty()) violations.push_back({file.path, number, message(name, word)});
  }
  return violations;
}

Violations check_machine_paths(const SourceFile& file, std::string_view root) {
  Violations violations;
  int number = 0;
  for (const std::string_view line : file.lines()) {
    ++number;
    // A root of one name, as "/src", may well be a word of the text.
    const bool names_root = root.find('/', 1) != root.npos && line.find(root) != line.npos;
    const std::size_t home = line.find(
        "/home"
        "/");
    const bool names_home = home != line.npos && (home == 0 || !is_word(line[home - 1]));
    if (names_root || names_home ||
        line.find("/Users"
                  "/") != line.npos) {
      violations.push_back({file.path,
                            number,
                            "names a folder of one developer's machine; write it from the root of "
                            "the project"});
    }
  }
  return violations;
}

Violations check_top_level(const std::vector<std::string>& names) {
  Violations violations;
  for (const std::string& name : names) {
    if (name.starts_with('.') || has(kTopLevel, name)) continue;
    violations.push_back(
        {name, 0, "does not belong at the top; put it into one of the six folders"});
  }
  return violations;
}

}  // namespace stet::tidy
