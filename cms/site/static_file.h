// A file that is published as it is (lib/jekyll/static_file.rb).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/config.h"
#include "cms/site/item.h"
#include "storage/base/object_id.h"

namespace stet::site {

struct StaticFacts {
  std::string path;
  BlobId blob;
  std::string collection;              // label, "" for none
  std::string shown_path;              // `file.path`: "/a/b.png", but "_recipes/b.png"
  std::string output_path;             // "a/b.png"
  bool is_written = true;              // false: in the lists alone
  liquid::Ref<liquid::Hash> defaults;  // front-matter defaults for its path
  std::int64_t place = 0;              // those of collections come after all others
};

class StaticFile final : public Item {
 public:
  StaticFile(StaticFacts facts, reads::Names& names);

  const std::string& path() const override { return facts_.path; }
  const ListKey& key() const override { return key_; }
  const BlobId& blob() const { return facts_.blob; }
  // Where it is published: its path, or where the collection's permalink leads.
  const std::string& output_path() const { return facts_.output_path; }
  bool is_written() const { return facts_.is_written; }
  const StaticFacts& facts() const { return facts_; }

  liquid::Value get(std::string_view key, liquid::Host& host) const override;
  std::vector<std::string> keys(liquid::Host& host) const override;
  bool has_key(std::string_view key, liquid::Host& host) const override;
  std::optional<liquid::Value> settled(std::string_view key) const override;

 private:
  const StaticFacts facts_;
  const ListKey key_;
};

using StaticFilePtr = liquid::Ref<StaticFile>;

// Names of the fields that differ, whatever the files hold; "url" if they are published elsewhere.
std::vector<std::string> differing_fields(const StaticFile& before, const StaticFile& after);

// The file of that path as the configuration has it; `collection` is its label, "" for none.
StaticFilePtr static_file_of(const std::string& path,
                             const BlobId& blob,
                             const std::string& collection,
                             const Config& config,
                             reads::Names& names);

}  // namespace stet::site
