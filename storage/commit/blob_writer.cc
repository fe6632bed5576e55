#include "storage/commit/blob_writer.h"

#include "storage/base/sha1.h"
#include "storage/git/objects.h"

namespace stet::storage {
namespace {

using StreamHandle = Handle<git_odb_stream, git_odb_stream_free>;

}  // namespace

Result<BlobId> write_blob(const Repository& repository, const ByteSource& content) {
  auto lease = TRY(repository.objects().lease());
  auto stream = TRY(make<StreamHandle>(
      "store a content", git_odb_open_wstream, lease.odb(), content.size(), GIT_OBJECT_BLOB));
  TRY(for_each_piece(content, [&](std::string_view piece) {
    return call("store a content", git_odb_stream_write, stream.get(), piece.data(), piece.size());
  }));
  git_oid oid{};
  TRY(call("store a content", git_odb_stream_finalize_write, &oid, stream.get()));
  return from_git<BlobId>(oid);
}

Result<BlobId> blob_id_of(const ByteSource& content) {
  Sha1 hash;
  std::string head = "blob " + std::to_string(content.size());
  hash.add(std::string_view(head.c_str(), head.size() + 1));
  TRY(for_each_piece(content, [&](std::string_view piece) {
    hash.add(piece);
    return Status();
  }));
  return BlobId(hash.finish().bytes);
}

Result<std::uint64_t> blob_size(const Repository& repository, const BlobId& blob) {
  return repository.objects().blob_size(blob);
}

}  // namespace stet::storage
