// What the entries of a site hold, counted by field (cms/schema/tally.h), for all kinds at once.
//
// An immutable value of one site. Made from nothing it costs a look at every file; made from the
// census of another version of the site, what differs between the two and the ranges of some
// hundred files that this lies in (but for another configuration, which may concern every file).
// To look at one kind costs the number of ranges.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schema/field.h"
#include "cms/schema/tally.h"
#include "cms/site/site.h"

namespace stet::change {

class Census {
 public:
  static std::shared_ptr<const Census> build(site::SitePtr site);
  std::shared_ptr<const Census> advance(site::SitePtr site) const;

  const site::SitePtr& site() const { return site_; }
  // By the keys of schemas: "posts", a collection's label.
  schema::Tally tally_of(std::string_view key) const;
  // Of those that have entries, how many.
  std::map<std::string, std::size_t> entries() const;

 private:
  using Tallies = std::map<std::string, schema::Tally, std::less<>>;
  // Of the files from `begin` up to the next range.
  struct Range {
    std::string begin;
    std::shared_ptr<const Tallies> tallies;
  };

  static void count(const site::Site& site,
                    std::size_t begin,
                    std::size_t end,
                    std::vector<Range>& ranges);

  explicit Census(site::SitePtr site) : site_(std::move(site)) {}

  site::SitePtr site_;
  std::vector<Range> ranges_;  // the first begins with ""
};
using CensusPtr = std::shared_ptr<const Census>;

// The newest one, kept. Threads: any; one is made at a time.
class CensusKeeper {
 public:
  CensusPtr of(const site::SitePtr& site);

 private:
  std::mutex mutex_;
  CensusPtr newest_;
};

// A data file as a tally: of the items of a list of maps, or of the values of a map of maps, and
// else of the map that it is.
struct DataTally {
  schema::Shape shape = schema::Shape::kObject;
  schema::Tally tally;
};
DataTally tally_of_data(const liquid::Value& data);

}  // namespace stet::change
