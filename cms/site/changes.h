// What differs between two versions of a site, in the terms in which renders read it.
#pragma once

#include <string>
#include <vector>

#include "cms/reads/reads.h"

namespace stet::site {

// `cause` is the file whose change brought it about, or a sentence ("time went on").
struct ChangedKey {
  reads::Key key;
  std::string cause;
};

struct ChangedSpan {
  reads::Span span;
  std::string cause;
};

struct Changes {
  std::vector<ChangedKey> keys = {};
  std::vector<ChangedSpan> spans = {};
  std::vector<std::string> outputs = {};   // paths whose source came, went or became another
  std::vector<std::string> subjects = {};  // of documents that came or went
};

}  // namespace stet::site
