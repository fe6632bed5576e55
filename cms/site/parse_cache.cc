#include "cms/site/parse_cache.h"

#include "cms/document/document.h"
#include "cms/site/value_of.h"

namespace stet::site {
namespace {

// All but its body.
std::shared_ptr<ParsedFile> file_of(document::Document parsed, const BlobId& blob) {
  auto file = std::make_shared<ParsedFile>();
  file->blob = blob;
  file->has_front_matter = parsed.has_opening_line;
  file->front_matter = hash_of(*parsed.front_matter.map());
  file->problems = std::move(parsed.problems);
  if (parsed.has_opening_line) file->body_line = parsed.body_line;
  return file;
}

}  // namespace

Result<ParsedFilePtr> ParseCache::parse(const Wanted& wanted) {
  const bool is_lasting = wanted.snapshot.is_lasting() && !wanted.is_of_theme;
  if (ParsedFilePtr known = find(wanted.path); known && known->blob == wanted.blob) {
    bool has_text = known->has_front_matter || !known->body.empty() || !wanted.is_text_wanted;
    bool is_readable = is_lasting || known->body.is_held() || known->body.empty();
    if (has_text && is_readable) return known;
  }
  ParsedFilePtr file = TRY(is_lasting ? parse_lasting(wanted) : parse_held(wanted));
  std::lock_guard lock(mutex_);
  files_[wanted.path] = file;
  return file;
}

Result<ParsedFilePtr> ParseCache::parse_held(const Wanted& wanted) const {
  std::string bytes = TRY(wanted.snapshot.read(wanted.blob));
  document::Document parsed = document::parse_document(bytes, wanted.path);
  const std::size_t offset = parsed.has_opening_line ? parsed.body_offset : 0;
  auto file = file_of(std::move(parsed), wanted.blob);
  if (file->has_front_matter || wanted.is_text_wanted) {
    file->body = Text::held(bytes.substr(offset));
  }
  return ParsedFilePtr(std::move(file));
}

Result<ParsedFilePtr> ParseCache::parse_lasting(const Wanted& wanted) const {
  if (auto record = known_ ? known_->find(wanted.blob) : std::nullopt) {
    if (auto file = decode_parsed(*record, wanted.blob, wanted.path)) return file;
  }
  FileBytes bytes = TRY(texts_->file(wanted.blob, wanted.snapshot, wanted.is_one_of_all));
  document::Document parsed = document::parse_document(*bytes, wanted.path);
  const std::size_t offset = parsed.has_opening_line ? parsed.body_offset : 0;
  auto file = file_of(std::move(parsed), wanted.blob);
  file->body = Text::of_file(*bytes, offset);
  auto record = known_ ? encode_parsed(*file, wanted.path) : std::nullopt;
  if (record) known_->add(wanted.blob, *record);
  return ParsedFilePtr(std::move(file));
}

ParsedFilePtr ParseCache::find(const std::string& path) const {
  std::lock_guard lock(mutex_);
  auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second.lock();
}

}  // namespace stet::site
