#include "tests/tidy/build_lists.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace stet::tidy {
namespace {

constexpr std::string_view kListName = "CMakeLists.txt";

using Words = std::set<std::string, std::less<>>;

// The words of a CMakeLists.txt without its comments.
Words words_of(const SourceFile& list) {
  Words words;
  for (std::string_view line : list.lines()) {
    line = line.substr(0, std::min(line.find('#'), line.size()));
    while (!line.empty()) {
      const std::size_t end = std::min(line.find_first_of(" \t()\""), line.size());
      if (end > 0) words.emplace(line.substr(0, end));
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }
  return words;
}

class Lists {
 public:
  explicit Lists(const std::vector<SourceFile>& tree) {
    for (const SourceFile& file : tree) {
      if (file.name() == kListName) words_.emplace(file.folder(), words_of(file));
    }
  }

  // Whether the list of a folder above `path`, or of its own, names it by its path from there.
  bool name_it(std::string_view path) const {
    std::size_t slash = path.rfind('/');
    while (true) {
      const bool is_root = slash == path.npos;
      const std::string_view folder = is_root ? std::string_view() : path.substr(0, slash);
      const std::string_view rest = is_root ? path : path.substr(slash + 1);
      const auto list = words_.find(folder);
      if (list != words_.end() && list->second.contains(rest)) return true;
      if (is_root) return false;
      slash = slash == 0 ? path.npos : path.rfind('/', slash - 1);
    }
  }

 private:
  std::map<std::string, Words, std::less<>> words_;
};

// The headers of a program are nobody else's, and in no library's list.
bool is_to_be_listed(const SourceFile& file) {
  const bool is_ours = is_in(file.path, "storage") || is_in(file.path, "cms") ||
                       is_in(file.path, "api") || file.is_test();
  return is_ours && (file.is_source() ||
                     (file.is_header() && !file.is_test() && !is_in(file.path, "api/program")));
}

}  // namespace

Violations check_build_lists(const std::vector<SourceFile>& tree) {
  const Lists lists(tree);
  Violations violations;
  for (const SourceFile& file : tree) {
    if (is_to_be_listed(file) && !lists.name_it(file.path)) {
      violations.push_back({file.path, 0, "stands in no CMakeLists.txt: it is not built; list it"});
    }
    if (file.name() != kListName) continue;
    if (!file.folder().empty() && !lists.name_it(file.folder())) {
      violations.push_back(
          {file.path, 0, "is reached from no other; write add_subdirectory() above it"});
    }
    if (file.text.find("file(GLOB") != std::string::npos) {
      violations.push_back({file.path, 0, "globs; list the sources"});
    }
  }
  return violations;
}

}  // namespace stet::tidy
