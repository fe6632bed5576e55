// Where the files of a site name its media: an index of all names in all texts.
//
// Made from nothing it costs a look at every text of the site; made from the index of another
// version it costs the texts that differ. To ask where one file is named costs those texts that
// have a file's name like it. What templates put together out of parts ("{{ folder }}/{{ photo }}")
// is found where the last part is written out whole, as a use by name. An immutable value of one
// site; threads: any.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/site.h"
#include "storage/base/persistent_map.h"

namespace stet::media {

struct Use {
  std::string path;  // the file that names it
  int line = 0, column = 0;
  std::string text;       // as it stands there: "../a.jpg"
  bool is_sure = true;    // false: by its last part alone
  std::size_t begin = 0;  // of the text in the file, in bytes
  friend bool operator==(const Use&, const Use&) = default;
};

class References {
 public:
  static std::shared_ptr<const References> build(site::SitePtr site);
  std::shared_ptr<const References> advance(site::SitePtr site) const;

  const site::SitePtr& site() const { return site_; }

  // In order of path and place. At most `uses_max`.
  Result<std::vector<Use>> uses_of(std::string_view path, std::size_t uses_max) const;
  // Where a file of media is named that is nowhere: it was deleted, or never was. In order of path
  // and place, at most `names_max`; of names with a folder alone, for another may be put together
  // with one. Found once for each site: it costs a look at all names, and the texts that have such.
  Result<std::vector<Use>> dead_names(std::size_t names_max) const;
  // In how many files; without reading one, so where a file has an odd name it may be too many.
  std::size_t count_of(std::string_view path) const;

 private:
  // By the name's last part, the holder's path, and the name, parted by '\n'.
  using Names = PersistentMap<std::string, bool>;
  using Holders = PersistentMap<std::string, std::shared_ptr<const std::vector<std::string>>>;

  explicit References(site::SitePtr site) : site_(std::move(site)) {}
  void remove(const std::string& holder);
  void add(const std::string& holder);
  // visit(holder, name) of each name that means the file.
  template <typename Visit>
  void for_each_holder(std::string_view path, Visit visit) const;
  template <typename Visit>
  void for_each_name(std::string_view path,
                     const std::string& output,
                     const std::string& last,
                     Visit visit) const;

  site::SitePtr site_;
  Names names_;
  Holders holders_;  // the keys that each has

  mutable std::mutex mutex_;  // of what follows
  mutable std::shared_ptr<const std::vector<Use>> dead_;
};
using ReferencesPtr = std::shared_ptr<const References>;

// Those of the sites that were asked for last, the live one and changes: each is made of the one
// before it. Threads: any; one is made at a time.
class RecentReferences {
 public:
  static constexpr std::size_t kSitesMax = 3;

  ReferencesPtr of(const site::SitePtr& site);

 private:
  std::mutex mutex_;
  std::vector<ReferencesPtr> recent_;  // the newest last
};

// The holder's page, for names that are relative to it; "": it has none.
std::string page_of(const site::Site& site, std::string_view holder);

}  // namespace stet::media
