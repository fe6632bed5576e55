// A file's text, split where front matter ends: what it came to when it was parsed.
//
// Shared by all that is made of the same blob. It depends on the file's bytes and on this program
// alone, so who keeps it may hand it to the next process, as bytes. Threads: immutable.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cms/liquid/value.h"
#include "cms/site/text.h"
#include "storage/base/object_id.h"
#include "storage/base/problem.h"

namespace stet::site {

struct ParsedFile {
  BlobId blob;
  bool has_front_matter = false;
  liquid::Ref<liquid::Hash> front_matter;  // never null; empty if there is none, or it is broken
  Text body;
  int body_line = 1;
  Problems problems;
};
using ParsedFilePtr = std::shared_ptr<const ParsedFile>;

// None of what is not worth keeping: a text that is held, problems of another path, much of it.
std::optional<std::string> encode_parsed(const ParsedFile& file, std::string_view path);

// Of any bytes; null for those that encode_parsed() does not make.
ParsedFilePtr decode_parsed(std::string_view record, const BlobId& blob, const std::string& path);

// What files of the repository came to, kept for the next process. Threads: any.
class KnownFiles {
 public:
  virtual ~KnownFiles() = default;

  // encode_parsed() of that blob, at whatever path; none where nobody has parsed it.
  virtual std::optional<std::string> find(const BlobId& blob) const = 0;
  virtual void add(const BlobId& blob, std::string_view record) = 0;
};

}  // namespace stet::site
