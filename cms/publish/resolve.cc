#include "cms/publish/resolve.h"

namespace stet::publish {
namespace {

using Kind = Resolution::Kind;

// In the order in which `jekyll serve` asks for them.
constexpr std::string_view kIndexes[] = {
    "index.htm", "index.html", "index.xht", "index.xhtml", "index.xml", "index.json"};
constexpr std::string_view kExtensions[] = {".html", ".xhtml"};

Resolution page_at(const Manifest& manifest, std::string_view path) {
  const auto& entries = manifest.entries();
  std::size_t rank = entries.rank_of(path);
  if (rank >= entries.size() || entries.at(rank).first != path) return {};
  const auto& [found, entry] = entries.at(rank);
  return {Kind::kPage, &found, &entry, {}};
}

// `folder` is "" or ends with a slash.
Resolution index_of(const Manifest& manifest, std::string_view folder) {
  for (std::string_view name : kIndexes) {
    Resolution found = page_at(manifest, std::string(folder).append(name));
    if (found.kind == Kind::kPage) return found;
  }
  return {};
}

}  // namespace

Resolution resolve(const Manifest& manifest, std::string_view url_path) {
  if (!url_path.starts_with('/')) return {};
  std::string path(url_path.substr(1));
  if (path.empty() || path.ends_with('/')) return index_of(manifest, path);
  if (Resolution exact = page_at(manifest, path); exact.kind == Kind::kPage) return exact;
  if (index_of(manifest, path + "/").kind == Kind::kPage) {
    return {Kind::kRedirect, nullptr, nullptr, "/" + encode_url_path(path) + "/"};
  }
  for (std::string_view extension : kExtensions) {
    Resolution found = page_at(manifest, path + std::string(extension));
    if (found.kind == Kind::kPage) return found;
  }
  return {};
}

}  // namespace stet::publish
