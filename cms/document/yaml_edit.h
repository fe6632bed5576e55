// Edits YAML in place and proves that the edit is right: splice, read back, compare; where that
// fails, once more key by key, a key that cannot be spliced being written anew; else a refusal.
#pragma once

#include <string>

#include "cms/document/data.h"
#include "cms/document/syntax.h"
#include "storage/base/result.h"

namespace stet::document {

enum class YamlPart { kFile, kFrontMatter };

// The whole file's new bytes. `after` is writable (emit.h), and for front matter a map; the source
// can be read without error.
Result<std::string> change_yaml(const Source& source, YamlPart part, const Data& after);

}  // namespace stet::document
