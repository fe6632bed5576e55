// An incremental site whose renders may forget some of what they read: the machinery of the
// pipeline (site, renditions, graph, wave), with a sieve where reads enter the graph.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "cms/dirty/wave.h"
#include "cms/pipeline/for_all.h"
#include "cms/pipeline/instant_changes.h"
#include "cms/pipeline/wave_renditions.h"
#include "cms/render/renderer.h"
#include "tests/cms/site/made_site.h"

namespace stet::property {

// True for a read that is forgotten. Of a span: its list.
struct Forgets {
  std::function<bool(reads::Kind kind, std::string_view subject, std::string_view field)> key;
  std::function<bool(std::string_view list)> span;
};

class ForgetfulSite {
 public:
  ForgetfulSite(site::MadeSite::Files files, Forgets forgets)
      : site_(std::move(files)), forgets_(std::move(forgets)) {
    site_->for_each_output([&](const std::string& path, const site::Output&) { render(path); });
    note_fresh();
  }

  void edit(const site::MadeSite::Edits& edits, std::optional<Instant> now = std::nullopt) {
    site::Changes changes = site_.edit(edits, now);
    pipeline::add_changed_instants(changes, *site_, instants_.seen());
    render::Renderer renderer(site_.pointer(), tools());
    pipeline::WaveRenditions renditions(renderer, renditions_, nullptr, pipeline::for_all_with(0));
    dirty::Wave wave(graph_, site_.names(), renditions);
    for (const std::string& path : changes.outputs) {
      pages_.erase(path);
      graph_.remove(render::page_node(site_.names(), path));
      if (site_->find_output(path)) wave.add(render::page_node(site_.names(), path), "new");
    }
    wave.spread(changes);
    for (const auto& [node, reasons] : wave.pages()) {
      std::string path(site_.names().name_of(node).substr(std::string_view("page:").size()));
      if (site_->find_output(path)) render(path);
    }
    note_fresh();
  }

  // The first page that is not what a build from nothing gives, and both versions of it.
  std::optional<std::string> first_difference() {
    site::SitePtr fresh = site_.from_nothing();
    render::Templates templates;
    render::Renditions renditions;
    render::Instants instants;
    render::Renderer renderer(fresh, {templates, renditions, instants, {}});
    std::optional<std::string> difference;
    fresh->for_each_output([&](const std::string& path, const site::Output& output) {
      render::RenderedPage page = renderer.render(output);
      if (page.is_failed || difference || pages_[path] == page.bytes) return;
      difference = path + ": '" + pages_[path] + "' should be '" + page.bytes + "'";
    });
    return difference;
  }

 private:
  render::Tools tools() { return {templates_, renditions_, instants_, {}}; }

  reads::Reads kept(reads::Reads reads) const {
    const reads::Names& names = site_->names();
    if (forgets_.key) {
      std::erase_if(reads.keys, [&](reads::Key key) {
        return forgets_.key(key.kind(), names.name_of(key.subject()), names.name_of(key.field()));
      });
    }
    if (forgets_.span) {
      std::erase_if(reads.spans,
                    [&](reads::Span span) { return forgets_.span(names.name_of(span.list)); });
    }
    return reads;
  }

  void render(const std::string& path) {
    render::RenderedPage page =
        render::Renderer(site_.pointer(), tools()).render(*site_->find_output(path));
    graph_.set_reads(render::page_node(site_.names(), path), kept(std::move(page.reads)));
    if (!page.is_failed) pages_[path] = std::move(page.bytes);
  }

  void note_fresh() {
    for (auto& [node, reads] : renditions_.take_fresh()) {
      graph_.set_reads(node, kept(std::move(reads)));
    }
  }

  site::MadeSite site_;
  const Forgets forgets_;
  dirty::Graph graph_;
  render::Templates templates_;
  render::Renditions renditions_;
  render::Instants instants_;
  std::map<std::string, std::string> pages_;
};

}  // namespace stet::property
