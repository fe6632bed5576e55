// The kinds of things that the API reads and writes, and where in the repository each lies.
//
// An entry's name is its path below its resource's folder without the extension:
// "2020/10/2020-10-11-x" for _posts/2020/10/2020-10-11-x.md. Posts and drafts of any folder's
// _posts and _drafts are named by the path below that; pages and files by their path in the
// repository, files with their extension. Where a name fits several files, the whole path, or the
// name with its extension, tells them apart. Threads: pure functions of an immutable site.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/role.h"
#include "cms/site/site.h"
#include "storage/base/object_id.h"
#include "storage/base/repo_path.h"
#include "storage/base/result.h"

namespace stet::change {

class Surroundings;

enum class EntryKind {
  kPost,
  kDraft,
  kPage,
  kSession,
  kSpeaker,
  kItem,
  kFile,
  kData,
  kConfig,
  kEvent
};

struct Resource {
  std::string_view name;  // in the API's paths: "posts", "schedule/sessions"
  EntryKind kind;
  std::string_view kind_name;    // "post"
  std::string_view folder;       // "_posts"; "" where the configuration or a label says it
  std::string_view extension;    // of new entries
  std::string_view write_scope;  // what a token needs: "posts:write"

  // The whole file is YAML, and the JSON body is the data itself.
  bool is_structured() const {
    return kind == EntryKind::kData || kind == EntryKind::kConfig || kind == EntryKind::kEvent;
  }
  // One file, which has no name of its own: _config.yml, _data/event.yml.
  bool is_single() const { return kind == EntryKind::kConfig || kind == EntryKind::kEvent; }
  // Named by a label: collections/{label}.
  bool has_label() const { return kind == EntryKind::kItem; }
};

std::span<const Resource> resources();
const Resource* find_resource(std::string_view name);  // null where there is none
const Resource& resource_of(EntryKind kind);

// What a write to this path needs, whichever resource it comes through: "theme:write" for layouts.
std::string_view write_scope_of(const site::Site& site, const RepoPath& path);

// The resource that a file belongs to first of all: a post, not a file; null where it is none of
// the site's.
const Resource* resource_of(const site::Site& site, const RepoPath& path);
// The same without a site: `is_page` says what a file beside posts and collections is taken for.
const Resource* resource_of(const Surroundings& surroundings, const RepoPath& path, bool is_page);
// The same of roles that are known.
const Resource* resource_in(const RepoPath& path,
                            const std::vector<site::RoleOf>& roles,
                            bool is_page);

// "_posts", "_schedule", a collection's folder; "" for pages and files. kNotFound: no collection of
// that label, or it needs an event and there is none.
Result<std::string> folder_of(const site::Site& site,
                              const Resource& resource,
                              std::string_view label);

// The file of that name. kNotFound where there is none; kConflict where several have it, naming
// two; kInvalidInput where no path can be that. What `sees` says no to is as if it were not there.
using Sees = std::function<bool(std::string_view path)>;
Result<RepoPath> find_path(const site::Site& site,
                           const Resource& resource,
                           std::string_view label,
                           std::string_view name,
                           const Sees& sees = nullptr);

// The other way: "2020/10/2020-10-11-x". The path is one of the resource's.
std::string name_of(const site::Site& site,
                    const Resource& resource,
                    std::string_view label,
                    std::string_view path);

struct Listed {
  std::string path;
  BlobId blob;
  site::DocumentPtr document;  // null for files that are no documents
};

// The file as an entry of the resource; none where it is not one.
std::optional<Listed> listed_at(const site::Site& site,
                                const Resource& resource,
                                std::string_view label,
                                const std::string& path,
                                const site::SourceFile& source);

// All entries, those too that nobody sees yet (drafts, future, unpublished): posts newest first,
// all else in the order of the site's lists; files by path. kNotFound as folder_of.
Result<std::vector<Listed>> list_entries(const site::Site& site,
                                         const Resource& resource,
                                         std::string_view label);

}  // namespace stet::change
