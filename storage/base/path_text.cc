#include "storage/base/path_text.h"

#include <algorithm>

namespace stet {

std::string_view parent_folder(std::string_view path) {
  std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::optional<std::string> joined_path(std::string_view folder, std::string_view relative) {
  std::string path(folder);
  while (path.ends_with('/')) path.pop_back();
  for (std::size_t begin = 0; begin < relative.size();) {
    std::size_t end = std::min(relative.find('/', begin), relative.size());
    std::string_view part = relative.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      path += (path.empty() ? "" : "/") + std::string(part);
    } else if (path.empty()) {
      return std::nullopt;
    } else {
      path = parent_folder(path);
    }
  }
  return path;
}

}  // namespace stet
