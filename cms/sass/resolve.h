// Which file an import names: libsass's search, by asking whether files are there.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cms/sass/sources.h"

namespace stet::sass {

// `name` as imported by a sheet in `folder`: there first, then in each load path; the first that
// holds any wins. In one place these count: the name itself, with an underscore, with an extension,
// both; and only if none is there, an index in a folder of that name. Several: it is ambiguous.
// `looked_for` gets every path that was asked for. What lies outside of the site is not there.
std::vector<std::string> resolve_import(Sources& sources,
                                        std::string_view folder,
                                        std::string_view name,
                                        const std::vector<std::string>& load_paths,
                                        std::set<std::string>& looked_for);

}  // namespace stet::sass
