// Files parsed once: the same text of the same path is shared by all sites that are alive.
//
// What a file came to is also asked of, and told to, who keeps it for the next process; then the
// file is not read at all. Threads: parse() from any thread; two that want the same text at once
// may both parse it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "cms/site/parsed_file.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site {

class ParseCache {
 public:
  // `known` may be null.
  ParseCache(std::shared_ptr<Texts> texts, std::shared_ptr<KnownFiles> known)
      : texts_(std::move(texts)), known_(std::move(known)) {}

  struct Wanted {
    const std::string& path;
    const BlobId& blob;
    const storage::Snapshot& snapshot;
    // Of a file without front matter the text is held only where it is wanted: a post needs none,
    // nor does what a plugin makes a page.
    bool is_text_wanted = false;
    bool is_of_theme = false;    // which no site's snapshot has: its text is held
    bool is_one_of_all = false;  // the whole site is read
  };
  Result<ParsedFilePtr> parse(const Wanted& wanted);

  Texts& texts() const { return *texts_; }

 private:
  ParsedFilePtr find(const std::string& path) const;
  Result<ParsedFilePtr> parse_held(const Wanted& wanted) const;
  Result<ParsedFilePtr> parse_lasting(const Wanted& wanted) const;

  const std::shared_ptr<Texts> texts_;
  const std::shared_ptr<KnownFiles> known_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::weak_ptr<const ParsedFile>> files_;
};

}  // namespace stet::site
