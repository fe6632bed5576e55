#include "storage/backup/shelf.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>

#include "storage/base/durable_file.h"
#include "storage/base/time.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

const Shelved* find(const Shelf& shelf, const std::string& digest) {
  auto it = std::find_if(shelf.archives.begin(), shelf.archives.end(), [&](const Shelved& one) {
    return one.digest == digest;
  });
  return it == shelf.archives.end() ? nullptr : &*it;
}

// "stet-20260301T020000Z"
std::string stem_of(Instant taken) {
  std::string stamp = iso_instant(taken);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return "stet-" + stamp;
}

constexpr std::string_view kStemShape = "stet-00000000T000000Z";
constexpr std::string_view kDigits = "0123456789";

bool is_digit(char c) { return kDigits.find(c) != kDigits.npos; }

}  // namespace

std::string shelf_name(Instant taken, bool is_full, int serial) {
  return stem_of(taken) + (serial > 0 ? "." + std::to_string(serial) : "") +
         (is_full ? "-full.tar" : "-more.tar");
}

bool is_shelf_name(std::string_view name) {
  if (name.size() < kStemShape.size()) return false;
  for (std::size_t i = 0; i < kStemShape.size(); ++i) {
    if (kStemShape[i] == '0' ? !is_digit(name[i]) : name[i] != kStemShape[i]) return false;
  }
  name.remove_prefix(kStemShape.size());
  if (name.starts_with('.')) {
    const std::size_t end = name.find_first_not_of(kDigits, 1);
    if (end == 1 || end == name.npos) return false;
    name.remove_prefix(end);
  }
  return name == "-full.tar" || name == "-more.tar";
}

bool is_later_name(std::string_view shelf_name, Instant taken) {
  return shelf_name.substr(0, kStemShape.size()) >= stem_of(taken);
}

Result<Shelf> read_shelf(const fs::path& folder, ShelfNames names) {
  Shelf shelf;
  std::error_code failure;
  auto it = fs::directory_iterator(folder, failure);
  for (; !failure && it != fs::directory_iterator(); it.increment(failure)) {
    const fs::path path = it->path();
    const std::string name = path.filename();
    bool is_one = names == ShelfNames::kOwn ? is_shelf_name(name)
                                            : name.ends_with(".tar") && !name.starts_with('.');
    if (!is_one) continue;
    auto archive = Archive::open(path);
    if (!archive) {
      shelf.unread.push_back({path, archive.error().message});
      continue;
    }
    const Manifest& manifest = archive->manifest();
    shelf.archives.push_back({path, manifest, digest_of(manifest)});
  }
  if (failure) {
    errno = failure.value();
    return error_of_errno("read", folder);
  }
  std::sort(shelf.archives.begin(), shelf.archives.end(), is_older);
  return shelf;
}

bool is_older(const Shelved& a, const Shelved& b) {
  return std::tie(a.manifest.taken, a.path) < std::tie(b.manifest.taken, b.path);
}

std::string root_of(const Shelf& shelf, const Shelved& one) {
  const Shelved* root = &one;
  while (!root->manifest.is_full()) {
    const Shelved* previous = find(shelf, root->manifest.previous);
    if (!previous) return root->manifest.previous;
    root = previous;
  }
  return root->digest;
}

Result<Chain> chain_of(const Shelf& shelf, const Shelved& newest) {
  Chain chain = {newest};
  while (!chain.back().manifest.is_full()) {
    const Shelved* previous = find(shelf, chain.back().manifest.previous);
    if (!previous) {
      return not_found("'" + chain.back().path.string() +
                       "' goes on from a backup that is not beside it; put that there");
    }
    chain.push_back(*previous);
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

bool is_last(const Shelf& shelf, const Shelved& one) {
  return std::none_of(shelf.archives.begin(), shelf.archives.end(), [&](const Shelved& other) {
    return other.manifest.previous == one.digest;
  });
}

Result<Chain> newest_chain(const Shelf& shelf, Instant latest) {
  std::optional<Chain> ahead;
  for (auto one = shelf.archives.rbegin(); one != shelf.archives.rend(); ++one) {
    // What something goes on from is older than that, whatever their clocks say.
    if (!is_last(shelf, *one)) continue;
    auto chain = chain_of(shelf, *one);
    if (chain && !(latest < one->manifest.taken)) return chain;
    if (chain && !ahead) ahead = *std::move(chain);
  }
  if (ahead) return *std::move(ahead);
  return not_found("there is no backup that is whole");
}

std::vector<fs::path> beyond(const Shelf& shelf, std::size_t keep, const std::string& spared) {
  std::vector<std::string> full;  // the oldest first
  std::vector<Chain> chains;      // to each archive that has one, the longest first
  std::set<std::string> kept;     // whole ones
  for (const Shelved& one : shelf.archives) {
    if (one.manifest.is_full()) full.push_back(one.digest);
    auto chain = chain_of(shelf, one);
    if (!chain) continue;
    if (one.digest == spared) kept.insert(chain->front().digest);
    chains.push_back(std::move(*chain));
  }
  kept.insert(full.end() - static_cast<long>(std::min(keep, full.size())), full.end());
  std::stable_sort(chains.begin(), chains.end(), [](const Chain& a, const Chain& b) {
    return a.size() > b.size();
  });
  std::vector<fs::path> gone;
  for (const Chain& chain : chains) {
    if (!kept.contains(chain.front().digest)) gone.push_back(chain.back().path);
  }
  return gone;
}

Result<Descriptor> lock_folder(const fs::path& folder) {
  Descriptor lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock) return error_of_errno("open", folder);
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  return conflict("another backup is being made in '" + folder.string() + "'");
}

}  // namespace stet::storage
