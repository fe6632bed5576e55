// Renders one output of a site, and remembers what it read.
//
// Pure but for the caches that it is given: the same site gives the same bytes. Threads: one
// Renderer may be used by many threads at once. Errors in content are problems of the page, never
// errors of the call; a page that failed keeps what it had until then in `bytes`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/template.h"
#include "cms/reads/reads.h"
#include "cms/render/instants.h"
#include "cms/render/renditions.h"
#include "cms/render/templates.h"
#include "cms/sass/compiler.h"
#include "cms/site/pictures.h"
#include "cms/site/site.h"
#include "storage/snapshot/large_files.h"

namespace stet::render {

struct Outcome {
  bool is_failed = false;
  bool is_unread = false;  // for a text of the repository could not be read, as a problem says
};

struct RenderedPage : Outcome {
  std::string source;  // the path of the file that it is made of
  std::string bytes;
  ByteSourcePtr content = {};  // instead of bytes: of a file that is large, or elsewhere
  reads::Reads reads;
  Problems problems;
};

class PageView;

struct Tools {
  Templates& templates;
  Renditions& renditions;
  Instants& instants;
  liquid::Limits limits;
  sass::Compiler* sheets = nullptr;            // null: Sass is not rendered, and a problem
  site::Pictures* pictures = nullptr;          // null: what they are is not known
  const storage::LargeFiles* files = nullptr;  // null: all are read into memory
};

// The node of each thing that is rendered, by the names of the site.
reads::NameId page_node(reads::Names& names, std::string_view output_path);
reads::NameId content_node(reads::Names& names, std::string_view subject);
reads::NameId excerpt_node(reads::Names& names, std::string_view subject);
// All that is made of a document and goes with it: its HTML, and summaries of it.
std::vector<reads::NameId> nodes_of_document(reads::Names& names, std::string_view subject);
// Of a node's name: what is no page is a rendition, named for what it is and for its subject.
bool is_page(std::string_view node_name);
// What readers of a rendition have read.
reads::Key key_of_rendition(reads::Names& names, reads::NameId node);
reads::NameId node_of_rendition(reads::Names& names, reads::Key key);

// When in a document's making something is looked at: other documents' HTML is there only if they
// come earlier in Jekyll's order of rendering; an excerpt sees nobody's.
enum class Stage { kExcerpt, kContent, kLayout };

// That a document's text is not to be had.
Problem unreadable(const site::Document& document, const Error& error);

class PageView;

class Renderer {
 public:
  Renderer(site::SitePtr site, Tools tools) : site_(std::move(site)), tools_(tools) {}

  RenderedPage render(const site::Output& output) const;

  // From the cache, or made now.
  RenditionPtr content(const site::Document& document) const;
  RenditionPtr excerpt(const site::Document& document) const;
  RenditionPtr summary(std::string_view kind, std::string_view subject) const;
  // Of a node; null where the site has no such document, or one without an excerpt.
  RenditionPtr rendition(reads::NameId node) const;

  // The document in its layouts; reads go to `recorder`.
  std::string render_document(const site::Document& document,
                              reads::Recorder& recorder,
                              Problems& problems,
                              Outcome& outcome) const;

  const site::Site& site() const { return *site_; }
  const Tools& tools() const { return tools_; }

 private:
  // kNotFound: neither the site nor a plugin has one of that name.
  Result<ParsedTemplatePtr> layout_named(std::string_view name, reads::Recorder& recorder) const;
  void run_liquid(const site::Document& document, PageView& view, Rendition& rendition) const;
  MadeRendition make(const site::Document& document, std::string_view source, Stage stage) const;
  // Of what cannot be read.
  MadeRendition failed(const site::Document& document, const Error& error, Stage stage) const;
  // A file that is published as it is.
  Status copy(const site::StaticFile& file, RenderedPage& page) const;
  void make_css(const site::Document& document, PageView& view, Rendition& rendition) const;

  const site::SitePtr site_;
  const Tools tools_;
};

}  // namespace stet::render
