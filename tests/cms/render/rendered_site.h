// A site of files in memory whose pages are rendered on demand.
#pragma once

#include <string>
#include <string_view>

#include "cms/render/renderer.h"
#include "tests/cms/site/made_site.h"

namespace stet::render {

class RenderedSite {
 public:
  RenderedSite(std::initializer_list<site::MadeSite::Files::value_type> files)
      : RenderedSite(site::MadeSite::Files(files)) {}
  explicit RenderedSite(site::MadeSite::Files files, site::Overrides overrides = {})
      : site_(std::move(files), std::move(overrides)) {}

  RenderedPage page(std::string_view output_path) {
    const site::Output* output = site_->find_output(output_path);
    if (!output) return {};
    return Renderer(site_.pointer(), {templates_, renditions_, instants_, {}}).render(*output);
  }
  std::string bytes(std::string_view output_path) { return page(output_path).bytes; }
  std::string problems(std::string_view output_path) {
    return site::show(page(output_path).problems);
  }
  // What the page read, a line each.
  std::string reads(std::string_view output_path) {
    std::string text;
    auto page = this->page(output_path);
    for (reads::Key key : page.reads.keys) text += describe(key, site_.names()) + "\n";
    for (reads::Span span : page.reads.spans) text += describe(span, site_.names()) + "\n";
    return text;
  }

  site::MadeSite& site() { return site_; }
  Templates& templates() { return templates_; }
  Instants& instants() { return instants_; }

 private:
  site::MadeSite site_;
  Templates templates_;
  Renditions renditions_;
  Instants instants_;
};

}  // namespace stet::render
