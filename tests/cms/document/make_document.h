// Generators of documents as people write them, oddities included, and of values.
#pragma once

#include <rapidcheck.h>

#include <string>

#include "cms/document/data.h"

namespace stet::document {

// With or without: comments, CRLF, byte order mark, anchors and aliases, flow style, block scalars,
// keys given twice, letters beyond ASCII, aligned colons, a last newline. Its YAML is not broken.
rc::Gen<std::string> documents();

// Strings that look like something else, among others.
rc::Gen<std::string> strings();
rc::Gen<Data> scalars();

// A map, nested at most `depth` deep.
rc::Gen<Data> maps(int depth);

}  // namespace stet::document
