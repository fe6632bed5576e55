// Changes a document's fields and no other byte.
//
// Front matter is edited in the source, at the span of the node that changes: comments, order of
// keys, quoting style, indentation, aligned colons, flow and block style, line ends, byte order
// mark and a missing final newline stay. What is set to the value it has changes no byte. Every
// edit is read back before it is handed out: exactly the intended values, or a refusal.
//
// In particular:
// - a string keeps its style of quotes where the new text allows; it is plain only where plain text
//   reads back as the same string; block scalars | and > stay block scalars where they can;
// - a list keeps the lines of the items that stay; new items get a line in the style of their
// siblings;
// - an alias that is edited is replaced by the new value, written out at the alias' place; an
// edited
//   node that carries an anchor keeps it unless other places use it: then those get the value as it
//   was, written out;
// - of a key given twice, the last is edited, as it is the one that counts; deleting deletes all;
// - where a splice cannot be made, the key at the top level is written anew in block style.
//
// Refusals (kInvalidInput, with the place and the mend): broken front matter that is to be edited,
// values that YAML cannot hold, results beyond yaml.h's limits. Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/document/data.h"
#include "cms/document/document.h"
#include "storage/base/result.h"

namespace stet::document {

struct Edit {
  std::optional<Data> front_matter_patch;  // RFC 7396 merge patch: nil deletes a key, maps merge
  std::optional<Data> front_matter;  // or the whole new front matter, of which only what differs
                                     // is edited; not both
  std::optional<std::string> body;   // blank lines at its start are dropped, as Jekyll drops them
};

Result<std::string> apply_edit(std::string_view bytes, std::string_view path, const Edit& edit);

// The same for who has parsed the bytes already, and wants to know what the outcome reads as.
struct Edited {
  std::string bytes;
  Document document;
};
Result<Edited> apply_edit(std::string_view bytes,
                          const Document& document,
                          std::string_view path,
                          const Edit& edit);

// A new file: front matter in block style, an empty line, the body. `front_matter` is a map.
Result<std::string> write_document(const Data& front_matter, std::string_view body);

// The same for a file that is YAML throughout: _config.yml, _data/*.yml. `is_whole`: `data` is the
// whole new content; else it is a merge patch.
Result<std::string> edit_yaml(std::string_view bytes,
                              std::string_view path,
                              const Data& data,
                              bool is_whole);

// A whole YAML file in block style; "" for an empty map.
Result<std::string> write_yaml(const Data& data);

}  // namespace stet::document
