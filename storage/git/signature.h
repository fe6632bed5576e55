// Who did something to the repository, and when: an author or a committer line of a commit.
#pragma once

#include <string>

#include "storage/base/time.h"

namespace stet::storage {

struct Signature {
  std::string name;
  std::string email;
  Time when;  // whole seconds; the offset is kept, as git keeps it
};

}  // namespace stet::storage
