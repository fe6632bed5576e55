#include "storage/snapshot/blob_id.h"

#include "storage/git/handles.h"

namespace stet::storage {

BlobId blob_id_of(std::string_view bytes) { return hash_object<BlobId>(GIT_OBJECT_BLOB, bytes); }

}  // namespace stet::storage
