// What the public site consists of: every output path, and the rendition that is shown there.
//
// A manifest is an immutable value that shares all but O(log n) nodes with the one it was made
// from: a change of k entries costs k. Threads: as PersistentMap.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cms/publish/output_path.h"
#include "storage/base/hash.h"
#include "storage/base/persistent_map.h"

namespace stet::publish {

// One rendition: its bytes lie in the Store under `content`.
struct Page {
  ContentHash content;
  std::uint64_t bytes = 0;
  std::string type;  // the Content-Type header: "text/html; charset=utf-8"
  int status = 200;

  friend bool operator==(const Page&, const Page&) = default;
};

// Fresh: the page is what a build of the live commit gives. Stale: it must be rendered before it is
// shown; the last good page is still known where there was one, for when rendering fails.
class ManifestEntry {
 public:
  static ManifestEntry fresh(Page page) { return ManifestEntry(std::move(page), false); }
  static ManifestEntry stale(std::optional<Page> last_good) {
    return ManifestEntry(std::move(last_good), true);
  }

  bool is_stale() const { return is_stale_; }
  // The page if fresh, else the last good one; null only where stale and never rendered.
  const Page* page() const { return page_ ? &*page_ : nullptr; }

  friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;

 private:
  ManifestEntry(std::optional<Page> page, bool is_stale)
      : page_(std::move(page)), is_stale_(is_stale) {}
  std::optional<Page> page_;
  bool is_stale_;
};

// An output path gets an entry, or, where there is none, is no more.
struct Change {
  OutputPath path;
  std::optional<ManifestEntry> entry;

  friend bool operator==(const Change&, const Change&) = default;
};

class Manifest {
 public:
  using Entries = PersistentMap<OutputPath, ManifestEntry>;

  Manifest() = default;

  std::size_t size() const { return entries_.size(); }
  std::size_t stale_count() const { return stale_count_; }
  // In order of path. find, at, rank_of take a string_view as well as an OutputPath.
  const Entries& entries() const { return entries_; }
  // Null where nothing is published under that path.
  const ManifestEntry* find(std::string_view path) const { return entries_.find(path); }

  [[nodiscard]] Manifest set(OutputPath path, ManifestEntry entry) const;
  [[nodiscard]] Manifest erase(const OutputPath& path) const;
  // Changes in order; of two of one path the later holds.
  [[nodiscard]] Manifest with(std::span<const Change> changes) const;

  // Of all paths and entries, kept up to date by each change at no cost in the manifest's size: the
  // sum of the entries' hashes. Equal manifests have equal fingerprints, however they came about.
  // It finds mistakes of machines and programs; it is not a signature.
  Fingerprint fingerprint() const;

  // Compares entry by entry unless both are the same version or the fingerprints differ.
  friend bool operator==(const Manifest& a, const Manifest& b);

 private:
  struct Sum {
    std::uint64_t high = 0, low = 0;
    void add(const Fingerprint& part);
    void subtract(const Fingerprint& part);
  };
  Manifest with_many(std::span<const Change> changes) const;
  static Manifest from_ascending(std::span<const Change> changes);
  void count_in(const OutputPath& path, const ManifestEntry& entry);
  void count_out(const OutputPath& path, const ManifestEntry& entry);

  Entries entries_;
  std::size_t stale_count_ = 0;
  Sum sum_;
};

// What turns `from` into `to`, in order of path: O(size log size), O(1) if both are the same
// version.
std::vector<Change> changes_between(const Manifest& from, const Manifest& to);

}  // namespace stet::publish
