// Finds the least pieces of source to replace so that YAML comes to mean something else.
//
// The pieces never overlap and are in order. What they do is checked by who applies them (edit.cc):
// where a construct is too odd to be spliced, the answer is none, and the caller writes the key
// anew.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/document/data.h"
#include "cms/document/emit.h"
#include "cms/document/syntax.h"

namespace stet::document {

struct Splice {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// `before` is what `syntax` means; both are maps, or both lists.
std::optional<std::vector<Splice>> splices_for(const Source& source,
                                               const Syntax& syntax,
                                               const Data& before,
                                               const Data& after);

// How the file is written, as far as that can be seen.
Manner manner_of(const Source& source, const Syntax& syntax);

std::string spliced(std::string_view bytes, const std::vector<Splice>& splices);

// Runs of two lists that differ; between them the items are equal.
struct ListHunk {
  std::size_t before_begin, before_end, after_begin, after_end;
};
std::vector<ListHunk> list_hunks(const Data::List& before, const Data::List& after);

}  // namespace stet::document
