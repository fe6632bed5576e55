#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace stet::tidy {
namespace {

namespace fs = std::filesystem;

// Of .gitignore, and of git itself.
constexpr std::array<std::string_view, 4> kIgnored = {".git", "build", "_site", "node_modules"};
// Folders of tests with data in them, not code.
constexpr std::array<std::string_view, 4> kData = {"corpus", "golden", "cases", "sites"};

template <typename Names>
bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool is_left_out(const fs::path& relative) {
  const std::string name = relative.filename().string();
  if (has(kIgnored, name) || relative == "templates") return true;
  return is_in(relative.string(), "tests") && has(kData, name);
}

}  // namespace

std::vector<std::string_view> SourceFile::lines() const {
  std::vector<std::string_view> lines;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

std::string_view SourceFile::folder() const {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string_view() : std::string_view(path).substr(0, slash);
}

std::string_view SourceFile::name() const {
  return std::string_view(path).substr(path.rfind('/') + 1);
}

bool SourceFile::is_header() const { return path.ends_with(".h"); }
bool SourceFile::is_source() const { return path.ends_with(".cc"); }
bool SourceFile::is_test() const { return is_in(path, "tests"); }

std::string to_string(const Violations& violations) {
  std::string text;
  for (const Violation& violation : violations) {
    text += violation.path + ":";
    if (violation.line > 0) text += std::to_string(violation.line) + ":";
    text += " " + violation.message + "\n";
  }
  return text;
}

std::vector<SourceFile> read_tree(const std::string& root) {
  std::vector<SourceFile> files;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    const fs::path relative = entry->path().lexically_relative(root);
    if (is_left_out(relative)) {
      if (entry->is_directory()) entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      files.push_back({relative.string(), read_file(entry->path())});
    }
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) {
    return a.path < b.path;
  });
  return files;
}

std::vector<std::string> top_level(const std::string& root) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(root)) {
    const std::string name = entry.path().filename().string();
    if (!has(kIgnored, name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool is_in(std::string_view path, std::string_view folder) {
  return path == folder ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace stet::tidy
