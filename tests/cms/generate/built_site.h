// A site made of files in memory or in a folder, with what stet adds, and its pages rendered.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/generate/generate.h"
#include "cms/render/renderer.h"
#include "cms/site/builder.h"
#include "storage/snapshot/memory_snapshot.h"
#include "storage/snapshot/snapshot.h"

namespace stet::generate {

class BuiltSite {
 public:
  static constexpr Instant kNow{1717243200};  // 2024-06-01T12:00:00Z

  explicit BuiltSite(const std::map<std::string, std::string>& files,
                     site::Overrides overrides = {})
      : BuiltSite(storage::make_memory_snapshot(files).value(), std::move(overrides)) {}
  explicit BuiltSite(storage::SnapshotPtr snapshot, site::Overrides overrides = {}) {
    site::BuilderOptions options;
    options.overrides = std::move(overrides);
    options.generate = generated;
    site::Builder builder(std::move(options), names_);
    site_ = builder.build({std::move(snapshot), kNow, {}}).value();
  }

  const site::Site& site() const { return *site_; }
  bool has(std::string_view output_path) const { return site_->find_output(output_path); }
  render::RenderedPage page(std::string_view output_path) {
    const site::Output* output = site_->find_output(output_path);
    if (!output) return {};
    return render::Renderer(site_, {templates_, renditions_, instants_, {}}).render(*output);
  }
  std::string bytes(std::string_view output_path) { return page(output_path).bytes; }
  // True if the text of that generated document, or a rendition that it depends on, has looked at
  // that field of that file.
  bool reads(std::string_view generated, std::string_view path, std::string_view field) {
    auto document = site_->find_document(std::string(generated) + "#generated");
    auto subject = names_.find(path), name = names_.find(field);
    if (!document || !subject || !name) return false;
    render::Renditions renditions;
    render::Renderer(site_, {templates_, renditions, instants_, {}}).content(*document);
    std::map<reads::NameId, std::vector<reads::Key>> keys_of;
    for (auto& [node, reads] : renditions.take_fresh()) keys_of[node] = std::move(reads.keys);
    const reads::Key wanted(reads::Kind::kField, *subject, *name);
    std::vector<reads::NameId> to_see{render::content_node(names_, document->facts().subject)};
    std::set<reads::NameId> seen(to_see.begin(), to_see.end());
    while (!to_see.empty()) {
      const std::vector<reads::Key> keys = std::move(keys_of[to_see.back()]);
      to_see.pop_back();
      for (const reads::Key& key : keys) {
        if (key == wanted) return true;
        if (key.kind() != reads::Kind::kRendition) continue;
        const reads::NameId node = render::node_of_rendition(names_, key);
        if (seen.insert(node).second) to_see.push_back(node);
      }
    }
    return false;
  }

 private:
  reads::Names names_;
  site::SitePtr site_;
  render::Templates templates_;
  render::Renditions renditions_;
  render::Instants instants_;
};

}  // namespace stet::generate
