// What a plugin does to a site's documents: changes them as they are read, and makes documents that
// follow from others: a paginator's pages, archives, redirects, feeds of tags.
//
// What it makes is kept in groups, and a group is asked for again only when something that it
// follows from has been touched; so an advance costs what changed. A generator belongs to one
// configuration. Threads: const methods from any thread.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cms/site/document.h"

namespace stet::site {

class Site;
struct Touched;

using Group = std::shared_ptr<const std::vector<DocumentPtr>>;  // null: none

class Generator {
 public:
  virtual ~Generator() = default;

  using ReadBody = std::function<Result<ReadText>(const ParsedFile&)>;

  // Changes what is known of a file's document as it is read. An error: its body cannot be.
  virtual Status adjust(DocumentFacts&, const ReadBody&) const { return {}; }
  // Further lists that the document stands in; asked whenever one comes or goes.
  virtual std::vector<std::string> lists_of(const Document&) const { return {}; }
  // The groups that may be others after this; `is_first`: the site is made from nothing.
  virtual std::set<std::string> groups_of(const Touched& touched, bool is_first) const = 0;
  // The group's documents as the site is now; `before` itself if they are those that it had until
  // now, else with those of them that are still right as they are.
  virtual Group make(const std::string& group, const Site& site, const Group& before) const = 0;
};

using GeneratorPtr = std::shared_ptr<const Generator>;
using Generators = std::vector<GeneratorPtr>;

// Pages of generators come after all others in `site.pages`, and of two with the same output the
// later one is shown: by `place` (1 and more), then `order`.
ListKey generated_key(std::int64_t place, const std::string& order);

}  // namespace stet::site
