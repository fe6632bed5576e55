// What the public sees: one publication, whole and unchanging.
//
// Shared as shared_ptr<const Live>: a reader takes the pointer once and sees one site, never half
// of a change, however long it takes. Immutable; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cms/publish/manifest.h"
#include "storage/base/clock.h"
#include "storage/base/object_id.h"

namespace stet::publish {

struct Live {
  CommitId commit;
  Instant instant;       // site.time of this publication
  std::string url;       // site.url of this publication
  std::string baseurl;   // site.baseurl, without a slash at its end
  Fingerprint settings;  // of the server's configuration and the program's version: see Publication
  Manifest manifest;
  std::uint64_t number = 0;  // of the publication, from 1, each one more than the last

  friend bool operator==(const Live&, const Live&) = default;
};

using LivePointer = std::shared_ptr<const Live>;

}  // namespace stet::publish
