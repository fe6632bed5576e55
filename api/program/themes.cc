#include "api/program/themes.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "storage/snapshot/folder_snapshot.h"
#include "storage/snapshot/overlay_snapshot.h"

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

// An installed gem's gemspec lies in `specifications`, beside the folder of gems.
storage::SnapshotPtr with_gemspec(storage::SnapshotPtr files,
                                  const fs::path& place,
                                  const std::string& name) {
  fs::path gemspec = place.parent_path().parent_path() / "specifications" /
                     (place.filename().string() + ".gemspec");
  std::ifstream file(gemspec, std::ios::binary);
  auto path = RepoPath::parse(name + ".gemspec");
  if (!file || !path || place.parent_path().filename() != "gems") return files;
  std::string text(std::istreambuf_iterator<char>(file), {});
  return storage::make_overlay_snapshot(std::move(files), {{*path, std::move(text)}});
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
      if (place.empty()) continue;
      return with_gemspec(TRY(storage::open_folder_snapshot(place, options)), place, name);
    }
    return storage::SnapshotPtr();
  };
}

}  // namespace stet::program
