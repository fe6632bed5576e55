#include "api/micropub/address.h"

#include "api/http/url.h"
#include "api/routes/media_json.h"
#include "api/routes/route.h"
#include "cms/change/entry.h"
#include "cms/change/locate.h"

namespace stet::micropub {
namespace {

using change::EntryKind;
using change::Resource;

// "/x/" of "https://host/x/?a#b"; none: it is no address.
std::optional<std::string> path_in(std::string_view url) {
  std::size_t scheme = url.find("://");
  if (scheme != url.npos) {
    std::size_t slash = url.find('/', scheme + 3);
    url = slash == url.npos ? "/" : url.substr(slash);
  }
  url = url.substr(0, url.find_first_of("?#"));
  if (!url.starts_with('/')) return std::nullopt;
  return http::percent_decode(url);
}

const Resource* post_resource(const site::Site& site, const RepoPath& path) {
  const Resource* resource = change::resource_of(site, path);
  bool is_one =
      resource && (resource->kind == EntryKind::kPost || resource->kind == EntryKind::kDraft);
  return is_one ? resource : nullptr;
}

std::optional<Found> found_at(const site::Site& site, const std::string& file) {
  auto path = RepoPath::parse(file);
  const Resource* resource = path ? post_resource(site, *path) : nullptr;
  if (!resource) return std::nullopt;
  return Found{resource, *path};
}

std::optional<Found> find_by_name(const site::Site& site, std::string_view path) {
  for (EntryKind kind : {EntryKind::kPost, EntryKind::kDraft}) {
    const Resource& resource = change::resource_of(kind);
    std::string root = std::string(api::kApiRoot) + "/" + std::string(resource.name) + "/";
    if (!path.starts_with(root)) continue;
    auto file = change::find_path(site, resource, "", path.substr(root.size()));
    if (file) return Found{&resource, *file};
  }
  return std::nullopt;
}

// Also of those that are hidden.
std::optional<Found> find_by_page(const site::Site& site, const std::string& path) {
  std::string output = path.substr(1);
  if (output.empty() || output.ends_with('/')) output += "index.html";
  for (const std::string& one : {output, output + ".html", output + "/index.html"}) {
    const site::Output* page = site.find_output(one);
    if (!page || page->is_static) continue;
    if (auto found = found_at(site, page->item->path())) return found;
  }
  std::optional<Found> found;
  site.sources().for_each([&](const std::string& file, const site::SourceFilePtr& source) {
    for (const site::DocumentPtr& document : source->documents) {
      if (found || document->facts().kind != site::DocumentKind::kPost) continue;
      auto url = http::percent_decode(document->facts().url);
      if (url && (*url == path || *url == path + "/")) found = found_at(site, file);
    }
  });
  return found;
}

}  // namespace

std::optional<Found> find_post(const site::Site& site, std::string_view url) {
  auto path = path_in(url);
  if (!path) return std::nullopt;
  if (path->starts_with(api::kApiRoot)) return find_by_name(site, *path);
  if (auto found = find_by_page(site, *path)) return found;
  std::string base = site.config().text("baseurl");
  if (base.empty() || !path->starts_with(base + "/")) return std::nullopt;
  return find_by_page(site, path->substr(base.size()));
}

std::string address_of(const site::Site& site,
                       const RepoPath& path,
                       const std::string& api_origin) {
  const Resource* resource = post_resource(site, path);
  if (!resource) resource = &change::resource_of(EntryKind::kPost);
  auto entry = change::read_entry(site, *resource, "", path);
  if (entry && entry->url) {
    return site.config().text("url", api_origin) + site.config().text("baseurl") + *entry->url;
  }
  return api_origin +
         api::entry_url(*resource, "", change::name_of(site, *resource, "", path.view()));
}

std::string media_address(const site::Site& site, const RepoPath& path) {
  const site::SourceFile* source = site.find_source(path.view());
  std::string output =
      source && source->static_file ? source->static_file->output_path() : path.string();
  return site.config().text("url") + site.config().text("baseurl") + api::public_media_url(output);
}

}  // namespace stet::micropub
