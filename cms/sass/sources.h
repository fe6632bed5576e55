// Where imported sheets come from. The compiler itself never sees a disk.
//
// One thread at a time.
#pragma once

#include <string>

#include "storage/base/result.h"

namespace stet::sass {

class Sources {
 public:
  virtual ~Sources() = default;
  // Whether there is a file, which is no folder, at a path of the site (sheet.h).
  virtual bool has(const std::string& path) = 0;
  virtual Result<std::string> read(const std::string& path) = 0;
};

}  // namespace stet::sass
