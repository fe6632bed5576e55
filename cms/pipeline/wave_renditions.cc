#include "cms/pipeline/wave_renditions.h"

namespace stet::pipeline {

bool WaveRenditions::is_rendition(dirty::NodeId node) const {
  return !render::is_page(renderer_.site().names().name_of(node));
}

void WaveRenditions::invalidate(dirty::NodeId node) {
  // What readers saw, though it be dirtied twice.
  values_.try_emplace(node, Value{renditions_.value_of(node), std::nullopt});
  renditions_.drop(node);
}

void WaveRenditions::remake(const std::vector<dirty::NodeId>& nodes) {
  std::vector<render::RenditionPtr> made(nodes.size());
  for_all_(nodes.size(), [&](std::size_t i) { made[i] = renderer_.rendition(nodes[i]); });
  // Others may have been made on the way; what they read can be dirtied in this very wave.
  if (graph_) {
    for (auto& [fresh, reads] : renditions_.take_fresh())
      graph_->set_reads(fresh, std::move(reads));
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (graph_ && !made[i]) graph_->remove(nodes[i]);
    values_[nodes[i]].after = made[i] ? renditions_.value_of(nodes[i]) : std::nullopt;
  }
}

std::optional<reads::Key> WaveRenditions::changed(dirty::NodeId node) {
  const Value& value = values_[node];
  if (value.before && value.after && value.before == value.after) return std::nullopt;
  return render::key_of_rendition(renderer_.site().names(), node);
}

}  // namespace stet::pipeline
