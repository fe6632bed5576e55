// libvips, loaded when the process starts and not linked: what needs no pictures needs no libvips,
// neither to be built nor to run.
//
// Only the functions that are used are declared, as its stable interface (libvips.so.42) has them;
// loaders but those of JPEG, PNG and WebP are switched off. Threads: one.
#pragma once

#include <string>
#include <string_view>

#include "cms/image/variant.h"
#include "storage/base/result.h"

namespace stet::image {

class VipsLibrary {
 public:
  // kNotFound: it is not installed, or another one.
  static Result<VipsLibrary> load();

  // The picture in that width, turned as it is shown, in sRGB, without what it says of itself.
  Result<std::string> thumbnail(std::string_view picture, const Recipe& recipe) const;

 private:
  struct Functions;
  explicit VipsLibrary(const Functions* functions) : functions_(functions) {}
  const Functions* functions_;
};

}  // namespace stet::image
