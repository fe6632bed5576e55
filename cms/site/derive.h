// From a parsed file to the document that Jekyll would make of it: fields, date, URL, excerpt.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/site/config.h"
#include "cms/site/document.h"
#include "cms/site/role.h"

namespace stet::site {

// Of front matter: a time from which the document is not shown any more.
inline constexpr std::string_view kUnpublishKey = "unpublish";

struct Derived {
  DocumentPtr document;  // null: no document (a file in _posts whose name is none of a post)
  Problems problems;
};

// The same before it is a document, which never changes.
struct DerivedFacts {
  std::optional<DocumentFacts> facts;
  Problems problems;
};

// Pure. `path` is the file's; `role` is one of kPost, kDraft, kCollection, kSite.
DerivedFacts derive_facts(const std::string& path,
                          const RoleOf& role,
                          ParsedFilePtr file,
                          const Config& config);
Derived derive_document(const std::string& path,
                        const RoleOf& role,
                        ParsedFilePtr file,
                        const Config& config,
                        reads::Names& names);

// A document without a file: made by stet, rendered like any page.
struct GeneratedSource {
  std::string path;    // "feed.xml": what problems and reads call it
  std::string url;     // "/feed.xml"
  std::string layout;  // "" for none
  std::string text;    // Liquid
  liquid::Ref<liquid::Hash> fields;
  std::int64_t place = 0;  // among what generators make (generator.h); 0: in no list
  std::string order = {};  // among those of one place; "": the path
};
DocumentPtr generated_document(GeneratedSource source, const Config& config, reads::Names& names);

}  // namespace stet::site
