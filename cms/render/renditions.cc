#include "cms/render/renditions.h"

namespace stet::render {

Fingerprint value_of(const Rendition& rendition) {
  Fingerprinter fingerprinter;
  fingerprinter.add(rendition.html).add(rendition.source_map).add(rendition.is_failed ? 1 : 0);
  for (const Problem& problem : rendition.problems) {
    fingerprinter.add(static_cast<std::uint64_t>(problem.severity))
        .add(problem.path)
        .add(static_cast<std::uint64_t>(problem.line))
        .add(static_cast<std::uint64_t>(problem.column))
        .add(problem.message);
  }
  if (rendition.summary) fingerprinter.add(rendition.summary->value);
  return fingerprinter.finish();
}

RenditionPtr Renditions::find(reads::NameId node) const {
  if (RenditionPtr made = made_.find(node)) return made;
  if (!below_) return nullptr;
  std::lock_guard lock(mutex_);
  bool is_own = dropped_.contains(node) || values_.contains(node);
  return is_own ? nullptr : below_->find(node);
}

std::optional<Fingerprint> Renditions::value_of(reads::NameId node) const {
  std::lock_guard lock(mutex_);
  if (auto it = values_.find(node); it != values_.end()) return it->second;
  return below_ && !dropped_.contains(node) ? below_->value_of(node) : std::nullopt;
}

RenditionPtr Renditions::add(reads::NameId node, MadeRendition made) {
  Fingerprint value;
  if (has_values_) value = render::value_of(made.rendition);
  auto rendition = std::make_shared<const Rendition>(std::move(made.rendition));
  std::uint64_t bytes = rendition->html.size() + rendition->source_map.size() +
                        (rendition->summary ? rendition->summary->bytes : 0);
  std::lock_guard lock(mutex_);
  if (rendition->is_unread) {
    if (!values_.contains(node)) fresh_.emplace_back(node, std::move(made.reads));
    return rendition;
  }
  if (values_.emplace(node, value).second) fresh_.emplace_back(node, std::move(made.reads));
  return made_.put(node, std::move(rendition), bytes);
}

void Renditions::drop(reads::NameId node) {
  std::lock_guard lock(mutex_);
  made_.erase(node);
  values_.erase(node);
  if (below_) dropped_.insert(node);
}

void Renditions::set_value(reads::NameId node, const Fingerprint& value) {
  std::lock_guard lock(mutex_);
  values_[node] = value;
}

void Renditions::clear() {
  std::lock_guard lock(mutex_);
  for (const auto& [node, value] : values_) made_.erase(node);
  values_.clear();
  fresh_.clear();
}

std::vector<std::pair<reads::NameId, reads::Reads>> Renditions::take_fresh() {
  std::lock_guard lock(mutex_);
  return std::exchange(fresh_, {});
}

}  // namespace stet::render
