// A content into the repository before a commit names it, a piece at a time: however large, it is
// never in memory.
//
// It becomes a loose object, as git itself writes one, and durable; a change set then names it as
// `stored` (change_set.h), and the committer's queue does not wait for its bytes. What no commit
// comes to name, git's collection takes away after two weeks. Threads: any. kUnavailable: the disk
// is full.
#pragma once

#include "storage/base/byte_source.h"
#include "storage/base/object_id.h"
#include "storage/git/repository.h"

namespace stet::storage {

Result<BlobId> write_blob(const Repository& repository, const ByteSource& content);

// What it would be called, without writing it. Collisions that somebody has made are not noticed
// here; they are when it is written.
Result<BlobId> blob_id_of(const ByteSource& content);

// How many bytes a content has, without reading them. kNotFound: there is none.
Result<std::uint64_t> blob_size(const Repository& repository, const BlobId& blob);

}  // namespace stet::storage
