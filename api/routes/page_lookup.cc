#include "api/routes/page_lookup.h"

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
  auto file = TRY(http::OpenFile::open(store.path_of(page.content).string()));
  return http::ResponseBody(http::FileRange{.file = file, .offset = 0, .size = page.bytes});
}

}  // namespace stet::api
