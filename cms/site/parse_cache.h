// Files parsed once: the same text of the same path is shared by all sites that are alive.
//
// Threads: parse() from any thread; two that want the same text at once may both parse it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "cms/site/document.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site {

class ParseCache {
 public:
  // Of a file without front matter the text is kept only where it `is_text_wanted`: a post
  // needs none, nor does what a plugin makes a page.
  Result<ParsedFilePtr> parse(const std::string& path,
                              const BlobId& blob,
                              const storage::Snapshot& snapshot,
                              bool is_text_wanted);

 private:
  ParsedFilePtr find(const std::string& path) const;

  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::weak_ptr<const ParsedFile>> files_;
};

}  // namespace stet::site
