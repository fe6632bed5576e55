#include "api/routes/page_lookup.h"

#include <filesystem>
#include <system_error>

namespace stet::api {

using publish::Resolution;

Resolution find_page(const publish::Live& live, std::string_view path) {
  Resolution found = publish::resolve(live.manifest, path);
  if (found.kind != Resolution::Kind::kNone) return found;
  const std::string& base = live.baseurl;
  if (base.empty() || !path.starts_with(base)) return found;
  std::string_view inside = path.substr(base.size());
  if (inside.empty()) {
    found.kind = Resolution::Kind::kRedirect;
    found.location = base + "/";
  } else if (inside.starts_with('/')) {
    found = publish::resolve(live.manifest, inside);
    if (found.kind == Resolution::Kind::kRedirect) found.location.insert(0, base);
  }
  return found;
}

Result<http::ResponseBody> bytes_of(publish::Store& store, const publish::Page& page) {
  if (page.bytes <= kInMemoryBytesMax) return http::ResponseBody(TRY(store.get(page.content)));
  // It is not read whole to be looked at, but what a power cut leaves is short.
  const std::filesystem::path path = store.path_of(page.content);
  std::error_code failure;
  if (std::filesystem::file_size(path, failure) != page.bytes) {
    return not_found("'" + path.string() + "' is missing or spoilt");
  }
  auto file = TRY(http::OpenFile::open(path.string()));
  return http::ResponseBody(http::FileRange{.file = file, .offset = 0, .size = page.bytes});
}

}  // namespace stet::api
