#include "api/program/themes.h"

#include <algorithm>
#include <charconv>

#include "storage/snapshot/folder_snapshot.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr char kDebianGems[] = "/usr/share/rubygems-integration/all/gems";
constexpr std::size_t kFilesMax = 20'000;

// {2, 5, 1} of "2.5.1"; empty for what is no version.
std::vector<int> version_of(std::string_view text) {
  std::vector<int> numbers;
  while (!text.empty()) {
    int number = 0;
    auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc()) return {};
    numbers.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with('.')) text.remove_prefix(1);
  }
  return numbers;
}

}  // namespace

fs::path newest_gem(const fs::path& folder, const std::string& name) {
  std::error_code failure;
  fs::path newest;
  std::vector<int> best;
  for (auto it = fs::directory_iterator(folder, failure);
       !failure && it != fs::directory_iterator();
       it.increment(failure)) {
    std::string own = it->path().filename().string();
    if (!own.starts_with(name + "-")) continue;
    std::vector<int> version = version_of(std::string_view(own).substr(name.size() + 1));
    if (version.empty() || !(best < version)) continue;
    best = std::move(version);
    newest = it->path();
  }
  return newest;
}

site::FindTheme themes_in(std::vector<std::string> folders) {
  folders.emplace_back(kDebianGems);
  return [folders = std::move(folders)](const std::string& name) -> Result<storage::SnapshotPtr> {
    storage::FolderOptions options;
    options.files_max = kFilesMax;
    std::error_code failure;
    for (const fs::path folder : folders) {
      fs::path place = folder / name;
      if (!fs::is_directory(place, failure)) place = newest_gem(folder, name);
      if (!place.empty()) return storage::open_folder_snapshot(place, options);
    }
    return storage::SnapshotPtr();
  };
}

}  // namespace stet::program
