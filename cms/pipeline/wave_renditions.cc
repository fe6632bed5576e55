#include "cms/pipeline/wave_renditions.h"

namespace stet::pipeline {
namespace {

constexpr std::string_view kContent = "content:";
constexpr std::string_view kExcerpt = "excerpt:";

}  // namespace

bool WaveRenditions::is_rendition(dirty::NodeId node) const {
  std::string_view name = renderer_.site().names().name_of(node);
  return name.starts_with(kContent) || name.starts_with(kExcerpt);
}

void WaveRenditions::invalidate(dirty::NodeId node) {
  // What readers saw, though it be dirtied twice.
  before_.try_emplace(node, renditions_.value_of(node));
  renditions_.drop(node);
}

render::RenditionPtr WaveRenditions::made(const site::Document& document, bool is_excerpt) const {
  if (!is_excerpt) return renderer_.content(document);
  return document.facts().excerpt_source ? renderer_.excerpt(document) : nullptr;
}

std::optional<reads::Key> WaveRenditions::remake(dirty::NodeId node) {
  reads::Names& names = renderer_.site().names();
  std::string_view name = names.name_of(node);
  bool is_excerpt = name.starts_with(kExcerpt);
  std::string_view subject = name.substr(kContent.size());
  site::DocumentPtr document = renderer_.site().find_document(subject);
  render::RenditionPtr after = document ? made(*document, is_excerpt) : nullptr;
  // Others may have been made on the way; what they read can be dirtied in this very wave.
  if (graph_) {
    for (auto& [fresh, reads] : renditions_.take_fresh())
      graph_->set_reads(fresh, std::move(reads));
    if (!after) graph_->remove(node);
  }
  // Of a page that failed its readers show the problems.
  const std::optional<Fingerprint>& before = before_[node];
  if (before && after && before == render::value_of(*after)) return std::nullopt;
  return reads::Key(reads::Kind::kRendition,
                    names.id_of(subject),
                    names.id_of(is_excerpt ? "excerpt" : "content"));
}

}  // namespace stet::pipeline
