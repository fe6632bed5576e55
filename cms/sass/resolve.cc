#include "cms/sass/resolve.h"

#include "storage/base/path_text.h"

namespace stet::sass {
namespace {

constexpr std::string_view kExtensions[] = {".scss", ".sass", ".css"};

class Search {
 public:
  Search(Sources& sources, std::set<std::string>& looked_for)
      : sources_(sources), looked_for_(looked_for) {}

  std::vector<std::string> in(const std::string& folder, std::string_view file) {
    found_.clear();
    ask(folder, file);
    ask(folder, "_" + std::string(file));
    for (std::string_view prefix : {"_", ""}) {
      for (std::string_view extension : kExtensions) {
        ask(folder, std::string(prefix) + std::string(file) + std::string(extension));
      }
    }
    if (!found_.empty()) return found_;
    for (std::string_view extension : kExtensions) {
      if (file.ends_with(extension)) return {};
    }
    for (std::string_view index : {"/_index", "/index"}) {
      for (std::string_view extension : kExtensions) {
        ask(folder, std::string(file) + std::string(index) + std::string(extension));
      }
    }
    return found_;
  }

 private:
  void ask(const std::string& folder, std::string_view file) {
    std::string path = folder.empty() ? std::string(file) : folder + "/" + std::string(file);
    looked_for_.insert(path);
    if (sources_.has(path)) found_.push_back(std::move(path));
  }

  Sources& sources_;
  std::set<std::string>& looked_for_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> resolve_import(Sources& sources,
                                        std::string_view folder,
                                        std::string_view name,
                                        const std::vector<std::string>& load_paths,
                                        std::set<std::string>& looked_for) {
  Search search(sources, looked_for);
  std::string_view file = name.substr(name.rfind('/') + 1);
  std::string_view inner = name.substr(0, name.size() - file.size());
  if (file.empty() || name.starts_with('/')) return {};
  std::vector<std::string> places = {std::string(folder)};
  places.insert(places.end(), load_paths.begin(), load_paths.end());
  for (const std::string& place : places) {
    auto below = joined_path(place, inner);
    if (!below) continue;
    auto found = search.in(*below, file);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace stet::sass
