// Fields that a site shows to nobody: `stet: {api: {hidden: [notes, author.email]}}`.
//
// A dot goes into a map, and into the maps of a list: "authors.mail" is the mail of each of them,
// also where a client asks for "authors.0.mail". What lies in a hidden field is hidden with it.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/routes/json.h"

namespace stet::api {

bool hides(const std::vector<std::string>& hidden, std::string_view field);

// From a map of fields; keys that have dots in them are found as well.
void erase_hidden(const std::vector<std::string>& hidden, Json& fields);

}  // namespace stet::api
