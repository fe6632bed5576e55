// Pipeline's hands: many pages rendered at once, each stored as soon as it is there.

#include <utility>

#include "cms/pipeline/for_all.h"
#include "cms/pipeline/pipeline.h"
#include "cms/publish/mime.h"

namespace stet::pipeline {
namespace {

struct Made {
  render::RenderedPage page;  // without its bytes, once they are stored
  std::optional<publish::Page> stored;
  std::optional<Error> error;
};

std::string type_of(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  std::size_t dot = name.rfind('.');
  return std::string(
      publish::type_of_extension(dot == std::string_view::npos ? "" : name.substr(dot)));
}

}  // namespace

Result<Pipeline::Rendered> Pipeline::render(const std::vector<std::string>& paths) {
  render::Renderer renderer(site_, tools(renditions_));
  std::vector<Made> made(paths.size());
  for_all_with(options_.threads)(paths.size(), [&](std::size_t i) {
    const site::Output* output = site_->find_output(paths[i]);
    if (!output) return;
    made[i].page = renderer.render(*output);
    if (made[i].page.is_failed) return;
    std::string bytes = std::exchange(made[i].page.bytes, {});
    auto content = store_.put(bytes);
    if (!content) {
      made[i].error = content.error();
      return;
    }
    made[i].stored = publish::Page{*content, bytes.size(), type_of(paths[i])};
  });
  note_fresh_renditions();
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (made[i].error) return std::move(*made[i].error).within("store " + paths[i]);
  }
  Rendered rendered;
  publish::LivePointer live = publisher_.live();
  for (std::size_t i = 0; i < paths.size(); ++i) {
    graph_.set_reads(render::page_node(names_, paths[i]), std::move(made[i].page.reads));
    stale_.erase(paths[i]);
    carried_.erase(paths[i]);
    if (made[i].page.problems.empty()) {
      page_problems_.erase(paths[i]);
    } else {
      page_problems_[paths[i]] = std::move(made[i].page.problems);
    }
    auto output = publish::OutputPath::parse(paths[i]);
    if (!output) continue;
    const publish::ManifestEntry* entry = live ? live->manifest.find(paths[i]) : nullptr;
    const publish::Page* last_good = entry ? entry->page() : nullptr;
    if (!made[i].stored && last_good) made[i].stored = *last_good;
    if (!made[i].stored) continue;
    if (!last_good || *last_good != *made[i].stored) {
      rendered.changed_urls.push_back(publish::url_of(*output));
    }
    rendered.changes.push_back(
        {*output, publish::ManifestEntry::fresh(*std::move(made[i].stored))});
  }
  return rendered;
}

}  // namespace stet::pipeline
