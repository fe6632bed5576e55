// Files of media: their type, size, what they say of themselves. What has been cleaned is clean, of
// the same type, and as wide and high as it was.

#include <cstdint>
#include <cstdlib>

#include "cms/image/location.h"
#include "cms/image/picture_data.h"
#include "cms/image/size.h"
#include "cms/image/svg.h"
#include "cms/image/variant.h"

namespace {

using namespace stet;

void check_svg(std::string_view text) {
  auto cuts = image::harmless_svg(text);
  if (!cuts) return;
  MemorySource source(text);
  SplicedSource clean(source, cuts->splices);
  auto bytes = read_all(clean, std::uint64_t{1} << 30);
  auto again = bytes ? image::harmless_svg(*bytes) : Result<image::SvgCuts>(bytes.error());
  if (!again || !again->splices.empty()) std::abort();
}

void check_location(const MemorySource& source, image::Format format) {
  auto splices = image::without_location(source, format);
  if (!splices) return;
  SplicedSource clean(source, *splices);
  auto bytes = read_all(clean, std::uint64_t{1} << 30);
  if (!bytes) std::abort();
  MemorySource again(*bytes);
  const image::FileType* type = image::type_of_content(again);
  if (!type || type->format != format) std::abort();
  auto more = image::without_location(again, format);
  if (!more || !more->empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  MemorySource source(bytes);
  (void)image::foreign_type(source);
  check_svg(bytes);
  const image::FileType* type = image::type_of_content(source);
  if (!type) return 0;
  auto picture = image::size_of(source, type->format);
  (void)image::picture_of(source);
  (void)image::check_picture(source, type->format);
  if (picture) check_location(source, type->format);
  return 0;
}
