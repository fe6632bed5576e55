// A page as it came out of a render: its bytes are stored, and nobody has been told yet.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cms/publish/manifest.h"
#include "cms/publish/store.h"
#include "cms/render/renderer.h"

namespace stet::pipeline {

// What renders note beside their page, kept apart from what the pipeline knows until the page is
// taken in: a render that is overtaken leaves no trace.
struct Notes {
  Notes() = default;
  explicit Notes(const render::Renditions& below) : renditions(below) {}

  render::Renditions renditions;
  render::Instants instants;
};

struct MadePage {
  std::string path;                     // output path
  site::SitePtr site;                   // that it was made of
  render::RenderedPage page;            // without its bytes
  std::optional<publish::Page> stored;  // none: the page failed, or there is no such output
  std::shared_ptr<Notes> notes;         // null: the pipeline's own were used
};

// Adds a problem where the page has a place that cannot be published, such as "../x.html" or a name
// of 300 bytes: it is shown nowhere.
void add_fault_of_place(const std::string& output_path, render::RenderedPage& page);

// Renders the site's page of that output path, and stores its bytes. An error is the store's.
Result<MadePage> make_page(const render::Renderer& renderer,
                           const site::SitePtr& site,
                           publish::Store& store,
                           const std::string& path);

}  // namespace stet::pipeline
