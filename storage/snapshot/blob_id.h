// The name that git gives to a content.
#pragma once

#include <string_view>

#include "storage/base/object_id.h"

namespace stet::storage {

// SHA-1 of "blob <size>\0" and the bytes: what `git hash-object` says.
BlobId blob_id_of(std::string_view bytes);

}  // namespace stet::storage
