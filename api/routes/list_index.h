// A list of entries in its order, ready to be cut into pages; and those lists that are remembered.
//
// An index is an immutable value of one site. Made from nothing it costs a look at every file and a
// sort; made from the index of another version of the site it costs what differs between the two
// (but for another configuration, which may concern every file). A page costs log n and its rows.
//
// Each row's key is the bytes of its sort values and then its path: so no two rows are equal, and a
// place in the list can be named though the row itself has gone.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "api/routes/list_filter.h"
#include "cms/change/resource.h"
#include "cms/schedule/session_filter.h"
#include "cms/site/site.h"
#include "storage/base/persistent_map.h"

namespace stet::api {

struct SortField {
  std::string name;
  bool is_descending = false;
};

// What a list is of.
struct ListSpec {
  const change::Resource* resource = nullptr;  // never null
  std::string label;
  std::vector<Filter> filters;  // all must pass
  // Of sessions, and what their times are read by; null: there is no event.
  schedule::SessionFilter sessions = {};
  std::shared_ptr<const schedule::Event> event = nullptr;
  std::string event_version = {};  // the event's blob
  std::vector<SortField> sort;
  bool is_public = false;           // those alone that the site shows
  std::vector<std::string> hidden;  // fields that are as if they were not there
  std::string scope;                // "", or the commit, where that is not what is live

  // The same of specs that give the same list of the same site.
  std::string canonical() const;
};

class ListIndex {
 public:
  struct Row {
    site::SourceFilePtr source;
    std::uint32_t path_begin = 0;  // in the key
  };
  using Rows = PersistentMap<std::string, Row>;

  static std::shared_ptr<const ListIndex> build(site::SitePtr site, const ListSpec& spec);
  std::shared_ptr<const ListIndex> advance(site::SitePtr site, const ListSpec& spec) const;

  const Rows& rows() const { return rows_; }
  const site::SitePtr& site() const { return site_; }
  std::size_t bytes() const { return bytes_; }  // of memory, about
  static std::string path_of(const std::string& key, const Row& row) {
    return key.substr(row.path_begin);
  }

 private:
  ListIndex(site::SitePtr site, Rows rows, std::size_t bytes)
      : site_(std::move(site)), rows_(std::move(rows)), bytes_(bytes) {}

  site::SitePtr site_;
  Rows rows_;
  std::size_t bytes_ = 0;
};
using ListIndexPtr = std::shared_ptr<const ListIndex>;

// Threads: any; one index is made from nothing at a time, and none waits for that whose index can
// be advanced. Limits: kIndexesMax and bytes_max together, and what nobody asked for since
// kSitesMax sites goes, for it holds on to an old one.
class ListIndexes {
 public:
  static constexpr std::size_t kIndexesMax = 64;
  static constexpr std::size_t kBytesMax = std::size_t{128} << 20;
  static constexpr std::uint64_t kSitesMax = 16;

  explicit ListIndexes(std::size_t bytes_max = kBytesMax) : bytes_max_(bytes_max) {}

  // Null where it would have to be made, somebody else is making one or waits to, and the caller is
  // not `patient`.
  ListIndexPtr find_or_make(const site::SitePtr& site, const ListSpec& spec, bool is_patient);

  std::uint64_t made() const;  // from nothing, and
  std::uint64_t advanced() const;

 private:
  struct Entry {
    std::string key;
    ListIndexPtr index;
    std::uint64_t turn = 0;
  };

  ListIndexPtr find(const std::string& key);
  void put(const std::string& key, ListIndexPtr index);
  void drop_last(std::list<Entry>& dropped);

  const std::size_t bytes_max_;
  std::mutex making_;
  std::atomic<int> waiting_ = 0;          // for making_
  std::array<std::mutex, 16> advancing_;  // by key: what differs is looked at once
  mutable std::mutex mutex_;              // of what follows
  std::list<Entry> entries_;              // the last used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
  site::SitePtr newest_;
  std::uint64_t turn_ = 0;  // counts sites
  std::uint64_t made_ = 0, advanced_ = 0;
};

}  // namespace stet::api
