// What a file of the site has to say to a search, part by part.
//
// Posts, drafts, pages, items of collections, and data files (by their names and texts). Threads:
// pure functions of an immutable site.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/site.h"
#include "storage/base/hash.h"
#include "storage/base/object_id.h"
#include "storage/base/result.h"

namespace stet::search {

struct Record {
  std::string branch;  // "": the served one
  std::string path;
  BlobId blob;
  std::string label;  // of the collection: "posts"; "pages", "data"
  bool is_draft = false;
  bool is_public = false;  // the site shows a page of it, and it does not say `search: false`
  std::int64_t day = 0;    // since 1970; kUndated
  std::string title;
  std::string terms;  // tags, categories, authors, speakers, and the like
  std::vector<std::string> tags, categories;
  std::string fields;  // the other texts of the front matter, and the path
  // Of the file itself; record_of() leaves them empty.
  std::string headings, body;
};

// No date: comes before all that have one.
inline constexpr std::int64_t kUndated = 3'000'000;
inline constexpr std::size_t kFieldsBytesMax = std::size_t{64} << 10;

// All but what must be read from the repository; none of a file that is not searched.
std::optional<Record> record_of(const site::Site& site,
                                const std::string& path,
                                const site::SourceFile& source);

// Whether a page of this very document is what visitors see.
bool is_public(const site::Site& site, const site::Document& document);

// The same of records that say the same.
Fingerprint stamp_of(const Record& record);

// Headings and body. An error: the repository cannot be read.
Status read_body(const site::Site& site, const site::SourceFile& source, Record& record);

}  // namespace stet::search
