// Short words for the values that the tests of publishing are about.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/publish/manifest.h"
#include "cms/publish/mime.h"

namespace stet::publish {

inline OutputPath path_of(std::string_view text) { return *OutputPath::parse(text); }

inline Page page_of(std::string_view path, std::string_view bytes) {
  return {content_hash(bytes),
          bytes.size(),
          std::string(type_of_extension(path_of(path).extension())),
          200};
}

inline Change set(std::string_view path, std::string_view bytes) {
  return {path_of(path), ManifestEntry::fresh(page_of(path, bytes))};
}
inline Change stale(std::string_view path) {
  return {path_of(path), ManifestEntry::stale(std::nullopt)};
}
inline Change gone(std::string_view path) { return {path_of(path), std::nullopt}; }

inline Manifest manifest_of(const std::vector<Change>& changes) { return Manifest().with(changes); }

}  // namespace stet::publish
