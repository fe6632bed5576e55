// The HTML of documents' bodies and excerpts, and summaries of documents, made once and shared by
// the pages that print them.
//
// Of every rendition its value is known, as a fingerprint: enough to say that it came out the same.
// The HTML itself is kept up to so many bytes; what was asked for long ago is made again when it is
// wanted. Threads: every method from any thread. What is in it is right for the present site;
// whoever moves to the next site drops what has become wrong first (cms/pipeline).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "cms/reads/reads.h"
#include "cms/site/summary.h"
#include "storage/base/bounded_cache.h"
#include "storage/base/hash.h"
#include "storage/base/problem.h"

namespace stet::render {

struct Rendition {
  std::string html;          // or CSS, of a sheet
  std::string source_map;    // of a sheet
  site::SummaryPtr summary;  // instead of HTML
  Problems problems;
  bool is_failed = false;  // Jekyll would have aborted; `html` is what there was until then
  bool is_unread = false;  // and that is the repository's fault: it is made anew for who asks next
};
using RenditionPtr = std::shared_ptr<const Rendition>;

// A rendition and what its making has read.
struct MadeRendition {
  Rendition rendition;
  reads::Reads reads;
};

// Of all that readers of a rendition see.
Fingerprint value_of(const Rendition& rendition);

// Keyed by the name of its node: "content:_posts/x.md", "excerpt:_posts/x.md", and of a summary its
// kind and its subject.
class Renditions {
 public:
  static constexpr std::uint64_t kBytesMax = std::uint64_t{256} << 20;

  // Without values: for a site that is rendered once, where nothing is ever compared.
  explicit Renditions(std::uint64_t bytes_max = kBytesMax, bool has_values = true)
      : has_values_(has_values), made_(bytes_max) {}
  // Over another, which stays as it is: what is dropped or added here is so here alone.
  explicit Renditions(const Renditions& below) : below_(&below), made_(kBytesMax) {}

  // Null where it must be made, for the first time or again.
  RenditionPtr find(reads::NameId node) const;
  // None of what has never been made, or was dropped.
  std::optional<Fingerprint> value_of(reads::NameId node) const;

  // Of two threads that made the same one, both get the first. A value that is known stays: what
  // was made again on the way to another site has not been compared yet.
  RenditionPtr add(reads::NameId node, MadeRendition made);
  void drop(reads::NameId node);
  // As the last process knew it, HTML and all but its value forgotten.
  void set_value(reads::NameId node, const Fingerprint& value);
  void clear();

  // What those have read that became known since the last call.
  std::vector<std::pair<reads::NameId, reads::Reads>> take_fresh();

 private:
  const Renditions* const below_ = nullptr;
  const bool has_values_ = true;
  mutable BoundedCache<reads::NameId, RenditionPtr> made_;
  mutable std::mutex mutex_;  // guards the rest
  std::unordered_map<reads::NameId, Fingerprint> values_;
  std::unordered_set<reads::NameId> dropped_;
  std::vector<std::pair<reads::NameId, reads::Reads>> fresh_;
};

}  // namespace stet::render
