// A file that is published as it is (lib/jekyll/static_file.rb).
#pragma once

#include <string>

#include "cms/site/item.h"
#include "storage/base/object_id.h"

namespace stet::site {

class StaticFile final : public Item {
 public:
  // `label` is the collection's, "" for none; `defaults` are front-matter defaults for its path.
  StaticFile(std::string path,
             BlobId blob,
             std::string label,
             liquid::Ref<liquid::Hash> defaults,
             reads::Names& names);

  const std::string& path() const override { return path_; }
  const ListKey& key() const override { return key_; }
  const BlobId& blob() const { return blob_; }
  // Where it is published: its path, a collection's folder without the underscore.
  const std::string& output_path() const { return output_path_; }

  liquid::Value get(std::string_view key, liquid::Host& host) const override;
  std::vector<std::string> keys(liquid::Host& host) const override;
  bool has_key(std::string_view key, liquid::Host& host) const override;

 private:
  const std::string path_;
  const ListKey key_;
  const BlobId blob_;
  const std::string label_;
  const liquid::Ref<liquid::Hash> defaults_;
  std::string output_path_;
};

using StaticFilePtr = liquid::Ref<StaticFile>;

}  // namespace stet::site
