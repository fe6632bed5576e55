// Pipeline's hands: many pages rendered at once, each stored as soon as it is there, and taken into
// what the pipeline knows.

#include <utility>

#include "cms/pipeline/for_all.h"
#include "cms/pipeline/pipeline.h"

namespace stet::pipeline {

Result<Pipeline::Rendered> Pipeline::render(const std::vector<std::string>& paths) {
  render::Renderer renderer(site_, tools(renditions_));
  std::vector<std::optional<Result<MadePage>>> made(paths.size());
  const ForAll for_all = told(for_all_with(options_.threads), options_.progress, kRendering);
  for_all(paths.size(),
          [&](std::size_t i) { made[i].emplace(make_page(renderer, site_, store_, paths[i])); });
  std::vector<MadePage> pages;
  for (auto& page : made) pages.push_back(TRY(std::move(*page)));
  return take_in(std::move(pages));
}

// What the pages have read, what is wrong with them, and what they change in the manifest.
Pipeline::Rendered Pipeline::take_in(std::vector<MadePage> pages) {
  Rendered rendered;
  publish::LivePointer newest = publisher_.newest();
  for (MadePage& made : pages) {
    if (made.notes) {
      for (auto& [node, reads] : made.notes->renditions.take_fresh()) {
        auto rendition = made.notes->renditions.find(node);
        if (rendition) renditions_.add(node, {*rendition, std::move(reads)});
      }
      for (const auto& [how, printed] : made.notes->instants.seen()) instants_.note(how, printed);
    }
    graph_.set_reads(render::page_node(names_, made.path), std::move(made.page.reads));
    stale_.erase(made.path);
    carried_.erase(made.path);
    page_problems_.set(made.path, std::move(made.page.problems));
    auto output = publish::OutputPath::parse(made.path);
    if (!output) continue;
    const publish::ManifestEntry* entry = newest ? newest->manifest.find(made.path) : nullptr;
    const publish::Page* last_good = entry ? entry->page() : nullptr;
    if (!made.stored && last_good) made.stored = *last_good;
    if (!made.stored) {
      // It never could be rendered: there is no such page until it can.
      if (entry) rendered.changes.push_back({*std::move(output), std::nullopt});
      continue;
    }
    if (!last_good || *last_good != *made.stored) {
      rendered.changed_urls.push_back(publish::url_of(*output));
    }
    rendered.changes.push_back(
        {*std::move(output), publish::ManifestEntry::fresh(*std::move(made.stored))});
  }
  note_fresh_renditions();
  return rendered;
}

}  // namespace stet::pipeline
