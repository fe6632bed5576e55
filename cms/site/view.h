// What the objects of a site know of the render that looks at them.
//
// cms/render implements it; one View serves one render on one thread.
#pragma once

#include <string_view>

#include "cms/liquid/host.h"
#include "cms/reads/reads.h"
#include "cms/site/summary.h"

namespace stet::site {

class Document;
class Site;

// What `jekyll.version` says, and whoever names the program that made a page.
inline constexpr std::string_view kJekyllVersion = "4.3.4";

// The fields that View::derived_field may give.
inline constexpr std::string_view kDerivedFields[] = {
    "redirects", "schedule", "session", "sessions", "xsl"};

class View : public liquid::Host {
 public:
  virtual const Site& site() const = 0;
  // The document being rendered (`page`); null where it is none, as of a summary.
  virtual const Document* current() const = 0;
  virtual reads::Recorder& recorder() = 0;
  virtual reads::Names& names() = 0;
  // The HTML of a document's body, or of its excerpt; recorded as a read of that rendition.
  virtual liquid::Value content_of(const Document& document) = 0;
  virtual liquid::Value excerpt_of(const Document& document) = 0;
  // Fields that other parts of the site give to a document: `session` of a session's page. Nil:
  // none.
  virtual liquid::Value derived_field(const Document& document, std::string_view key) = 0;
  // A summary that cms/schedule makes, by its kind; recorded as a read of its value. Never null.
  virtual SummaryPtr summary(std::string_view kind, std::string_view subject) = 0;
  // What the render made of the document, layouts and all (`doc.output`).
  virtual liquid::Value output_of(const Document& document) = 0;
};

// Every Host that the site's objects meet is a View: renders of a site are made by cms/render
// alone.
inline View& view_of(liquid::Host& host) { return static_cast<View&>(host); }

}  // namespace stet::site
