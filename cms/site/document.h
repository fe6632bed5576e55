// A post, a page or an item of a collection: a file with front matter, as templates see it.
//
// Immutable, shared between versions of the site and between threads. What depends on the rest of
// the site (next, previous) or on rendering (content, excerpt, output) is asked of the View.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/drop.h"
#include "cms/reads/reads.h"
#include "cms/site/item.h"
#include "cms/site/parsed_file.h"
#include "storage/base/object_id.h"
#include "storage/base/problem.h"
#include "storage/base/time.h"

namespace stet::site {

class Site;

// The excerpt's Markdown: what excerpt_of() (excerpt.h) finds in the file's body.
struct ExcerptSource {
  ParsedFilePtr file;
  std::string separator;  // never ""
};

enum class DocumentKind {
  kPage,        // site.pages
  kPost,        // site.posts, drafts among them where they are shown
  kCollection,  // site.<label>; sessions and speakers too
  kGenerated,   // made by stet: feed, sitemap, redirects; a page, or in no list if its key is 0
};

struct DocumentFacts {
  DocumentKind kind = DocumentKind::kPage;
  std::string path;        // in the repository; of a generated one: where it would be
  std::string failure;     // why it cannot be rendered; "" for none
  std::string shown_path;  // `page.path`: of a document, the path below the collections' folder
  std::string
      subject;  // what reads call it: the path, or "path#page" for a post read as a page too
  std::string collection;  // label: "posts"; "" for pages
  ParsedFilePtr file;
  // Front matter over its defaults, with what Jekyll derives (title, slug, date, categories ...).
  liquid::Ref<liquid::Hash> fields;
  Time date;  // posts: their date; others: theirs where they have one
  bool has_date = false;
  std::optional<std::int64_t> until;  // the second from which it is not shown any more
  bool is_draft = false;
  bool is_written = true;  // false: no output of its own
  bool is_markdown = false;
  bool is_sheet = false;         // Sass
  std::string map_path;          // of a sheet: the output path of its source map; "" for none
  std::string url;               // percent-encoded, without baseurl: "/ptim2020/"
  std::string output_path;       // "ptim2020/index.html"
  std::string output_extension;  // ".html"
  ListKey key;                   // in its list
  std::string layout;            // "" for none
  std::string slug;              // of documents: the last part of their id
  std::vector<std::string> tags, categories;
  std::optional<ExcerptSource> excerpt_source;  // none: front matter has its own, or no excerpt
  std::size_t paginator_page = 0;  // from 2: of what the paginator makes beside its template
  std::vector<std::string> layout_choices;  // where `layout` is "": the first that the site has
  std::string posts_list;                   // of an archive: the list that `page.posts` is
  std::string replaces;  // the file that is not published while this page, made of it, is
  bool is_dated_by_commit = false;  // a draft that names no date of its own
};

class Document final : public Item {
 public:
  Document(DocumentFacts facts, reads::Names& names);

  const DocumentFacts& facts() const { return facts_; }
  const std::string& path() const override { return facts_.path; }
  const ListKey& key() const override { return facts_.key; }
  std::string_view file_name() const;
  // The value of a field without recording a read, for code that decides what exists.
  liquid::Value field(std::string_view name) const;

  liquid::Value get(std::string_view key, liquid::Host& host) const override;
  std::optional<liquid::Value> settled(std::string_view key) const override;
  std::vector<std::string> keys(liquid::Host& host) const override;
  bool has_key(std::string_view key, liquid::Host& host) const override;
  // A document prints itself as what has been rendered of it, else as what is written there.
  std::string to_text(liquid::Host& host) const override;
  // To Jekyll a page is a hash, a document is none.
  bool is_hash() const override { return facts_.collection.empty(); }

 private:
  liquid::Value computed(std::string_view key) const;  // url, path, id ...: of facts_ alone
  bool may_be_derived(std::string_view key) const;

  const DocumentFacts facts_;
};

using DocumentPtr = liquid::Ref<Document>;

// The layout that the document is shown in; "" for none. Where plugins offer a choice, which of its
// layouts there are is read.
std::string layout_of(const Document& document, const Site& site, reads::Recorder& recorder);

struct DocumentOfSite {
  const Document& document;
  const Site& site;
};

// Names of the fields that differ; "*" if their names or their order do; "#body" if the text below
// the front matter does, "#line" if it begins on another line. Where the body is another, both are
// read for their excerpts, which differ if they cannot be.
std::vector<std::string> differing_fields(const DocumentOfSite& before,
                                          const DocumentOfSite& after);

}  // namespace stet::site
