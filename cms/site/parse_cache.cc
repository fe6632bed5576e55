#include "cms/site/parse_cache.h"

#include "cms/document/document.h"
#include "cms/site/value_of.h"

namespace stet::site {

Result<ParsedFilePtr> ParseCache::parse(const std::string& path,
                                        const BlobId& blob,
                                        const storage::Snapshot& snapshot,
                                        bool is_text_wanted) {
  ParsedFilePtr known = find(path);
  bool has_text = known && (known->has_front_matter || !known->body.empty());
  if (known && known->blob == blob && (has_text || !is_text_wanted)) return known;
  std::string bytes = TRY(snapshot.read(blob));
  document::Document parsed = document::parse_document(bytes, path);
  auto file = std::make_shared<ParsedFile>();
  file->blob = blob;
  file->has_front_matter = parsed.has_opening_line;
  file->front_matter = hash_of(*parsed.front_matter.map());
  file->problems = std::move(parsed.problems);
  if (parsed.has_opening_line) {
    file->body = std::string(parsed.body(bytes));
    file->body_line = parsed.body_line;
  } else if (is_text_wanted) {
    file->body = std::move(bytes);
  }
  std::lock_guard lock(mutex_);
  files_[path] = file;
  return ParsedFilePtr(file);
}

ParsedFilePtr ParseCache::find(const std::string& path) const {
  std::lock_guard lock(mutex_);
  auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second.lock();
}

}  // namespace stet::site
