// Where entries lie: the folders of a resource, and what of a path is its name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/change/resource.h"

namespace stet::change {

// The label under which the site lists the resource's documents: "posts", "schedule"; "" for pages
// and files.
std::string_view collection_of(const Resource& resource, std::string_view label);

// The label of the collection that the path lies in, for resources that have labels; else "".
std::string label_of(const site::Site& site, const Resource& resource, std::string_view path);
std::string label_of(const site::Config& config, const Resource& resource, std::string_view path);

// name_of() (resource.h) by the configuration alone: of a collection that there is.
std::string name_by(const site::Config& config,
                    const Resource& resource,
                    std::string_view label,
                    std::string_view path);

// Every folder that holds the resource's entries: each _posts of the site, for posts.
std::vector<std::string> folders_of(const site::Site& site,
                                    const Resource& resource,
                                    const std::string& folder);

// True where a file of the site has this path without its extension.
bool is_taken(const site::Site& site, std::string_view path_without_extension);

// "a/b" of "a/b.md"; a dot that begins the name is no extension.
std::string_view without_extension(std::string_view path);
// Of data: "team.csv", and not "team".
bool names_format(std::string_view name);

// "_posts" or "_drafts" somewhere in the path: what follows it; empty where it is not there.
std::string_view below_special(std::string_view path, std::string_view special);

}  // namespace stet::change
