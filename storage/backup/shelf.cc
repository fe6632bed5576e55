#include "storage/backup/shelf.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>
#include <tuple>

#include "storage/base/durable_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

const Shelved* find(const Shelf& shelf, const std::string& digest) {
  auto it = std::find_if(shelf.archives.begin(), shelf.archives.end(), [&](const Shelved& one) {
    return one.digest == digest;
  });
  return it == shelf.archives.end() ? nullptr : &*it;
}

bool is_older(const Shelved& a, const Shelved& b) {
  return std::tie(a.manifest.taken, a.path) < std::tie(b.manifest.taken, b.path);
}

}  // namespace

Result<Shelf> read_shelf(const fs::path& folder) {
  Shelf shelf;
  std::error_code failure;
  for (const auto& file : fs::directory_iterator(folder, failure)) {
    if (file.path().extension() != ".tar" || file.path().filename().native().starts_with('.')) {
      continue;
    }
    auto archive = Archive::open(file.path());
    if (!archive) {
      shelf.notes.push_back(archive.error().message);
      continue;
    }
    const Manifest& manifest = archive->manifest();
    shelf.archives.push_back({file.path(), manifest, digest_of(manifest)});
  }
  if (failure) {
    errno = failure.value();
    return error_of_errno("read", folder);
  }
  std::sort(shelf.archives.begin(), shelf.archives.end(), is_older);
  return shelf;
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

Result<Chain> newest_chain(const Shelf& shelf) {
  std::set<std::string> needed;  // by something newer, whatever their clocks say
  for (const Shelved& one : shelf.archives) needed.insert(one.manifest.previous);
  for (auto one = shelf.archives.rbegin(); one != shelf.archives.rend(); ++one) {
    if (needed.contains(one->digest)) continue;
    auto chain = chain_of(shelf, *one);
    if (chain) return chain;
  }
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
