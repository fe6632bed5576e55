// Pages of a manifest by the paths that readers ask for, and their bytes. Threads: any.
#pragma once

#include "api/http/message.h"
#include "cms/publish/live.h"
#include "cms/publish/resolve.h"
#include "cms/publish/store.h"

namespace stet::api {

// Where nothing lies at the path itself, it may be one below the site's baseurl.
publish::Resolution find_page(const publish::Live& live, std::string_view path);

// Shared with the store's memory, or, beyond kInMemoryBytesMax, the file, to be sent piece by
// piece. kNotFound where the store has lost it, or the file is of another length.
inline constexpr std::uint64_t kInMemoryBytesMax = std::uint64_t{4} << 20;
Result<http::ResponseBody> bytes_of(publish::Store& store, const publish::Page& page);

}  // namespace stet::api
