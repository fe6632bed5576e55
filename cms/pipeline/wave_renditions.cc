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
  before_.try_emplace(node,
                      renditions_.find(node));  // what readers saw, though it be dirtied twice
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
  if (graph_ && after) graph_->set_reads(node, after->reads);
  if (graph_ && !after) graph_->remove(node);
  render::RenditionPtr before = before_[node];
  // Of a page that failed its readers show the problems.
  if (before && after && before->html == after->html && before->source_map == after->source_map &&
      before->is_failed == after->is_failed && before->problems == after->problems) {
    return std::nullopt;
  }
  return reads::Key(reads::Kind::kRendition,
                    names.id_of(subject),
                    names.id_of(is_excerpt ? "excerpt" : "content"));
}

}  // namespace stet::pipeline
