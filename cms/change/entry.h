// One entry as the API shows it: a file of the repository, split into front matter and body.
//
// Threads: pure functions of an immutable site. Broken front matter is a problem, not an error:
// then the front matter is an empty map and the body is what follows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/change/resource.h"
#include "cms/document/data.h"
#include "cms/document/document.h"
#include "storage/base/problem.h"

namespace stet::change {

struct Entry {
  const Resource* resource = nullptr;  // never null
  std::string label;                   // of a collection's item
  std::string name;
  RepoPath path;
  BlobId blob;
  bool is_text = true;          // false: not UTF-8; `body` holds the bytes as they are
  document::Data front_matter;  // a map; of a structured file: the data itself, whatever it is
  bool has_front_matter = false;
  std::string body;  // "" of a structured file
  // Of the document that the site makes of it, where it makes one.
  std::optional<std::string> url;  // from the public root, percent-encoded; none: not published now
  std::optional<Time> date;
  std::string title;  // as the site derives it; "" where there is none
  bool is_draft = false;
  Problems problems;  // of the file
};

// kNotFound: no such file.
Result<Entry> read_entry(const site::Site& site,
                         const Resource& resource,
                         std::string_view label,
                         const RepoPath& path);

// A file's bytes, and what is known of them already.
struct FileText {
  FileText(std::string_view bytes) : bytes(bytes) {}    // NOLINT: bytes are a text
  FileText(const std::string& bytes) : bytes(bytes) {}  // NOLINT
  std::string_view bytes;
  const document::Document* document = nullptr;  // as they are parsed; null: they were not
  std::optional<BlobId> blob;
};

// The same from bytes that may not be in the repository yet (a dry run's answer), without the
// fields that the site gives.
Entry entry_of(const Resource& resource,
               std::string_view label,
               std::string name,
               const RepoPath& path,
               const FileText& text);

// Where the document's page is now; none for those that are hidden, of the future, or not written.
std::optional<std::string> public_url(const site::Site& site, const site::Document& document);

// "/about/" of "about/index.html", percent-encoded.
std::string url_of_output(std::string_view output_path);

}  // namespace stet::change
