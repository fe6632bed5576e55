#include "api/routes/media_facts.h"

#include "storage/base/repo_path.h"
#include "storage/commit/blob_writer.h"

namespace stet::api {
namespace {

constexpr std::uint64_t kReadBytesMax = std::uint64_t{64} << 20;

void look_at(const ByteSource& content, MediaFacts& facts) {
  facts.type = image::type_of_content(content);
  if (!facts.type) {
    facts.broken = "it is none of the types that its name may stand for";
    return;
  }
  auto picture = image::size_of(content, facts.type->format);
  if (picture) facts.picture = *picture;
  if (!picture) facts.broken = picture.error().message;
}

// What LFS keeps is read in parts, so it may be large.
void look_at_lfs(const MediaPlace& place, bool is_picture, MediaFacts& facts) {
  facts.size = facts.lfs->size;
  auto content = place.files->open(*facts.lfs);
  facts.is_missing = !content && content.error().code == ErrorCode::kNotFound;
  if (!content) facts.broken = content.error().message;
  if (content && is_picture) look_at(**content, facts);
}

Result<MediaFacts> facts_of(const MediaPlace& place, const std::string& path, const BlobId& blob) {
  MediaFacts facts;
  facts.size = TRY(storage::blob_size(place.repository, blob));
  auto parsed = RepoPath::parse(path);
  facts.type = parsed ? image::type_of_extension(parsed->extension()) : nullptr;
  const bool is_picture = facts.type && facts.type->is_image();
  const bool may_be_pointer = place.files && facts.size <= storage::kLfsPointerBytesMax;
  if (!may_be_pointer && (!is_picture || facts.size > kReadBytesMax)) return facts;
  std::string bytes = TRY(place.site.read_path(path));
  if (may_be_pointer) facts.lfs = storage::parse_lfs_pointer(bytes);
  if (facts.lfs) {
    look_at_lfs(place, is_picture, facts);
  } else if (is_picture) {
    look_at(MemorySource(bytes), facts);
  }
  return facts;
}

}  // namespace

Result<MediaFactsPtr> media_facts_of(MediaFactsCache& cache,
                                     const MediaPlace& place,
                                     const std::string& path) {
  auto blob = place.site.blob_of(path);
  if (!blob) return not_found("there is no file '" + path + "'");
  if (MediaFactsPtr known = cache.find(*blob)) return known;
  auto facts = std::make_shared<const MediaFacts>(TRY(facts_of(place, path, *blob)));
  // What is not here may come any time.
  if (facts->is_missing) return facts;
  return cache.put(*blob, facts, sizeof *facts + facts->broken.size());
}

}  // namespace stet::api
