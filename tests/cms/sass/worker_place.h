// Where the worker's program is.
#pragma once

#include "cms/sass/compiler.h"

namespace stet::sass {

inline CompilerOptions test_options() {
  CompilerOptions options;
  options.worker = {STET_SASS_WORKER};
  return options;
}

}  // namespace stet::sass
