// What stands in a list of the site: a document or a static file, known to reads by its subject.
#pragma once

#include <string>

#include "cms/liquid/drop.h"
#include "cms/reads/reads.h"
#include "cms/site/list_key.h"

namespace stet::site {

class Item : public liquid::Drop {
 public:
  explicit Item(reads::NameId subject) : subject_(subject) {}

  reads::NameId subject() const { return subject_; }
  virtual const std::string& path() const = 0;  // in the repository
  virtual const ListKey& key() const = 0;       // its place in the lists that hold it

  // Two versions of one file are the same item to templates.
  bool is_same(const liquid::Drop& other) const override {
    const auto* item = dynamic_cast<const Item*>(&other);
    return item && item->subject_ == subject_;
  }

 private:
  const reads::NameId subject_;
};

}  // namespace stet::site
