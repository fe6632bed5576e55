// Fields of entries as filters and orders name them. Threads: pure functions.
#pragma once

#include <string_view>

#include "cms/change/resource.h"
#include "cms/liquid/value.h"

namespace stet::api {

// "title", or with dots into maps and lists: "author.name", "links.0.url"; "speakers.name" is the
// list of all their names. A key that has dots itself comes first. Front matter with its defaults,
// and what the site derives of the file: path, url, date, slug and the like. Nil where there is no
// such field, or the entry is no document.
liquid::Value field_of(const change::Listed& listed, std::string_view name);

}  // namespace stet::api
