// What a write says of a body that Jekyll would not read as it was sent.

#include "cms/change/write_parts.h"
#include "cms/document/front_matter.h"

namespace stet::change {

void warn_of_body(const WriteRequest& request, Prepared& prepared) {
  if (!request.body || !prepared.after || request.resource->kind == EntryKind::kFile) return;
  if (document::without_blank_lines(*request.body).size() == request.body->size()) return;
  prepared.warnings.push_back(
      {Severity::kWarning,
       prepared.path.string(),
       0,
       0,
       "blank lines at the beginning of the body are not kept: to Jekyll they are the end of the "
       "front matter"});
}

}  // namespace stet::change
