// Renditions as a wave meets them: dropped, made again, compared with what they were.
#pragma once

#include <optional>
#include <unordered_map>

#include "cms/dirty/wave.h"
#include "cms/render/renderer.h"

namespace stet::pipeline {

class WaveRenditions final : public dirty::Wave::Renditions {
 public:
  // `renditions` are those that `renderer` uses. `graph` is told what they read; null: nobody is.
  WaveRenditions(const render::Renderer& renderer,
                 render::Renditions& renditions,
                 dirty::Graph* graph)
      : renderer_(renderer), renditions_(renditions), graph_(graph) {}

  bool is_rendition(dirty::NodeId node) const override;
  void invalidate(dirty::NodeId node) override;
  std::optional<reads::Key> remake(dirty::NodeId node) override;

 private:
  render::RenditionPtr made(const site::Document& document, bool is_excerpt) const;

  const render::Renderer& renderer_;
  render::Renditions& renditions_;
  dirty::Graph* graph_;
  std::unordered_map<dirty::NodeId, std::optional<Fingerprint>> before_;
};

}  // namespace stet::pipeline
