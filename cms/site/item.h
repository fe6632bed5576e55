// What stands in a list of the site: a document or a static file, known to reads by its subject.
#pragma once

#include <optional>
#include <string>
#include <string_view>

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

  // What get() tells whoever asks, and that the field was read is all that get() records; none
  // where it depends on who asks.
  virtual std::optional<liquid::Value> settled(std::string_view) const { return std::nullopt; }

  // Two versions of one file are the same item to templates.
  bool is_same(const liquid::Drop& other) const override {
    const auto* item = dynamic_cast<const Item*>(&other);
    return item && item->subject_ == subject_;
  }

 private:
  const reads::NameId subject_;
};

}  // namespace stet::site
