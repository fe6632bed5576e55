// Whose a file is: what its front matter says under `author` or `authors`.
//
// It lies in the file, so it is the same in every clone, moves with the file, and can be handed on
// by an edit; history would have to be searched for it, and a pusher writes what history says.
// Threads: pure functions. Input may be any bytes.
#pragma once

#include <string_view>

#include "cms/document/data.h"

namespace stet::change {

inline constexpr std::string_view kAuthorKey = "author";

// `author: jo`, `author: {name: jo}`, or a list of such; `authors` likewise. Letter for letter.
bool names_author(const document::Data& front_matter, std::string_view name);
bool names_author(std::string_view file, std::string_view path, std::string_view name);

}  // namespace stet::change
