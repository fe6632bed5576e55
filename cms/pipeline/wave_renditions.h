// Renditions as a wave meets them: dropped, made again, compared with what they were.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "cms/dirty/wave.h"
#include "cms/render/renderer.h"
#include "storage/base/for_all.h"

namespace stet::pipeline {

class WaveRenditions final : public dirty::Wave::Renditions {
 public:
  // `renditions` are those that `renderer` uses. `graph` is told what they read; null: nobody is.
  WaveRenditions(const render::Renderer& renderer,
                 render::Renditions& renditions,
                 dirty::Graph* graph,
                 ForAll for_all)
      : renderer_(renderer), renditions_(renditions), graph_(graph), for_all_(std::move(for_all)) {}

  bool is_rendition(dirty::NodeId node) const override;
  void invalidate(dirty::NodeId node) override;
  void remake(const std::vector<dirty::NodeId>& nodes) override;
  std::optional<reads::Key> changed(dirty::NodeId node) override;

 private:
  struct Value {
    std::optional<Fingerprint> before;  // none: nobody has read it
    std::optional<Fingerprint> after;   // none: it is no more, or could not be read
  };

  const render::Renderer& renderer_;
  render::Renditions& renditions_;
  dirty::Graph* graph_;
  const ForAll for_all_;
  std::unordered_map<dirty::NodeId, Value> values_;
};

}  // namespace stet::pipeline
