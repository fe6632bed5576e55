#include "cms/reads/reads.h"

#include <algorithm>

namespace stet::reads {
namespace {

void sort_unique(std::vector<Key>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

std::vector<Span> joined(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (!out.empty() && out.back().list == span.list && span.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

}  // namespace

void Recorder::add_span(Span span) {
  if (!spans_.empty()) {
    Span& last = spans_.back();
    if (last.list == span.list && span.begin >= last.begin && span.begin <= last.end) {
      last.end = std::max(last.end, span.end);
      return;
    }
  }
  spans_.push_back(span);
  if (spans_.size() < compact_spans_at_) return;
  spans_ = joined(std::move(spans_));
  compact_spans_at_ = std::max<std::size_t>(4096, spans_.size() * 2);
}

void Recorder::add(const Reads& reads) {
  for (const Key& key : reads.keys) add(key);
  for (const Span& span : reads.spans) add_span(span);
}

void Recorder::add_shared(const std::shared_ptr<const Reads>& reads) {
  if (std::find(shared_.begin(), shared_.end(), reads) != shared_.end()) return;
  shared_.push_back(reads);
  // Ascending already: merged, not sorted once more.
  sort_unique(keys_);
  const auto before = static_cast<std::ptrdiff_t>(keys_.size());
  keys_.insert(keys_.end(), reads->keys.begin(), reads->keys.end());
  std::inplace_merge(keys_.begin(), keys_.begin() + before, keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  compact_at_ = std::max(compact_at_, keys_.size() * 2);
  for (const Span& span : reads->spans) add_span(span);
}

void Recorder::compact() {
  sort_unique(keys_);
  compact_at_ = std::max<std::size_t>(4096, keys_.size() * 2);
}

Reads Recorder::take() {
  Reads reads{std::move(keys_), joined(std::move(spans_))};
  sort_unique(reads.keys);
  reads.keys.shrink_to_fit();
  *this = Recorder();
  return reads;
}

std::string describe(const Key& key, const Names& names) {
  std::string subject(names.name_of(key.subject()));
  auto field = [&] { return std::string(names.name_of(key.field())); };
  switch (key.kind()) {
    case Kind::kField: return field() + " of " + subject;
    case Kind::kLength: return "length of " + subject;
    case Kind::kData: return "data " + field();
    case Kind::kConfig: return "configuration " + field();
    case Kind::kFile: return "file " + subject;
    case Kind::kInstant: return subject.empty() ? "the instant" : "the instant as " + subject;
    case Kind::kRendition: {
      bool is_html = field() == "content" || field() == "excerpt";
      return field() + " of " + subject + (is_html ? ", rendered" : "");
    }
    case Kind::kOutput: return "source of " + subject;
  }
  return subject;
}

std::string describe(const Span& span, const Names& names) {
  std::string list(names.name_of(span.list));
  if (span.end == span.begin + 1) return "position " + std::to_string(span.begin) + " of " + list;
  return "positions " + std::to_string(span.begin) + " to " + std::to_string(span.end - 1) +
         " of " + list;
}

}  // namespace stet::reads
