// A file of media as the API shows it. Threads: any.
#pragma once

#include <string>

#include "api/routes/call.h"
#include "cms/media/references.h"

namespace stet::api {

// path, name, self, content, url, etag, type, size, width, height, ... of a file of the site.
Result<Json> media_json(const Call& call, const site::Site& site, const std::string& path);

// Of a content that is about to be there.
struct StoredMedia;
Json stored_media_json(const site::Site& site, const StoredMedia& stored);

// Those that the picture has, in the answer of one file.
Json variants_json(const Call& call, const site::Site& site, const std::string& path);

Json uses_json(const std::vector<media::Use>& uses);

// "/api/v1/media/assets/x.jpg", percent-encoded.
std::string media_url(std::string_view path);
std::string media_content_url(std::string_view path);

// Where the file is published, from the public root, percent-encoded.
std::string public_media_url(std::string_view output_path);

}  // namespace stet::api
