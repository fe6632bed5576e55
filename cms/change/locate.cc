#include "cms/change/locate.h"

#include <algorithm>

#include "cms/document/structured.h"
#include "cms/schedule/event.h"
#include "cms/schedule/schedule_view.h"

namespace stet::change {
namespace {

using site::DocumentKind;

std::string joined(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

std::string trimmed(std::string folder) {
  while (folder.starts_with('/')) folder.erase(0, 1);
  while (folder.ends_with('/')) folder.pop_back();
  return folder;
}

bool is_special(const Resource& resource) {
  return resource.kind == EntryKind::kPost || resource.kind == EntryKind::kDraft;
}

// The folders named `special`, found by stepping from folder to folder, never through their files.
void find_special(const site::Site& site,
                  const std::string& prefix,
                  std::string_view special,
                  std::vector<std::string>& folders) {
  const auto& sources = site.sources();
  for (std::size_t i = sources.rank_of(prefix); i < sources.size();) {
    const std::string& path = sources.at(i).first;
    if (!path.starts_with(prefix)) return;
    std::size_t slash = path.find('/', prefix.size());
    if (slash == std::string::npos) {
      ++i;
      continue;
    }
    std::string folder = path.substr(0, slash);
    bool is_wanted = std::string_view(folder).substr(prefix.size()) == special;
    if (is_wanted) {
      folders.push_back(folder);
    } else {
      find_special(site, folder + "/", special, folders);
    }
    i = sources.rank_of(folder + "0");  // '0' follows '/'
  }
}

bool is_document_of(const site::Document& document,
                    const Resource& resource,
                    std::string_view collection) {
  const site::DocumentFacts& facts = document.facts();
  switch (resource.kind) {
    case EntryKind::kPost: return facts.kind == DocumentKind::kPost && !facts.is_draft;
    case EntryKind::kDraft: return facts.kind == DocumentKind::kPost && facts.is_draft;
    case EntryKind::kPage: return facts.kind == DocumentKind::kPage && facts.subject == facts.path;
    case EntryKind::kSession:
    case EntryKind::kSpeaker:
    case EntryKind::kItem:
      return facts.kind == DocumentKind::kCollection && facts.collection == collection;
    default: return false;
  }
}

struct Found {
  bool is_entry = false;
  site::DocumentPtr document;
};

// A file that should be a document, and is none because of what is wrong with it, is an entry too:
// else nobody could mend it.
Found look(const site::Site& site,
           const Resource& resource,
           std::string_view collection,
           const std::string& path,
           const site::SourceFile& source) {
  if (resource.kind == EntryKind::kFile) {
    return {true, source.documents.empty() ? site::DocumentPtr() : source.documents.front()};
  }
  for (const site::DocumentPtr& document : source.documents) {
    if (is_document_of(*document, resource, collection)) return {true, document};
  }
  bool is_data = resource.kind == EntryKind::kData;
  if (is_data ? !path.starts_with(trimmed(site.config().text("data_dir", "_data")) + "/")
              : !source.documents.empty() || source.problems.empty()) {
    return {};
  }
  auto parsed = RepoPath::parse(path);
  const Resource* own = parsed ? resource_of(site, *parsed) : nullptr;
  bool is_labelled = !resource.has_label() || path.find(collection) != std::string::npos;
  return {own == &resource && is_labelled, {}};
}

void add_matches(const site::Site& site,
                 const Resource& resource,
                 std::string_view collection,
                 const std::string& path_without_extension,
                 std::vector<std::string>& matches) {
  std::string prefix = path_without_extension + ".";
  const auto& sources = site.sources();
  for (std::size_t i = sources.rank_of(prefix); i < sources.size(); ++i) {
    const auto& [path, source] = sources.at(i);
    if (!path.starts_with(prefix)) return;
    if (path.find_first_of("./", prefix.size()) != std::string::npos) continue;
    if (look(site, resource, collection, path, *source).is_entry) matches.push_back(path);
  }
}

// "" where the configuration knows of none.
std::string folder_in(const site::Config& config,
                      const Resource& resource,
                      std::string_view label) {
  if (resource.kind == EntryKind::kData) return trimmed(config.text("data_dir", "_data"));
  std::string above = trimmed(config.text("collections_dir"));
  if (is_special(resource)) return joined(above, resource.folder);
  const site::CollectionConfig* found = config.find_collection(collection_of(resource, label));
  return found ? joined(above, found->folder) : std::string();
}

Error no_such(const Resource& resource, std::string_view name) {
  return not_found("there is no " + std::string(resource.kind_name) + " '" + std::string(name) +
                   "'");
}

Result<RepoPath> single_path(const site::Site& site, const Resource& resource) {
  std::string path = resource.kind == EntryKind::kEvent ? schedule::kEventPath : "_config.yml";
  if (!site.blob_of(path)) return not_found("there is no file '" + path + "'");
  return RepoPath::parse(path);
}

}  // namespace

std::string_view collection_of(const Resource& resource, std::string_view label) {
  switch (resource.kind) {
    case EntryKind::kPost:
    case EntryKind::kDraft: return "posts";
    case EntryKind::kSession: return schedule::kSessions;
    case EntryKind::kSpeaker: return schedule::kSpeakers;
    case EntryKind::kItem: return label;
    default: return "";
  }
}

std::string label_of(const site::Site& site, const Resource& resource, std::string_view path) {
  return label_of(site.config(), resource, path);
}

std::string label_of(const site::Config& config, const Resource& resource, std::string_view path) {
  if (!resource.has_label()) return "";
  std::string_view below = config.below_collections(path);
  for (const site::CollectionConfig& collection : config.collections()) {
    if (below.starts_with(collection.folder + "/")) return collection.label;
  }
  return "";
}

std::vector<std::string> folders_of(const site::Site& site,
                                    const Resource& resource,
                                    const std::string& folder) {
  std::vector<std::string> folders;
  if (!is_special(resource)) return {folder};
  find_special(site, "", resource.folder, folders);
  return folders;
}

bool is_taken(const site::Site& site, std::string_view path) {
  std::string prefix = std::string(path) + ".";
  const auto& sources = site.sources();
  for (std::size_t i = sources.rank_of(prefix); i < sources.size(); ++i) {
    const std::string& other = sources.at(i).first;
    if (!other.starts_with(prefix)) return false;
    if (other.find_first_of("./", prefix.size()) == std::string::npos) return true;
  }
  return false;
}

std::string_view without_extension(std::string_view path) {
  std::size_t name = path.rfind('/') + 1;
  std::size_t dot = path.rfind('.');
  return dot == path.npos || dot <= name ? path : path.substr(0, dot);
}

bool names_format(std::string_view name) {
  return document::is_structured_name(name) && !name.ends_with(".yml") && !name.ends_with(".yaml");
}

std::string_view below_special(std::string_view path, std::string_view special) {
  std::string folder = std::string(special) + "/";
  if (path.starts_with(folder)) return path.substr(folder.size());
  std::size_t at = path.find("/" + folder);
  return at == path.npos ? std::string_view() : path.substr(at + 1 + folder.size());
}

Result<std::string> folder_of(const site::Site& site,
                              const Resource& resource,
                              std::string_view label) {
  const site::Config& config = site.config();
  std::string_view collection = collection_of(resource, label);
  if (resource.kind == EntryKind::kData || is_special(resource)) {
    return folder_in(config, resource, label);
  }
  if (collection.empty() && !resource.has_label()) return std::string();
  const site::CollectionConfig* found = config.find_collection(collection);
  bool is_own = resource.has_label() &&
                (label == "posts" || label == schedule::kSessions || label == schedule::kSpeakers);
  if (!found || is_own) {
    return not_found("there is no collection '" + std::string(collection) +
                     "' that is reached by this path; name it under collections: in _config.yml");
  }
  if (found->is_implied && !site.blob_of(schedule::kEventPath)) {
    return not_found("there is no event yet; make _data/event.yml first (PUT /schedule/event)");
  }
  return folder_in(config, resource, label);
}

Result<RepoPath> find_path(const site::Site& site,
                           const Resource& resource,
                           std::string_view label,
                           std::string_view name,
                           const Sees& sees) {
  if (resource.is_single()) return single_path(site, resource);
  TRY(RepoPath::parse(name));
  std::string folder = TRY(folder_of(site, resource, label));
  std::string_view collection = collection_of(resource, label);
  auto takes = [&](const std::string& path) {
    const site::SourceFile* source = site.find_source(path);
    return source && look(site, resource, collection, path, *source).is_entry &&
           (!sees || sees(path));
  };
  if (takes(std::string(name))) return RepoPath::parse(name);
  if (resource.kind == EntryKind::kFile) {
    // Files that the site has nothing to do with (README.md, .gitignore) are there all the same.
    if (!site.blob_of(name)) return no_such(resource, name);
    return RepoPath::parse(name);
  }
  std::vector<std::string> exact, matches;
  for (const std::string& above : folders_of(site, resource, folder)) {
    std::string path = joined(above, name);
    if (takes(path)) exact.push_back(path);
    add_matches(site, resource, collection, path, matches);
  }
  if (!exact.empty()) matches = std::move(exact);
  if (sees) std::erase_if(matches, [&](const std::string& path) { return !sees(path); });
  if (matches.empty()) return no_such(resource, name);
  if (matches.size() > 1) {
    return conflict("'" + std::string(name) + "' is the name of " + matches[0] + " and of " +
                    matches[1] + "; name one by its whole path");
  }
  return RepoPath::parse(matches.front());
}

std::string name_of(const site::Site& site,
                    const Resource& resource,
                    std::string_view label,
                    std::string_view path) {
  return name_by(site.config(), resource, label, path);
}

std::string name_by(const site::Config& config,
                    const Resource& resource,
                    std::string_view label,
                    std::string_view path) {
  if (resource.is_single()) return "";
  if (resource.kind == EntryKind::kFile) return std::string(path);
  if (is_special(resource)) {
    return std::string(without_extension(below_special(path, resource.folder)));
  }
  std::string folder = folder_in(config, resource, label);
  bool is_below = !folder.empty() && path.starts_with(folder + "/");
  if (is_below) path.remove_prefix(folder.size() + 1);
  // What is no YAML is named with its format.
  bool is_other = resource.kind == EntryKind::kData && names_format(path);
  return std::string(is_other ? path : without_extension(path));
}

std::optional<Listed> listed_at(const site::Site& site,
                                const Resource& resource,
                                std::string_view label,
                                const std::string& path,
                                const site::SourceFile& source) {
  Found found = look(site, resource, collection_of(resource, label), path, source);
  if (!found.is_entry) return std::nullopt;
  return Listed{path, source.blob, std::move(found.document)};
}

Result<std::vector<Listed>> list_entries(const site::Site& site,
                                         const Resource& resource,
                                         std::string_view label) {
  std::vector<Listed> entries;
  std::string_view collection = collection_of(resource, label);
  TRY(folder_of(site, resource, label));
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    Found found = look(site, resource, collection, path, *source);
    if (found.is_entry) entries.push_back({path, source->blob, std::move(found.document)});
  });
  if (resource.kind == EntryKind::kFile || resource.is_structured()) return entries;
  std::stable_sort(entries.begin(), entries.end(), [](const Listed& a, const Listed& b) {
    if (!a.document || !b.document) return bool(a.document) > bool(b.document);
    return a.document->key() < b.document->key();
  });
  return entries;
}

}  // namespace stet::change
